"""The two ways to speak: one JSON object a line for programs, one clear sentence for people."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kiosk.commands.session import Session

Shape = Mapping[str, object]


def answer(session: Session, shape: Shape, sentence: str) -> None:
    """Print what was done: the shape as a line of JSON, or the sentence."""
    print(line(shape) if session.json else sentence, flush=True)


def fail(session: Session, code: str, data: Shape, sentence: str) -> None:
    """Print a refusal: JSON goes where JSON is read, a sentence goes to standard error."""
    if session.json:
        print(line({"error": code, **data}), flush=True)
    else:
        print(sentence, file=sys.stderr, flush=True)


def line(shape: Shape) -> str:
    """Return one line of JSON, moments in ISO 8601."""
    return json.dumps(shape, ensure_ascii=False, default=_plain)


def _plain(value: object) -> object:
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return dict(value)
    if isinstance(value, set | frozenset):
        return sorted(value)
    return str(value)


def table(
    session: Session, head: Sequence[str], shapes: Sequence[Shape], rows: Sequence[Sequence[str]]
) -> None:
    """Print many things: each as a line of JSON, or as rows under a head in columns."""
    if session.json:
        for shape in shapes:
            print(line(shape))
        return
    for row in columns([list(head), *[list(row) for row in rows]]):
        print(row)


def columns(rows: Sequence[Sequence[str]]) -> list[str]:
    """Return rows as lines, each column as wide as its widest cell; cells that are all numbers stand to the right."""
    widths = [max(len(cell) for cell in column) for column in zip(*rows, strict=True)]
    right = [
        all(cell.isdigit() for cell in column[1:]) and len(column) > 1 for column in zip(*rows, strict=True)
    ]
    return [
        "  ".join(
            cell.rjust(width) if to_right else cell.ljust(width)
            for cell, width, to_right in zip(row, widths, right, strict=True)
        ).rstrip()
        for row in rows
    ]
