"""What a prepared statement answers: rows that are SQLAlchemy's own, or how many rows it changed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from operator import itemgetter
from typing import Any

from sqlalchemy import Row
from sqlalchemy.engine import IteratorResult
from sqlalchemy.engine.result import SimpleResultMetaData
from sqlalchemy.exc import MultipleResultsFound, NoResultFound


class Answer(IteratorResult[Any]):
    """The rows of a statement. What is asked for most is told directly, the rest as SQLAlchemy does it."""

    raw = context = None
    _source_supports_scalars = False

    def __init__(self, shape: SimpleResultMetaData, rows: list[Row[Any]]) -> None:
        """Keep the rows, which are made already."""
        self._metadata, self.iterator, self._rows = shape, iter(rows), rows

    def __iter__(self) -> Iterator[Row[Any]]:
        """Go through the rows."""
        return iter(self._rows)

    def all(self) -> Sequence[Row[Any]]:
        """Return the rows."""
        return self._rows

    def first(self) -> Row[Any] | None:
        """Return the first row, or None where there is none."""
        return self._rows[0] if self._rows else None

    def one_or_none(self) -> Row[Any] | None:
        """Return the only row, or None where there is none. Raises MultipleResultsFound."""
        if len(self._rows) > 1:
            raise MultipleResultsFound
        return self._rows[0] if self._rows else None

    def one(self) -> Row[Any]:
        """Return the only row. Raises NoResultFound, MultipleResultsFound."""
        row = self.one_or_none()
        if row is None:
            raise NoResultFound
        return row

    def scalar(self) -> Any:
        """Return the first value of the first row, or None."""
        return self._rows[0][0] if self._rows else None

    def scalar_one_or_none(self) -> Any:
        """Return the first value of the only row, or None where there is none. Raises MultipleResultsFound."""
        row = self.one_or_none()
        return None if row is None else row[0]


class Count:
    """How many rows a statement changed that answers nothing else."""

    __slots__ = ("_cursor", "_wait")

    def __init__(self, cursor: Any, wait: Callable[[], None] | None) -> None:
        """Ask the driver's cursor when somebody wants to know. `wait` returns when it can tell."""
        self._cursor, self._wait = cursor, wait

    @property
    def rowcount(self) -> int:
        """How many rows the statement changed."""
        if self._wait is not None:
            self._wait()
        return int(self._cursor.rowcount)


def named(columns: Sequence[str]) -> type[Row[Any]]:
    """Return what makes rows of these columns that tell them by name at once.

    SQLAlchemy's own looks for an attribute first, and for a column when that has failed: five times as long.
    """
    here = {name: property(itemgetter(at)) for at, name in enumerate(columns) if not hasattr(Row, name)}
    return type("NamedRow", (Row,), {"__slots__": (), **here})


def changed(row: Row[Any], values: Mapping[str, Any]) -> Row[Any]:
    """Return the row as it is after some of its columns were set, without reading it again."""
    places, now = row._key_to_index, list(row)  # noqa: SLF001 - the row's own shape
    for name, value in values.items():
        now[places[name]] = value
    return type(row)(row._parent, None, places, tuple(now))  # noqa: SLF001
