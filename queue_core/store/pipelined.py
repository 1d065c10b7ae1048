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

    def send(self, statement: Any, parameters: dict[str, Any]) -> None:
        """Execute a statement whose rows nobody wants to see: the next one that has rows waits for both."""
        ready = None if self._watched else self._statements.ready(statement, parameters)
        if ready is None:
            self.execute(statement, parameters)
            return
        try:
            self._cursor().execute(ready.sql, ready.values(parameters))
        except self.dialect.loaded_dbapi.Error as error:
            raise self.meaning(error, ready.sql) from error

    def commit_and(self, say: str) -> bool:
        """Commit, and `say` something in a transaction of its own, in the trip of what has left already.

        False: nothing was under way, so nothing was done; or it was committed, but what was to be said failed. Raises as
        `settle` does when it was not committed, or nobody can tell.
        """
        if self._pipeline is None:
            return False
        cursor = self.driver.cursor()
        try:
            cursor.execute("COMMIT")
            self.driver.cursor().execute(say)
            self._leave(None)
        except self.dialect.loaded_dbapi.Error as error:
            if cursor.statusmessage == "COMMIT" and not self.driver.broken:
                return False
            raise self.meaning(error, "COMMIT") from error
        return True

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
