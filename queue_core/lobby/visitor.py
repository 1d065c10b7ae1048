"""What a visitor does: take a number, begin a journey, cancel."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, bindparam, insert, update

from queue_core.errors import UnknownService
from queue_core.events import EventKind
from queue_core.ids import new_token
from queue_core.journeys import Gone, Step, Way, choose_step
from queue_core.lifecycle import Action, Status
from queue_core.lobby.catalogue import JourneyEntry
from queue_core.lobby.legs import NewLeg, drop_rest, leave, planned_services, write_leg
from queue_core.lobby.lines import ahead_of_newcomer
from queue_core.lobby.moves import move
from queue_core.lobby.numbers import take_number
from queue_core.lobby.openness import Openness, read_openness
from queue_core.lobby.outlook import Outlook, read_outlook
from queue_core.lobby.plans import write_way
from queue_core.lobby.prospects import Prospects
from queue_core.lobby.quotas import give_back, take
from queue_core.lobby.reads.visits import find_rows, legs_of, rows_of
from queue_core.lobby.rows import ticket_view
from queue_core.lobby.slips import write_job
from queue_core.lobby.tables import PRINT_JOB, VISIT
from queue_core.lobby.tickets import by_id, in_line
from queue_core.lobby.turn import Turn, business_day_of
from queue_core.numbering import format_label
from queue_core.views import IssuedTicket, LegView, TicketView, WaitRange

_INSERT_VISIT = insert(VISIT)
OpensIn = Callable[[str], float | None]
"""Minutes until a service takes visitors, see journeys.choose_step."""
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


def issue(turn: Turn, service: str, wish: Wish) -> IssuedTicket:
    """Give out the next number of the service's agency."""
    return _give_out(turn, Way((Step(turn.catalogue.service(service).id),)), wish, journey="")


def start_journey(turn: Turn, journey: str, skip: Sequence[str], wish: Wish) -> IssuedTicket:
    """Give out one number, of the agency where the journey begins, for all the steps that are wanted."""
    entry = turn.catalogue.journey(journey)
    return _give_out(turn, wanted_steps(turn, entry, skip), wish, entry.id)


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
        legs=legs_of(turn, rows_of(turn, row.visit_id)) if row.journey else (),
        repeated=True,
    )


def cancel(turn: Turn, label: str) -> TicketView:
    """The visitor does not want to wait any longer; a slip that was not printed yet is not printed."""
    ticket = find_rows(turn, label)[-1]
    cancelled = move(turn, ticket, Action.CANCEL)
    if ticket.started_at is None:
        give_back(turn, ticket, [ticket.service, *planned_services(turn, ticket)])
    drop_rest(turn, cancelled)
    leave(turn, cancelled)
    keys = {"site": turn.site, "ticket": ticket.ticket_id, "now": turn.now}
    turn.connection.execute(_VOID_SLIP, keys)
    turn.emit(EventKind.CANCELLED, cancelled, counter=cancelled.counter, answers=True)
    return ticket_view(turn, cancelled)


def wanted_steps(
    turn: Turn, journey: JourneyEntry, skip: Sequence[str], without: Collection[str] = ()
) -> Way:
    """The way of a journey but for what is skipped, and `without` what a visit has already.

    Raises UnknownService for a step that may not be left out.
    """
    skipped = {turn.catalogue.service(each).id for each in skip}
    optional = sorted(step.service for step in journey.steps if step.optional)
    for each in sorted(skipped.difference(optional)):
        raise UnknownService(service=each, nearest=next(iter(optional), ""))
    out = skipped | set(without)
    way = Way(tuple(step for step in journey.steps if step.service not in out))
    if not way.planned and not without:
        raise UnknownService(service="", nearest=journey.steps[0].service)
    return way


def open_steps(way: Way, opens_in: OpensIn, refuse: Callable[[str], None]) -> Way:
    """The way without the optional steps that take nobody any more today. `refuse` raises for one that is needed."""
    closed = [step for step in way.planned if opens_in(step.service) is None]
    for step in closed:
        if not step.optional or len(closed) == len(way.planned):
            refuse(step.service)
    return way.dropping(closed, Gone.CLOSED)


def _opens_in(openness: Openness, turn: Turn, service: str) -> float | None:
    """Minutes until a number could be had, for a step that is counted now but whose turn may come later.

    None when not any more today; a quota or a full line does not end by waiting.
    """
    seen = openness.of(service)
    if seen.open:
        return 0.0
    later = seen.opens_at is not None and business_day_of(turn.catalogue, seen.opens_at) == turn.today
    if seen.opens_at is None or not later or seen.reason.startswith(("quota", "full")):
        return None
    return (seen.opens_at - turn.now).total_seconds() / 60


