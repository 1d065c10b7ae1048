"""One step in the life of a ticket: checked by lifecycle.MOVES, written, and nothing else changes a status."""

from __future__ import annotations

from functools import cache
from typing import Any

from sqlalchemy import CursorResult, Update, bindparam, text, update

from queue_core.lifecycle import AT_COUNTER, Action, Status, advance, leads
from queue_core.lobby.tables import TICKET
from queue_core.lobby.tickets import LINE, TicketRow
from queue_core.lobby.turn import Turn
from queue_core.models import STANDING, WAITING
from queue_core.store import changed
from queue_core.store.abilities import small_index_leads_to_rows

FINAL = frozenset({Status.COMPLETED, Status.NO_SHOW, Status.TRANSFERRED, Status.CANCELLED, Status.EXPIRED})
_THIS = (
    TICKET.c.site_id == bindparam("site"),
    TICKET.c.ticket_id == bindparam("ticket"),
    TICKET.c.status == bindparam("old_status"),
)
_BY_KEY: tuple[tuple[str, ...], str] = ((), "")
_INDEXED = {Status.WAITING: (LINE, WAITING), **dict.fromkeys(AT_COUNTER, (("counter",), STANDING))}
"""The columns by which a small index finds those who wait, or stand at a counter, and whom it holds, in its very words.

The key of all tickets finds them too, but grows deeper with the years.
"""


@cache
def _setting(columns: tuple[str, ...], found_by: tuple[str, ...], whom: str) -> Update:
    """The statement that sets these columns of a ticket: there are some dozen combinations, each built once."""
    this = update(TICKET).where(
        *_THIS, *(TICKET.c[column] == bindparam(f"old_{column}") for column in found_by)
    )
    if whom:
        this = this.where(text(f"ticket.{whom}"))
    return this.values({column: bindparam(f"new_{column}") for column in columns})


def move(turn: Turn, ticket: TicketRow, action: Action, **values: Any) -> TicketRow:
    """Take a legal step and return the ticket as it is then. Raises IllegalMove.

    `values` are further columns to set. The old status is asked for once more in the statement itself: two
    commands never take one step twice, whatever becomes of the lock around them.
    """
    status = advance(Status(ticket.status), action, label=ticket.label)
    if status in FINAL:
        values["finished_at"] = turn.now
    if ticket.held_until is not None and status is not Status.HELD:
        values.setdefault("held_until", None)  # whoever is away no longer is expected back by no time
    turn.before.setdefault(ticket.ticket_id, ticket)
    turn.moved.setdefault(ticket.ticket_id, set()).update(values)
    return _write(turn, ticket, status, values)


def put_back(turn: Turn, ticket: TicketRow, values: dict[str, Any]) -> TicketRow:
    """Take a step back: write the columns, the status among them, that the ticket had before it."""
    before = Status(values.pop("status"))
    if not (before == ticket.status or leads(before, Status(ticket.status))):
        message = f"nothing leads {ticket.label} from {before} to {ticket.status}"
        raise RuntimeError(message)
    return _write(turn, ticket, before, values)


def _write(turn: Turn, ticket: TicketRow, status: Status, values: dict[str, Any]) -> TicketRow:
    small = small_index_leads_to_rows(turn.connection)
    found_by, whom = _INDEXED.get(ticket.status, _BY_KEY) if small else _BY_KEY
    keys = {"site": turn.site, "ticket": ticket.ticket_id, "old_status": ticket.status}
    keys |= {f"old_{column}": getattr(ticket, column) for column in found_by}
    values["status"] = status
    new = {f"new_{column}": value for column, value in values.items()}
    result = turn.connection.execute(_setting(tuple(sorted(values)), found_by, whom), keys | new)
    turn.check_later(lambda: _stepped_once(ticket, result))
    turn.standing.clear()
    return changed(ticket, values)


def _stepped_once(ticket: TicketRow, result: CursorResult[Any]) -> None:
    if result.rowcount != 1:
        message = f"{ticket.label} left {ticket.status} under a held lock"
        raise RuntimeError(message)
