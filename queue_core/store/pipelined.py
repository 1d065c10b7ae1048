"""A connection to PostgreSQL on which what answers nothing leaves at once, many statements together.

The next statement with rows waits for all of them, or the commit. Whoever waits is told of the first error of all that had
left.
"""

from __future__ import annotations

from typing import Any

from queue_core.store.prepared import Prepared
from queue_core.store.quick import QuickConnection


class PipelinedConnection(QuickConnection):
    """A QuickConnection for changes, in psycopg's pipeline mode."""

    _pipeline: Any = None  # psycopg's context manager, while something is under way
    _sync: Any = None

    def settle(self) -> None:
        """Wait for all that has left, and be told of its errors."""
        try:
            self._leave(None)
        except self.dialect.loaded_dbapi.Error as error:
            raise self.meaning(error, "") from error

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
        if not (self.closed or self.invalidated):
            try:
                self.driver.rollback()  # asks the server only where there is something
            except self.dialect.loaded_dbapi.Error as error:
                self.invalidate(error)
        super().close()

    def invalidate(self, exception: BaseException | None = None) -> None:
        """Give this connection to nobody again; what had left is lost with it."""
        self._pipeline = None
        super().invalidate(exception)

    def _run(self, ready: Prepared, values: Any) -> Any:
        cursor = self._cursor()
        cursor.execute(ready.sql, values)
        if ready.has_rows:
            self._sync()  # not only a flush: the server counts who is silent from here on as idle
        return ready.answer(cursor, self.settle)

    def _run_many(self, ready: Prepared, rows: list[Any]) -> Any:
        cursor = self._cursor()
        cursor.executemany(ready.sql, rows)
        return ready.answer(cursor, self.settle)

    def _cursor(self) -> Any:
        if self._pipeline is None:
            self._pipeline = self.driver.pipeline()
            self._sync = self._pipeline.__enter__().sync
        return self.driver.cursor()

    def _slowly(self, statement: Any, parameters: Any, options: Any = None) -> Any:
        self.settle()
        return super()._slowly(statement, parameters, options)
