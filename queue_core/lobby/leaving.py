"""An agency that leaves before its time: no more numbers today, its counters close, and all who wait for it are seen to.

Those are moved to another service with their number and their time, or they are told: the ticket ends with the reason, which
the phone shows; the boards and the entrance show it beside the agency, as for any place that was closed by hand. A journey
goes on with its next step. Whoever is being served is served to the end.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Row, bindparam, select

from queue_core.errors import ServiceClosed, UnknownService
from queue_core.events import EventKind
from queue_core.lifecycle import Action, Status
from queue_core.lobby import orders
from queue_core.lobby.catalogue import ServiceEntry
from queue_core.lobby.counters import shut
from queue_core.lobby.deserted import refuse_deserted
from queue_core.lobby.holds import NOT_CALLED
from queue_core.lobby.legs import add_leg, go_on
from queue_core.lobby.moves import move
from queue_core.lobby.rows import TICKETS
from queue_core.lobby.tables import COUNTER, TICKET
from queue_core.lobby.tickets import TicketRow, at_counter
from queue_core.lobby.turn import Turn
from queue_core.models import CounterState
from queue_core.remarks import clean
from queue_core.views import AgencyLeftView

_WAITING = TICKETS.where(
    TICKET.c.site_id == bindparam("site"),
    TICKET.c.business_date == bindparam("day"),
    TICKET.c.agency == bindparam("code"),
    TICKET.c.status.in_((Status.WAITING, Status.HELD)),
).order_by(TICKET.c.waiting_since, TICKET.c.ticket_id)
_OPEN = (
    select(COUNTER.c.number)
    .where(COUNTER.c.site_id == bindparam("site"), COUNTER.c.state != CounterState.CLOSED)
    .order_by(COUNTER.c.number)
)


def agency_leaves(turn: Turn, agency: str, reason: str, move_to: str) -> AgencyLeftView:
    """Close an agency for the rest of the day. Raises UnknownService, ServiceClosed, NotAllowed, PersonalData."""
    code = agency.strip().upper()
    if code not in turn.catalogue.agencies:
        raise UnknownService(service=agency, nearest="")
    said = clean(reason)
    target = turn.catalogue.service(move_to) if move_to else None
    if target is not None:
        _refuse(turn, target, code)
    with turn.unasked():
        names = dict.fromkeys(turn.catalogue.site.languages, said) if said else None
        orders.give(turn, code, opens=False, until=None, reason=names)
        people = turn.connection.execute(_WAITING, {"site": turn.site, "day": turn.today, "code": code}).all()
        for ticket in people:
            _tell(turn, ticket, said) if target is None else _move(turn, ticket, target)
        closed, serving = _close(turn, code)
    told, moved = (len(people), 0) if target is None else (0, len(people))
    to = "" if target is None else target.id
    data: dict[str, Any] = {"agency": code, "reason": said, "told": told, "moved": moved, "to": to}
    turn.emit(EventKind.AGENCY_LEFT, answers=True, **data, closed=list(closed), serving=list(serving))
    return AgencyLeftView(code, told, moved, to, closed, serving)


def _refuse(turn: Turn, target: ServiceEntry, leaving: str) -> None:
    """Nobody is moved to the agency that leaves, nor to one that has left, nor to what is offered no more."""
    if target.agency == leaving:
        raise ServiceClosed(service=target.id, reason="ordered", opens_at=None)
    if not turn.catalogue.is_active(target.id):
        raise ServiceClosed(service=target.id, reason="inactive", opens_at=None)
    refuse_deserted(turn, target.id)


def left_before(_turn: Turn, event: Row[Any]) -> AgencyLeftView:
    """Give the same answer again."""
    said = event.data
    counters = (tuple(said["closed"]), tuple(said["serving"]))
    return AgencyLeftView(said["agency"], said["told"], said["moved"], said["to"], *counters)


def _tell(turn: Turn, ticket: TicketRow, reason: str) -> None:
    ended = move(turn, ticket, Action.CANCEL, note=reason, held_until=None)
    turn.emit(EventKind.CANCELLED, ended, counter=ended.counter, because="agency_left")
    go_on(turn, ended)


def _move(turn: Turn, ticket: TicketRow, target: ServiceEntry) -> None:
    """Whoever was away on a hold waits there, too: the place is kept for when they are back."""
    if ticket.status == Status.HELD:
        ticket = move(turn, ticket, Action.COME_BACK, **NOT_CALLED)
        turn.emit(EventKind.HOLD_ENDED, ticket)
    old = move(turn, ticket, Action.TRANSFER)
    turn.emit(EventKind.TRANSFERRED, old, to=target.id, because="agency_left")
    new = add_leg(turn, old, target)
    turn.emit(EventKind.LEG_BEGUN, new, leg=new.leg)


def _close(turn: Turn, code: str) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Close the counters that serve nothing else; return them, and those where somebody is still being served."""
    closed, serving = list[int](), list[int]()
    for number in turn.connection.scalars(_OPEN, {"site": turn.site}).all():
        services = turn.catalogue.counters.get(number, ())
        if not services or any(turn.catalogue.services[each].agency != code for each in services):
            continue
        if at_counter(turn.connection, turn.site, number) is None:
            shut(turn, number)
            closed.append(number)
        else:
            serving.append(number)
    return tuple(closed), tuple(serving)
