"""Two rows of bars side by side, in block characters: today at the left, a usual day at the right. Pure.

Drawn here and not by a library: plotext under textual-plotext brings far more than bars, and its own idea of colours.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from kiosk.shared.widgets.painted import Row

EIGHTHS = " ▁▂▃▄▅▆▇█"
GUTTER = 5
"""Columns of the scale at the left."""
WIDEST = 10
"""Columns of one slot at the most: two bars as wide as the screen say nothing."""
TODAY, USUAL, SCALE = "chart--today", "chart--usual", "chart--scale"


def span(*series: Mapping[int, float]) -> list[int]:
    """Return the slots from the first to the last that has anything, without a gap."""
    filled = [slot for each in series for slot, value in each.items() if value]
    return list(range(min(filled), max(filled) + 1)) if filled else []


def bars(
    today: Mapping[int, float], usual: Mapping[int, float], size: tuple[int, int], name: Callable[[int], str]
) -> list[Row]:
    """Return a chart of this size: bars, and below them the names of the slots.

    Args:
        today: value by slot.
        usual: value by slot; drawn beside it.
        size: columns and rows.
        name: what a slot is called below its bars, where there is room.
    """
    slots, (width, height) = span(today, usual), size
    rows = height - 1
    if not slots or rows < 1:
        return []
    cell = max(2, min(WIDEST, (width - GUTTER) // len(slots)))
    slots = slots[-max(1, (width - GUTTER) // cell) :]  # on a narrow screen the newest
    most = max(*today.values(), *usual.values(), 1) if today or usual else 1
    drawn = [_row(slots, (today, usual), _widths(cell), (rows - 1 - row, rows, most)) for row in range(rows)]
    scales = [f"{most:>{GUTTER - 1}.0f} ", *[" " * GUTTER] * (rows - 1)]
    return [
        *([(scale, SCALE), *parts] for scale, parts in zip(scales, drawn, strict=True)),
        _names(slots, cell, name),
    ]


def _widths(cell: int) -> tuple[int, int, int]:
    """Columns of today's bar, of the usual one, and of the gap."""
    gap = 1 if cell > 2 else 0
    usual = (cell - gap) // 2
    return cell - gap - usual, usual, gap


def _row(
    slots: Sequence[int],
    series: tuple[Mapping[int, float], Mapping[int, float]],
    widths: tuple[int, int, int],
    place: tuple[int, int, float],
) -> Row:
    parts: Row = []
    for slot in slots:
        for values, columns, style in zip(series, widths, (TODAY, USUAL), strict=False):
            parts.append((_block(values.get(slot, 0), place) * columns, style))
        parts.append((" " * widths[2], ""))
    return parts


def _block(value: float, place: tuple[int, int, float]) -> str:
    """The part of a bar that stands in one row, counted from below; a value is never drawn as nothing."""
    row, rows, most = place
    eighths = round(value / most * rows * 8)
    if value and not eighths:
        eighths = 1
    return EIGHTHS[max(0, min(8, eighths - 8 * row))]


def _names(slots: Sequence[int], cell: int, name: Callable[[int], str]) -> Row:
    """Each name under its bars; where they do not fit, every second, third … one."""
    texts = {slot: name(slot) for slot in slots}
    widest = max(map(len, texts.values()))
    every = -(-(widest + 1) // cell)
    named = [texts[slot] if at % every == 0 else "" for at, slot in enumerate(slots)]
    line, column = "", 0
    for text in named:
        line = line.ljust(column) if text else line
        line += text
        column += cell
    return [(" " * GUTTER + line, SCALE)]
