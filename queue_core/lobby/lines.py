"""The lines as they stand now: who is before whom. Cost grows with the hall alone.

A place is told by the line's own policy (`SiteCatalogue.line_policies`), whoever asks: the phone, the board, the counter and
the supervisor are told the same one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import and_, bindparam, case, func, select, text

from queue_core.calling import Candidate, Policy, in_order
from queue_core.lobby.heads import CANDIDATE
from queue_core.lobby.shares import read_memory
from queue_core.lobby.tables import TICKET
from queue_core.lobby.turn import Look, Turn
from queue_core.models import WAITING

Here = Look | Turn

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
_ALL_CANDIDATES = select(*(TICKET.c[name] for name in CANDIDATE)).where(*_OF_DAY)
_CANDIDATES = _ALL_CANDIDATES.where(TICKET.c.service.in_(bindparam("services", expanding=True)))


@dataclass(frozen=True, slots=True)
class Place:
    """A place in the line of one service, from 1; `followed`: somebody of the same class stands behind."""

    position: int
    followed: bool


def ahead_of_newcomer(here: Here, service: str, *, priority: bool, waiting: int | None = None) -> int:
    """Count the people before one who would join the end of this line now: as `calling.in_order` would call them.

    `waiting` is how many stand there, where that is known already.
    """
    policy = here.catalogue.line_policies[service]
    if policy.plain:
        if waiting is not None and not priority:
            return waiting
        return _counted(here, service, priority=priority, most=policy.most_in_a_row)
    promise = timedelta(minutes=here.catalogue.services[service].target_wait_minutes)
    newcomer = Candidate("\uffff", service, priority, here.now, here.now + promise)
    turns = in_order([*who_waits(here, (service,)), newcomer], here.now, policy)
    return next(before for before, choice in enumerate(turns) if choice.ticket == newcomer.ticket)


def _counted(here: Here, service: str, *, priority: bool, most: int) -> int:
    """The same under the default rule, without reading the line.

    Everybody goes before a new regular visitor. Before a new priority visitor go those of that class, and one late
    regular visitor for every so many of them.
    """
    keys = {"site": here.site, "day": here.today, "line": service}
    counts = here.connection.execute(_COUNTS, {**keys, "now": here.now}).one()
    if not priority:
        return int(counts.all)
    if not counts.late:
        return int(counts.first)
    passed = here.connection.scalar(_PASSED, keys)
    turns = (counts.first + min(passed or 0, most)) // most
    return int(counts.first + min(counts.late, turns))


def order_at(here: Here, counter: int, waiting: Iterable[Candidate]) -> list[str]:
    """Return the ids of those who wait for a counter's services, in the order in which it would call them, if it were alone."""
    policy = here.catalogue.policies[counter]
    memory = read_memory(here, counter, policy)
    return [choice.ticket for choice in in_order(waiting, here.now, policy, memory)]


def order_of(here: Here, service: str) -> list[str]:
    """Return the ids of all who wait in one line, first the one who is called first."""
    policy = here.catalogue.line_policies[service]
    return [choice.ticket for choice in in_order(who_waits(here, (service,)), here.now, policy)]


def places_of(here: Here, waiting: Iterable[Candidate]) -> dict[str, Place]:
    """Return where each of those stands who wait, by ticket, each line by itself."""
    lines: dict[str, list[Candidate]] = {}
    for candidate in waiting:
        lines.setdefault(candidate.service, []).append(candidate)
    places: dict[str, Place] = {}
    for service, line in lines.items():
        places |= _places(here, line, here.catalogue.line_policies[service])
    return places


def _places(here: Here, line: list[Candidate], policy: Policy) -> Mapping[str, Place]:
    classes = {each.ticket: each.priority for each in line}
    turns = [choice.ticket for choice in in_order(line, here.now, policy)]
    last = {classes[ticket]: ticket for ticket in turns}
    return {
        ticket: Place(position, followed=last[classes[ticket]] != ticket)
        for position, ticket in enumerate(turns, start=1)
    }


def who_waits(here: Here, services: Iterable[str] | None = None) -> list[Candidate]:
    """Return all who wait for these services, or for any, in no order."""
    keys: dict[str, object] = {"site": here.site, "day": here.today}
    if services is None:
        return [Candidate(*row) for row in here.connection.execute(_ALL_CANDIDATES, keys)]
    rows = here.connection.execute(_CANDIDATES, {**keys, "services": tuple(services)})
    return [Candidate(*row) for row in rows]
