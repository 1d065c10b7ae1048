"""LastCalls: the calls before the newest, all in one size, as large as the box allows."""

from __future__ import annotations

from typing import ClassVar

from kiosk.board.calls import LAST, Call
from kiosk.shared.widgets.painted import Painted, Row
from kiosk.shared.widgets.raster import can_draw, columns, draw, sizes

LEAST_ROWS = 3
"""Rows of the smallest letters; a box that is too low for five shows fewer."""
_ARROW = "→"
_BETWEEN = 5
"""Columns that number and counter stand apart at least, or "AM 004" and "23" would be read as one."""


class LastCalls(Painted):
    """One call below another: the number on the left, its counter on the right."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"last--number", "last--counter", "last--arrow"}

    def __init__(self) -> None:
        super().__init__(id="last")
        self._calls: tuple[Call, ...] = ()

    def show(self, calls: tuple[Call, ...]) -> None:
        """Show these, the newest first."""
        if calls != self._calls:
            self._calls = calls
            self.refresh()

    def paint(self, width: int, height: int) -> list[Row]:
        """Return each call's rows. All have the same share of the height, so that they stand still as calls come."""
        share = max(height // LAST, LEAST_ROWS)
        calls = self._calls[: height // share]
        size = _size(calls, width, share)
        if size is None:
            return [self._plain(call, width) for call in self._calls[:height]]
        drawn = (size + 1) // 2
        gap = min(share - drawn, 1)
        rows: list[Row] = []
        for call in calls:
            rows += [*self._call(call, size, width), *[[] for _ in range(gap)]]
        return rows

    def _call(self, call: Call, size: int, width: int) -> list[Row]:
        pairs = zip(draw(call.label, size), draw(str(call.counter), size), strict=True)
        rows: list[Row] = []
        for at, (number, counter) in enumerate(pairs):
            space = width - len(number) - len(counter)
            between = _between(call, at - size // 4, space)
            rows.append(
                [(number, "last--number"), (between.center(space), "last--arrow"), (counter, "last--counter")]
            )
        return rows

    def _plain(self, call: Call, width: int) -> Row:
        counter = f"{_ARROW} {call.counter}"
        return [
            (call.label.ljust(width - len(counter)), "last--number"),
            (counter, "last--counter"),
        ]


def _between(call: Call, below: int, space: int) -> str:
    """What stands between number and counter, so many rows below the middle: the arrow, under it the agency if it fits."""
    if below == 0:
        return _ARROW
    return call.short if below == 1 and len(call.short) + 2 <= space else ""


def _size(calls: tuple[Call, ...], width: int, share: int) -> int | None:
    """The largest size in which each call fits its share; None where none does."""
    lines = [(call.label, str(call.counter)) for call in calls]
    if not all(can_draw(label) for label, _ in lines):
        return None
    for size in sizes():
        if (size + 1) // 2 > share:
            continue
        widest = max((columns(label, size) + columns(counter, size) for label, counter in lines), default=0)
        if widest + _BETWEEN <= width:
            return size
    return None
