"""What hangs in the hall, and what happened, in order."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Row, bindparam, func, select, text

from queue_core.lifecycle import Status
from queue_core.lobby.notices import read_notice
from queue_core.lobby.rows import EVENTS, TICKETS, counter_id, event_view
from queue_core.lobby.tables import COUNTER, EVENT, TICKET
from queue_core.lobby.turn import Look
from queue_core.models import WAITING, CounterState
from queue_core.views import BoardCall, BoardView, BreakView, EarlyView, EventView, SiteView

_ON_BREAK = (
    select(COUNTER.c.number, COUNTER.c.back_at)
    .where(
        COUNTER.c.site_id == bindparam("site"),
        COUNTER.c.state == CounterState.PAUSED,
        COUNTER.c.back_at > bindparam("now"),
    )
    .order_by(COUNTER.c.number)
)


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
    shown = tuple(_call(look, call) for call in calls)
    return BoardView(
        look.now, look.seq, shown, waiting or 0, read_notice(look), _breaks(look), _closed_early(look)
    )


def _breaks(look: Look) -> tuple[BreakView, ...]:
    """The counters that are to be back at a time that is still to come."""
    rows = look.connection.execute(_ON_BREAK, {"site": look.site, "now": look.now})
    return tuple(
        BreakView(row.number, look.catalogue.services[services[0]].agency, row.back_at)
        for row in rows
        if (services := look.catalogue.counters.get(row.number))
    )


def _closed_early(look: Look) -> tuple[EarlyView, ...]:
    """The agencies that were closed by hand with a reason, for as long as that holds."""
    found = ((code, look.catalogue.orders.get(code)) for code in look.catalogue.agencies)
    return tuple(
        EarlyView(code, look.catalogue.agencies[code].names, order.reason)
        for code, order in found
        if order is not None and not order.opens and order.reason and order.ends_at > look.now
    )


def _call(look: Look, row: Row[Any]) -> BoardCall:
    return BoardCall(
        label=row.label,
        counter=counter_id(row.counter) or "",
        counter_number=row.counter,
        agency=row.agency,
        agency_names=look.catalogue.agencies[row.agency].names,
        service_names=look.catalogue.services[row.service].names,
        language=row.language,
        called_at=row.last_called_at,
        calls=row.calls,
        status=Status(row.status),
        leg=row.leg,
        legs=row.legs,
    )


def events_after(look: Look, seq: int, limit: int) -> tuple[EventView, ...]:
    """What happened after a reader's cursor, oldest first. `seq` follows the order of commits, so none is missed."""
    rows = look.connection.execute(
        EVENTS.where(EVENT.c.site_id == look.site, EVENT.c.seq > seq).order_by(EVENT.c.seq).limit(limit)
    )
    return tuple(event_view(row) for row in rows)
