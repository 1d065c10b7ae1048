"""A visitor at the touch screen: looks at the cells, taps what is written there, waits for what comes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from time import monotonic
from typing import TYPE_CHECKING

from textual import events

from kiosk.shared.widgets.raster import draw, sizes

if TYPE_CHECKING:
    from textual.pilot import Pilot

    from kiosk.touch.app import TouchApp

PATIENCE = 15.0
"""Seconds to wait for a thing before the story fails; a bound, not a pace."""

PORTRAIT, LANDSCAPE, SMALL = (56, 50), (101, 28), (80, 24)
SIZES = (PORTRAIT, LANDSCAPE, SMALL)


@dataclass
class Seconds:
    """A monotonic clock that stands still until it is moved."""

    now: float = 1000.0

    def __call__(self) -> float:
        return self.now


class Visitor:
    """Drives the app through Pilot; sees only what the cells show."""

    def __init__(self, pilot: Pilot[None], app: TouchApp, seconds: Seconds) -> None:
        self.pilot = pilot
        self.app = app
        self.seconds = seconds

    # ------------------------------------------------------------------ looking
    def lines(self) -> list[str]:
        """What stands on the screen now."""
        return [strip.text for strip in self.app.screen._compositor.render_strips()]

    def shows(self, text: str) -> bool:
        """Whether a text is on the screen, on one line or broken within its box."""
        lines = self.lines()
        return any(_continues(text.split(" "), lines, y, 0, len(lines[0])) for y in range(len(lines)))

    def shows_large(self, text: str) -> bool:
        """Whether a text is on the screen in raster letters of at least five rows."""
        page = "\n".join(self.lines())
        return any(all(row.strip() in page for row in draw(text, size)) for size in sizes() if size >= 10)

    def shows_drawn(self, text: str) -> bool:
        """Whether a text is on the screen in raster letters of any size."""
        page = "\n".join(self.lines())
        return any(all(row.strip() in page for row in draw(text, size)) for size in sizes())

    async def until(self, holds: Callable[[], bool], what: str) -> None:
        """Wait for a condition, within bounds."""
        end = monotonic() + PATIENCE
        while not holds():
            if monotonic() > end:
                page = "\n".join(self.lines())
                raise AssertionError(f"waited in vain for {what}; the screen shows\n{page}")
            await self.pilot.pause(0.01)

    async def settles(self) -> None:
        """Let what was changed be laid out: a label has its new words a moment before its neighbours give it room."""
        await self.pilot.pause(0)  # widgets ask their screen for room
        await self.pilot.pause(0)  # the screen lays them out

    async def sees(self, *texts: str) -> None:
        """Wait until all these texts are on the screen, and what came with them too."""
        for text in texts:
            await self.until(lambda text=text: self.shows(text), repr(text))  # type: ignore[misc]
        await self.settles()

    async def sees_large(self, text: str) -> None:
        """Wait until a text is there in large letters."""
        await self.until(lambda: self.shows_large(text), f"a large {text!r}")

    async def sees_drawn(self, text: str) -> None:
        """Wait until a text is there in raster letters."""
        await self.until(lambda: self.shows_drawn(text), f"{text!r} in raster letters")

    def place(self, text: str) -> tuple[int, int]:
        """The cell in the middle of a text."""
        found = self._place(text)
        assert found is not None, text
        return found

    def _place(self, text: str) -> tuple[int, int] | None:
        for y, line in enumerate(self.lines()):
            if (x := line.find(text)) >= 0:
                return x + len(text) // 2, y
        return None

    # ------------------------------------------------------------------ touching
    async def tap(self, text: str) -> None:
        """Put a finger on a text, a second after the last touch."""
        await self.until(lambda: self._place(text) is not None, f"something to tap, {text!r}")
        await self.tap_at(*self.place(text))

    async def tap_at(self, x: int, y: int, *, after: float = 1.0) -> None:
        """Put a finger on a cell, so many seconds after the last touch."""
        self.seconds.now += after
        for kind in (
            events.MouseDown,
            events.MouseUp,
        ):  # as the driver sends them; Pilot would pass the app by
            self.app.post_message(
                kind(None, x, y, 0, 0, 1, shift=False, meta=False, ctrl=False, screen_x=x, screen_y=y)
            )
            await self.pilot.pause()

    async def press(self, *keys: str) -> None:
        """Press keys, one a second."""
        for key in keys:
            self.seconds.now += 1
            await self.pilot.press(key)

    async def later(self, seconds: float) -> None:
        """Let time pass: its countdowns, a second at a time."""
        for _ in range(int(seconds)):
            self.seconds.now += 1
            self.app.tick()
        self.seconds.now += seconds - int(seconds)
        self.app.tick()
        await self.pilot.pause()


WITHIN = 44
"""Columns left and right of its first line in which a broken text goes on."""


def _continues(words: list[str], lines: list[str], y: int, left: int, right: int) -> bool:
    """Whether words stand on line y between two columns, as many as fit, and the others below."""
    if not words:
        return True
    if y >= len(lines):
        return False
    for count in range(len(words), 0, -1):
        x = lines[y].find(" ".join(words[:count]), max(0, left), right)
        if x >= 0:
            return _continues(words[count:], lines, y + 1, x - WITHIN, x + WITHIN)
    return False
