"""Who sits at a counter: handing it over with the visitor under way, leaving it, and taking somebody who has no paper."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from sqlalchemy import bindparam, update

from queue_core.calling import Why
from queue_core.errors import CounterIdle
from queue_core.events import EventKind
from queue_core.lifecycle import Action
from queue_core.lobby import counters, desk, holds, visitor
from queue_core.lobby.heads import read_heads
from queue_core.lobby.tables import TICKET
from queue_core.lobby.tickets import by_id, standing_at
from queue_core.lobby.turn import Turn
from queue_core.models import CounterState
from queue_core.views import IssuedTicket, TicketView

_SET_STAFF = (
    update(TICKET)
    .where(TICKET.c.site_id == bindparam("site"), TICKET.c.ticket_id == bindparam("ticket"))
    .values(staff=bindparam("who"))
)
SETTLE: dict[Action, Callable[[Turn, str], TicketView]] = {
    Action.COMPLETE: desk.complete,
    Action.NO_SHOW: desk.no_show,
    Action.HOLD: lambda turn, counter: holds.hold(turn, counter, "", None),
}
"""What can be done with a visitor before the counter closes."""


def hand_over(turn: Turn, counter: str) -> None:
    """The counter and the visitor under way pass to whoever acts; a counter that was closed opens.

    Raises: CounterIdle when nobody in particular acts.
    """
    number = turn.catalogue.counter(counter)
    if not turn.by.staff:
        raise CounterIdle(counter=str(number), action="hand_over")
    row = counters.state_of(turn, number)
    standing = standing_at(turn, number)
    if standing is not None:
        keys = {"site": turn.site, "ticket": standing.ticket_id, "who": turn.by.staff}
        turn.connection.execute(_SET_STAFF, keys)
    counters.seat(turn, number, turn.by.staff)
    since = None if row.since is None else row.since.isoformat()
    turn.emit(
        EventKind.COUNTER_HANDED_OVER,
        standing,
        counter=number,
        answers=True,
        was=row.staff,
        since=since,
    )


def close(turn: Turn, counter: str, settle: Action | None) -> None:
    """Close the counter, after settling what becomes of the visitor who stands there. Raises CounterBusy without that."""
    number = turn.catalogue.counter(counter)
    if settle is not None and standing_at(turn, number) is not None:
        with turn.unasked():
            SETTLE[settle](turn, counter)
    counters.close_counter(turn, counter)


def walk_in(turn: Turn, counter: str, service: str, wish: visitor.Wish) -> IssuedTicket:
    """Give somebody without paper a number, and call it at once if that passes nobody.

    Called at once is who finds a counter that takes this service, with nobody at it, no break, and nobody waiting for
    any of its services; everybody else waits their turn with the number that they were told.
    """
    number = turn.catalogue.counter(counter)
    free = _is_free(turn, number)
    issued = visitor.issue(turn, service, wish)
    if not free or issued.ticket.service not in turn.catalogue.counters[number]:
        return issued
    with turn.unasked():
        counters.ready(turn, number)
        ticket = by_id(turn.connection, turn.site, issued.ticket.ticket_id)
        called = desk.call_this(turn, number, ticket, {"why": Why.WALK_IN.value})
    return replace(issued, ticket=called)


def _is_free(turn: Turn, number: int) -> bool:
    if counters.state_of(turn, number).state == CounterState.PAUSED:
        return False
    if standing_at(turn, number) is not None:
        return False
    return not read_heads(turn.connection, turn.site, turn.today, number)
