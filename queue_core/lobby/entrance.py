"""Behind each method of the Lobby: one transaction, one look at the clock, one catalogue, one answer to a request."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, Row

from queue_core import migrations
from queue_core.errors import ClockSuspect, NotAllowed, StoreError
from queue_core.events import NOBODY, Actor, EventKind
from queue_core.lobby import attempts
from queue_core.lobby.catalogue import SiteCatalogue
from queue_core.lobby.catalogue_rows import read_catalogue
from queue_core.lobby.clockwork import Watch
from queue_core.lobby.day import begin_day
from queue_core.lobby.epoch import own_up
from queue_core.lobby.holds import bring_back_due
from queue_core.lobby.pasts import Pasts
from queue_core.lobby.permits import check
from queue_core.lobby.turn import (
    Look,
    Turn,
    business_day_of,
    look_row,
    origin_of,
    set_back_to,
    turn_row,
)

if TYPE_CHECKING:
    from queue_core.ids import NewId, RandomBytes
    from queue_core.store import Store
    from queue_core.store.highwater import Reached

Clock = Callable[[], datetime]
_log = logging.getLogger(__name__)

LONGEST_REQUEST_ID = 64


class Entrance:
    """Opens turns and looks at one site. Safe to use from several threads."""

    def __init__(
        self,
        store: Store,
        site: str,
        *,
        clock: Clock,
        new_id: NewId,
        random_bytes: RandomBytes,
        seconds: Callable[[], float] | None = None,
    ) -> None:
        self._store = store
        self._site_id = site
        self._clock = clock
        self._new_id = new_id
        self._random_bytes = random_bytes
        self._catalogue: SiteCatalogue | None = None
        self._pasts = Pasts()
        self._watch = Watch(seconds)

    @contextmanager
    def turn(
        self,
        command: str = "",
        *,
        by: Actor = NOBODY,
        request_id: str | None = None,
        any_clock: bool = False,
    ) -> Iterator[Turn]:
        """Change the site: what the block does and the events that it emits become true together, or not at all.

        The clock is read when the turn has come, not when it was asked for, so that times follow the order of numbers.
        With `any_clock` it goes on though the clock cannot be right: paper that came out must be noted, and staff must
        reach the machine to set it.

        Raises: UnknownSite, ClockSuspect, NotAllowed (queue_core.roles), StoreBusy, StoreUnreachable; ValueError for a
            request_id that is empty or longer than 64 characters.
        """
        _refuse_odd(request_id)
        try:
            with self._store.write(self._site_id, looks_first=True) as connection:
                turn = self._opened(connection, command, by, request_id, any_clock=any_clock)
                yield turn
                connection.reached = turn.finish()
        except NotAllowed as refusal:
            self._note_refusal(command, by, refusal)
            raise

    def _opened(
        self, connection: Connection, command: str, by: Actor, request_id: str | None, *, any_clock: bool
    ) -> Turn:
        row = turn_row(connection, self._site_id, request_id)
        catalogue = self._catalogue_now(connection, row)
        now = self._clock()
        today = business_day_of(catalogue, now)
        fault = self._watch.fault(now, today, row)
        if fault and not any_clock:
            raise ClockSuspect(reason=fault.value, now=now, last=row.last_event_at)
        turn = Turn(
            connection=connection,
            site=self._site_id,
            catalogue=catalogue,
            now=now,
            today=today,
            last_day=row.max_business_date,
            seq=row.event_seq,
            taught=row.taught or 0,
            pasts=self._pasts,
            origin=origin_of(row, today),
            epoch=row.epoch,
            by=by,
            make_id=self._new_id,
            random_bytes=self._random_bytes,
            clock_fault=fault or "",
            command=command,
            request_id=request_id,
            answered=row.answered,
        )
        check(connection, self._site_id, by, command)
        if not fault:
            self._watch.trust(now, row.clock_accepts)
            _do_what_is_due(turn, row.first_due, self._store.reached(self._site_id))
        return turn

    def _note_refusal(self, command: str, by: Actor, refusal: NotAllowed) -> None:
        """Leave in the record who was refused what for want of a role, and where; the refusal stands even if that fails."""
        needs = refusal.data.get("needs")
        if not by.staff or needs is None:
            return
        try:
            with self._store.write(self._site_id, looks_first=True) as connection:
                turn = self._opened(connection, "", NOBODY, None, any_clock=True)
                if attempts.note_refusal(turn, by.staff, command):
                    turn.by = by
                    turn.emit(EventKind.REFUSED, verb=command, needs=needs)
                connection.reached = turn.finish()
        except StoreError as error:
            _log.warning("could not note that %s was refused %s: %s", by.staff, command, error)

    @contextmanager
    def look(self) -> Iterator[Look]:
        """Look at one moment of the site. Raises UnknownSite, StoreBusy, StoreUnreachable."""
        with self._store.read() as connection:
            row = look_row(connection, self._site_id)
            catalogue = self._catalogue_now(connection, row)
            now = self._clock()
            today = business_day_of(catalogue, now)
            fault = self._watch.fault(now, today, row) or ""
            yield Look(
                connection=connection,
                site=self._site_id,
                catalogue=catalogue,
                now=now,
                today=today,
                seq=row.event_seq,
                taught=row.taught or 0,
                pasts=self._pasts,
                clock_fault=fault,
                set_back_to=set_back_to(row, today),
            )

    def schema(self) -> str:
        """Return the version of the store's schema. Raises StoreUnready unless it is this program's."""
        self._store.check()
        return migrations.head()

    def _catalogue_now(self, connection: Connection, row: Row[Any]) -> SiteCatalogue:
        known = self._catalogue
        if known is None or known.revision != row.catalogue_revision:
            known = self._catalogue = read_catalogue(connection, self._site_id)
        return known


def _do_what_is_due(turn: Turn, first_due: datetime | None, reached: Reached | None) -> None:
    if reached is not None and reached.seq > turn.seq:
        own_up(turn, reached)
    begin_day(turn)
    if first_due is not None and first_due <= turn.now:
        bring_back_due(turn)
    turn.before.clear()  # it is not what this command does


def _refuse_odd(request_id: str | None) -> None:
    if request_id is not None and not 0 < len(request_id) <= LONGEST_REQUEST_ID:
        raise ValueError(request_id)
