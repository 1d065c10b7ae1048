"""What a sheet of figures is made of, whatever it is written as. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Kind = Literal["text", "count", "minutes", "score", "share", "growth"]
"""How a column's values are to be read: minutes and scores with one decimal; a share of 1, and how much it has grown, in per cent."""

Value = str | float | None
"""None: there is nothing to say, such as the median of no waits."""


@dataclass(frozen=True, slots=True)
class Column:
    """A head and how to read what stands under it."""

    head: str
    kind: Kind


@dataclass(frozen=True, slots=True)
class Block:
    """A table with a title. `bars` names the column that a page also draws; -1: none."""

    name: str  # of the program, such as `agency`
    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Value, ...], ...]
    bars: int = -1


@dataclass(frozen=True, slots=True)
class Sheet:
    """All that is printed: tables, and what each figure means."""

    language: str
    title: str
    lines: tuple[str, ...]  # place, days, when it was made
    blocks: tuple[Block, ...]
    definitions_title: str
    definitions: tuple[tuple[str, str], ...]
