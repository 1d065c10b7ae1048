"""A supervisor gives a visitor priority, or takes it back. Why is counted by the day, never kept with the visitor."""

from __future__ import annotations

from sqlalchemy import and_, bindparam, insert, select, update

from queue_core.errors import IllegalMove
from queue_core.events import EventKind, Favour
from queue_core.lifecycle import Status
from queue_core.lobby.reads.visits import find_rows
from queue_core.lobby.tables import PRIORITY_REASON, TICKET, VISIT
from queue_core.lobby.tickets import by_id, in_line
from queue_core.lobby.turn import Look, Turn
from queue_core.views import TicketView

CAN_CHANGE = frozenset({Status.WAITING, Status.HELD, Status.NO_SHOW})
"""Who is at a counter is past all lines; who has left has no more to wait for."""

_VISIT = and_(VISIT.c.site_id == bindparam("site"), VISIT.c.visit_id == bindparam("visit"))
_SET_VISIT = update(VISIT).where(_VISIT).values(priority=bindparam("first"))
_SET_TICKET = (
    update(TICKET)
    .where(TICKET.c.site_id == bindparam("site"), TICKET.c.ticket_id == bindparam("ticket"))
    .values(priority=bindparam("first"), passed=0, owed=0, wait_low=None, wait_high=None, place=None)
)
_DAY = (PRIORITY_REASON.c.site_id == bindparam("site"), PRIORITY_REASON.c.business_date == bindparam("day"))
_ONE_MORE = (
    update(PRIORITY_REASON)
    .where(*_DAY, PRIORITY_REASON.c.reason == bindparam("why"))
    .values(tickets=PRIORITY_REASON.c.tickets + 1)
)
_FIRST = insert(PRIORITY_REASON)
_COUNTS = select(PRIORITY_REASON.c.reason, PRIORITY_REASON.c.tickets).where(*_DAY)


def set_priority(turn: Turn, paper: str, reason: Favour, *, priority: bool) -> TicketView:
    """Let a visitor stand in the other class of the same line, by the time at which they began to wait.

    What was announced no longer holds, so it is not compared with what becomes true.
    """
    ticket = find_rows(turn, paper)[-1]
    if ticket.status not in CAN_CHANGE:
        raise IllegalMove(label=ticket.label, status=ticket.status, action="set_priority", allowed=[])
    if ticket.priority != priority:
        keys = {"site": turn.site, "visit": ticket.visit_id, "ticket": ticket.ticket_id, "first": priority}
        turn.connection.execute(_SET_VISIT, {name: keys[name] for name in ("site", "visit", "first")})
        turn.connection.execute(_SET_TICKET, {name: keys[name] for name in ("site", "ticket", "first")})
        if priority:
            _count(turn, reason)
        ticket = by_id(turn.connection, turn.site, ticket.ticket_id)
        turn.emit(EventKind.PRIORITY_SET, ticket, answers=True, priority=priority)
    return in_line(turn, ticket)


def reasons(look: Look) -> dict[str, int]:
    """Return how often priority was given today, by reason."""
    return {
        row.reason: row.tickets
        for row in look.connection.execute(_COUNTS, {"site": look.site, "day": look.today})
    }


def _count(turn: Turn, reason: Favour) -> None:
    keys = {"site": turn.site, "day": turn.today, "why": reason}
    if turn.connection.execute(_ONE_MORE, keys).rowcount == 0:
        row = {"site_id": turn.site, "business_date": turn.today, "reason": reason, "tickets": 1}
        turn.connection.execute(_FIRST, row)
