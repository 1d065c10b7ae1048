"""What a visitor does: take a number, begin a journey, cancel."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Row, bindparam, insert, select, update

from queue_core.errors import UnknownService
from queue_core.events import EventKind
from queue_core.ids import new_token
from queue_core.lifecycle import Action, Status
from queue_core.lobby.catalogue import JourneyEntry, ServiceEntry
from queue_core.lobby.legs import NewLeg, drop_planned, leave, planned_services, write_leg
from queue_core.lobby.lines import ahead_of_newcomer
from queue_core.lobby.moves import move
from queue_core.lobby.numbers import take_number
from queue_core.lobby.openness import read_openness
from queue_core.lobby.outlook import read_outlook
from queue_core.lobby.quotas import give_back, take
from queue_core.lobby.reads.visits import find_rows
from queue_core.lobby.rows import ticket_view
from queue_core.lobby.slips import write_job
from queue_core.lobby.tables import PRINT_JOB, VISIT, VISIT_LEG
from queue_core.lobby.tickets import by_id, in_line
from queue_core.lobby.turn import Turn
from queue_core.numbering import format_label
from queue_core.views import IssuedTicket, LegView, TicketView, WaitRange

_INSERT_VISIT = insert(VISIT)
_INSERT_LEGS = insert(VISIT_LEG)
_PLAN = (
    select(VISIT_LEG)
    .where(VISIT_LEG.c.site_id == bindparam("site"), VISIT_LEG.c.visit_id == bindparam("visit"))
    .order_by(VISIT_LEG.c.leg)
)
_VOID_SLIP = (
    update(PRINT_JOB)
    .where(
        PRINT_JOB.c.site_id == bindparam("site"),
        PRINT_JOB.c.ticket_id == bindparam("ticket"),
        PRINT_JOB.c.state == "new",
    )
    .values(state="void", updated_at=bindparam("now"))
)


@dataclass(frozen=True, slots=True)
class Wish:
    """How a visitor wants to be served, and where the slip comes out (empty: none)."""

    language: str
    priority: bool
    printer: str


@dataclass(frozen=True, slots=True)
class Step:
    """One service on the way."""

    service: ServiceEntry
    optional: bool = False


def issue(turn: Turn, service: str, wish: Wish) -> IssuedTicket:
    """Give out the next number of the service's agency."""
    return _give_out(turn, (Step(turn.catalogue.service(service)),), wish, journey="")


def start_journey(turn: Turn, journey: str, skip: Sequence[str], wish: Wish) -> IssuedTicket:
    """Give out one number, of the first wanted step's agency, for all the steps that are wanted."""
    entry = turn.catalogue.journey(journey)
    return _give_out(turn, _steps(turn, entry, skip), wish, entry.id)


def issued_before(turn: Turn, event: Row[Any]) -> IssuedTicket:
    """Give the same answer again, the ticket as it is now and the figures as they were announced."""
    row = by_id(turn.connection, turn.site, event.ticket_id)
    wait = event.data["wait"]
    return IssuedTicket(
        ticket=in_line(turn, row),
        token=row.token,
        business_date=row.business_date,
        issued_at=event.at,
        ahead=event.data["ahead"],
        wait=None if wait is None else WaitRange(*wait),
        open_counters=event.data["open_counters"],
        job=event.data["job"],
        legs=_planned(turn, row.visit_id),
        repeated=True,
    )


def cancel(turn: Turn, label: str) -> TicketView:
    """The visitor does not want to wait any longer; a slip that was not printed yet is not printed."""
    ticket = find_rows(turn, label)[-1]
    cancelled = move(turn, ticket, Action.CANCEL)
    if ticket.started_at is None:
        give_back(turn, ticket, [ticket.service, *planned_services(turn, ticket)])
    drop_planned(turn, cancelled)
    leave(turn, cancelled)
    keys = {"site": turn.site, "ticket": ticket.ticket_id, "now": turn.now}
    turn.connection.execute(_VOID_SLIP, keys)
    turn.emit(EventKind.CANCELLED, cancelled, counter=cancelled.counter, answers=True)
    return ticket_view(cancelled)


def _steps(turn: Turn, journey: JourneyEntry, skip: Sequence[str]) -> tuple[Step, ...]:
    skipped = {turn.catalogue.service(each).id for each in skip}
    optional = sorted(service for service, may_skip in journey.legs if may_skip)
    for each in sorted(skipped.difference(optional)):
        raise UnknownService(service=each, nearest=next(iter(optional), ""))
    steps = tuple(
        Step(turn.catalogue.services[service], may_skip)
        for service, may_skip in journey.legs
        if service not in skipped
    )
    if not steps:
        raise UnknownService(service="", nearest=journey.legs[0][0])
    return steps


