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
from queue_core.store.prepared import statements_of


class QuickConnection(Connection):
    """A Connection for statements that are executed again and again."""

    def __init__(self, engine: Engine, *, together: bool = False) -> None:
        """Take a connection from the engine's pool, as Engine.connect does.

        With `together`, which is PostgreSQL's, what answers nothing leaves at once; the next statement with rows waits, or
        the commit. Whoever waits is told of the first error of all that had left.
        """
        super().__init__(engine)
        self.driver: Any = self.connection.driver_connection
        self._statements = statements_of(self.dialect)
        self.reached: Reached | None = None
        """How far the change under way brings its site, for Store.write to note."""
        self._watched = False  # somebody wants to see each statement
        self._together = together
        self._pipeline: Any = None
        self._sync: Any = None

    def begin(self) -> RootTransaction:
        """Begin a transaction, and look whether somebody listens to this one."""
        self._watched = bool(self.dispatch.before_cursor_execute)
        return super().begin()

    def settle(self) -> None:
        """Wait for all that has left, and be told of its errors."""
        try:
            self._leave(None)
        except self.dialect.loaded_dbapi.Error as error:
            raise self._meaning(error, "", None) from error

    def forget(self) -> None:
        """Wait for all that has left, and hear of no error: it is taken back, whatever it was."""
        self._leave(RuntimeError("taken back"))

    def _leave(self, instead: Exception | None) -> None:
        """Leave the driver's pipeline. With `instead`, its own errors go to psycopg's log."""
        pipeline, self._pipeline = self._pipeline, None
        if pipeline is not None:
            pipeline.__exit__(None if instead is None else type(instead), instead, None)

    def close(self) -> None:
        """Give this connection back, with nothing under way: a commit that failed among others was not even tried."""
        self.forget()
        if self._together and not (self.closed or self.invalidated):
            try:
                self.driver.rollback()  # asks the server only where there is something
            except self.dialect.loaded_dbapi.Error as error:
                self.invalidate(error)
        super().close()

    def invalidate(self, exception: BaseException | None = None) -> None:
        """Give this connection to nobody again; what had left is lost with it."""
        self._pipeline = None
        super().invalidate(exception)

    def execute(self, statement: Any, parameters: Any = None, *, execution_options: Any = None) -> Any:
        """Execute a statement; the same as Connection.execute, sooner."""
        ready = None
        if execution_options is None and not self._watched and self._transaction is not None:
            ready = self._statements.ready(statement, parameters)
        if ready is None:  # also the first statement of all, which begins a transaction
            return self._slowly(statement, parameters, execution_options)
        many = type(parameters) is list
        try:
            values = [ready.values(each) for each in parameters] if many else ready.values(parameters)
        except KeyError:  # as many names as the last time, but others
            return self._slowly(statement, parameters)
        cursor = self.driver.cursor()
        try:
            if self._together and self._pipeline is None:
                self._pipeline = self.driver.pipeline()
                self._sync = self._pipeline.__enter__().sync
            if many:
                cursor.executemany(ready.sql, values)
            else:
                cursor.execute(ready.sql, values)
            if self._pipeline is not None and ready.has_rows:
                self._sync()  # not only a flush: the server counts who is silent from here on as idle
            return ready.answer(cursor, self.settle if self._pipeline else None)
        except self.dialect.loaded_dbapi.Error as error:
            raise self._meaning(error, ready.sql, cursor) from error

    def _slowly(self, statement: Any, parameters: Any, options: Any = None) -> Any:
        self.settle()
        return super().execute(statement, parameters, execution_options=options)

    def scalar(self, statement: Any, parameters: Any = None, *, execution_options: Any = None) -> Any:
        """Return the first value of the first row, or None."""
        return self.execute(statement, parameters, execution_options=execution_options).scalar()

    def scalars(self, statement: Any, parameters: Any = None, *, execution_options: Any = None) -> Any:
        """Return the first value of each row."""
        return self.execute(statement, parameters, execution_options=execution_options).scalars()

    def _meaning(self, error: Exception, sql: str, cursor: Any) -> BaseException:
        """The error as SQLAlchemy would tell it; a connection that is gone is not given to anybody again."""
        driver = self.dialect.loaded_dbapi.Error
        gone = self.dialect.is_disconnect(error, self.connection, cursor)  # type: ignore[arg-type]
        if gone:
            self.invalidate(error)
        return DBAPIError.instance(
            sql, None, error, driver, hide_parameters=True, connection_invalidated=gone, dialect=self.dialect
        )
