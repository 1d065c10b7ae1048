"""PostgreSQL is stopped in the middle of the morning and started again: the screen waits, and nobody touches it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.counter import CounterApp
from queue_core import open_store
from tests.support import postgres
from tests.support.counter import sign_in
from tests.support.house import Clock, Requests
from tests.support.postgres import Server
from tests.support.screens import Premises, furnished, shows

pytestmark = pytest.mark.postgres


@pytest.fixture
def server(postgres_binaries: Path) -> Iterator[Server]:
    """A server of this story's own."""
    with postgres.running(postgres_binaries) as made:
        yield made


@pytest.fixture
def hall(server: Server, tmp_path: Path, clock: Clock, ask: Requests) -> Premises:
    """The small site on that server."""
    url = server.url.format(database="postgres")
    store = open_store(url, base=tmp_path)
    store.create()
    store.close()
    return furnished(Premises(url, tmp_path, clock, ask))


async def test_a_counter_keeps_what_it_knew_says_since_when_and_goes_on_by_itself(
    server: Server, hall: Premises
) -> None:
    hall.issue("DK.ktp", "DK.ktp")
    async with CounterApp(hall.connect(), "1").run_test(size=(100, 28)) as pilot:
        await sign_in(pilot)
        await shows(pilot, "● terhubung", "Menunggu 2")
        server.stop()
        await shows(pilot, r"○ terputus sejak 09\.00", "Menunggu 2")
        asked = hall.asked.made
        await pilot.press("space")
        await shows(pilot, "✖ .*terhubung")
        server.start()
        await shows(pilot, "● terhubung")
        await pilot.press("space")
        await shows(pilot, "DK 001 dipanggil", "Menunggu 1")
        assert hall.asked.made == asked + 1, "the same request was sent again"
        hall.issue("DK.ktp")
        await shows(pilot, "Menunggu 2")
