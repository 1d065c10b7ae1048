"""Statements in the words of one database, compiled once: how their values and rows are converted, and in what order."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache
from operator import itemgetter
from typing import TYPE_CHECKING, Any, cast
from weakref import ref

from sqlalchemy import (
    Boolean,
    Column,
    CompoundSelect,
    Date,
    DateTime,
    Delete,
    Dialect,
    Insert,
    Row,
    Select,
    Update,
)
from sqlalchemy.engine.result import SimpleResultMetaData
from sqlalchemy.sql.compiler import SQLCompiler

from queue_core.store.answers import Answer, Count, named

if TYPE_CHECKING:
    from sqlalchemy.sql.schema import ScalarElementColumnDefault

Convert = Callable[[Any], Any]
_KINDS = (Select, CompoundSelect, Insert, Update, Delete)


class Prepared:
    """A statement that is ready to be executed again and again with values of the same names."""

    __slots__ = (
        "_binds",
        "_columns",
        "_constants",
        "_dialect",
        "_in_order",
        "_named",
        "_places",
        "_results",
        "_shape",
        "has_rows",
        "sql",
    )

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
        self._shape: Any = None  # of the rows: known when the first have come
        self._places: Any = None
        self._named: Any = None
        self._results: Any = None  # a converter, or None, for each column

    def values(self, given: dict[str, Any] | None) -> Sequence[Any]:
        """Return the values in the order in which the driver wants them. Raises KeyError for one that is not given."""
        constants = self._constants
        named = ({**constants, **given} if constants else given) if given else constants
        values = list(self._in_order(named))
        for at, convert in self._binds:
            values[at] = convert(values[at])
        return values

    def answer(self, cursor: Any, wait: Callable[[], None] | None) -> Any:
        """Return what was executed on a driver's cursor. `wait` returns when a statement without rows has been."""
        if not self.has_rows:
            return Count(cursor, wait)
        rows = cursor.fetchall()
        if self._shape is None:
            self._read(cursor.description)
        shape, results, places = self._shape, self._results, self._places
        make = self._named if len(rows) == 1 else Row  # of many rows the values are taken as they come
        return Answer(shape, [make(shape, results, places, row) for row in rows])

    def _read(self, description: Any) -> None:
        types = tuple(
            _result(each.type, self._dialect, told[1])
            for each, told in zip(self._columns, description, strict=True)
        )
        self._results = types if any(types) else None
        names = [each.keyname for each in self._columns]
        self._named, shape = named(names), SimpleResultMetaData(names)
        self._places = shape._key_to_index  # noqa: SLF001 - what a Row wants
        self._shape = shape


class Statements:
    """All statements that one database has been given, and those among them that are prepared.

    A statement is known by its identity, as long as it lives; each of its forms by how many values it is given, one row or
    many. Whoever gives other names of the same number is told by a KeyError of `Prepared.values`.
    """

    def __init__(self, dialect: Dialect) -> None:
        self._dialect = dialect
        self._seen: dict[int, tuple[ref[Any], dict[tuple[int, bool], Prepared | None]]] = {}

    def __len__(self) -> int:
        """How many statements are alive."""
        return len(self._seen)

    def ready(self, statement: Any, given: Any) -> Prepared | None:
        """Return the statement prepared for what is given, unless it is new or does not fit."""
        seen = self._seen.get(id(statement))
        if seen is None:
            if isinstance(statement, _KINDS):
                self._meet(statement)
            return None
        many = type(given) is list
        first = (given[0] if given else ()) if many else given
        if first is not None and type(first) is not dict:
            return None
        form = (len(first) if first else 0, many)
        forms = seen[1]
        if form not in forms:
            forms[form] = _prepare(self._dialect, statement, first or {}, many=many)
        return forms[form]

    def _meet(self, statement: Any) -> None:
        known, key = self._seen, id(statement)
        known[key] = ref(statement, lambda _: known.pop(key, None)), {}


_statements: dict[str, Statements] = {}
_moments: dict[Any, Convert] = {}
"""What converts dates and times, by type, database and direction."""


def statements_of(dialect: Dialect) -> Statements:
    """Return the statements of a kind of database; connections to several of them share these."""
    return _statements.setdefault(dialect.name, Statements(dialect))


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
    if isinstance(kind, Boolean):
        return None  # both drivers know true and false
    return _once_each(kind, (dialect.name, "to"), kind.dialect_impl(dialect).bind_processor(dialect))


def _result(kind: Any, dialect: Dialect, told: Any) -> Convert | None:
    processor = kind.dialect_impl(dialect).result_processor(dialect, told)
    return _once_each(kind, (dialect.name, "from", told), processor)


def _once_each(kind: Any, way: tuple[Any, ...], convert: Convert | None) -> Convert | None:
    """A command writes one moment into many columns, and reads it from many: it is converted once."""
    if convert is None or not isinstance(getattr(kind, "impl_instance", kind), (Date, DateTime)):
        return convert
    return _moments.setdefault((repr(kind), *way), lru_cache(maxsize=256)(convert))
