"""What staff do with visitors at a counter. A counter serves one visitor at a time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from sqlalchemy import Row, bindparam, update

from queue_core.calling import Why, choose_next
from queue_core.errors import (
    CannotRecall,
    CounterBusy,
    CounterIdle,
    CounterTakesNot,
    ServiceClosed,
    UnknownTicket,
)
from queue_core.events import EventKind
from queue_core.lifecycle import Action, Status, advance
from queue_core.lobby.catalogue import ServiceEntry
from queue_core.lobby.counters import ready, refuse_busy, touch
from queue_core.lobby.deserted import refuse_deserted
from queue_core.lobby.heads import read_heads
from queue_core.lobby.legs import add_leg, go_on, leave
from queue_core.lobby.moves import move
from queue_core.lobby.rows import ticket_view, why_of
from queue_core.lobby.shares import read_memory, remember
from queue_core.lobby.sync.stubs import begin_stub
from queue_core.lobby.tables import TICKET
from queue_core.lobby.tickets import TicketRow, by_id, by_label, in_line, of_event, read_head, standing_at
from queue_core.lobby.turn import Turn
from queue_core.lobby.waits import ended
from queue_core.remarks import clean
from queue_core.views import TicketView

_AIM = (
    update(TICKET)
    .where(TICKET.c.site_id == bindparam("site"), TICKET.c.ticket_id == bindparam("ticket"))
    .values(aimed=bindparam("at"))
)


def call_next(turn: Turn, counter: str) -> TicketView | None:
    """Call whose turn it is; None when nobody waits. Opens a closed counter, completes a visitor who was started.

    Raises: CounterBusy while a called visitor has not been started or marked; CounterPaused.
    """
    number = _make_room(turn, counter)
    policy = turn.catalogue.policies[number]
    heads = read_heads(turn.connection, turn.site, turn.today, number)
    memory = read_memory(turn, number, policy)
    choice = choose_next(heads, turn.now, policy, memory)
    if choice is None:
        turn.answer_last()
        return None
    why = {"why": choice.why.value, "reasons": [reason.plain() for reason in choice.reasons]}
    head = next(head for head in heads if head.ticket == choice.ticket)
    called = call_this(turn, number, read_head(turn, head), why)
    remember(turn, number, heads, choice, memory)
    return called


def call(turn: Turn, counter: str, label: str, reason: str) -> TicketView:
    """Call a waiting ticket out of turn; like `call_next` it completes a visitor who was started."""
    ticket = _named_or_begun(turn, counter, label)
    reason = clean(reason)
    number = _make_room(turn, counter)
    why = {"why": Why.BY_NUMBER.value} | ({"reason": reason} if reason else {})
    return call_this(turn, number, ticket, why)


def called_before(turn: Turn, event: Row[Any]) -> TicketView | None:
    """Give the same answer again: the ticket that was called then, as it is now, or nobody."""
    if event.kind != EventKind.CALLED:
        return None
    return ticket_view(turn, of_event(turn, event), **why_of(event.data))


def answered_before(turn: Turn, event: Row[Any]) -> TicketView:
    """Give the same answer again: the ticket of then, as it is now."""
    ticket = in_line(turn, of_event(turn, event))
    return replace(ticket, **why_of(event.data))


def recall(turn: Turn, counter: str) -> TicketView:
    """Call the same visitor once more."""
    number, ticket = _standing(turn, counter, Action.RECALL)
    advance(Status(ticket.status), Action.RECALL, label=ticket.label)
    _refuse_recall(turn, ticket)
    again = move(turn, ticket, Action.RECALL, calls=ticket.calls + 1, last_called_at=turn.now)
    return _done(turn, EventKind.RECALLED, again, number, calls=again.calls)


def _refuse_recall(turn: Turn, ticket: TicketRow) -> None:
    rules = turn.catalogue.desk
    if ticket.calls >= rules.calls:
        raise CannotRecall(label=ticket.label, reason="used_up", calls=rules.calls)
    since = (turn.now - ticket.last_called_at).total_seconds()
    if since < rules.call_gap_seconds:
        raise CannotRecall(label=ticket.label, reason="too_soon", seconds=rules.call_gap_seconds - int(since))


def start(turn: Turn, counter: str) -> TicketView:
    """The visitor is here and is being served."""
    number, ticket = _standing(turn, counter, Action.START)
    return _done(turn, EventKind.STARTED, move(turn, ticket, Action.START, started_at=turn.now), number)


def complete(turn: Turn, counter: str) -> TicketView:
    """The visitor is done here; the next planned leg of a journey begins at once."""
    number, ticket = _standing(turn, counter, Action.COMPLETE)
    view = _done(turn, EventKind.COMPLETED, completed := move(turn, ticket, Action.COMPLETE), number)
    return replace(view, onward=go_on(turn, completed))


def no_show(turn: Turn, counter: str) -> TicketView:
    """The visitor did not come; `restore` brings them back."""
    number, ticket = _standing(turn, counter, Action.NO_SHOW)
    missed = move(turn, ticket, Action.NO_SHOW)
    leave(turn, missed)
    return _done(turn, EventKind.NO_SHOW, missed, number)


def resume(turn: Turn, counter: str, label: str) -> TicketView:
    """Call a held visitor to this counter, which must be free: what is under way here is not completed silently."""
    number = turn.catalogue.counter(counter)
    ticket = _named(turn, counter, label)
    refuse_busy(turn, number)
    ready(turn, number)
    values = {
        "counter": number,
        "staff": turn.by.staff,
        "calls": ticket.calls + 1,
        "last_called_at": turn.now,
        "note": "",
        "held_until": None,
    }
    return _done(turn, EventKind.RESUMED, move(turn, ticket, Action.RESUME, **values), number)


def transfer(turn: Turn, counter: str, service: str, aim: str) -> TicketView:
    """Send the visitor on to another service or counter, open at this hour or not, but to none that has left for the day."""
    number, ticket = _standing(turn, counter, Action.TRANSFER)
    aimed, target = _where_to(turn, ticket, service, aim)
    if not (target.active and turn.catalogue.agencies[target.agency].active):
        raise ServiceClosed(service=target.id, reason="inactive", opens_at=None)
    refuse_deserted(turn, target.id)
    old = move(turn, ticket, Action.TRANSFER)
    touch(turn, number)
    said: dict[str, Any] = {} if aimed is None else {"aim": aimed}
    turn.emit(EventKind.TRANSFERRED, old, counter=number, to=target.id, **said)
    new = add_leg(turn, old, target)
    if aimed is not None:
        turn.connection.execute(_AIM, {"site": turn.site, "ticket": new.ticket_id, "at": aimed})
        new = by_id(turn.connection, turn.site, new.ticket_id)
    turn.emit(EventKind.LEG_BEGUN, new, answers=True, leg=new.leg)
    return in_line(turn, new)


def _where_to(turn: Turn, ticket: TicketRow, service: str, aim: str) -> tuple[int | None, ServiceEntry]:
    if not aim:
        return None, turn.catalogue.service(service)
    number = turn.catalogue.counter(aim)
    taken = turn.catalogue.counters[number]
    if service:
        wanted = turn.catalogue.service(service).id
    else:
        wanted = ticket.service if ticket.service in taken or not taken else taken[0]
    if wanted not in taken:
        raise CounterTakesNot(counter=str(number), service=wanted)
    return number, turn.catalogue.services[wanted]


def _named(turn: Turn, counter: str, label: str) -> TicketRow:
    """The ticket of a label; a bare number, as rolls have it, is of the agency that this counter serves first."""
    services = turn.catalogue.counters[turn.catalogue.counter(counter)]
    if label.strip().isdecimal() and services:
        label = f"{turn.catalogue.services[services[0]].agency} {label}"
    return by_label(turn.connection, turn.site, turn.today, label)


def _named_or_begun(turn: Turn, counter: str, label: str) -> TicketRow:
    """The ticket of a label; that of a kiosk which is cut off begins here."""
    try:
        return _named(turn, counter, label)
    except UnknownTicket:
        return begin_stub(turn, turn.catalogue.counter(counter), label)


def _make_room(turn: Turn, counter: str) -> int:
    """Make the counter ready for the next visitor and return its number. Raises CounterPaused, CounterBusy."""
    number = turn.catalogue.counter(counter)
    ready(turn, number)
    standing = standing_at(turn, number)
    if standing is None:
        return number
    if standing.status == Status.CALLED:
        raise CounterBusy(counter=str(number), label=standing.label, status=standing.status)
    completed = move(turn, standing, Action.COMPLETE)
    touch(turn, number)
    turn.emit(EventKind.COMPLETED, completed, counter=number)
    go_on(turn, completed)
    return number


def call_this(turn: Turn, number: int, ticket: TicketRow, why: Mapping[str, Any]) -> TicketView:
    """Call a waiting ticket to a counter that is ready; `why` is what its event tells of that."""
    called = move(
        turn,
        ticket,
        Action.CALL,
        called_at=ticket.called_at or turn.now,  # who comes back from a hold was called before
        last_called_at=turn.now,
        calls=ticket.calls + 1,
        counter=number,
        staff=turn.by.staff,
        owed=0,
    )
    touch(turn, number)
    said = ended(turn, ticket, Why(why["why"]))
    turn.emit(EventKind.CALLED, called, counter=number, answers=True, **why, **said)
    return ticket_view(turn, called, **why_of(why))


def _standing(turn: Turn, counter: str, action: Action) -> tuple[int, TicketRow]:
    number = turn.catalogue.counter(counter)
    ticket = standing_at(turn, number)
    if ticket is None:
        raise CounterIdle(counter=str(number), action=action.value)
    return number, ticket


def _done(turn: Turn, kind: EventKind, ticket: TicketRow, number: int, **said: object) -> TicketView:
    touch(turn, number)
    turn.emit(kind, ticket, counter=number, answers=True, **said)
    return ticket_view(turn, ticket)