def _begin(turn: Turn, way: Way, *, priority: bool) -> tuple[Outlook, Step, Way]:
    """Where a way begins: where it is open, and shortest. Count the numbers that it takes."""
    outlook = read_outlook(turn)
    openness = read_openness(outlook)
    if len(way.planned) == 1:
        step = way.planned[0]
        openness.refuse(step.service)
        take(turn, [step.service])
        return outlook, step, Way()

    def opens_in(service: str) -> float | None:
        return _opens_in(openness, turn, service)

    lines = Prospects(turn, priority=priority, outlook=outlook)
    onward = choose_step(open_steps(way, opens_in, openness.refuse), opens_in, lines.prospect)
    assert onward.step is not None
    openness.refuse(onward.step.service)
    take(turn, [each.service for each in (onward.step, *onward.way.planned)])
    return outlook, onward.step, onward.way


def _give_out(turn: Turn, way: Way, wish: Wish, journey: str) -> IssuedTicket:
    """Give out a number for a way, and plan what comes after its first step."""
    outlook, step, way = _begin(turn, way, priority=wish.priority)
    first = turn.catalogue.services[step.service]
    waiting = outlook.lines[first.id].waiting
    ahead = ahead_of_newcomer(turn, first.id, priority=wish.priority, waiting=waiting)
    wait = outlook.wait(first.id, ahead)
    leg = NewLeg(turn.new_id(), 1, first, wish.priority, turn.now, wait, place=outlook.place(first.id, ahead))
    token = new_token(turn.random_bytes)
    visit = _write_visit(turn, leg, wish, journey, token=token, legs=1 + len(way.planned))
    ticket = _fresh_view(turn, visit, leg, write_leg(turn, leg), position=ahead + 1)
    if journey:
        write_way(turn, ticket.visit_id, way, begun=1, now=step)
    issued = IssuedTicket(
        ticket=ticket,
        token=token,
        business_date=turn.today,
        issued_at=turn.now,
        ahead=ahead,
        wait=wait,
        open_counters=len(outlook.taking(first.id)),
        job=turn.new_id() if wish.printer else None,
        legs=_leg_views(turn, (step, *way.planned)) if journey else (),
    )
    if issued.job:
        write_job(turn, issued, wish.printer)
    turn.emit(
        EventKind.ISSUED,
        ticket,
        answers=True,
        ahead=ahead,
        wait=None if wait is None else [wait.low, wait.high],
        open_counters=issued.open_counters,
        job=issued.job,
    )
    if journey:
        services = [each.service for each in (step, *way.planned)]
        turn.emit(EventKind.JOURNEY_BEGUN, ticket, journey=journey, services=services)
    return issued


def _write_visit(
    turn: Turn, leg: NewLeg, wish: Wish, journey: str, *, token: str, legs: int
) -> dict[str, Any]:
    """Take the next number, write the visit that has it, and return its row."""
    first = leg.service
    number = take_number(turn, first.agency, turn.origin)
    row = {
        "site_id": turn.site,
        "visit_id": leg.visit_id,
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
        "legs": legs,
        "arrived_at": turn.now,
    }
    turn.connection.execute(_INSERT_VISIT, row)
    return row


def _spoken(turn: Turn, language: str) -> str:
    """The language that was asked for, or the site's first if it is not spoken here: the slip needs its words."""
    spoken = turn.catalogue.site.languages
    return language if language in spoken else spoken[0]


def _fresh_view(turn: Turn, visit: dict[str, Any], leg: NewLeg, ticket: str, *, position: int) -> TicketView:
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
        journey=visit["journey"],
        waiting_since=leg.waiting_since,
        due_at=leg.due_at,
        position=position,
    )


def _leg_views(turn: Turn, steps: Sequence[Step]) -> tuple[LegView, ...]:
    """The way as it is planned; reads.visit_status tells how far it has come."""
    services, agencies = turn.catalogue.services, turn.catalogue.agencies
    return tuple(
        LegView(
            leg=leg,
            service=step.service,
            service_names=services[step.service].names,
            agency_names=agencies[services[step.service].agency].names,
            optional=step.optional,
            status=Status.WAITING if leg == 1 else None,
            stage=step.stage,
        )
        for leg, step in enumerate(steps, start=1)
    )
