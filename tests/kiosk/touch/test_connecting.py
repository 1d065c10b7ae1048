"""The screen paints first, connects after, and bears a store that is away."""

from __future__ import annotations

import subprocess
import sys
from threading import Event

import pytest

from kiosk.shared.backend import Backend
from kiosk.touch.app import TouchApp
from queue_core.errors import StoreUnreachable
from tests.kiosk.touch.conftest import House
from tests.support.touching import SIZES, Seconds, Visitor

HEAVY = (
    "sqlmodel",
    "sqlalchemy",
    "alembic",
    "escpos",
    "PIL",
    "qrcode",
    "pydantic",
    "babel",
    "psycopg",
    "argon2",
)


def test_importing_the_screen_loads_no_store_no_paper_and_no_settings() -> None:
    code = f"import sys, kiosk.touch.app; print(*[name for name in {HEAVY!r} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == []


def test_the_first_paint_loads_them_neither() -> None:
    code = f"""
import asyncio, sys, threading
from kiosk.touch.app import TouchApp
asked = threading.Event()
def connect():
    asked.set(); raise SystemExit
async def main():
    app = TouchApp(connect)
    painted = []
    app.begin = lambda: painted.append("\\n".join(strip.text for strip in app.screen._compositor.render_strips()))
    async with app.run_test(size=(101, 28)) as pilot:
        while not painted:
            await pilot.pause()
        assert "Halo" in painted[0], painted[0]
        print(*[name for name in {HEAVY!r} if name in sys.modules])
asyncio.run(main())
"""
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60
    )
    assert done.stdout.split() == []


@pytest.mark.parametrize("size", SIZES)
async def test_title_and_prompt_are_there_before_the_store(
    house: House, seconds: Seconds, size: tuple[int, int]
) -> None:
    go_on = Event()

    def slowly() -> Backend:
        go_on.wait(20)
        return house.connect()

    app = TouchApp(slowly, seconds=seconds)
    async with app.run_test(size=size) as pilot:
        visitor = Visitor(pilot, app, seconds)
        await visitor.sees("Antrean", "Halo, Bestie!", "layar sedang disiapkan")
        go_on.set()
        await visitor.sees("Sentuh instansi", "Polri")


async def test_a_store_that_is_away_gives_a_friendly_screen_and_is_tried_again(
    house: House, seconds: Seconds, faults_expected: None, caplog: pytest.LogCaptureFixture
) -> None:
    tries = []

    def at_the_second_try() -> Backend:
        tries.append(1)
        if len(tries) == 1:
            raise StoreUnreachable(detail="server at 10.0.0.9 refuses")
        return house.connect()

    app = TouchApp(at_the_second_try, seconds=seconds)
    async with app.run_test(size=(101, 28)) as pilot:
        visitor = Visitor(pilot, app, seconds)
        await visitor.sees("Kami segera kembali", "Silakan minta kepada petugas")
        assert not visitor.shows("10.0.0.9")
        await visitor.sees("Sentuh instansi")
    assert "10.0.0.9" in caplog.text


async def test_leaving_lets_go_of_the_store(house: House, seconds: Seconds) -> None:
    closed = Event()

    def connect() -> Backend:
        backend = house.connect()

        def close() -> None:
            backend.close()
            closed.set()

        return Backend(
            backend.settings,
            backend.lobby,
            backend.feed,
            backend.clock,
            backend.new_request_id,
            close,
        )

    app = TouchApp(connect, seconds=seconds)
    async with app.run_test(size=(101, 28)) as pilot:
        await Visitor(pilot, app, seconds).sees("Polri")
    assert closed.is_set()


async def test_news_that_comes_while_the_program_ends_shows_nothing_and_breaks_nothing(
    house: House, seconds: Seconds
) -> None:
    app = TouchApp(house.connect, seconds=seconds)
    async with app.run_test(size=(101, 28)) as pilot:
        await Visitor(pilot, app, seconds).sees("Polri")
    app.play(connected=False)
    assert not app.scene.connected
