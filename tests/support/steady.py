"""Textual's Pilot, made steady: a key is done when what it caused is done, not when the processor seems idle.

Pilot presses a key and waits until the process uses little processor time, at most a second. A machine that is busy with
other work looks idle then, or never; the next key would meet the screen that the one before was about to leave.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from textual.pilot import Pilot

HOPS = 8
"""Messages from a key to the last thing it causes, at most: app, screen, tile, its screen, app, a new screen, its widgets, layout."""


_press, _pause = Pilot.press, Pilot.pause


@contextmanager
def steady_pilots() -> Iterator[None]:
    """Within this, Pilot's `press` and `pause` wait for what was caused."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("textual.app.wait_for_idle", _at_once)
        patch.setattr(Pilot, "press", press)
        patch.setattr(Pilot, "pause", pause)
        yield


async def at_rest(pilot: Pilot[Any]) -> None:
    """Let every widget deal with all it was sent, and with what that caused; work in threads is not waited for."""
    for _ in range(HOPS):
        await _pause(pilot, 0)


async def press(pilot: Pilot[Any], *keys: str) -> None:
    """Press keys one after the other, each when the one before is done."""
    for key in keys:
        await _press(pilot, key)
        await at_rest(pilot)


async def pause(pilot: Pilot[Any], delay: float | None = None) -> None:
    """Wait so many seconds; without a number until all is done."""
    if delay is None:
        await at_rest(pilot)
    else:
        await _pause(pilot, delay)


async def _at_once(_seconds: float) -> None:
    await asyncio.sleep(0)
