"""A visitor who is set aside: to fetch something, for how long, and how the way back into the line goes by itself.

Who was to be back by a time waits again from then on, at the place of the old waiting time, for whichever counter of the line is
free. No clock runs for it: the next command at the site, whatever it is, sees to it first.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, text

from queue_core.errors import CounterIdle
from queue_core.events import NOBODY, EventKind
from queue_core.lifecycle import Action
from queue_core.lobby.counters import touch
from queue_core.lobby.legs import leave
from queue_core.lobby.moves import move
from queue_core.lobby.rows import TICKETS, ticket_view
from queue_core.lobby.tables import TICKET
from queue_core.lobby.tickets import TicketRow, by_label, standing_at
from queue_core.lobby.turn import Turn
from queue_core.models import AWAY
from queue_core.remarks import clean
from queue_core.views import TicketView

NOT_CALLED: dict[str, Any] = {
    "calls": 0,
    "counter": None,
    "staff": "",
    "note": "",
    "held_until": None,
    **dict.fromkeys(("last_called_at", "wait_low", "wait_high", "place")),
}
"""The columns of a ticket that waits again. What was foretold had its answer at the first call."""

_DUE = TICKETS.where(
    TICKET.c.site_id == bindparam("site"),
    TICKET.c.held_until <= bindparam("now"),
    text(f"ticket.{AWAY}"),  # in these very words, so that the partial index serves
).order_by(TICKET.c.held_until, TICKET.c.ticket_id)


def hold(turn: Turn, counter: str, reason: str, until: datetime | None) -> TicketView:
    """Set the visitor aside, such as to fetch a copy; the counter is free."""
    number = turn.catalogue.counter(counter)
    ticket = standing_at(turn, number)
    if ticket is None:
        raise CounterIdle(counter=str(number), action=Action.HOLD.value)
    held = move(turn, ticket, Action.HOLD, note=clean(reason), held_until=until)
    said = {"reason": held.note} if held.note else {}
    ends = {} if until is None else {"until": until.isoformat()}
    touch(turn, number)
    turn.emit(EventKind.HELD, held, counter=number, answers=True, **said, **ends)
    return ticket_view(turn, held)


def give_up(turn: Turn, counter: str, label: str) -> TicketView:
    """A visitor on hold never came back: the same as one who did not come when called."""
    number = turn.catalogue.counter(counter)
    missed = move(
        turn, by_label(turn.connection, turn.site, turn.today, label), Action.NO_SHOW, held_until=None
    )
    leave(turn, missed)
    touch(turn, number)
    turn.emit(EventKind.NO_SHOW, missed, counter=number, answers=True, was="held")
    return ticket_view(turn, missed)


def bring_back_due(turn: Turn) -> None:
    """Whoever was to be back by now waits again. It is nobody's doing."""
    by, turn.by = turn.by, NOBODY
    for ticket in turn.connection.execute(_DUE, {"site": turn.site, "now": turn.now}).all():
        _bring_back(turn, ticket)
    turn.by = by


def _bring_back(turn: Turn, ticket: TicketRow) -> None:
    back = move(turn, ticket, Action.COME_BACK, **NOT_CALLED)
    turn.emit(EventKind.HOLD_ENDED, back, counter=ticket.counter)
