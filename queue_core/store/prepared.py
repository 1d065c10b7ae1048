"""Statements in the words of one database, compiled once: how their values and rows are converted, and in what order."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache
from operator import itemgetter
from typing import TYPE_CHECKING, Any, cast
from weakref import WeakKeyDictionary

from sqlalchemy import Column, Date, DateTime, Dialect, Row
from sqlalchemy.engine import IteratorResult
from sqlalchemy.engine.result import SimpleResultMetaData
from sqlalchemy.exc import MultipleResultsFound, NoResultFound
from sqlalchemy.sql.compiler import SQLCompiler

if TYPE_CHECKING:
    from sqlalchemy.sql.schema import ScalarElementColumnDefault

Convert = Callable[[Any], Any]


class Answer(IteratorResult[Any]):
    """The rows of a statement, or how many it changed. What is asked for most is told directly."""

    raw = context = None
    _source_supports_scalars = False

    def __init__(
        self, shape: SimpleResultMetaData, rows: list[Row[Any]], cursor: Any, wait: Callable[[], None] | None
    ) -> None:
        """Keep the rows, which are made already. `wait` returns when the count of a statement without rows is known."""
        self._metadata, self.iterator, self._rows = shape, iter(rows), rows
        self._cursor, self._wait = cursor, wait

    @property
    def rowcount(self) -> int:
        """How many rows the statement changed."""
        if self._wait is not None:
            self._wait()
        return int(self._cursor.rowcount)

    def __iter__(self) -> Iterator[Row[Any]]:
        """Go through the rows."""
        return iter(self._rows)

    def all(self) -> Sequence[Row[Any]]:
        """Return the rows."""
        return self._rows

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


def changed(row: Row[Any], values: Mapping[str, Any]) -> Row[Any]:
    """Return the row as it is after some of its columns were set, without reading it again."""
    places, now = row._key_to_index, list(row)  # noqa: SLF001 - the row's own shape
    for name, value in values.items():
        now[places[name]] = value
    return Row(row._parent, None, places, tuple(now))  # noqa: SLF001


class Prepared:
    """A statement that is ready to be executed again and again with values of the same names."""

    def __init__(self, dialect: Dialect, compiled: SQLCompiler) -> None:
        """Read from SQLAlchemy's compiler all that is needed for an execution."""
        self.sql = compiled.string
        self._dialect = dialect
        binds = [(name, compiled.binds[name]) for name in compiled.positiontup or ()]
        self._constants = {name: bind.effective_value for name, bind in binds if not bind.required} | {
            column.key: _constant(column) for column in compiled.insert_prefetch
        }
        self._in_order = _getter([name for name, _ in binds])
        converts = ((at, _bind(bind.type, dialect)) for at, (_, bind) in enumerate(binds))
        self._binds = tuple((at, convert) for at, convert in converts if convert is not None)
        self._columns = compiled._result_columns  # noqa: SLF001 - the only place that knows names and types
        self.has_rows = bool(self._columns)
        self._shape: SimpleResultMetaData | None = None
        self._results: Any = None  # a converter, or None, for each column

    def values(self, given: dict[str, Any] | None) -> Sequence[Any]:
        """Return the values in the order in which the driver wants them."""
        named = {**self._constants, **given} if self._constants and given else given or self._constants
        values = list(self._in_order(named))
        for at, convert in self._binds:
            values[at] = convert(values[at])
        return values

    def answer(self, cursor: Any, wait: Callable[[], None] | None = None) -> Answer:
        """Return what was executed on a driver's cursor, with rows that are SQLAlchemy's."""
        rows = cursor.fetchall() if self.has_rows else ()
        if self._shape is None:
            self._read(cursor.description if self.has_rows else ())
        shape = cast("SimpleResultMetaData", self._shape)
        places = shape._key_to_index  # noqa: SLF001 - what a Row wants
        return Answer(shape, [Row(shape, self._results, places, row) for row in rows], cursor, wait)

    def _read(self, description: Any) -> None:
        types = tuple(
            _result(each.type, self._dialect, told[1])
            for each, told in zip(self._columns, description, strict=True)
        )
        self._results = types if any(types) else None
        self._shape = SimpleResultMetaData([each.keyname for each in self._columns])


_moments: dict[Any, Convert] = {}
"""What converts dates and times, by type, database and direction."""
_known: WeakKeyDictionary[Any, dict[Any, Prepared | None]] = WeakKeyDictionary()
"""By statement; then by dialect and by what is given. None: it was seen once, or is SQLAlchemy's for good."""


def prepared(dialect: Dialect, statement: Any, parameters: Any) -> Prepared | None:
    """Return the statement prepared for these parameters, unless it is new or does not fit."""
    many = isinstance(parameters, list)
    first = parameters[0] if many and parameters else parameters
    if not (first is None or isinstance(first, dict)) or (many and not parameters):
        return None
    key = (dialect.name, many, *first) if first else (dialect.name, many)
    forms = _known.get(statement)
    if forms is None:
        _known[statement] = {}
        return None
    if key not in forms:
        forms[key] = _prepare(dialect, statement, first or {}, many=many)
    return forms[key]


def _prepare(dialect: Dialect, statement: Any, given: dict[str, Any], *, many: bool) -> Prepared | None:
    compiled = statement.compile(dialect=dialect, column_keys=list(given), for_executemany=many)
    binds = compiled.binds
    defaults = {column.key for column in compiled.insert_prefetch}
    if (
        not compiled.positional
        or compiled.post_compile_params
        or compiled.literal_execute_params
        or any(column.default is None or not column.default.is_scalar for column in compiled.insert_prefetch)
        or compiled.update_prefetch
        or compiled.escaped_bind_names
        or (many and compiled.effective_returning)
        or any(bind.required and name not in {*given, *defaults} for name, bind in binds.items())
        or not set(given) <= set(binds)
    ):
        return None
    return Prepared(dialect, compiled)


def _constant(column: Column[Any]) -> object:
    """The plain value that a column has when none is given."""
    return cast("ScalarElementColumnDefault", column.default).arg


def _getter(names: list[str]) -> Callable[[Any], Sequence[Any]]:
    """What takes these values out of a dictionary, in order."""
    if len(names) > 1:
        return itemgetter(*names)
    return lambda given: [given[name] for name in names]


def _bind(kind: Any, dialect: Dialect) -> Convert | None:
    return _once_each(kind, (dialect.name, "to"), kind.dialect_impl(dialect).bind_processor(dialect))


def _result(kind: Any, dialect: Dialect, told: Any) -> Convert | None:
    processor = kind.dialect_impl(dialect).result_processor(dialect, told)
    return _once_each(kind, (dialect.name, "from", told), processor)


def _once_each(kind: Any, way: tuple[Any, ...], convert: Convert | None) -> Convert | None:
    """A command writes one moment into many columns, and reads it from many: it is converted once."""
    if convert is None or not isinstance(getattr(kind, "impl_instance", kind), (Date, DateTime)):
        return convert
    return _moments.setdefault((repr(kind), *way), lru_cache(maxsize=256)(convert))
