"""Beside the month (or week, or as many days) before, and beside the year before. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from kiosk.report.figures import COMPARED, FIGURES, Figure
from kiosk.report.sheet import Block, Column, Value
from queue_core.figures import total

if TYPE_CHECKING:
    from kiosk.i18n import Words
    from queue_core.views import Report, Span, Tally

_FIGURES = tuple(figure for figure in FIGURES if figure[0] in COMPARED)


def comparison(reports: Sequence[Report], words: Words) -> Block:
    """Return three lines: these days, as many before, a year ago; beside each earlier figure how it has changed since."""
    first = reports[0]
    now = total(each.total for each in reports)
    before = total(each.before.total for each in reports)
    year_ago = total(each.year_ago.total for each in reports)
    columns = [Column(words("report.by_span"), "text")]
    for name, kind, _ in _FIGURES:
        change = Column(words("report.points" if kind == "share" else "report.growth"), "growth")
        columns += [Column(words(f"report.{name}"), kind), change]
    rows = (
        _row(_days(first.span, words), now, None),
        _row(_days(first.before.span, words), before, now),
        _row(_days(first.year_ago.span, words), year_ago, now),
    )
    return Block("growth", words("report.title_growth"), tuple(columns), rows)


def _row(title: str, tally: Tally, now: Tally | None) -> tuple[Value, ...]:
    cells: list[Value] = [title]
    for figure in _FIGURES:
        cells += [figure[2](tally), None if now is None else _change(figure, now, tally)]
    return tuple(cells)


def _change(figure: Figure, now: Tally, then: Tally) -> Value:
    """By how much it has grown since then; a share by how many of a hundred."""
    _, kind, value = figure
    today, earlier = value(now), value(then)
    if not isinstance(today, int | float) or not isinstance(earlier, int | float):
        return None
    if kind == "share":
        return today - earlier
    return (today - earlier) / earlier if earlier else None


def _days(span: Span, words: Words) -> str:
    from babel.dates import format_date

    first, last = (format_date(day, "d MMM y", locale=words.language) for day in (span.first, span.last))
    return f"{first} – {last}"
