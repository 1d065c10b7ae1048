"""Facts: what to bring, what it costs, how long it takes. Always whole: what does not fit is said to be more."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from textwrap import wrap
from typing import ClassVar

from textual.reactive import reactive

from kiosk.shared.widgets import Painted

Rows = tuple[tuple[tuple[str, str], ...], ...]


@dataclass(frozen=True, slots=True)
class Fact:
    """A label and its lines; more than one line become a list. A `strong` one is what the eye shall find."""

    label: str
    lines: tuple[str, ...]
    strong: bool = False


@lru_cache(maxsize=256)
def fact_rows(facts: tuple[Fact, ...], width: int, height: int, more: str, *, large: bool) -> Rows:
    """Return the rows, labels in a column of their own; `more` ends them when they do not fit the height.

    `large` leaves an empty row between facts where there is room.
    """
    column = max((len(fact.label) for fact in facts), default=0) + 2
    blocks = [tuple(_block(fact, column, width)) for fact in facts]
    rows: list[tuple[tuple[str, str], ...]] = []
    airy = large or sum(map(len, blocks)) + len(blocks) - 1 <= height
    for block in blocks:
        rows += ([()] if rows and airy else []) + list(block)
    if len(rows) <= height:
        return tuple(rows)
    if airy:
        return fact_rows(facts, width, height, more, large=False) if large else tuple(rows[:height])
    return (*rows[: max(0, height - 1)], (("", ""), (more[:width], "facts--more")))


def _block(fact: Fact, column: int, width: int) -> Iterator[tuple[tuple[str, str], ...]]:
    style = "facts--strong" if fact.strong else "facts--value"
    label = fact.label
    for line in _lines(fact.lines, width - column):
        yield (label.ljust(column), "facts--label"), (line, style)
        label = ""


def _lines(lines: Sequence[str], width: int) -> Iterator[str]:
    bullet = "• " if len(lines) > 1 else ""
    for line in lines:
        yield from wrap(line, max(8, width), initial_indent=bullet, subsequent_indent=" " * len(bullet))


class Facts(Painted):
    """Shows facts one below the other."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"facts--label", "facts--value", "facts--strong", "facts--more"}

    facts: reactive[tuple[Fact, ...]] = reactive(())
    large: reactive[bool] = reactive(default=False)
    more: reactive[str] = reactive("")

    def paint(self, width: int, height: int) -> list[list[tuple[str, str]]]:
        """Return the rows of this size."""
        return [list(row) for row in fact_rows(self.facts, width, height, self.more, large=self.large)]
