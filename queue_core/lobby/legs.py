"""The legs of a visit: begin the next one, and end a visit that has none left."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import bindparam, insert, select, update

from queue_core.events import EventKind
from queue_core.lifecycle import Status
from queue_core.lobby.catalogue import ServiceEntry
from queue_core.lobby.tables import TICKET, VISIT, VISIT_LEG
from queue_core.lobby.tickets import TicketRow, by_id
from queue_core.lobby.turn import Turn
from queue_core.views import WaitRange

_INSERT_TICKET = insert(TICKET)
_THIS_VISIT = (VISIT.c.site_id == bindparam("site"), VISIT.c.visit_id == bindparam("visit"))
_SET_LEFT = update(VISIT).where(*_THIS_VISIT).values(left_at=bindparam("left"))
_ONE_MORE = update(VISIT).where(*_THIS_VISIT).values(legs=VISIT.c.legs + 1)
_PLANNED = (
    VISIT_LEG.c.site_id == bindparam("site"),
    VISIT_LEG.c.visit_id == bindparam("visit"),
    VISIT_LEG.c.state == "planned",
)
_PLANNED_LEGS = select(VISIT_LEG.c.leg, VISIT_LEG.c.service).where(*_PLANNED).order_by(VISIT_LEG.c.leg)
_DROP_PLANNED = update(VISIT_LEG).where(*_PLANNED).values(state="dropped")
_SET_LEG = (
    update(VISIT_LEG)
    .where(*_PLANNED, VISIT_LEG.c.leg == bindparam("old_leg"))
    .values(leg=bindparam("new_leg"), state=bindparam("new_state"))
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

    @property
    def due_at(self) -> datetime:
        """When this wait becomes late: it is the service's promise that counts, from the beginning of the wait."""
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
        },
    )
    return ticket


def add_leg(turn: Turn, old: TicketRow, service: ServiceEntry) -> TicketRow:
    """Put a leg for another service right after `old`; it waits since `old` began to wait. What was planned moves back."""
    keys = {"site": turn.site, "visit": old.visit_id}
    planned = turn.connection.execute(_PLANNED_LEGS, keys).all()
    for row in reversed(planned):  # the last one first, so that no two ever share a leg
        turn.connection.execute(
            _SET_LEG, {**keys, "old_leg": row.leg, "new_leg": row.leg + 1, "new_state": "planned"}
        )
    turn.connection.execute(_ONE_MORE, keys)
    new = NewLeg(old.visit_id, old.leg + 1, service, old.priority, old.waiting_since)
    return by_id(turn.connection, turn.site, write_leg(turn, new))


def go_on(turn: Turn, done: TicketRow) -> None:
    """After a completed leg: begin the next planned one now, or let the visitor leave.

    The new wait begins now, not when the visitor arrived: the promise of a service counts for that service alone.
    """
    keys = {"site": turn.site, "visit": done.visit_id}
    planned = turn.connection.execute(_PLANNED_LEGS, keys).first() if done.leg < done.legs else None
    if planned is None:
        leave(turn, done)
        return
    turn.connection.execute(
        _SET_LEG, {**keys, "old_leg": planned.leg, "new_leg": planned.leg, "new_state": "begun"}
    )
    service = turn.catalogue.services[planned.service]
    new = NewLeg(done.visit_id, planned.leg, service, done.priority, turn.now)
    turn.emit(EventKind.LEG_BEGUN, by_id(turn.connection, turn.site, write_leg(turn, new)), leg=planned.leg)


def leave(turn: Turn, ticket: TicketRow) -> None:
    """The visitor has left, as far as is known."""
    _set_left(turn, ticket, turn.now)


def come_back(turn: Turn, ticket: TicketRow) -> None:
    """The visitor is still here after all."""
    _set_left(turn, ticket, None)


def planned_services(turn: Turn, ticket: TicketRow) -> list[str]:
    """Return the services that a journey has not come to yet."""
    if ticket.leg >= ticket.legs:
        return []
    rows = turn.connection.execute(_PLANNED_LEGS, {"site": turn.site, "visit": ticket.visit_id})
    return [row.service for row in rows]


def drop_planned(turn: Turn, ticket: TicketRow) -> None:
    """What a journey still planned will not happen."""
    if ticket.leg < ticket.legs:
        turn.connection.execute(_DROP_PLANNED, {"site": turn.site, "visit": ticket.visit_id})


def _set_left(turn: Turn, ticket: TicketRow, left: datetime | None) -> None:
    turn.connection.execute(_SET_LEFT, {"site": turn.site, "visit": ticket.visit_id, "left": left})
