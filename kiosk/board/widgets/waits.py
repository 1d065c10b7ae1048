"""Waits: who waits where and for how long, while nobody is being called."""

from __future__ import annotations

from typing import ClassVar

from kiosk.shared.hall_waits import Line
from kiosk.shared.widgets.painted import Painted, Row
from kiosk.shared.widgets.raster import can_draw, columns, draw, fit

TALL = 4
"""Rows of a figure: seven pixels, 67 mm on 43 inches, where 58 is the least from ten metres."""
SIZES = (7, 5)
"""Pixels of a name's letters: the larger ones where it fits on one line, else the smaller, in two lines if need be."""
WIDE = 78
"""Columns from which the figures stand beside the name."""
COUNT, MINUTES = 11, 29
"""Columns of the two figures there."""

Head = tuple[str, str, str]


class Waits(Painted):
    """A page of agencies."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"waits--name", "waits--count", "waits--range", "waits--head"}

    def __init__(self) -> None:
        super().__init__(id="waits")
        self._lines: tuple[Line, ...] = ()
        self._head: Head = ("", "", "")

    def show(self, lines: tuple[Line, ...], head: Head) -> None:
        """Show these agencies under these words."""
        if (lines, head) != (self._lines, self._head):
            self._lines, self._head = lines, head
            self.refresh()

    def paint(self, width: int, height: int) -> list[Row]:
        """Return the rows."""
        if not self._lines:
            return []
        rows: list[Row] = [_heading(self._head, width), []]
        for line in self._lines:
            rows += [*_block(line, width), []]
        return rows[:height]


def pages(lines: tuple[Line, ...], width: int, height: int) -> list[tuple[Line, ...]]:
    """Return the agencies as they fit on one page of this size after another; one empty page when there are none."""
    pages: list[list[Line]] = [[]]
    left = height - 2
    for line in lines:
        needed = len(_block(line, width)) + 1
        if pages[-1] and needed > left:
            pages.append([])
            left = height - 2
        pages[-1].append(line)
        left -= needed
    return [tuple(page) for page in pages]


def _heading(head: Head, width: int) -> Row:
    agency, count, minutes = head
    if width < WIDE:
        return [(agency, "waits--head")]
    text = agency.ljust(width - COUNT - MINUTES) + count.rjust(COUNT) + minutes.rjust(MINUTES)
    return [(text, "waits--head")]


def _block(line: Line, width: int) -> list[Row]:
    """One agency: beside its name, or below it where there is no room, how many wait and for how long."""
    if width < WIDE:
        rows: list[Row] = [[(row, "waits--name")] for row in _name(line.name, width)]
        return [*rows, [(line.sentence, "waits--count")]]
    for_name = width - COUNT - MINUTES
    name = _name(line.name, for_name - 1)
    height = max(TALL, len(name))
    count = fit(str(line.waiting), COUNT - 1, TALL, stack=False)
    minutes = fit(line.minutes, MINUTES - 3, TALL, stack=False)
    return [
        [
            (_row(name, at, height).ljust(for_name), "waits--name"),
            (_row(count, at, height).rjust(COUNT), "waits--count"),
            (_row(minutes, at, height).rjust(MINUTES), "waits--range"),
        ]
        for at in range(height)
    ]


def _name(name: str, width: int) -> tuple[str, ...]:
    """A name in large letters, broken between words where it must be; plain where letters or room are lacking."""
    name = name.upper()
    large, small = SIZES
    if not can_draw(name):
        return (name,)
    if columns(name, large) <= width:
        return draw(name, large)
    lines: list[str] = []
    for word in name.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and columns(longer, small) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    if any(columns(line, small) > width for line in lines):
        return (name,)
    return tuple(row for line in lines for row in draw(line, small))


def _row(drawn: tuple[str, ...], at: int, height: int) -> str:
    """A row of something drawn that stands in the middle of a height."""
    first = (height - len(drawn)) // 2
    return drawn[at - first] if 0 <= at - first < len(drawn) else ""
