"""The visitor's screen on a small site, with a real store and a time that the test moves."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from kiosk.settings import Settings
from kiosk.shared.backend import Backend
from kiosk.shared.demonstration import settle_demonstration
from kiosk.touch.app import TouchApp
from queue_core import Lobby, open_feed, open_store
from queue_core.ids import NewId, RandomBytes
from queue_core.settings import Catalogue
from tests.support.house import SITE, Clock, Requests
from tests.support.touching import LANDSCAPE, Seconds, Visitor

Arrive = Callable[..., AbstractAsyncContextManager[Visitor]]


class House:
    """What stands behind the screen: the same Lobby that the test looks at."""

    def __init__(self, url: str, folder: Path, lobby_parts: dict[str, Any]) -> None:
        self.store = open_store(url, base=folder, busy_seconds=0.2)
        self.lobby = Lobby(self.store, SITE, **lobby_parts)
        self.clock: Clock = lobby_parts["clock"]
        self.sections: dict[str, Any] = {"machine": {"demonstration": True}}
        self.requests = Requests()
        self.connects = 0

    def open(self, catalogue: Catalogue) -> None:
        """Bring a catalogue in; a second time changes it."""
        self.catalogue = catalogue
        self.lobby.apply_catalogue(catalogue)

    def settings(self) -> Settings:
        """The file of this machine."""
        return Settings.model_validate({**self.catalogue.model_dump(exclude_none=True), **self.sections})

    def connect(self) -> Backend:
        """What wiring does."""
        self.connects += 1
        settings = self.settings()
        settle_demonstration(self.lobby, wanted=settings.machine.demonstration)
        feed = open_feed(self.store)
        return Backend(settings, self.lobby, feed, self.clock, self.requests, feed.close)


@pytest.fixture
def house(
    sqlite_url: str,
    tmp_path: Path,
    clock: Clock,
    new_id: NewId,
    random_bytes: RandomBytes,
    catalogue: Catalogue,
) -> Iterator[House]:
    """A small site on SQLite."""
    house = House(sqlite_url, tmp_path, {"clock": clock, "new_id": new_id, "random_bytes": random_bytes})
    house.open(catalogue)
    yield house
    house.store.close()


@pytest.fixture
def seconds() -> Seconds:
    """The screen's own time."""
    return Seconds()


@pytest.fixture
def arrive(house: House, seconds: Seconds) -> Arrive:
    """Open the screen of a size and wait until it lives."""

    @asynccontextmanager
    async def arrive(size: tuple[int, int] = LANDSCAPE, *, sees: str = "Polri") -> AsyncIterator[Visitor]:
        app = TouchApp(house.connect, seconds=seconds)
        async with app.run_test(size=size) as pilot:
            visitor = Visitor(pilot, app, seconds)
            await visitor.sees(sees)
            yield visitor

    return arrive


@pytest.fixture(autouse=True)
def no_faults(request: pytest.FixtureRequest, caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """No test passes over a fault that the screen survived, unless it is about faults."""
    caplog.set_level(logging.INFO, "kiosk.touch")
    yield
    if "faults_expected" not in request.fixturenames:
        faults = [record for record in caplog.get_records("call") if record.levelno >= logging.ERROR]
        assert not faults, [record.getMessage() for record in faults]


@pytest.fixture
def faults_expected() -> None:
    """This test makes something fail on purpose."""
