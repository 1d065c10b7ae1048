"""The connections that write: one is kept from turn to turn, since taking one from the pool and giving it back costs as much as four statements."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import RootTransaction
from sqlalchemy.exc import DBAPIError

from queue_core.store.quick import QuickConnection

Begin = Callable[[QuickConnection], RootTransaction]
"""Begins a transaction, and asks the server for something: so a connection that was lost at rest shows."""
Begun = tuple[QuickConnection, RootTransaction]


class Writers:
    """Lends connections that may write; safe to use from several threads."""

    def __init__(self, connect: Callable[[], QuickConnection]) -> None:
        """Keep nothing yet; `connect` takes a connection from a pool."""
        self._connect = connect
        self._kept: list[QuickConnection] = []

    def begun(self, begin: Begin) -> Begun:
        """Lend a connection with a transaction begun: the one that is kept, or where that was lost meanwhile, one that the pool has proved."""
        kept = self._take()
        if kept is not None:
            try:
                return _begun_on(kept, begin)
            except DBAPIError as error:
                if not error.connection_invalidated:
                    raise
        return _begun_on(self._connect(), begin)

    def keep(self, connection: QuickConnection) -> None:
        """Take a connection back for the next turn, unless one is kept already or it is lost."""
        if self._kept or connection.invalidated:
            connection.close()
        else:
            self._kept.append(connection)

    def let_go(self) -> None:
        """Give back what is kept."""
        while (connection := self._take()) is not None:
            connection.close()

    def _take(self) -> QuickConnection | None:
        try:
            return self._kept.pop()
        except IndexError:
            return None


def _begun_on(connection: QuickConnection, begin: Begin) -> Begun:
    try:
        return connection, begin(connection)
    except BaseException:
        connection.close()
        raise
