"""Feed: wait until something changed; then look again. SQLite and PostgreSQL behind one face."""

from __future__ import annotations

import logging
import sqlite3
import threading
import time
from typing import TYPE_CHECKING, Protocol

from queue_core.errors import StoreUnreachable

if TYPE_CHECKING:
    from pathlib import Path

    from queue_core.store import Store

_log = logging.getLogger(__name__)

POLL_SECONDS = 0.05
"""How often a SQLite feed looks: three millionths of a second of work each time."""


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
    """Choose by the store's dialect: PRAGMA data_version, or the one connection by which this store's process listens.

    Raises: StoreUnreachable when a SQLite file cannot be opened.
    """
    if store.is_sqlite:
        return SqliteFeed(store.path)
    return store.listener().ear()


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
