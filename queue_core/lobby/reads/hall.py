"""What hangs in the hall, and what happened, in order."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Row, func, select, text

from queue_core.lifecycle import Status
from queue_core.lobby.notices import read_notice
from queue_core.lobby.rows import EVENTS, TICKETS, counter_id, event_view
from queue_core.lobby.tables import EVENT, TICKET
from queue_core.lobby.turn import Look
from queue_core.models import WAITING
from queue_core.views import BoardCall, BoardView, EventView, SiteView


def site(look: Look) -> SiteView:
    """The place itself."""
    return look.catalogue.site


def board(look: Look, last: int) -> BoardView:
    """Today's newest calls, newest first, how many wait, and what the supervisor has to say."""
    here = (TICKET.c.site_id == look.site, TICKET.c.business_date == look.today)
    waiting = look.connection.scalar(select(func.count()).select_from(TICKET).where(*here, text(WAITING)))
    calls = look.connection.execute(
        TICKETS.where(*here, TICKET.c.last_called_at.is_not(None))
        .order_by(TICKET.c.last_called_at.desc(), TICKET.c.ticket_id.desc())
        .limit(last)
    )
    shown = tuple(_call(call) for call in calls)
    return BoardView(look.now, look.seq, shown, waiting or 0, read_notice(look))


def _call(row: Row[Any]) -> BoardCall:
    return BoardCall(
        label=row.label,
        counter=counter_id(row.counter) or "",
        counter_number=row.counter,
        agency=row.agency,
        agency_names=row.agency_names,
        service_names=row.service_names,
        language=row.language,
        called_at=row.last_called_at,
        calls=row.calls,
        status=Status(row.status),
    )


def events_after(look: Look, seq: int, limit: int) -> tuple[EventView, ...]:
    """What happened after a reader's cursor, oldest first. `seq` follows the order of commits, so none is missed."""
    rows = look.connection.execute(
        EVENTS.where(EVENT.c.site_id == look.site, EVENT.c.seq > seq).order_by(EVENT.c.seq).limit(limit)
    )
    return tuple(event_view(row) for row in rows)
