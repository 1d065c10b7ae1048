"""Boards in the small hall, and what they say."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from kiosk.board import BoardApp
from kiosk.settings.sections import BoardSettings
from kiosk.shared.backend import Backend, Connect
from kiosk.voice.cache import SoundCache
from kiosk.voice.player import Player
from kiosk.voice.sound import Sound, silence
from kiosk.voice.speaker import Speaker
from kiosk.voice.spoken import Speech
from tests.support.screens import Premises

Hang = Callable[..., AbstractAsyncContextManager[Pilot[None]]]


@dataclass
class Hall:
    """All that was said aloud in it, whichever board said it."""

    folder: Path
    said: list[str] = field(default_factory=list)
    mouths: int = 0

    @property
    def name(self) -> str:
        """The engine that writes down what it speaks."""
        return "writing"

    def speak(self, speech: Speech) -> Sound:
        """Write it down; it sounds like nothing."""
        self.said.append(speech.text)
        return silence(0.1)

    def speaker(self) -> Speaker:
        """A voice with a folder of its own, so that each board has to make what it says."""
        self.mouths += 1
        return Speaker([self], SoundCache(self.folder / f"voice{self.mouths}"), Player([("true",)]))

    def dumb(self) -> Speaker:
        """A voice on a machine without a player."""
        return Speaker([self], SoundCache(self.folder / "dumb"), Player([]))


@pytest.fixture
def hall(tmp_path: Path) -> Hall:
    """The hall, silent so far."""
    return Hall(tmp_path)


def connect_with(premises: Premises, **board: Any) -> Connect:
    """What a board calls, with a `[board]` section of its own."""
    build = premises.connect()

    def connect() -> Backend:
        backend = build()
        section = BoardSettings.model_validate({"repeat": False, **board})
        return replace(backend, settings=backend.settings.model_copy(update={"board": section}))

    return connect


@pytest.fixture
def hang(premises: Premises, hall: Hall) -> Hang:
    """Hangs a board: `async with hang(size=(101, 28), zone=["DK"]) as pilot`."""

    @asynccontextmanager
    async def hung(
        size: tuple[int, int] = (101, 28), *, dumb: bool = False, hold: float = 0.05, **board: Any
    ) -> AsyncIterator[Pilot[None]]:
        app = BoardApp(connect_with(premises, **board), hall.dumb if dumb else hall.speaker, hold=hold)
        async with app.run_test(size=size) as pilot:
            yield pilot

    return hung
