"""What the screen of one counter shows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import Row, and_, bindparam, func, or_, select, text

from queue_core.events import EventKind
from queue_core.lifecycle import Status
from queue_core.lobby.heads import left_to_others
from queue_core.lobby.heartbeats import last_seen
from queue_core.lobby.lines import Place, order_at, places_of, who_waits
from queue_core.lobby.openness import read_openness
from queue_core.lobby.outlook import Outlook, read_outlook
from queue_core.lobby.reads.by_id import tickets_by_id
from queue_core.lobby.reads.closing import closing_of
from queue_core.lobby.reads.offer import service_offer
from queue_core.lobby.reads.visits import way_of
from queue_core.lobby.rows import TICKETS, ticket_view, why_of
from queue_core.lobby.tables import COUNTER, EVENT, STAFF, TICKET
from queue_core.lobby.turn import Look
from queue_core.lobby.undo import takeable_until
from queue_core.models import STANDING
from queue_core.views import CounterSummary, CounterView, DeskRules, LegView, TicketView

MOST_SHOWN = 50
_CALL = (
    select(EVENT.c.data)
    .where(
        EVENT.c.site_id == bindparam("site"),
        EVENT.c.visit_id == bindparam("visit"),
        EVENT.c.ticket_id == bindparam("ticket"),
        EVENT.c.kind == EventKind.CALLED,
    )
    .order_by(EVENT.c.seq.desc())
    .limit(1)
)

_UNDO = select(COUNTER.c.undo).where(
    COUNTER.c.site_id == bindparam("site"), COUNTER.c.number == bindparam("counter")
)


def counter_view(look: Look, counter: str) -> CounterView:
    """All that one counter's screen shows. Raises UnknownCounter."""
    number = look.catalogue.counter(counter)
    services = look.catalogue.counters[number]
    waiting = who_waits(look, services)
    others = left_to_others(look.connection, look.site, look.today, number)
    order = order_at(look, number, [each for each in waiting if each.ticket not in others])
    outlook = read_outlook(look)
    openness = read_openness(outlook)
    held, missed = _aside(look, services, number)
    summary = summaries(look, [number])[0]
    return CounterView(
        at=look.now,
        seq=look.seq,
        counter=replace(summary, current=_with_why(look, summary.current)),
        services=tuple(service_offer(look, openness, service) for service in services),
        waiting=_waiting(look, order, places_of(look, waiting)),
        waiting_count=len(order),
        held=held,
        missed=missed,
        done_today=_done(look, number),
        rules=_rules(look),
        undo=takeable_until(look, look.connection.scalar(_UNDO, {"site": look.site, "counter": number})),
        closing=closing_of(look, outlook, services),
        way=_way(look, outlook, summary.current),
    )


def _rules(look: Look) -> DeskRules:
    rules = look.catalogue.desk
    return DeskRules(
        calls=rules.calls,
        holds=tuple((each.name, each.minutes) for each in rules.hold),
        breaks=tuple(rules.breaks),
        remarks=tuple(rules.remarks),
    )


def _way(look: Look, outlook: Outlook, current: TicketView | None) -> tuple[LegView, ...]:
    if current is None or (current.legs == 1 and not current.journey):
        return ()
    return way_of(look, outlook, current.visit_id)


def line(look: Look, service: str) -> tuple[TicketView, ...]:
    """Who waits for one service, those who are called first, at most MOST_SHOWN. Raises UnknownService."""
    entry = look.catalogue.service(service)
    places = places_of(look, who_waits(look, (entry.id,)))
    return _waiting(look, list(places), places)


def summaries(
    look: Look, numbers: Iterable[int], seen: Mapping[str, datetime] | None = None
) -> tuple[CounterSummary, ...]:
    """Counters at a glance, in the order of their numbers. `seen`: when programs were heard of, if it was read already."""
    wanted = tuple(numbers)
    rows = look.connection.execute(
        select(COUNTER, STAFF.c.name.label("staff_name"))
        .outerjoin(STAFF, and_(STAFF.c.site_id == COUNTER.c.site_id, STAFF.c.staff_id == COUNTER.c.staff))
        .where(COUNTER.c.site_id == look.site, COUNTER.c.number.in_(wanted))
        .order_by(COUNTER.c.number)
    ).all()
    standing = {
        row.counter: ticket_view(look, row)
        for row in look.connection.execute(
            TICKETS.where(TICKET.c.site_id == look.site, text(f"ticket.{STANDING}"))
        )
    }
    seen = last_seen(look) if seen is None else seen
    return tuple(
        _summary(look, row, standing.get(row.number), seen.get(f"counter:{row.number}")) for row in rows
    )


def _summary(look: Look, row: Row[Any], current: TicketView | None, seen: datetime | None) -> CounterSummary:
    services = look.catalogue.counters.get(row.number, ())
    return CounterSummary(
        id=str(row.number),
        number=row.number,
        state=row.state,
        since=row.since,
        staff=row.staff,
        agency=look.catalogue.services[services[0]].agency if services else "",
        services=services,
        current=current,
        back_at=row.back_at,
        last_action_at=row.last_action_at,
        seen_at=seen,
        staff_name=row.staff_name or row.staff,
        moved=row.home is not None,
    )


def _waiting(look: Look, order: Sequence[str], places: Mapping[str, Place]) -> tuple[TicketView, ...]:
    """Those who are called first, each with the place in the line of their own service."""
    shown = order[:MOST_SHOWN]
    rows = tickets_by_id(look, shown)
    return tuple(ticket_view(look, rows[ticket], position=places[ticket].position) for ticket in shown)


def _with_why(look: Look, current: TicketView | None) -> TicketView | None:
    """The visitor at a counter with why they were called: the screen may have been started since."""
    if current is None:
        return None
    keys = {"site": look.site, "visit": current.visit_id, "ticket": current.ticket_id}
    data = look.connection.scalar(_CALL, keys)
    return current if data is None else replace(current, **why_of(data))


def _aside(
    look: Look, services: Sequence[str], number: int
) -> tuple[tuple[TicketView, ...], tuple[TicketView, ...]]:
    """Those on hold, longest first, and today's no-shows, newest first: of these services, and whoever stood here last.

    So a counter that was moved still sees whom it set aside.
    """
    rows = look.connection.execute(
        TICKETS.where(
            TICKET.c.site_id == look.site,
            TICKET.c.business_date == look.today,
            or_(TICKET.c.service.in_(services), TICKET.c.counter == number),
            TICKET.c.status.in_((Status.HELD, Status.NO_SHOW)),
        )
    )
    views = [ticket_view(look, row) for row in rows]
    held = [view for view in views if view.status is Status.HELD]
    missed = [view for view in views if view.status is Status.NO_SHOW]
    held.sort(key=lambda view: view.called_at or view.waiting_since)
    missed.sort(key=lambda view: view.finished_at or view.called_at or view.waiting_since, reverse=True)
    return tuple(held[:MOST_SHOWN]), tuple(missed[:MOST_SHOWN])


def _done(look: Look, number: int) -> int:
    done = look.connection.scalar(
        select(func.count())
        .select_from(TICKET)
        .where(
            TICKET.c.site_id == look.site,
            TICKET.c.business_date == look.today,
            TICKET.c.counter == number,
            TICKET.c.status == Status.COMPLETED,
        )
    )
    return done or 0
