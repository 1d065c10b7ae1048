"""The one ear of a process: a connection that listens to PostgreSQL, made anew whenever it is lost."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import psycopg

from queue_core.errors import StoreUnreachable

if TYPE_CHECKING:
    Listen = Callable[[], psycopg.Connection[Any]]

_log = logging.getLogger(__name__)

SLICE_SECONDS = 0.5
"""How soon the listening thread notices that nobody listens any more."""
SILENCE_SECONDS = 20.0
"""After so long without a word the server is asked whether it is still there: a dead line is silent, too."""
FIRST_PAUSE_SECONDS, LONGEST_PAUSE_SECONDS = 0.05, 2.0
"""Between two attempts to reach a server that is away."""


class Ear:
    """One reader's part of the wake-ups. It fits `queue_core.feed.Feed`."""

    def __init__(self, leave: Callable[[Ear], None]) -> None:
        self._leave = leave
        self._told = threading.Event()
        self._closed = False

    def wait(self, timeout: float) -> bool:
        """See Feed; it never takes longer than `timeout`, whatever the network does."""
        if self._closed or not self._told.wait(timeout):
            return False
        if not self._closed:  # else a second wait would not end
            self._told.clear()
        return not self._closed

    def tell(self) -> None:
        """Something may have changed."""
        self._told.set()

    def close(self) -> None:
        """See Feed."""
        self._closed = True
        self._told.set()
        self._leave(self)


class Listener:
    """Hears for all readers of a process; connected as long as there is one."""

    def __init__(self, listen: Listen) -> None:
        """Prepare; `listen` returns a new connection that hears, or raises StoreUnreachable."""
        self._listen = listen
        self._lock = threading.Lock()
        self._ears: set[Ear] = set()
        self._stop: threading.Event | None = None
        self._complained = False

    def ear(self) -> Ear:
        """Return an ear for one more reader. The first waits until the server hears it, or does not answer."""
        ear = Ear(self._forget)
        with self._lock:
            self._ears.add(ear)
            if self._stop is None:
                self._stop = threading.Event()
                begun = (self._stop, self._connected())
                threading.Thread(target=self._run, args=begun, name="store-listener", daemon=True).start()
        return ear

    def close(self) -> None:
        """Let go of the connection; ears that are still open hear nothing any more."""
        with self._lock:
            if self._stop is not None:
                self._stop.set()
                self._stop = None

    def _forget(self, ear: Ear) -> None:
        with self._lock:
            self._ears.discard(ear)
            last = not self._ears
        if last:
            self.close()

    def _run(self, stop: threading.Event, connection: psycopg.Connection[Any] | None) -> None:
        pause = FIRST_PAUSE_SECONDS
        while not stop.is_set():
            if connection is None:
                connection = self._connected()
                if connection is None:
                    stop.wait(pause)
                    pause = min(pause * 2, LONGEST_PAUSE_SECONDS)
                    continue
                self._tell()  # what was said meanwhile was not heard
            pause = FIRST_PAUSE_SECONDS
            self._hear(connection, stop)
            connection = None

    def _hear(self, connection: psycopg.Connection[Any], stop: threading.Event) -> None:
        """Tell what is heard, until the connection is lost or nobody listens any more."""
        heard_at = time.monotonic()
        try:
            while not stop.is_set():
                if any(True for _ in connection.notifies(timeout=SLICE_SECONDS, stop_after=1)):
                    heard_at = time.monotonic()
                    self._tell()
                elif time.monotonic() - heard_at > SILENCE_SECONDS:
                    connection.execute("SELECT 1")
                    heard_at = time.monotonic()
        except psycopg.Error as error:
            _log.warning("lost the connection that listens: %s", str(error).strip())
        finally:
            connection.close()

    def _tell(self) -> None:
        with self._lock:
            ears = tuple(self._ears)
        for ear in ears:
            ear.tell()

    def _connected(self) -> psycopg.Connection[Any] | None:
        try:
            connection = self._listen()
        except StoreUnreachable as error:
            level = logging.DEBUG if self._complained else logging.WARNING  # an outage may last all night
            _log.log(level, "cannot listen; trying again: %s", error.data["detail"])
            self._complained = True
            return None
        self._complained = False
        return connection
