"""The end of a day: what still waits expires, counters close. By hand in the evening, by itself on the new day."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from sqlalchemy import bindparam, exists, select, text

from queue_core.events import NOBODY, EventKind
from queue_core.lifecycle import OPEN, Action, Status
from queue_core.lobby.counters import shut
from queue_core.lobby.counting import forget_days
from queue_core.lobby.legs import drop_rest, leave
from queue_core.lobby.moves import move
from queue_core.lobby.moving import all_return
from queue_core.lobby.rows import TICKETS
from queue_core.lobby.tables import COUNTER, TICKET
from queue_core.lobby.tickets import TicketRow
from queue_core.lobby.turn import Turn
from queue_core.models import STANDING, CounterState
from queue_core.views import Span

_OF_DAY = TICKETS.where(
    TICKET.c.site_id == bindparam("site"),
    TICKET.c.business_date == bindparam("day"),
    TICKET.c.status.in_(bindparam("statuses", expanding=True)),
).order_by(TICKET.c.waiting_since, TICKET.c.ticket_id)
_FREE_COUNTERS = (
    select(COUNTER.c.number)
    .where(
        COUNTER.c.site_id == bindparam("site"),
        COUNTER.c.state != CounterState.CLOSED,
        ~exists().where(
            TICKET.c.site_id == bindparam("site"),
            TICKET.c.counter == COUNTER.c.number,
            text(f"ticket.{STANDING}"),
        ),
    )
    .order_by(COUNTER.c.number)
)


def begin_day(turn: Turn) -> None:
    """If this is the first command of a new business day, end the last one: whoever is still open there expires."""
    if turn.last_day is None or turn.last_day == turn.today:
        return
    by, turn.by = turn.by, NOBODY  # it is nobody's doing
    _end(turn, turn.last_day, OPEN)
    forget_days(turn, Span(turn.last_day, turn.today))  # if counted already, then by a clock that ran ahead
    turn.by = by
    turn.last_day = turn.today


def end_days_ahead(turn: Turn) -> None:
    """Take back that a clock ran ahead: who is open on its last day expires, and today is the last day again."""
    if turn.last_day is None or turn.last_day <= turn.today:
        return
    _end(turn, turn.last_day, OPEN)
    forget_days(turn, Span(turn.today, turn.last_day))
    turn.last_day = turn.today


def close_day(turn: Turn) -> int:
    """End today: all who wait, are called or are held expire; whoever is being served may be completed.

    Counters without a visitor close. Returns how many tickets expired.
    """
    return _end(turn, turn.today, OPEN - {Status.SERVING})


def expire(turn: Turn, ticket: TicketRow) -> None:
    """End a visit because its day has ended."""
    expired = move(turn, ticket, Action.EXPIRE)
    drop_rest(turn, expired)
    leave(turn, expired)
    turn.emit(EventKind.EXPIRED, expired, counter=expired.counter, was=ticket.status)


def _end(turn: Turn, day: date, statuses: Collection[Status]) -> int:
    values = {"site": turn.site, "day": day, "statuses": sorted(statuses)}
    tickets = turn.connection.execute(_OF_DAY, values).all()
    for ticket in tickets:
        expire(turn, ticket)
    open_counters = turn.connection.scalars(_FREE_COUNTERS, {"site": turn.site}).all()
    for number in open_counters:
        shut(turn, number)
    all_return(turn)
    if tickets or open_counters or day != turn.today:
        turn.emit(EventKind.DAY_CLOSED, business_date=day.isoformat(), expired=len(tickets))
    return len(tickets)
