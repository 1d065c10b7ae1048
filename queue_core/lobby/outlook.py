"""All lines of the site and the counters that serve them, at one moment, and what that means in minutes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import bindparam, exists, func, select, text

from queue_core.learning import NO_PAST
from queue_core.lobby.tables import COUNTER, TICKET
from queue_core.lobby.turn import Look, Turn
from queue_core.models import STANDING, WAITING, CounterState
from queue_core.views import WaitRange
from queue_core.waiting import Line, Present, Schedule, expected_wait, forecast, work_elsewhere

Counters = Mapping[int, frozenset[str]]
"""Counters, with the services that each takes."""

_PEOPLE = (
    select(TICKET.c.service, func.count().label("people"))
    .where(TICKET.c.site_id == bindparam("site"), TICKET.c.business_date == bindparam("day"), text(WAITING))
    .group_by(TICKET.c.service)
)
_BUSY = exists().where(
    TICKET.c.site_id == COUNTER.c.site_id,
    TICKET.c.counter == COUNTER.c.number,
    text(f"ticket.{STANDING}"),  # in these very words, so that the partial index serves
)
_COUNTERS = select(COUNTER.c.number, COUNTER.c.state, COUNTER.c.back_at, _BUSY.label("busy")).where(
    COUNTER.c.site_id == bindparam("site"), COUNTER.c.state != CounterState.CLOSED
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
    _found: dict[str, tuple[int, ...]] = field(default_factory=dict)  # counters that take a line
    _standing: dict[tuple[str, int], Present] = field(default_factory=dict)

    def taking(self, service: str) -> tuple[int, ...]:
        """The open counters that serve this line."""
        found = self._found.get(service)
        if found is None:
            found = self._found[service] = _taking(service, self.counters)
        return found

    def wait(self, service: str, ahead: int) -> WaitRange | None:
        """Return what somebody with so many people ahead may expect.

        None when no counter is open; but when all are on a break that ends at a known time, the wait until then and on.
        """
        schedule = self._schedule(service)
        if self.taking(service):
            present = self._standing_at(service, ahead)
        else:
            back = self.back(service)
            if back is None:
                return None
            away = (back - self.here.now).total_seconds() / 60
            schedule, present = schedule.after(away), self._present(service, ahead, self.returning)
        pasts = self.here.pasts.at(self.here.connection, self.here.site, self.here.taught)
        return expected_wait(present, pasts.get(service, NO_PAST), schedule)

    def is_full(self, service: str) -> bool:
        """Whether a newcomer would more likely than not be called only after closing time, if ever today."""
        closes_in = self._schedule(service).closes_in
        if closes_in is None or not self.taking(service):
            return False
        present = self._present(service, self.lines[service].waiting, self.counters)
        pasts = self.here.pasts.at(self.here.connection, self.here.site, self.here.taught)
        seen = forecast(present, pasts.get(service, NO_PAST))
        return seen is not None and self._schedule(service).on_the_clock(seen.at(0.5)) > closes_in

    def back(self, service: str) -> datetime | None:
        """When the first of the counters of this line that are on a break is to be back; None when nobody knows."""
        return min((self.back_at[number] for number in _taking(service, self.returning)), default=None)

    def place(self, service: str, ahead: int) -> int | None:
        """Return the place from which somebody with so many people ahead waits; None when no counter is open."""
        return self._standing_at(service, ahead).place if self.taking(service) else None

    def _standing_at(self, service: str, ahead: int) -> Present:
        key = (service, ahead)
        if key not in self._standing:
            self._standing[key] = self._present(service, ahead, self.counters)
        return self._standing[key]

    def _present(self, service: str, ahead: int, counters: Counters) -> Present:
        taking = self.taking(service) if counters is self.counters else _taking(service, counters)
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
    """Read the lines and the counters of the site: two statements, neither of which looks at the past."""
    keys = {"site": here.site, "day": here.today}
    lines = dict(here.catalogue.empty_lines)
    for service, people in here.connection.execute(_PEOPLE, keys):
        lines[service] = Line(people, lines[service].minutes)
    return _with_counters(here, lines)


def _with_counters(here: Look | Turn, lines: Mapping[str, Line]) -> Outlook:
    counters, returning = dict[int, frozenset[str]](), dict[int, frozenset[str]]()
    busy, back_at = set[int](), dict[int, datetime]()
    for number, state, back, standing in here.connection.execute(_COUNTERS, {"site": here.site}):
        services = here.catalogue.taken_by.get(number, frozenset())
        if state == CounterState.OPEN:
            counters[number] = services
        elif back is not None and back > here.now:
            returning[number] = services
            back_at[number] = back
        if standing:
            busy.add(number)
    return Outlook(here, lines, counters, frozenset(busy), returning, back_at)


def _taking(service: str, counters: Counters) -> tuple[int, ...]:
    return tuple(number for number, services in counters.items() if service in services)
