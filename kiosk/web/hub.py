"""One reader for all pages: it waits on the Feed, looks at the whole hall once, and wakes the pages that are open."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from threading import Event, Lock, Thread
from time import monotonic
from typing import TYPE_CHECKING

from queue_core.errors import QueueError

if TYPE_CHECKING:
    from queue_core import Feed, Lobby
    from queue_core.views import AgencyOffer, BoardView, VisitStatus

_log = logging.getLogger("kiosk.web")

GAP = 0.1
"""Seconds between two looks at the least: a storm of changes costs at most ten looks a second."""
EVERY = 3.0
"""Seconds after which the store is read although nothing was heard: a wake-up may be lost."""
BEAT = 60.0
"""Seconds between two words of the program that it runs."""
SLICE = 0.2
"""Seconds that one wait on the Feed may last, so that a reader that was told to stop is gone soon."""
OFFER_HOLDS = 3.0
"""Seconds for which it is not read anew who waits where: that is for boards on which nobody is called at the moment."""
RECENT = 60
"""Calls that a look brings: enough to find the last ones of a zone among them."""


@dataclass(frozen=True, slots=True)
class Look:
    """The hall at one moment."""

    at: datetime
    seq: int
    business_date: date
    visits: Mapping[str, VisitStatus]
    board: BoardView
    agencies: tuple[AgencyOffer, ...]  # who waits where: at most OFFER_HOLDS older than the rest


class Tick(asyncio.Event):
    """Set when there is something newer than what was looked at."""


@dataclass
class Hub:
    """Holds the newest look. Pages read it on the event loop, and wait there for the next one.

    The reader is a daemon thread. Looks take turns, and each is handed over before the next begins, so that an old one
    never replaces a newer one. While the store is away the last look stays, and `lost` says so.
    """

    lobby: Lobby
    feed: Feed
    new_day: Callable[[], object] = lambda: (
        None
    )  # called by the reader at its first look, and on each new day
    look: Look | None = None
    lost: bool = False
    closing: bool = False
    beat: Callable[[], object] = lambda: None  # says once a minute that this program runs
    _beat_at: float = float("-inf")
    _tick: Tick = field(default_factory=Tick)
    _turn: Lock = field(default_factory=Lock)
    _stopped: Event = field(default_factory=Event)
    _read_at: float = 0.0
    _agencies: tuple[AgencyOffer, ...] = ()
    _offered_at: float = -OFFER_HOLDS
    _day: date | None = None
    _loop: asyncio.AbstractEventLoop | None = None
    _thread: Thread | None = None

    async def start(self) -> None:
        """Look once, so that the first page has something to show, and then after every change."""
        self._loop = asyncio.get_running_loop()
        await asyncio.to_thread(self.look_now)
        self._thread = Thread(target=self._run, name="web-reader", daemon=True)
        self._thread.start()

    def end_streams(self) -> None:
        """Let every open page end now: the server is about to stop."""
        self.closing = True
        self._wake()

    async def stop(self) -> None:
        """End the reader."""
        self.end_streams()
        self._stopped.set()
        if self._thread is not None:
            await asyncio.to_thread(self._thread.join, 5 * SLICE)

    @property
    def age(self) -> float:
        """Seconds since the store was last read with success."""
        return monotonic() - self._read_at if self._read_at else float("inf")

    @property
    def tick(self) -> Tick:
        """What to wait for; taken before looking, so that nothing is missed in between."""
        return self._tick

    async def next(self, tick: Tick, seconds: float) -> bool:
        """Wait until there is something newer than at `tick`; False when that took too long."""
        try:
            async with asyncio.timeout(seconds):
                await tick.wait()
        except TimeoutError:
            return False
        return True

    def look_now(self) -> None:
        """Read and hand over, in the thread of the caller: after an own command, without waiting to be woken."""
        with self._turn:
            try:
                look: Look | None = self._read()
            except QueueError as error:
                look = None
                if not self.lost:
                    _log.warning("cannot read the store: %s", error)
            if self._loop is not None and not self._loop.is_closed():
                self._loop.call_soon_threadsafe(self._take, look)

    def _read(self) -> Look:
        visits = self.lobby.visits_under_way()
        board = self.lobby.board(RECENT)
        if monotonic() - self._offered_at >= OFFER_HOLDS:
            self._agencies = self.lobby.offer().agencies
            self._offered_at = monotonic()
        self._read_at = monotonic()
        self._mind_day(visits.business_date)
        return Look(visits.at, visits.seq, visits.business_date, visits.visits, board, self._agencies)

    def _mind_day(self, today: date) -> None:
        """What is old is erased when the first look of a day is taken; if that is refused, at the next look."""
        if self._day != today:
            try:
                self.new_day()
            except QueueError as error:
                _log.warning("could not erase what is old: %s", error)
                return
            self._day = today

    def _take(self, look: Look | None) -> None:
        self.lost = look is None
        if look is not None:
            self.look = look
        self._wake()

    def _wake(self) -> None:
        tick, self._tick = self._tick, Tick()
        tick.set()

    def _run(self) -> None:
        while not self._stopped.is_set():
            self._wait_for_change()
            if not self._stopped.is_set():
                self.look_now()
                self._say_alive()
                self._stopped.wait(GAP)

    def _say_alive(self) -> None:
        if monotonic() - self._beat_at >= BEAT:
            try:
                self.beat()
            except QueueError as error:
                _log.warning("could not say that this program runs: %s", error)
            self._beat_at = monotonic()

    def _wait_for_change(self) -> None:
        for _ in range(max(1, round(EVERY / SLICE))):
            if self._stopped.is_set():
                return
            try:
                if self.feed.wait(SLICE):
                    return
            except QueueError:
                self._stopped.wait(SLICE)
                return
