"""The lines as they stand now: who is before whom. Cost grows with the hall alone."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection, and_, bindparam, case, func, select, text

from queue_core.calling import MOST_PASSES, Candidate, in_order
from queue_core.lobby.tables import TICKET
from queue_core.models import WAITING

_WAITS = text(WAITING)  # in these very words, so that the partial index serves
_OF_DAY = (TICKET.c.site_id == bindparam("site"), TICKET.c.business_date == bindparam("day"), _WAITS)
_OF_LINE = (*_OF_DAY, TICKET.c.service == bindparam("line"))
_REGULAR = TICKET.c.priority.is_(False)

_COUNTS = select(
    func.count().label("all"),
    func.count(case((TICKET.c.priority.is_(True), 1))).label("first"),
    func.count(case((and_(_REGULAR, TICKET.c.due_at <= bindparam("now")), 1))).label("late"),
).where(*_OF_LINE)
_PASSED = (
    select(TICKET.c.passed)
    .where(*_OF_LINE, _REGULAR)
    .order_by(TICKET.c.waiting_since, TICKET.c.ticket_id)
    .limit(1)
)
_ALL_CANDIDATES = select(
    *(TICKET.c[name] for name in ("ticket_id", "service", "priority", "waiting_since", "due_at", "passed"))
).where(*_OF_DAY)
_CANDIDATES = _ALL_CANDIDATES.where(TICKET.c.service.in_(bindparam("services", expanding=True)))


@dataclass(frozen=True, slots=True)
class Place:
    """A place in the line of one service, from 1; `followed`: somebody of the same class stands behind."""

    position: int
    followed: bool


def ahead_of_newcomer(
    connection: Connection, site: str, day: date, service: str, *, priority: bool, now: datetime
) -> int:
    """Count the people before one who would join the end of this line now: as `calling.in_order` would call them.

    Everybody goes before a new regular visitor. Before a new priority visitor go those of that class, and one late
    regular visitor for every two of them.
    """
    keys = {"site": site, "day": day, "line": service}
    counts = connection.execute(_COUNTS, {**keys, "now": now}).one()
    if not priority:
        return int(counts.all)
    if not counts.late:
        return int(counts.first)
    passed = connection.scalar(_PASSED, keys)
    turns = (counts.first + min(passed or 0, MOST_PASSES)) // MOST_PASSES
    return int(counts.first + min(counts.late, turns))


def order_of(
    connection: Connection, site: str, day: date, services: Iterable[str], now: datetime
) -> list[str]:
    """Return the ids of all who wait for these services, in the order in which one counter would call them."""
    return [choice.ticket for choice in in_order(who_waits(connection, site, day, services), now)]


def places_of(waiting: Iterable[Candidate], now: datetime) -> dict[str, Place]:
    """Return where each of those stands who wait, by ticket, each line by itself."""
    lines: dict[str, list[Candidate]] = {}
    for candidate in waiting:
        lines.setdefault(candidate.service, []).append(candidate)
    places: dict[str, Place] = {}
    for line in lines.values():
        classes = {each.ticket: each.priority for each in line}
        turns = [choice.ticket for choice in in_order(line, now)]
        last = {classes[ticket]: ticket for ticket in turns}
        for position, ticket in enumerate(turns, start=1):
            places[ticket] = Place(position, followed=last[classes[ticket]] != ticket)
    return places


def who_waits(
    connection: Connection, site: str, day: date, services: Iterable[str] | None = None
) -> list[Candidate]:
    """Return all who wait for these services, or for any, in no order."""
    keys: dict[str, object] = {"site": site, "day": day}
    if services is None:
        return [Candidate(*row) for row in connection.execute(_ALL_CANDIDATES, keys)]
    rows = connection.execute(_CANDIDATES, {**keys, "services": tuple(services)})
    return [Candidate(*row) for row in rows]
