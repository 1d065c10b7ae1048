"""The pages of the small site, on a real store whose time stands still."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from kiosk.settings import Settings, WebSettings
from kiosk.shared.backend import Backend
from kiosk.web.app import build_app
from kiosk.web.site import Site
from queue_core import Feed, Lobby, Store, open_feed, open_store
from queue_core.settings import Catalogue
from queue_core.views import IssuedTicket
from tests.support.house import Clock, Requests

HERE = "http://testserver"
OWN = {"Sec-Fetch-Site": "same-origin"}


@dataclass
class House:
    """The pages and what is behind them."""

    app: Starlette
    browser: TestClient
    lobby: Lobby
    clock: Clock
    ask: Requests

    @property
    def site(self) -> Site:
        site: Site = self.app.state.site
        return site

    def arrive(self, people: int = 1, service: str = "DK.ktp", language: str = "id") -> list[IssuedTicket]:
        issued = []
        for _ in range(people):
            issued.append(self.lobby.issue(service, request_id=self.ask(), language=language))
            self.clock.forward(seconds=30)
        self.look()
        return issued

    def look(self) -> None:
        """Let the pages see what was done: as their reader would in a moment."""
        self.site.hub.look_now()
        self.browser.get("/static/icon.svg")  # the loop has taken the look when it answers the next request

    def serve(self, counter: str = "1") -> None:
        self.lobby.call_next(counter)
        self.lobby.start(counter)
        self.lobby.complete(counter)
        self.look()

    def post(self, path: str, data: dict[str, Any] | None = None, **headers: str) -> Any:
        return self.browser.post(
            path, data=data or {"x": "1"}, headers={**OWN, **headers}, follow_redirects=False
        )


@pytest.fixture
def store(sqlite_url: str, tmp_path: Path) -> Iterator[Store]:
    """Pages are shown from SQLite; the verbs behind them are tested on both engines."""
    store = open_store(sqlite_url, base=tmp_path)
    yield store
    store.close()


@pytest.fixture
def feed(store: Store) -> Iterator[Feed]:
    feed = open_feed(store)
    yield feed
    feed.close()


@pytest.fixture
def web() -> WebSettings:
    """The section of the file; a module may have its own."""
    return WebSettings(guesses_a_minute=5, open_pages=50)


@pytest.fixture
def backend(
    lobby: Lobby, feed: Feed, clock: Clock, ask: Requests, catalogue: Catalogue, web: WebSettings
) -> Backend:
    settings = Settings.model_validate({**catalogue.model_dump(exclude_none=True), "web": web.model_dump()})
    return Backend(settings, lobby, feed, clock, ask, lambda: None)


@pytest.fixture
def secrets() -> Callable[[], str]:
    made = 0

    def secret() -> str:
        nonlocal made
        made += 1
        return f"secret-{made}"

    return secret


@pytest.fixture
def house(
    backend: Backend, secrets: Callable[[], str], lobby: Lobby, clock: Clock, ask: Requests
) -> Iterator[House]:
    app = build_app(backend, secrets)
    with TestClient(app, base_url=HERE, client=("10.1.2.3", 50000)) as browser:
        yield House(app, browser, lobby, clock, ask)
