"""Feed: wait until something changed; then look again. SQLite and PostgreSQL behind one face."""

from __future__ import annotations

import logging
import sqlite3
import threading
import time
from typing import TYPE_CHECKING, Any, Protocol

from queue_core.errors import StoreUnreachable

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    import psycopg

    from queue_core.store import Store

_log = logging.getLogger(__name__)

POLL_SECONDS = 0.05
"""How often a SQLite feed looks: three millionths of a second of work each time."""
SLICE_SECONDS = 0.2
"""How soon a PostgreSQL feed notices that it was closed."""
LONGEST_PAUSE_SECONDS = 2.0
"""Between two attempts to reach a store that is away."""


class Feed(Protocol):
    """A wake-up that only says "look again": it may come twice, or for nothing, and is never the news itself.

    A feed belongs to one reader; `close` may be called from another thread.
    """

    def wait(self, timeout: float) -> bool:
        """Block for at most `timeout` seconds; True when something may have changed, False when time ran out.

        What changed between two waits is not missed: the second returns at once. A store that went away is reached
        for again and again meanwhile; after that `wait` returns True, since anything may have happened.
        """
        ...

    def close(self) -> None:
        """Let go; a `wait` that is under way returns False soon."""
        ...


def open_feed(store: Store) -> Feed:
    """Choose by the store's dialect: PRAGMA data_version, or LISTEN on a connection of its own.

    Raises: StoreUnreachable when a SQLite file cannot be opened.
    """
    if store.is_sqlite:
        return SqliteFeed(store.path)
    return PostgresFeed(store.listen)


class SqliteFeed:
    """Polls the file's data_version, which moves whenever any other connection commits."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._closed = threading.Event()
        self._using = threading.Lock()  # closing waits for a poll that is under way
        try:
            self._connection = sqlite3.connect(
                f"{path.resolve().as_uri()}?mode=rw", uri=True, isolation_level=None, check_same_thread=False
            )
            self._seen = self._version()
        except sqlite3.Error as error:
            raise StoreUnreachable(detail=str(error)) from error

    def wait(self, timeout: float) -> bool:
        """See Feed."""
        end = time.monotonic() + timeout
        while not self._closed.is_set():
            if self._moved():
                return True
            remaining = end - time.monotonic()
            if remaining <= 0 or self._closed.wait(min(POLL_SECONDS, remaining)):
                return False
        return False

    def close(self) -> None:
        """See Feed."""
        self._closed.set()
        with self._using:
            self._connection.close()

    def _moved(self) -> bool:
        with self._using:
            if self._closed.is_set():
                return False
            try:
                version = self._version()
            except sqlite3.Error:  # whoever looks again will be told by the store
                _log.warning("cannot look at %s", self._path, exc_info=True)
                self._closed.wait(POLL_SECONDS)
                return True
            moved, self._seen = version != self._seen, version
            return moved

    def _version(self) -> int:
        return int(self._connection.execute("PRAGMA data_version").fetchone()[0])


class PostgresFeed:
    """Listens on a connection of its own, which it makes anew when it is lost."""

    def __init__(self, listen: Callable[[], psycopg.Connection[Any]]) -> None:
        self._listen = listen
        self._closed = threading.Event()
        self._connection = self._connected()

    def wait(self, timeout: float) -> bool:
        """See Feed."""
        end, pause = time.monotonic() + timeout, POLL_SECONDS
        while not self._closed.is_set():
            if self._connection is None:
                self._connection = self._connected()
                if self._connection is not None:
                    return True
            remaining = end - time.monotonic()
            if self._connection is None:
                if remaining <= 0 or self._closed.wait(min(pause, remaining)):
                    return False
                pause = min(pause * 2, LONGEST_PAUSE_SECONDS)
            elif self._heard(self._connection, max(0.0, min(SLICE_SECONDS, remaining))):
                return True
            elif remaining <= 0:
                return False
        return False

    def close(self) -> None:
        """See Feed."""
        self._closed.set()
        connection, self._connection = self._connection, None
        if connection is not None:
            connection.close()

    def _heard(self, connection: psycopg.Connection[Any], seconds: float) -> bool:
        import psycopg

        try:
            return any(True for _ in connection.notifies(timeout=seconds, stop_after=1))
        except psycopg.Error:
            if not self._closed.is_set():
                _log.warning("lost the connection that listens", exc_info=True)
            connection.close()
            self._connection = None
            return False

    def _connected(self) -> psycopg.Connection[Any] | None:
        try:
            return self._listen()
        except StoreUnreachable:
            _log.warning("cannot listen; trying again", exc_info=True)
            return None
