"""Can the clock be right? By what the site has seen, and by how time has passed in this program.

A number with a wrong time on it is worse than none: it breaks order, waits, and the day's figures. So a clock that
cannot be right stops what visitors and counters do, until it is mended or staff vouch for it, see `accept`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import Row, bindparam, update

from queue_core.errors import ClockSuspect
from queue_core.events import EventKind
from queue_core.lobby.day import begin_day, end_days_ahead
from queue_core.lobby.tables import SITE
from queue_core.lobby.turn import Turn

EARLIEST_YEAR = 2024
"""A clock that shows an earlier year has lost its battery."""
MOST_BACK = timedelta(minutes=30)
"""So far the clock may be set back within a day: what little was off is mended so, and order follows the numbers."""
LONGEST_REST = timedelta(days=60)
"""After longer than this without any event the year is more likely wrong than the site was closed."""
MOST_STEP = timedelta(minutes=5)
"""So far the clock may step while a program runs, against the time that has really passed."""

_MOST_STEP_SECONDS = MOST_STEP.total_seconds()
_ACCEPT = (
    update(SITE).where(SITE.c.site_id == bindparam("site")).values(clock_accepts=SITE.c.clock_accepts + 1)
)


class Fault(StrEnum):
    """Why the clock cannot be right; the sentence is `error.clock_suspect_<value>`."""

    YEAR = "year"  # before this program was written
    BACKWARDS = "backwards"  # before what has already happened
    REST = "rest"  # very long after it
    JUMPED = "jumped"  # not the time that has passed while this program ran


@dataclass(frozen=True, slots=True)
class _Mark:
    now: datetime
    seconds: float
    accepts: int


class Watch:
    """Compares the clock with the time that passes in this program, from one command to the next."""

    def __init__(self, seconds: Callable[[], float] | None = None) -> None:
        """Prepare; `seconds` counts up whatever the clock does, also while the machine sleeps.

        None: time is played, not lived, as in a simulation; then only the year and the day are looked at.
        """
        self._seconds = seconds
        self._mark: _Mark | None = None
        self._looked = 0.0  # the seconds at the last look at the clock

    def fault(self, now: datetime, today: date, row: Row[Any]) -> Fault | None:
        """Return why `now` cannot be right, by the site's row and by the last command of this program."""
        if now.year < EARLIEST_YEAR:
            return Fault.YEAR
        if row.max_business_date is not None and today < row.max_business_date:
            return Fault.BACKWARDS
        return None if self._seconds is None else self._lived(now, row, self._seconds())

    def _lived(self, now: datetime, row: Row[Any], seconds: float) -> Fault | None:
        self._looked = seconds
        last = row.last_event_at
        if last is not None and not -MOST_BACK <= now - last <= LONGEST_REST:
            return Fault.BACKWARDS if now < last else Fault.REST
        return Fault.JUMPED if self._jumped(now, row.clock_accepts) else None

    def trust(self, now: datetime, accepts: int) -> None:
        """Compare with this moment from now on."""
        if self._seconds is not None:
            self._mark = _Mark(now, self._looked, accepts)

    def _jumped(self, now: datetime, accepts: int) -> bool:
        mark = self._mark
        if mark is None or mark.accepts != accepts:
            return False
        passed = self._looked - mark.seconds
        return abs((now - mark.now).total_seconds() - passed) > _MOST_STEP_SECONDS


def accept(turn: Turn) -> Fault | None:
    """Vouch for the clock: it is right, whatever came before. Return what was wrong with it; None: nothing.

    Who is still waiting on a day that has not come yet expires there, and everything goes on from today.

    Raises:
        NotAllowed: who acts is no supervisor.
        ClockSuspect: the year is one before this program was written; nobody can vouch for that.
    """
    fault = Fault(turn.clock_fault) if turn.clock_fault else None
    if fault is Fault.YEAR:
        raise ClockSuspect(reason=fault.value, now=turn.now, last=turn.last_day)
    if fault is None:
        return None
    was = turn.last_day
    if was is not None and was > turn.today:
        end_days_ahead(turn)
    else:
        begin_day(turn)
    turn.clock_fault = ""
    turn.connection.execute(_ACCEPT, {"site": turn.site})
    turn.emit(
        EventKind.CLOCK_ACCEPTED,
        answers=True,
        fault=fault.value,
        last_day=None if was is None else was.isoformat(),
    )
    return fault
