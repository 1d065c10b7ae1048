"""A connection that prepares each statement once and then hands it to the driver directly.

SQLAlchemy takes about 45 microseconds for each execution, most of it for what never changes: it looks the statement up by
its structure, makes a context and a result. A command executes a dozen statements, all of them constants of a module. Here
such a statement is compiled at its second execution and kept; from then on only its values are converted, by the same
converters of SQLAlchemy's types, and rows are SQLAlchemy's own. What does not fit is left to SQLAlchemy: a statement
that is made anew each time, an IN with a list of its own, a
default to be computed, and all while somebody listens.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, cast
from weakref import WeakKeyDictionary

from sqlalchemy import Column, Connection, Delete, Dialect, Engine, Insert, Select, Update
from sqlalchemy.engine import IteratorResult
from sqlalchemy.engine.result import SimpleResultMetaData
from sqlalchemy.exc import DBAPIError
from sqlalchemy.sql.compiler import SQLCompiler

if TYPE_CHECKING:
    from sqlalchemy.sql.schema import ScalarElementColumnDefault

Convert = Callable[[Any], Any]
_KINDS = (Select, Insert, Update, Delete)


class QuickConnection(Connection):
    """A Connection for statements that are executed again and again."""

    def __init__(self, engine: Engine) -> None:
        """Take a connection from the engine's pool, as Engine.connect does."""
        super().__init__(engine)
        self._watched = bool(self.dispatch.before_cursor_execute)  # somebody wants to see each statement

    def execute(self, statement: Any, parameters: Any = None, *, execution_options: Any = None) -> Any:
        """Execute a statement; the same as Connection.execute, sooner."""
        if (
            execution_options is None
            and isinstance(statement, _KINDS)
            and self.in_transaction()  # the first statement begins one, which is SQLAlchemy's to do
            and not self._watched
        ):
            prepared = _prepared(self.dialect, statement, parameters)
            if prepared is not None:
                return self._run(prepared, parameters)
        return super().execute(statement, parameters, execution_options=execution_options)

    def scalar(self, statement: Any, parameters: Any = None, *, execution_options: Any = None) -> Any:
        """Return the first value of the first row, or None."""
        return self.execute(statement, parameters, execution_options=execution_options).scalar()

    def scalars(self, statement: Any, parameters: Any = None, *, execution_options: Any = None) -> Any:
        """Return the first value of each row."""
        return self.execute(statement, parameters, execution_options=execution_options).scalars()

    def _run(self, prepared: Prepared, parameters: Any) -> Answer:
        cursor = self.connection.cursor()
        try:
            if isinstance(parameters, list):
                cursor.executemany(prepared.sql, [prepared.values(each) for each in parameters])
            else:
                cursor.execute(prepared.sql, prepared.values(parameters or {}))
            rows = cursor.fetchall() if cursor.description else ()
            return prepared.answer(cursor.description, rows, cursor.rowcount)
        except self.dialect.loaded_dbapi.Error as error:
            raise self._meaning(error, prepared.sql, cursor) from error
        finally:
            cursor.close()

    def _meaning(self, error: Exception, sql: str, cursor: Any) -> BaseException:
        """The error as SQLAlchemy would tell it; a connection that is gone is not given to anybody again."""
        driver = self.dialect.loaded_dbapi.Error
        gone = self.dialect.is_disconnect(error, self.connection, cursor)  # type: ignore[arg-type]
        if gone:
            self.invalidate(error)
        return DBAPIError.instance(
            sql, None, error, driver, hide_parameters=True, connection_invalidated=gone, dialect=self.dialect
        )


class Answer(IteratorResult[Any]):
    """The rows of a statement, or how many it changed."""

    def __init__(self, shape: SimpleResultMetaData, rows: Iterator[Any], rowcount: int) -> None:
        """Keep the rows until they are asked for."""
        super().__init__(shape, rows)
        self.rowcount = rowcount


class Prepared:
    """A statement in the words of one database, and how its values and rows are converted."""

    def __init__(self, dialect: Dialect, compiled: SQLCompiler) -> None:
        """Read from SQLAlchemy's compiler all that is needed for an execution."""
        self.sql = compiled.string
        self._dialect = dialect
        names = compiled.positiontup if compiled.positional else list(compiled.binds)
        self._positional = compiled.positional
        defaults: dict[str, Any] = {column.key: _constant(column) for column in compiled.insert_prefetch}
        self._binds = tuple(
            (
                name,
                defaults.get(name, None if bind.required else bind.effective_value),
                _bind(bind.type, dialect),
            )
            for name, bind in ((name, compiled.binds[name]) for name in names or ())
        )
        self._columns = compiled._result_columns  # noqa: SLF001 - the only place that knows names and types
        self._shape: SimpleResultMetaData | None = None
        self._convert: tuple[tuple[int, Convert], ...] = ()

    def values(self, given: Any) -> Any:
        """Return the values in the order, or by the names, that the driver wants."""
        if self._positional:
            return [
                given.get(name, constant) if convert is None else convert(given.get(name, constant))
                for name, constant, convert in self._binds
            ]
        return {
            name: given.get(name, constant) if convert is None else convert(given.get(name, constant))
            for name, constant, convert in self._binds
        }

    def answer(self, description: Any, rows: Sequence[Any], rowcount: int) -> Answer:
        """Return the rows as SQLAlchemy's."""
        if self._shape is None:
            self._shape, self._convert = self._read(description or ())
        return Answer(self._shape, self._converted(rows) if self._convert else iter(rows), rowcount)

    def _read(self, description: Any) -> tuple[SimpleResultMetaData, tuple[tuple[int, Convert], ...]]:
        types = [
            each.type.dialect_impl(self._dialect).result_processor(self._dialect, told[1])
            for each, told in zip(self._columns, description, strict=True)
        ]
        shape = SimpleResultMetaData([each.keyname for each in self._columns])
        return shape, tuple((index, convert) for index, convert in enumerate(types) if convert is not None)

    def _converted(self, rows: Sequence[Any]) -> Iterator[Any]:
        for row in rows:
            values = list(row)
            for index, convert in self._convert:
                values[index] = convert(values[index])
            yield tuple(values)


_known: WeakKeyDictionary[Any, dict[Any, Prepared | None]] = WeakKeyDictionary()
"""By statement; then by dialect and by what is given. None: it was seen once, or is SQLAlchemy's for good."""


def _prepared(dialect: Dialect, statement: Any, parameters: Any) -> Prepared | None:
    """Return the statement prepared for these parameters, unless it is new or does not fit."""
    many = isinstance(parameters, list)
    first = parameters[0] if many and parameters else parameters
    if not (first is None or isinstance(first, dict)) or (many and not parameters):
        return None
    key = (dialect.name, many, frozenset(first) if first else None)
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
        compiled.post_compile_params
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


def _bind(kind: Any, dialect: Dialect) -> Convert | None:
    convert: Convert | None = kind.dialect_impl(dialect).bind_processor(dialect)
    return convert
