"""A connection that prepares each statement once and then hands it to the driver directly.

SQLAlchemy takes about 45 microseconds for each execution, most of it for what never changes: it looks the statement up by
its structure, makes a context and a result. A command executes a dozen statements, all of them constants of a module. Here
such a statement is compiled at its second execution and kept; from then on only its values are converted, by the same
converters of SQLAlchemy's types, and rows are SQLAlchemy's own. What does not fit is left to SQLAlchemy: a statement
that is made anew each time, an IN with a list of its own, a
default to be computed, and all while somebody listens.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, Engine, RootTransaction
from sqlalchemy.exc import DBAPIError

from queue_core.store.highwater import Reached
from queue_core.store.prepared import Prepared, statements_of


class QuickConnection(Connection):
    """A Connection for statements that are executed again and again."""

    def __init__(self, engine: Engine) -> None:
        """Take a connection from the engine's pool, as Engine.connect does."""
        super().__init__(engine)
        self.driver: Any = self.connection.driver_connection
        self.reached: Reached | None = None
        """How far the change under way brings its site, for Store.write to note."""
        self._statements = statements_of(self.dialect)
        self._watched = False  # somebody wants to see each statement

    def begin(self) -> RootTransaction:
        """Begin a transaction, and look whether somebody listens to this one."""
        self._watched = bool(self.dispatch.before_cursor_execute)
        return super().begin()

    def settle(self) -> None:
        """Wait for all that is under way, and be told of its errors: here nothing ever is."""

    def execute(self, statement: Any, parameters: Any = None, *, execution_options: Any = None) -> Any:
        """Execute a statement; the same as Connection.execute, sooner."""
        ready = None
        if execution_options is None and not self._watched and self._transaction is not None:
            ready = self._statements.ready(statement, parameters)
        if ready is None:  # also the first statement of all, which begins a transaction
            return self._slowly(statement, parameters, execution_options)
        many = type(parameters) is list
        try:
            values: Any = [ready.values(each) for each in parameters] if many else ready.values(parameters)
        except KeyError:  # as many names as the last time, but others
            return self._slowly(statement, parameters)
        try:
            return self._run_many(ready, values) if many else self._run(ready, values)
        except self.dialect.loaded_dbapi.Error as error:
            raise self.meaning(error, ready.sql) from error

    def send(self, statement: Any, parameters: dict[str, Any]) -> None:
        """Execute a statement whose rows nobody wants to see."""
        self.execute(statement, parameters)

    def commit_and(self, say: str) -> bool:  # noqa: ARG002 - see PipelinedConnection
        """Commit, and `say` something in a transaction of its own, in one trip; False: it was not done, do it yourself."""
        return False

    def _run(self, ready: Prepared, values: Any) -> Any:
        return ready.answer(self.driver.execute(ready.sql, values), None)

    def _run_many(self, ready: Prepared, rows: list[Any]) -> Any:
        cursor = self.driver.cursor()
        cursor.executemany(ready.sql, rows)
        return ready.answer(cursor, None)

    def _slowly(self, statement: Any, parameters: Any, options: Any = None) -> Any:
        return super().execute(statement, parameters, execution_options=options)

    def scalar(self, statement: Any, parameters: Any = None, *, execution_options: Any = None) -> Any:
        """Return the first value of the first row, or None."""
        return self.execute(statement, parameters, execution_options=execution_options).scalar()

    def scalars(self, statement: Any, parameters: Any = None, *, execution_options: Any = None) -> Any:
        """Return the first value of each row."""
        return self.execute(statement, parameters, execution_options=execution_options).scalars()

    def meaning(self, error: Exception, sql: str) -> BaseException:
        """Return the error as SQLAlchemy would tell it; a connection that is gone is not given to anybody again."""
        driver = self.dialect.loaded_dbapi.Error
        gone = self.dialect.is_disconnect(error, self.connection, None)  # type: ignore[arg-type]
        if gone:
            self.invalidate(error)
        return DBAPIError.instance(
            sql, None, error, driver, hide_parameters=True, connection_invalidated=gone, dialect=self.dialect
        )