def _give_out(turn: Turn, steps: Sequence[Step], wish: Wish, journey: str) -> IssuedTicket:
    outlook = read_outlook(turn)
    openness = read_openness(outlook)
    for step in steps:
        openness.refuse(step.service.id)
    take(turn, [step.service.id for step in steps])
    first = steps[0].service
    ahead = ahead_of_newcomer(
        turn.connection, turn.site, turn.today, first.id, priority=wish.priority, now=turn.now
    )
    wait = outlook.wait(first.id, ahead)
    ticket, token = _write(turn, steps, wish, journey, (wait, outlook.place(first.id, ahead)))
    issued = IssuedTicket(
        ticket=replace(ticket, position=ahead + 1),
        token=token,
        business_date=turn.today,
        issued_at=turn.now,
        ahead=ahead,
        wait=wait,
        open_counters=len(outlook.taking(first.id)),
        job=None,
        legs=_leg_views(turn, steps) if journey else (),
    )
    if wish.printer:
        issued = replace(issued, job=write_job(turn, issued, wish.printer))
    turn.emit(
        EventKind.ISSUED,
        ticket,
        answers=True,
        ahead=ahead,
        wait=None if wait is None else [wait.low, wait.high],
        open_counters=issued.open_counters,
        job=issued.job,
    )
    return issued


def _write(
    turn: Turn, steps: Sequence[Step], wish: Wish, journey: str, told: tuple[WaitRange | None, int | None]
) -> tuple[TicketView, str]:
    """Write the visit, its plan and its first leg, with the wait as told from a place; return the ticket and the token."""
    first, visit, token = steps[0].service, turn.new_id(), new_token(turn.random_bytes)
    number = take_number(turn, first.agency, turn.origin)
    row = {
        "site_id": turn.site,
        "visit_id": visit,
        "business_date": turn.today,
        "prefix": first.agency,
        "origin": turn.origin,
        "number": number,
        "label": format_label(first.agency, number, turn.origin),
        "token": token,
        "language": _spoken(turn, wish.language),
        "priority": wish.priority,
        "journey": journey,
        "machine": turn.by.machine,
        "legs": len(steps),
        "arrived_at": turn.now,
    }
    turn.connection.execute(_INSERT_VISIT, row)
    if journey:
        turn.connection.execute(_INSERT_LEGS, _plan_rows(turn, visit, steps))
    leg = NewLeg(visit, 1, first, wish.priority, turn.now, *told)
    return _fresh_view(turn, row, leg, write_leg(turn, leg)), token


def _spoken(turn: Turn, language: str) -> str:
    """The language that was asked for, or the site's first if it is not spoken here: the slip needs its words."""
    spoken = turn.catalogue.site.languages
    return language if language in spoken else spoken[0]


def _fresh_view(turn: Turn, visit: dict[str, Any], leg: NewLeg, ticket: str) -> TicketView:
    """The view of a ticket that was written this moment, without reading it back."""
    return TicketView(
        ticket_id=ticket,
        visit_id=leg.visit_id,
        label=visit["label"],
        number=visit["number"],
        agency=leg.service.agency,
        service=leg.service.id,
        agency_names=turn.catalogue.agencies[leg.service.agency].names,
        service_names=leg.service.names,
        status=Status.WAITING,
        priority=leg.priority,
        language=visit["language"],
        leg=leg.leg,
        legs=visit["legs"],
        waiting_since=leg.waiting_since,
        due_at=leg.due_at,
    )


def _plan_rows(turn: Turn, visit: str, steps: Sequence[Step]) -> list[dict[str, object]]:
    return [
        {
            "site_id": turn.site,
            "visit_id": visit,
            "leg": leg,
            "service": step.service.id,
            "optional": step.optional,
            "state": "begun" if leg == 1 else "planned",
        }
        for leg, step in enumerate(steps, start=1)
    ]


def _planned(turn: Turn, visit: str) -> tuple[LegView, ...]:
    rows = turn.connection.execute(_PLAN, {"site": turn.site, "visit": visit})
    steps = [Step(turn.catalogue.services[row.service], row.optional) for row in rows]
    return _leg_views(turn, steps)


def _leg_views(turn: Turn, steps: Sequence[Step]) -> tuple[LegView, ...]:
    """The way as it was planned when the number was given out; reads.visit_status tells how far it has come."""
    return tuple(
        LegView(
            leg=leg,
            service=step.service.id,
            service_names=step.service.names,
            agency_names=turn.catalogue.agencies[step.service.agency].names,
            optional=step.optional,
            status=Status.WAITING if leg == 1 else None,
        )
        for leg, step in enumerate(steps, start=1)
    )
