"""A word for the next colleague, kept with the visit; who reads it is whoever serves that visitor next."""

from __future__ import annotations

from sqlalchemy import bindparam, update

from queue_core.events import EventKind
from queue_core.lobby.tables import VISIT
from queue_core.lobby.tickets import by_id, by_label, in_line
from queue_core.lobby.turn import Turn
from queue_core.remarks import clean
from queue_core.views import TicketView

_SET = (
    update(VISIT)
    .where(VISIT.c.site_id == bindparam("site"), VISIT.c.visit_id == bindparam("visit"))
    .values(note=bindparam("new_note"))
)


def note(turn: Turn, label: str, text: str) -> TicketView:
    """Write a remark on a visit, in place of the one before; an empty one erases it. Raises UnknownTicket, PersonalData."""
    ticket = by_label(turn.connection, turn.site, turn.today, label)
    remark = clean(text)
    turn.connection.execute(_SET, {"site": turn.site, "visit": ticket.visit_id, "new_note": remark})
    noted = by_id(turn.connection, turn.site, ticket.ticket_id)
    turn.emit(EventKind.NOTED, noted, counter=noted.counter, answers=True, note=remark)
    return in_line(turn, noted)
