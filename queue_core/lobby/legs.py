"""The legs of a visit: begin the next one, and end a visit that has none left."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import bindparam, insert, select, update

from queue_core.events import EventKind
from queue_core.journeys import MOST_CREDIT, Gone, Onward, Way, choose_step, credit
from queue_core.lifecycle import Status
from queue_core.lobby.catalogue import ServiceEntry
from queue_core.lobby.plans import drop_planned, read_way, write_way
from queue_core.lobby.prospects import Prospects
from queue_core.lobby.rows import ticket_view
from queue_core.lobby.tables import TICKET, VISIT
from queue_core.lobby.tickets import TicketRow, by_id
from queue_core.lobby.turn import Turn
from queue_core.views import OnwardView, TicketView, WaitRange

_INSERT_TICKET = insert(TICKET)
_THIS_VISIT = (VISIT.c.site_id == bindparam("site"), VISIT.c.visit_id == bindparam("visit"))
_SET_LEFT = update(VISIT).where(*_THIS_VISIT).values(left_at=bindparam("left"))
_GIVEN_UP = select(TICKET.c.ticket_id).where(
    TICKET.c.site_id == bindparam("site"),
    TICKET.c.visit_id == bindparam("visit"),
    TICKET.c.status == Status.CANCELLED,
)


@dataclass(frozen=True, slots=True)
class NewLeg:
    """What a new wait needs to be written."""

    visit_id: str
    leg: int
    service: ServiceEntry
    priority: bool
    waiting_since: datetime
    wait: WaitRange | None = None  # as announced
    place: int | None = None  # the wait is compared with others from there
    credit: timedelta = timedelta(0)  # by which `waiting_since` lies before the joining of the line

    @property
    def due_at(self) -> datetime:
        """When this wait becomes late: by the service's promise, from where the wait counts."""
        return self.waiting_since + timedelta(minutes=self.service.target_wait_minutes)


def write_leg(turn: Turn, new: NewLeg) -> str:
    """Write a waiting ticket and return its id."""
    ticket = turn.new_id()
    turn.connection.execute(
        _INSERT_TICKET,
        {
            "site_id": turn.site,
            "ticket_id": ticket,
            "visit_id": new.visit_id,
            "leg": new.leg,
            "business_date": turn.today,
            "agency": new.service.agency,
            "service": new.service.id,
            "status": Status.WAITING,
            "priority": new.priority,
            "waiting_since": new.waiting_since,
            "due_at": new.due_at,
            "calls": 0,
            "passed": 0,
            "staff": "",
            "note": "",
            "wait_low": None if new.wait is None else new.wait.low,
            "wait_high": None if new.wait is None else new.wait.high,
            "place": new.place,
            "credit": int(new.credit.total_seconds()),
        },
    )
    return ticket


def add_leg(turn: Turn, old: TicketRow, service: ServiceEntry) -> TicketRow:
    """Put a leg for another service right after `old`; it waits since `old` began to wait. What was planned moves back.

    A service that the journey still plans is that very step: it is done now, and not once more later.
    """
    way = read_way(turn, old.visit_id)
    step = way.find(service.id)
    leg = old.leg + 1
    write_way(turn, old.visit_id, way.without(step) if step else way, begun=leg, now=step)
    new = NewLeg(
        old.visit_id,
        leg,
        service,
        old.priority,
        old.waiting_since,
        credit=timedelta(seconds=old.credit),
    )
    return by_id(turn.connection, turn.site, write_leg(turn, new))


def go_on(turn: Turn, done: TicketRow) -> OnwardView | None:
    """After a leg that has ended well: begin the next one where `queue_core.journeys` says, or let the visitor leave.

    The new wait counts from the arrival less than fully: see `journeys.credit`. Returns where the visit went on; None for
    one that had nothing else planned.
    """
    if done.leg == done.legs and not done.journey:
        leave(turn, done)
        return None
    onward, ahead = _look_around(turn, done)
    for step in onward.closed:
        turn.emit(EventKind.LEG_DROPPED, done, step=step.service, reason=Gone.CLOSED.value)
    if onward.step is None:
        write_way(turn, done.visit_id, onward.way, begun=done.leg)
        _arrive(turn, done, onward.way)
        return _view(turn, onward, None, ()) if onward.closed else None
    new = _join(turn, done, onward)
    return _view(turn, onward, ticket_view(turn, new), tuple(sorted(ahead.outlook.taking(new.service))))


def credit_of(turn: Turn, visit: TicketRow, service: ServiceEntry) -> timedelta:
    """By how much earlier than now this visitor counts as having come to a service, in whole seconds."""
    journey = turn.catalogue.journeys.get(visit.journey)
    most = journey.credit_minutes if journey else MOST_CREDIT
    counted = credit(turn.now - visit.arrived_at, most, service.target_wait_minutes)
    return timedelta(seconds=int(counted.total_seconds()))


def _look_around(turn: Turn, done: TicketRow) -> tuple[Onward, Prospects]:
    ahead = Prospects(turn, priority=done.priority, credit=lambda service: credit_of(turn, done, service))
    return choose_step(read_way(turn, done.visit_id), ahead.opens_in, ahead.prospect), ahead


def _join(turn: Turn, done: TicketRow, onward: Onward) -> TicketRow:
    """Write the wait for the step that was chosen."""
    step = onward.step
    assert step is not None
    service, leg = turn.catalogue.services[step.service], done.leg + 1
    counted = credit_of(turn, done, service)
    write_way(turn, done.visit_id, onward.way, begun=leg, now=step)
    new = NewLeg(done.visit_id, leg, service, done.priority, turn.now - counted, credit=counted)
    ticket = by_id(turn.connection, turn.site, write_leg(turn, new))
    minutes = int(counted.total_seconds()) // 60
    turn.emit(EventKind.LEG_BEGUN, ticket, leg=leg, because=onward.because.value, credit=minutes)
    return ticket


def _arrive(turn: Turn, done: TicketRow, way: Way) -> None:
    """The end of the way. A journey is whole unless a service was closed for the day when its turn came, or left before."""
    leave(turn, done)
    if done.journey:
        keys = {"site": turn.site, "visit": done.visit_id}
        left = turn.connection.execute(_GIVEN_UP, keys).first() is not None
        whole = not left and all(why is not Gone.CLOSED for _, why in way.gone)
        turn.emit(EventKind.JOURNEY_ENDED, done, journey=done.journey, whole=whole)


def _view(turn: Turn, onward: Onward, leg: TicketView | None, counters: tuple[int, ...]) -> OnwardView:
    closed = tuple(turn.catalogue.services[step.service].names for step in onward.closed)
    return OnwardView(leg, onward.because.value, counters, closed)


def leave(turn: Turn, ticket: TicketRow) -> None:
    """The visitor has left, as far as is known."""
    _set_left(turn, ticket, turn.now)


def come_back(turn: Turn, ticket: TicketRow) -> None:
    """The visitor is still here after all."""
    _set_left(turn, ticket, None)


def planned_services(turn: Turn, ticket: TicketRow) -> list[str]:
    """Return the services that a visit has not come to yet."""
    way = read_way(turn, ticket.visit_id) if ticket.leg < ticket.legs else Way()
    return [step.service for step in way.planned]


def drop_rest(turn: Turn, ticket: TicketRow) -> None:
    """The visit has ended: what was still planned will not happen."""
    if ticket.leg < ticket.legs:
        drop_planned(turn, ticket.visit_id)


def _set_left(turn: Turn, ticket: TicketRow, left: datetime | None) -> None:
    turn.connection.execute(_SET_LEFT, {"site": turn.site, "visit": ticket.visit_id, "left": left})
