"""All lines of the site and the counters that serve them, at one moment, and what that means in minutes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import Connection, and_, bindparam, func, select, text

from queue_core.learning import NO_PAST
from queue_core.lobby.tables import COUNTER, COUNTER_SERVICE, SERVICE, TICKET
from queue_core.lobby.turn import Look, Turn
from queue_core.models import STANDING, WAITING, CounterState
from queue_core.views import WaitRange
from queue_core.waiting import Line, Present, Schedule, expected_wait, forecast, work_elsewhere

Counters = Mapping[int, frozenset[str]]
"""Counters, with the services that each takes."""

_MINUTES = select(*(SERVICE.c[name] for name in ("service_id", "minutes"))).where(
    SERVICE.c.site_id == bindparam("site")
)
_PEOPLE = (
    select(TICKET.c.service, func.count().label("people"))
    .where(TICKET.c.site_id == bindparam("site"), TICKET.c.business_date == bindparam("day"), text(WAITING))
    .group_by(TICKET.c.service)
)
_STANDING = (
    select(TICKET.c.counter).where(TICKET.c.site_id == bindparam("site"), text(STANDING)).subquery("standing")
)
_COUNTERS = (
    select(
        COUNTER_SERVICE.c.counter,
        COUNTER_SERVICE.c.service,
        COUNTER.c.state,
        COUNTER.c.back_at,
        _STANDING.c.counter.label("busy"),
    )
    .join(
        COUNTER,
        and_(COUNTER.c.site_id == COUNTER_SERVICE.c.site_id, COUNTER.c.number == COUNTER_SERVICE.c.counter),
    )
    .outerjoin(_STANDING, _STANDING.c.counter == COUNTER_SERVICE.c.counter)
    .where(COUNTER_SERVICE.c.site_id == bindparam("site"), COUNTER.c.state != CounterState.CLOSED)
)


@dataclass(frozen=True, slots=True)
class Outlook:
    """Who waits where, who serves, and what the past has taught."""

    here: Look | Turn
    lines: Mapping[str, Line]
    counters: Counters  # the open ones
    busy: frozenset[int]  # those with somebody
    returning: Counters  # on a break of which the end is known
    back_at: Mapping[int, datetime]  # when those return
    _schedules: dict[str, Schedule] = field(default_factory=dict)

    def taking(self, service: str) -> tuple[int, ...]:
        """The open counters that serve this line."""
        return _taking(service, self.counters)

    def wait(self, service: str, ahead: int) -> WaitRange | None:
        """Return what somebody with so many people ahead may expect.

        None when no counter is open; but when all are on a break that ends at a known time, the wait until then and on.
        """
        schedule, counters = self._schedule(service), self.counters
        if not self.taking(service):
            back = self.back(service)
            if back is None:
                return None
            away = (back - self.here.now).total_seconds() / 60
            schedule, counters = schedule.after(away), self.returning
        pasts = self.here.pasts.at(self.here.connection, self.here.site, self.here.seq)
        return expected_wait(self._present(service, ahead, counters), pasts.get(service, NO_PAST), schedule)

    def is_full(self, service: str) -> bool:
        """Whether a newcomer would more likely than not be called only after closing time, if ever today."""
        closes_in = self._schedule(service).closes_in
        if closes_in is None or not self.taking(service):
            return False
        present = self._present(service, self.lines[service].waiting, self.counters)
        pasts = self.here.pasts.at(self.here.connection, self.here.site, self.here.seq)
        seen = forecast(present, pasts.get(service, NO_PAST))
        return seen is not None and self._schedule(service).on_the_clock(seen.at(0.5)) > closes_in

    def back(self, service: str) -> datetime | None:
        """When the first of the counters of this line that are on a break is to be back; None when nobody knows."""
        return min((self.back_at[number] for number in _taking(service, self.returning)), default=None)

    def place(self, service: str, ahead: int) -> int | None:
        """Return the place from which somebody with so many people ahead waits; None when no counter is open."""
        return self._present(service, ahead, self.counters).place if self.taking(service) else None

    def _present(self, service: str, ahead: int, counters: Counters) -> Present:
        taking = _taking(service, counters)
        return Present(
            ahead,
            self.lines[service].minutes,
            len(taking),
            elsewhere=work_elsewhere(service, self.lines, counters.values()),
            free_counters=sum(number not in self.busy for number in taking),
        )

    def _schedule(self, service: str) -> Schedule:
        if service not in self._schedules:
            self._schedules[service] = self.here.catalogue.schedule_of(service, self.here.now)
        return self._schedules[service]


def read_outlook(here: Look | Turn) -> Outlook:
    """Read the lines and the counters of the site: three statements, none of which looks at the past."""
    keys = {"site": here.site, "day": here.today}
    waiting = {row.service: row.people for row in here.connection.execute(_PEOPLE, keys)}
    minutes = here.connection.execute(_MINUTES, {"site": here.site})
    lines = {row.service_id: Line(waiting.get(row.service_id, 0), row.minutes) for row in minutes}
    return _with_counters(here, lines, here.connection)


def _with_counters(here: Look | Turn, lines: Mapping[str, Line], connection: Connection) -> Outlook:
    counters, returning = dict[int, set[str]](), dict[int, set[str]]()
    busy, back_at = set[int](), dict[int, datetime]()
    for row in connection.execute(_COUNTERS, {"site": here.site}):
        if row.state == CounterState.OPEN:
            counters.setdefault(row.counter, set()).add(row.service)
        elif row.back_at is not None and row.back_at > here.now:
            returning.setdefault(row.counter, set()).add(row.service)
            back_at[row.counter] = row.back_at
        if row.busy is not None:
            busy.add(row.counter)
    return Outlook(here, lines, _frozen(counters), frozenset(busy), _frozen(returning), back_at)


def _frozen(counters: Mapping[int, set[str]]) -> Counters:
    return {number: frozenset(services) for number, services in counters.items()}


def _taking(service: str, counters: Counters) -> tuple[int, ...]:
    return tuple(number for number, services in counters.items() if service in services)
