"""The heads of the lines that a counter serves: one small statement, whose cost knows no history."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import (
    Connection,
    Exists,
    Select,
    and_,
    bindparam,
    exists,
    false,
    or_,
    select,
    text,
    true,
    union_all,
)

from queue_core.calling import Candidate
from queue_core.lobby.tables import COUNTER, COUNTER_SERVICE, TICKET
from queue_core.models import WAITING, CounterState
from queue_core.store.abilities import has_lateral


def sits_there(line: Any) -> Exists:
    """Whether somebody sits at the counter at which a ticket is aimed, and that counter still takes its service."""
    seat, taken = COUNTER.alias("seat"), COUNTER_SERVICE.alias("taken")
    takes = and_(taken.c.site_id == seat.c.site_id, taken.c.counter == seat.c.number)
    return (
        exists()
        .select_from(seat.join(taken, takes))
        .where(
            seat.c.site_id == line.c.site_id,
            seat.c.number == line.c.aimed,
            seat.c.state != CounterState.CLOSED,
            taken.c.service == line.c.service,
        )
        .correlate(line)
    )


CANDIDATE = ("ticket_id", "service", "priority", "waiting_since", "due_at", "passed", "owed")
"""The columns of a ticket that make a `Candidate`, in its order."""
HEAD = (*CANDIDATE, "place")
"""Those of a `Head`."""


@dataclass(frozen=True, slots=True)
class Head(Candidate):
    """Who stands first, and from which place on the wait is compared with others; see models.Ticket."""

    place: int | None = None


_SERVED = (
    COUNTER_SERVICE.c.site_id == bindparam("site"),
    COUNTER_SERVICE.c.counter == bindparam("counter"),
)


def _first(columns: Sequence[str], *, priority: bool) -> Select[Any]:
    """The first who waits in one class for a service of a counter: one step into the index of the waiting."""
    line = TICKET.alias("line")
    return (
        select(*(line.c[name] for name in columns))
        .where(
            line.c.site_id == bindparam("site"),
            line.c.business_date == bindparam("day"),
            line.c.service == COUNTER_SERVICE.c.service,
            line.c.priority == (true() if priority else false()),
            text(f"line.{WAITING}"),  # in these very words, so that the partial index serves
            or_(line.c.aimed.is_(None), line.c.aimed == bindparam("counter"), ~sits_there(line)),
        )
        .order_by(line.c.waiting_since, line.c.ticket_id)
        .limit(1)
        .correlate(COUNTER_SERVICE)
    )


def _found_by_id(*, priority: bool) -> Select[Any]:
    """Find the ticket's id in the index of the waiting, then the ticket among all that there ever were."""
    first = _first(["ticket_id"], priority=priority).scalar_subquery()
    return (
        select(*(TICKET.c[name] for name in HEAD))
        .select_from(COUNTER_SERVICE)
        .join(TICKET, and_(TICKET.c.site_id == bindparam("site"), TICKET.c.ticket_id == first))
        .where(*_SERVED)
    )


def _found_at_once(*, priority: bool) -> Select[Any]:
    """Take the ticket from where the index of the waiting points to."""
    first = _first(HEAD, priority=priority).lateral("first")
    return (
        select(*(first.c[name] for name in HEAD))
        .select_from(COUNTER_SERVICE)
        .join(first, true())
        .where(*_SERVED)
    )


HEADS = union_all(_found_by_id(priority=True), _found_by_id(priority=False))
"""Where there is no LATERAL."""
HEADS_AT_ONCE = union_all(_found_at_once(priority=True), _found_at_once(priority=False))
"""Half as many pages where there is: the key of all tickets grows deeper with the years, that of the waiting does not."""


def read_heads(connection: Connection, site: str, day: date, counter: int) -> list[Head]:
    """Return at most two candidates, priority and regular, for each service of the counter."""
    values = {"site": site, "day": day, "counter": counter}
    heads = HEADS_AT_ONCE if has_lateral(connection) else HEADS
    return [Head(*row) for row in connection.execute(heads, values)]


_ELSEWHERE = select(TICKET.c.ticket_id).where(
    TICKET.c.site_id == bindparam("site"),
    TICKET.c.business_date == bindparam("day"),
    text(f"ticket.{WAITING}"),
    TICKET.c.aimed != bindparam("counter"),
    sits_there(TICKET),
)


def left_to_others(connection: Connection, site: str, day: date, counter: int) -> frozenset[str]:
    """Return the tickets that are aimed at another counter, where somebody sits: this one does not call them."""
    return frozenset(connection.scalars(_ELSEWHERE, {"site": site, "day": day, "counter": counter}))
