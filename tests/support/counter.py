"""Sit down at a counter's screen as Sari does each morning."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import Any

import pytest
from textual.pilot import Pilot

from kiosk.counter import CounterApp
from kiosk.shared.widgets.big_number import BigNumber
from tests.support.screens import Premises, shows, until

At = Callable[..., AbstractAsyncContextManager[Pilot[None]]]


async def sign_in(pilot: Pilot[Any], name: str = "sari", pin: str = "1836") -> None:
    """Type name and PIN once the store is there."""
    await shows(pilot, "Peragaan|Demonstration")
    await pilot.press(*name, "enter", *pin, "enter")


def number_on(pilot: Pilot[Any]) -> str:
    """The number that stands large on the screen on top."""
    return pilot.app.screen.query(BigNumber).first().text


@pytest.fixture
def at_counter(premises: Premises) -> At:
    """Opens a counter's screen with Sari at work: `async with at_counter("1") as pilot`."""

    @asynccontextmanager
    async def opened(
        counter: str = "1", size: tuple[int, int] = (100, 28), busy_seconds: float = 5.0
    ) -> AsyncIterator[Pilot[None]]:
        app = CounterApp(premises.connect(busy_seconds=busy_seconds), counter)
        async with app.run_test(size=size) as pilot:
            await sign_in(pilot)
            await shows(pilot, f"LOKET {counter} · Sari", "Selesai hari ini: 0")
            await until(pilot, lambda: getattr(app.screen, "view", None))
            yield pilot

    return opened
