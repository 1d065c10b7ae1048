"""Tiles under fingers and keys."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from textual import events, on
from textual.app import App, ComposeResult
from textual.pilot import Pilot

from kiosk.shared.widgets import BigNumber, QrCode, Tile
from tests.support.screens import until


class Tray(App[None]):
    """Two tiles, one above the other, with a gap."""

    CSS = "Tile { height: 5; width: 30; margin-bottom: 3; }"

    def __init__(self) -> None:
        super().__init__()
        self.chosen: list[str] = []

    def compose(self) -> ComposeResult:
        yield Tile("Satu", value="1", id="one")
        yield Tile("Dua", value="2", id="two")

    @on(Tile.Chosen)
    def _chosen(self, event: Tile.Chosen) -> None:
        self.chosen.append(event.value)


@asynccontextmanager
async def tray() -> AsyncIterator[tuple[Tray, Pilot[None]]]:
    app = Tray()
    async with app.run_test(size=(60, 24)) as pilot:
        await pilot.pause()
        yield app, pilot


async def finger(pilot: Pilot[None], *path: tuple[type[events.MouseEvent], int, int]) -> None:
    for kind, x, y in path:
        pilot.app.post_message(
            kind(None, x, y, 0, 0, 1, shift=False, meta=False, ctrl=False, screen_x=x, screen_y=y)
        )
        await pilot.pause()


DOWN, UP, MOVE = events.MouseDown, events.MouseUp, events.MouseMove


async def test_a_tap_chooses_once() -> None:
    async with tray() as (app, pilot):
        await finger(pilot, (DOWN, 5, 2), (UP, 5, 2))
        assert app.chosen == ["1"]


async def test_a_trembling_finger_still_chooses() -> None:
    async with tray() as (app, pilot):
        await finger(pilot, (DOWN, 5, 4), (MOVE, 6, 5), (UP, 6, 5))
        assert app.chosen == ["1"]


async def test_a_finger_that_slides_away_chooses_nothing() -> None:
    async with tray() as (app, pilot):
        await finger(pilot, (DOWN, 5, 2), (MOVE, 5, 10), (UP, 5, 10))
        assert app.chosen == []


async def test_a_lift_that_was_lost_does_not_deafen_the_others() -> None:
    async with tray() as (app, pilot):
        await finger(pilot, (DOWN, 5, 2), (DOWN, 5, 10), (UP, 5, 10), (DOWN, 5, 10), (UP, 5, 10))
        assert app.chosen == ["2"]


async def test_a_disabled_tile_chooses_nothing_also_under_a_resting_finger() -> None:
    async with tray() as (app, pilot):
        await finger(pilot, (DOWN, 5, 2))
        app.query_one("#one", Tile).disabled = True
        await finger(pilot, (UP, 5, 2), (DOWN, 5, 2), (UP, 5, 2))
        assert app.chosen == []


async def test_a_touch_never_moves_the_focus_and_keys_do() -> None:
    async with tray() as (app, pilot):
        app.set_focus(None)
        await finger(pilot, (DOWN, 5, 2), (UP, 5, 2))
        assert app.focused is None
        await pilot.press("tab", "enter", "space")
        assert app.chosen == ["1", "1", "1"]


async def test_a_press_is_seen() -> None:
    async with tray() as (app, pilot):
        await finger(pilot, (DOWN, 5, 2))
        assert app.query_one("#one").has_class("-pressed")


async def test_a_number_fits_itself_to_its_box() -> None:
    class Numbers(App[None]):
        CSS = "BigNumber { height: 100%; }"

        def compose(self) -> ComposeResult:
            yield BigNumber("DK 003")

    async with (app := Numbers()).run_test(size=(60, 8)) as pilot:

        def rows() -> int:
            return sum("█" in strip.text for strip in app.screen._compositor.render_strips())

        await until(pilot, lambda: rows() == 8)
        await pilot.resize_terminal(30, 8)
        await until(pilot, lambda: 3 <= rows() < 8)
        app.query_one(BigNumber).text = "7"
        await until(pilot, lambda: rows() == 8)


async def test_an_empty_code_takes_no_room() -> None:
    class Codes(App[None]):
        def compose(self) -> ComposeResult:
            yield QrCode(id="qr")

    async with (app := Codes()).run_test(size=(60, 24)) as pilot:
        code = app.query_one(QrCode)
        assert code.size.area == 0
        code.payload = "DK 003"
        await until(pilot, lambda: (code.size.width, code.size.height) == (25, 13))
