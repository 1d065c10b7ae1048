"""Live updates: wait for a change off the event loop, look again, hand the frozen answer to a screen."""

from __future__ import annotations

import logging
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from threading import Event, Lock, Thread
from time import monotonic
from typing import TYPE_CHECKING, Generic

from textual.message import Message

from kiosk.shared.messages import StoreChanged, StoreLost, View
from queue_core.errors import QueueError, StoreDamaged

if TYPE_CHECKING:
    from queue_core.feed import Feed

_log = logging.getLogger(__name__)

GAP = 0.1
"""Seconds between two looks at the least: a storm of changes costs at most ten repaints a second."""
EVERY = 3.0
"""Seconds after which the store is read although nothing was heard: a wake-up may be lost."""
BEAT = 60.0
"""Seconds between two words of a program that it runs."""
SLICE = 0.2
"""Seconds that one wait on the Feed may last, so that a reader that was told to stop is gone soon."""


class Live(Generic[View]):
    """Reads one view again and again, in a daemon thread of its own, and posts it.

    A screen starts one when it appears and stops it when it goes. `StoreChanged(view)` arrives after each good read and
    `StoreLost(error, since)` after each failed one; the reader goes on trying. Reads take turns, and each posts before
    the next begins, so an old answer never arrives after a newer one. A Feed wakes one reader: give each Live its own.
    """

    def __init__(
        self,
        feed: Feed,
        read: Callable[[], View],
        post: Callable[[Message], object],
        clock: Callable[[], datetime],
        *,
        every: float = EVERY,
        beat: Callable[[], object] | None = None,
    ) -> None:
        """Prepare; nothing happens before `start`.

        Args:
            feed: wakes this reader and no other.
            read: one or two Lobby reads that give the screen's frozen values; called off the event loop.
            post: the screen's `post_message`, which any thread may call.
            clock: the moment, for `StoreLost.since`.
            every: seconds after which the store is read although nothing was heard.
            beat: says that the program runs; called after the first look and every minute, off the event loop.
        """
        self._feed = feed
        self._read = read
        self._post = post
        self._clock = clock
        self._every = every
        self._beat = beat
        self._beat_at = float("-inf")
        self._turn = Lock()
        self._stopped = Event()
        self._since: datetime | None = None
        self._thread = Thread(target=self._run, name="live", daemon=True)

    def start(self) -> None:
        """Read at once, then after every change."""
        self._thread.start()

    def look(self) -> None:
        """Read and post now, in the thread of the caller: after an own command, without waiting to be woken."""
        with self._turn:
            if self._stopped.is_set():
                return
            try:
                view = self._read()
                since = self._clock()
            except QueueError as error:
                self._tell_loss(error)
                return
            except Exception as error:
                _log.exception(
                    "cannot look"
                )  # rows that cannot be read, a fault of ours: to stand still would be a lie
                self._tell_loss(StoreDamaged(detail=repr(error)))
                return
            self._since = since
            self._post(StoreChanged(view))

    def _tell_loss(self, error: QueueError) -> None:
        """Say since when nothing could be read; a clock that is away as well has never told the time, so nothing was read yet."""
        with suppress(QueueError):
            self._since = self._since or self._clock()
            self._post(StoreLost(error, self._since))

    def stop(self, timeout: float = 5 * SLICE) -> None:
        """Let the thread end, and wait for it at most `timeout` seconds; closing the Feed makes that quicker."""
        self._stopped.set()
        if self._thread.ident is not None:
            self._thread.join(timeout)

    def _run(self) -> None:
        while not self._stopped.is_set():
            self.look()
            self._say_alive()
            self._stopped.wait(GAP)
            self._wait_for_change()

    def _say_alive(self) -> None:
        """Say once a minute that this program runs; a store that does not take it is what `look` tells of."""
        if self._beat is None or self._stopped.is_set() or monotonic() - self._beat_at < BEAT:
            return
        try:
            self._beat()
        except QueueError as error:
            _log.warning("could not say that this program runs: %s", error)
        self._beat_at = monotonic()

    def _wait_for_change(self) -> None:
        """Return when the store changed, when `every` has passed, or when it is time to stop."""
        for _ in range(max(1, round(self._every / SLICE))):
            if self._stopped.is_set() or self._heard():
                return

    def _heard(self) -> bool:
        try:
            return self._feed.wait(SLICE)
        except QueueError:
            # A deaf Feed is no news about the store: look again at a slower pace, and let that read tell.
            self._stopped.wait(SLICE)
            return True
