"""Days that are over are counted once, by whoever first asks for their figures; never in a visitor's way.

A day without its row in `counted_day` is counted anew as a whole, so that counting twice changes nothing, and what
arrives late (numbers of a kiosk that was cut off) only has to `forget` its day.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Row, and_, bindparam, delete, func, insert, select

from queue_core.figures import COUNTS, Cell, TicketFacts, VisitFacts, count
from queue_core.ids import made_at
from queue_core.journeys import Gone
from queue_core.lifecycle import Status
from queue_core.lobby.plans import PLANNED
from queue_core.lobby.tables import COUNTED_DAY, HOUR_COUNT, TICKET, VISIT, VISIT_LEG
from queue_core.lobby.turn import Look, Turn
from queue_core.views import Minutes, Span, Tally

Here = Look | Turn

_TICKETS = select(
    *(
        TICKET.c[name]
        for name in (
            "ticket_id",
            "visit_id",
            "service",
            "status",
            "waiting_since",
            "due_at",
            "called_at",
            "started_at",
            "finished_at",
        )
    )
).where(TICKET.c.site_id == bindparam("site"), TICKET.c.business_date == bindparam("day"))
_OF_DAY = (VISIT.c.site_id == bindparam("site"), VISIT.c.business_date == bindparam("day"))
_VISITS = select(*(VISIT.c[name] for name in ("visit_id", "arrived_at", "priority", "journey"))).where(
    *_OF_DAY
)
_PLANS = (
    select(VISIT_LEG.c.visit_id, VISIT_LEG.c.state, VISIT_LEG.c.reason)
    .join(VISIT, and_(VISIT.c.site_id == VISIT_LEG.c.site_id, VISIT.c.visit_id == VISIT_LEG.c.visit_id))
    .where(*_OF_DAY)
)
_MISSING = (Gone.CLOSED, Gone.ENDED)
"""A journey with a step of these is not finished; one that staff left out was not needed."""
_FORGET = tuple(
    delete(table).where(
        table.c.site_id == bindparam("site"),
        table.c.business_date.between(bindparam("first"), bindparam("last")),
    )
    for table in (COUNTED_DAY, HOUR_COUNT)
)
_KEEP, _DONE = insert(HOUR_COUNT), insert(COUNTED_DAY)


def uncounted(here: Here, first: date, last: date) -> Sequence[date]:
    """Return the days that are over, have tickets, and were not counted yet.

    Each day is found by one step in the index of tickets, however many tickets it has.
    """
    within = (
        TICKET.c.site_id == here.site,
        TICKET.c.business_date <= last,
        TICKET.c.business_date < here.today,
    )
    days = (
        select(func.min(TICKET.c.business_date).label("day"))
        .where(*within, TICKET.c.business_date >= first)
        .cte("days", recursive=True)
    )
    following = select(func.min(TICKET.c.business_date)).where(*within, TICKET.c.business_date > days.c.day)
    days = days.union_all(select(following.scalar_subquery()).where(days.c.day.is_not(None)))
    counted = select(COUNTED_DAY.c.business_date).where(COUNTED_DAY.c.site_id == here.site)
    found = select(days.c.day).where(days.c.day.is_not(None), days.c.day.not_in(counted)).order_by(days.c.day)
    return here.connection.scalars(found).all()


def count_day(here: Here, day: date) -> dict[Cell, Tally]:
    """Count a day from its visits and tickets."""
    keys = {"site": here.site, "day": day}
    tickets = here.connection.execute(_TICKETS, keys).all()
    visits = here.connection.execute(_VISITS, keys).all()
    plans = here.connection.execute(_PLANS, keys).all()
    return count(_visit_facts(visits, tickets, plans), map(_ticket_facts, tickets), local_hour(here))


def keep_day(turn: Turn, day: date) -> None:
    """Count a day that is over and write down its figures, in place of any there were."""
    forget_days(turn, Span(day, day))
    rows = [_row(turn.site, day, cell, tally) for cell, tally in count_day(turn, day).items()]
    if rows:
        turn.connection.execute(_KEEP, rows)
    turn.connection.execute(_DONE, {"site_id": turn.site, "business_date": day, "counted_at": turn.now})


def forget_days(turn: Turn, span: Span) -> None:
    """Let days be counted anew; for whoever changes what is over."""
    for statement in _FORGET:
        turn.connection.execute(statement, {"site": turn.site, "first": span.first, "last": span.last})


def local_hour(here: Here) -> Callable[[datetime], int]:
    """Return what tells the hour on the site's own clocks."""
    zone = ZoneInfo(here.catalogue.site.time_zone)
    return lambda at: at.astimezone(zone).hour


def _visit_facts(
    visits: Iterable[Row[Any]], tickets: Sequence[Row[Any]], plans: Iterable[Any]
) -> Iterable[VisitFacts]:
    first, last = dict[str, Row[Any]](), dict[str, Row[Any]]()
    for ticket in sorted(tickets, key=lambda row: str(row.ticket_id)):  # in the order in which they were made
        first.setdefault(ticket.visit_id, ticket)
        last[ticket.visit_id] = ticket
    undone = {ticket.visit_id for ticket in tickets if ticket.status == Status.CANCELLED}
    undone |= {plan.visit_id for plan in plans if plan.state == PLANNED or plan.reason in _MISSING}
    for visit in visits:
        whole = last[visit.visit_id].status == Status.COMPLETED and visit.visit_id not in undone
        yield VisitFacts(
            service=first[visit.visit_id].service,
            arrived_at=visit.arrived_at,
            priority=visit.priority,
            journey=bool(visit.journey),
            finished=whole,
        )


def _ticket_facts(row: Row[Any]) -> TicketFacts:
    """A leg that was added keeps the place, and so `waiting_since`, of the one before; its own wait began when it was made."""
    return TicketFacts(
        service=row.service,
        status=row.status,
        began_at=max(row.waiting_since, made_at(row.ticket_id)),
        promise=(row.due_at - row.waiting_since).total_seconds(),
        called_at=row.called_at,
        started_at=row.started_at,
        finished_at=row.finished_at,
    )


def _row(site: str, day: date, cell: Cell, tally: Tally) -> dict[str, object]:
    service, hour = cell
    return {
        "site_id": site,
        "business_date": day,
        "service": service,
        "hour": hour,
        "weekday": day.weekday(),
        **{name: getattr(tally, name) for name in COUNTS},
        "wait_minutes": _words(tally.waits),
        "service_minutes": _words(tally.services),
    }


def _words(minutes: Minutes) -> str:
    return " ".join(str(minute) for minute in sorted(minutes) for _ in range(minutes[minute]))
