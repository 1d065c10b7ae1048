"""Turns: who may write to a SQLite file next, fairly, among threads and processes, for a limited time.

SQLite's own busy handler sleeps and polls, so under load a few processes get all the turns and others none. A kernel
lock (flock) on a file beside the database queues them instead. flock has no time limit of its own; when the lock is
taken, one helper thread waits for it, and whoever gives up leaves that thread to the next who asks. So a process that
holds the lock and hangs makes others busy, never stuck, and costs each of them one thread at most.
"""

from __future__ import annotations

import fcntl
import os
import threading
import time
from contextlib import suppress
from pathlib import Path

from queue_core.errors import StoreBusy


class Turns:
    """A lock among threads (a mutex) and processes (flock). Open it after a fork, never before."""

    def __init__(self, path: Path, seconds: float) -> None:
        self._seconds = seconds
        self._threads = threading.Lock()
        self._file = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o660)
        self._waiting = threading.Condition()
        self._helper_runs = False
        self._wanted = False
        self._granted = False

    @property
    def file(self) -> int:
        """The open lock file; what is in it belongs to who has the turn."""
        return self._file

    def __enter__(self) -> None:
        """Take the turn. Raises StoreBusy when others hold it for too long."""
        end = time.monotonic() + self._seconds
        if not self._threads.acquire(timeout=self._seconds):
            raise StoreBusy(seconds=self._seconds)
        try:
            self._lock(end)
        except BaseException:
            self._threads.release()
            raise

    def __exit__(self, *_error: object) -> None:
        """Give the turn to the next."""
        try:
            fcntl.flock(self._file, fcntl.LOCK_UN)
        finally:
            self._threads.release()

    def _lock(self, end: float) -> None:
        with self._waiting:
            if not self._helper_runs:
                with suppress(BlockingIOError):
                    fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                    return
                self._helper_runs = True
                threading.Thread(target=self._wait_for_kernel, name="store-turn", daemon=True).start()
            self._wanted = True
            granted = self._waiting.wait_for(lambda: self._granted, end - time.monotonic())
            self._wanted = self._granted = False
            if not granted:
                raise StoreBusy(seconds=self._seconds)

    def _wait_for_kernel(self) -> None:
        fcntl.flock(self._file, fcntl.LOCK_EX)
        with self._waiting:
            self._helper_runs = False
            self._granted = self._wanted
            if not self._wanted:
                fcntl.flock(self._file, fcntl.LOCK_UN)
            self._waiting.notify_all()

    def close(self) -> None:
        """Let go of the file, unless a helper still waits on it: then the end of the process does."""
        with self._waiting:
            if not self._helper_runs:
                os.close(self._file)
