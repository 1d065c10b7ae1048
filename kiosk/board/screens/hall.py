"""HallScreen: the newest call, the five before it, who waits, a line of text, the clock."""

from __future__ import annotations

from datetime import datetime
from time import monotonic

from textual.app import ComposeResult
from textual.containers import Container, Horizontal
from textual.widgets import Static

from kiosk.board.calls import Call
from kiosk.board.care import ROOM, is_night, shift, turn
from kiosk.board.sight import FLASHES_A_SECOND, FLASHING, flash_is_on
from kiosk.board.theme import DAY, NIGHT
from kiosk.board.waiting import Line
from kiosk.board.widgets import LastCalls, Newest, Waits
from kiosk.board.widgets.waits import pages
from kiosk.shared.clock import clock_time
from kiosk.shared.staff import StaffScreen
from kiosk.shared.widgets.big_number import BigNumber

AROUND = (2, 4)
"""Columns and rows of board.tcss around the waits: their padding; head and foot."""
FRAMES = 4
"""Looks at the flash within one flash."""


class HallScreen(StaffScreen[None]):
    """What hangs in the hall. It is told what to show; it decides nothing but where and how large."""

    def compose(self) -> ComposeResult:
        """Head, calls or waits, foot."""
        with Horizontal(id="head"):
            yield Static(id="title", markup=False)
            yield Static(id="trouble", markup=False)
        with Container(id="calls"):
            yield Newest()
            with Container(id="earlier"):
                yield Static(id="earlier-caption", markup=False)
                yield LastCalls()
        yield Waits()
        with Horizontal(id="foot"):
            yield Static(id="text", markup=False)
            yield BigNumber(id="clock", stack=False)

    def on_mount(self) -> None:
        """Begin with an empty hall."""
        self._came = float("-inf")
        self.set_interval(1 / FLASHES_A_SECOND / FRAMES, self._flash)

    def show_calls(self, calls: tuple[Call, ...]) -> None:
        """Show the newest call and those before it."""
        if not calls:
            return
        self.query_one(Newest).show(calls[0], self.words)
        self.query_one("#earlier-caption", Static).update(self.words("board.before"))
        self.query_one(LastCalls).show(calls[1:])

    def flash(self) -> None:
        """Let the newest call flash: it has just come."""
        self._came = monotonic()
        self._flash()

    def show_waits(self, lines: tuple[Line, ...], now: datetime) -> None:
        """Show who waits; when they are too many for one page, page by page."""
        width, height = self.size
        parts = pages(lines, width - ROOM[0] - AROUND[0], height - ROOM[1] - AROUND[1])
        words = self.words
        head = (words("board.agency"), words("board.waiting"), words("board.wait"))
        self.query_one(Waits).show(parts[turn(now, len(parts))], head)

    def choose(self, page: str) -> None:
        """Show the page of `calls` or of `waits`."""
        self.query_one("#calls").display = page == "calls"
        self.query_one(Waits).display = page == "waits"

    def show_line(self, title: str, text: str, now: datetime) -> None:
        """Show what stands around: the site, the line of text, the time; move all by a cell now and then."""
        self.query_one("#title", Static).update(title)
        self.query_one("#text", Static).update(text)
        self.query_one("#clock", BigNumber).text = clock_time(now, self.staff_app.zone)
        self.app.theme = NIGHT.name if is_night(now, self.staff_app.zone) else DAY.name
        right, down = shift(now)
        self.styles.padding = (down, ROOM[0] - right, ROOM[1] - down, right)

    def show_trouble(self, text: str) -> None:
        """Say in the corner that what is shown is old, or that nothing is heard; nothing when all is well."""
        trouble = self.query_one("#trouble", Static)
        trouble.update(text)
        trouble.display = bool(text)

    def _flash(self) -> None:
        since = monotonic() - self._came
        if since < FLASHING + 1:
            self.query_one(Newest).flash(on=flash_is_on(since))
