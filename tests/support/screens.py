"""Drive a staff screen as a person would: connect it to a store of its own, wait for what it shows, read its cells."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from textual import events
from textual.app import App
from textual.keys import _character_to_key
from textual.pilot import Pilot

from kiosk.settings import Settings
from kiosk.shared.backend import Backend, Connect
from queue_core import Lobby, Store, open_feed, open_store
from queue_core.ids import id_maker
from tests.support.house import SITE, Clock, Requests, small_catalogue

PAUSES = 400
"""How often to look before a wait is given up: about twelve seconds."""


@dataclass
class Premises:
    """The small site in one store, to which each caller connects as a program of its own."""

    url: str
    base: Path
    clock: Clock
    asked: Requests
    _made: Iterator[int] = field(default_factory=lambda: count(1))

    def _chance(self, length: int) -> bytes:
        """Counts up for all programs together, so that ids sort in the order in which they were made."""
        return next(self._made).to_bytes(length)

    def _noise(self, length: int) -> bytes:
        """The same far apart: each program's ids of one moment count up from theirs."""
        return (next(self._made) << 32).to_bytes(length)

    def _lobby(self, store: Store) -> Lobby:
        return Lobby(store, SITE, clock=self.clock, new_id=id_maker(self._noise), random_bytes=self._chance)

    @contextmanager
    def lobby(self) -> Iterator[Lobby]:
        """A Lobby on a store that was opened for it."""
        store = open_store(self.url, base=self.base)
        try:
            yield self._lobby(store)
        finally:
            store.close()

    def connect(self, *, busy_seconds: float = 5.0) -> Connect:
        """What a screen calls: a Store, a Lobby and a Feed of its own each time."""
        settings = Settings.model_validate(
            {**small_catalogue().model_dump(), "machine": {"id": "K1", "demonstration": True}}
        )

        def connect() -> Backend:
            store = open_store(self.url, base=self.base, busy_seconds=busy_seconds)
            feed = open_feed(store)

            def close() -> None:
                feed.close()
                store.close()

            return Backend(settings, self._lobby(store), feed, self.clock, self.asked, close)

        return connect

    def issue(self, *services: str, priority: bool = False, language: str = "id") -> list[str]:
        """Take a number for each of these; return the labels."""
        with self.lobby() as lobby:
            issued = [
                lobby.issue(service, request_id=self.asked(), priority=priority, language=language)
                for service in services
            ]
        return [each.ticket.label for each in issued]


@pytest.fixture
def premises(sqlite_url: str, tmp_path: Path, clock: Clock, ask: Requests) -> Premises:
    """The small site, and Sari of its counters with PIN 1836."""
    return furnished(Premises(sqlite_url, tmp_path, clock, ask))


@pytest.fixture
def premises_on_each(store_url: str, tmp_path: Path, clock: Clock, ask: Requests) -> Premises:
    """The same on SQLite and on PostgreSQL."""
    return furnished(Premises(store_url, tmp_path, clock, ask))


def furnished(place: Premises) -> Premises:
    """Bring the small site in, and Sari with PIN 1836."""
    with place.lobby() as lobby:
        lobby.apply_catalogue(small_catalogue())
        lobby.add_staff("sari", "Sari", "1836", "counter")
    return place


def text_of(app: App[Any]) -> str:
    """All that stands on the screen, row by row."""
    return "\n".join(strip.text.rstrip() for strip in app.screen._compositor.render_strips())


async def until(pilot: Pilot[Any], condition: Callable[[], object]) -> None:
    """Wait until a condition holds; fail with what the screen shows when it never does."""
    for _ in range(PAUSES):
        if condition():
            return
        await pilot.pause(0.03)
    raise AssertionError("never came true; the screen shows:\n" + text_of(pilot.app))


def burst(pilot: Pilot[Any], text: str) -> None:
    """Type as a scanner does: all characters at once, whose times a slow machine cannot draw apart."""
    for character in text:
        key = "enter" if character == "\r" else _character_to_key(character)
        pilot.app.post_message(events.Key(key, character))


async def shows(pilot: Pilot[Any], *patterns: str) -> None:
    """Wait until the screen shows each of these regular expressions."""
    for pattern in patterns:
        await until(pilot, partial(_shown, pilot, pattern))


def _shown(pilot: Pilot[Any], pattern: str) -> bool:
    return re.search(pattern, text_of(pilot.app)) is not None


async def shows_no(pilot: Pilot[Any], pattern: str) -> None:
    """Wait until the screen shows nothing of the kind."""
    await until(pilot, lambda: not _shown(pilot, pattern))
