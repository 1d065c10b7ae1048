"""HallScreen: the newest call, the five before it, who waits, a line of text, the clock."""

from __future__ import annotations

from datetime import datetime
from time import monotonic

from textual.app import ComposeResult
from textual.containers import Container, Horizontal

from kiosk.board.calls import Call
from kiosk.board.care import ROOM, is_night, shift, turn
from kiosk.board.sight import FLASHES_A_SECOND, FLASHING, flash_is_on
from kiosk.board.theme import DAY, NIGHT
from kiosk.board.widgets import LastCalls, Newest, Waits
from kiosk.board.widgets.waits import pages
from kiosk.shared.clock import clock_time
from kiosk.shared.hall_waits import Line
from kiosk.shared.staff import StaffScreen
from kiosk.shared.widgets.big_number import BigNumber
from kiosk.shared.widgets.still_text import StillText

AROUND = (2, 4)
"""Columns and rows of board.tcss around the waits: their padding; head and foot."""
FRAMES = 4
"""Looks at the flash within one flash."""


class HallScreen(StaffScreen[None]):
    """What hangs in the hall. It is told what to show; it decides nothing but where and how large."""

    def __init__(self) -> None:
        """Make the parts; they are told what to show until the screen is closed, so each is kept at hand."""
        super().__init__()
        self._title = StillText(id="title", markup=False)
        self._trouble = StillText(id="trouble", markup=False)
        self._newest = Newest()
        self._caption = StillText(id="earlier-caption", markup=False)
        self._last = LastCalls()
        self._calls = Container(id="calls")
        self._waits = Waits()
        self._text = StillText(id="text", markup=False)
        self._clock = BigNumber(id="clock", stack=False)
        self._came = float("-inf")

    def compose(self) -> ComposeResult:
        """Head, calls or waits, foot."""
        with Horizontal(id="head"):
            yield self._title
            yield self._trouble
        with self._calls:
            yield self._newest
            with Container(id="earlier"):
                yield self._caption
                yield self._last
        yield self._waits
        with Horizontal(id="foot"):
            yield self._text
            yield self._clock

    def on_mount(self) -> None:
        """Begin with an empty hall."""
        self._flashing = self.set_interval(1 / FLASHES_A_SECOND / FRAMES, self._flash, pause=True)

    def show_calls(self, calls: tuple[Call, ...]) -> None:
        """Show the newest call and those before it."""
        if not calls:
            return
        self._newest.show(calls[0], self.words)
        self._caption.update(self.words("board.before"))
        self._last.show(calls[1:])

    def flash(self) -> None:
        """Let the newest call flash: it has just come."""
        self._came = monotonic()
        self._flash()
        self._flashing.resume()

    def show_waits(self, lines: tuple[Line, ...], now: datetime) -> None:
        """Show who waits; when they are too many for one page, page by page."""
        width, height = self.size
        parts = pages(lines, width - ROOM[0] - AROUND[0], height - ROOM[1] - AROUND[1])
        words = self.words
        head = (words("board.agency"), words("board.waiting"), words("board.wait"))
        self._waits.show(parts[turn(now, len(parts))], head)

    def choose(self, page: str) -> None:
        """Show the page of `calls` or of `waits`."""
        self._calls.display = page == "calls"
        self._waits.display = page == "waits"

    def show_line(self, title: str, text: str, now: datetime) -> None:
        """Show what stands around: the site, the line of text, the time; move all by a cell now and then."""
        self._title.update(title)
        self._text.update(text)
        self._clock.text = clock_time(now, self.staff_app.zone)
        self.app.theme = NIGHT.name if is_night(now, self.staff_app.zone) else DAY.name
        right, down = shift(now)
        self.styles.padding = (down, ROOM[0] - right, ROOM[1] - down, right)

    def mark_notice(self, *, on: bool) -> None:
        """Let the line of text stand out: the supervisor wrote it."""
        self._text.set_class(on, "-notice")

    def show_trouble(self, text: str) -> None:
        """Say in the corner that what is shown is old, or that nothing is heard; nothing when all is well."""
        self._trouble.update(text)
        self._trouble.display = bool(text)

    def _flash(self) -> None:
        since = monotonic() - self._came
        self._newest.flash(on=flash_is_on(since))
        if since > FLASHING:
            self._flashing.pause()
