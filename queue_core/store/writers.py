"""The connections that write: one is kept from turn to turn, since taking one from the pool and giving it back costs as much as four statements."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from sqlalchemy import Engine

from queue_core.store.quick import QuickConnection


class Writers:
    """Lends connections that may write; safe to use from several threads."""

    def __init__(self, engine: Engine, has_ended: Callable[[QuickConnection], bool]) -> None:
        """Keep nothing yet; `has_ended` tells whether a connection at rest has been hung up from the other side."""
        self._engine = engine
        self._has_ended = has_ended
        self._kept: list[QuickConnection] = []

    @contextmanager
    def one(self) -> Iterator[QuickConnection]:
        """Lend a connection. It is kept for the next who asks, unless one is kept already or something went wrong."""
        connection = self._take() or QuickConnection(self._engine)
        try:
            yield connection
        except BaseException:
            connection.close()
            raise
        if self._kept or connection.invalidated:
            connection.close()
        else:
            self._kept.append(connection)

    def let_go(self) -> None:
        """Give back what is kept."""
        while self._kept:
            if (connection := self._take()) is not None:
                connection.close()

    def _take(self) -> QuickConnection | None:
        try:
            connection = self._kept.pop()
        except IndexError:
            return None
        if not self._has_ended(connection):
            return connection
        connection.invalidate()
        connection.close()
        return None
