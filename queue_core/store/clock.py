"""The store's own time: many machines, one clock, so that their times follow the order of their numbers."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from threading import Lock
from typing import TYPE_CHECKING

from sqlalchemy import text

from queue_core.errors import StoreError

if TYPE_CHECKING:
    from queue_core.store.store import Store

ASK_AGAIN_SECONDS = 60.0
_NOW = text("SELECT clock_timestamp()")


class ServerClock:
    """PostgreSQL's clock, asked once a minute and moved on by this machine's monotonic clock in between.

    While the server is away it goes on from the last answer. Before the first answer, calling it raises StoreBusy or
    StoreUnreachable.
    """

    def __init__(self, store: Store, seconds: Callable[[], float] = time.monotonic) -> None:
        """Prepare; nothing is asked before the first call. `seconds` counts up and never goes back."""
        self._store = store
        self._seconds = seconds
        self._told: tuple[datetime, float] | None = None
        self._asking = Lock()

    def __call__(self) -> datetime:
        """Return the moment, aware, in UTC."""
        told = self._told
        if told is None or (self._seconds() - told[1] >= ASK_AGAIN_SECONDS and not self._asking.locked()):
            told = self._ask()
        return told[0] + timedelta(seconds=self._seconds() - told[1])

    def _ask(self) -> tuple[datetime, float]:
        with self._asking:
            try:
                with self._store.read() as connection:
                    moment: datetime = connection.execute(_NOW).scalar_one()
            except StoreError:
                if self._told is None:
                    raise
                moment = self._told[0] + timedelta(seconds=self._seconds() - self._told[1])
            self._told = (moment.astimezone(UTC), self._seconds())
            return self._told
