"""Tickets found in the few ways that commands need, each by one indexed statement."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import Connection, Row, and_, bindparam, exists, select, text

from queue_core.errors import UnknownTicket
from queue_core.learning import band
from queue_core.lifecycle import Status
from queue_core.lobby.heads import Head
from queue_core.lobby.lines import order_of
from queue_core.lobby.roll_labels import label_on_roll
from queue_core.lobby.rows import OF_VISIT, TICKETS, TOLD, ticket_view
from queue_core.lobby.tables import COUNTER, PAST_WAIT, TICKET, VISIT, VISIT_LEG
from queue_core.lobby.turn import Look, Turn
from queue_core.models import STANDING, WAITING
from queue_core.numbering import normal_label
from queue_core.store.abilities import small_index_leads_to_rows
from queue_core.views import TicketView

TicketRow = Row[Any]
"""A row of rows.TICKETS."""
LINE = ("business_date", "service", "priority", "waiting_since")
"""What the index of those who wait begins with, after the site."""

_BY_ID = TICKETS.where(TICKET.c.site_id == bindparam("site"), TICKET.c.ticket_id == bindparam("ticket"))
_NEWEST = (
    TICKETS.where(TICKET.c.site_id == bindparam("site"), TICKET.c.visit_id == bindparam("visit"))
    .order_by(TICKET.c.leg.desc())
    .limit(1)
)
_HAS_PLAN = (
    exists()
    .where(VISIT_LEG.c.site_id == TICKET.c.site_id, VISIT_LEG.c.visit_id == TICKET.c.visit_id)
    .label("has_plan")
)
_STANDS_THERE = and_(
    TICKET.c.site_id == COUNTER.c.site_id,
    TICKET.c.counter == COUNTER.c.number,
    text(f"ticket.{STANDING}"),  # in these very words, so that the partial index serves
)
_AT_COUNTER = (
    select(*TOLD, _HAS_PLAN, COUNTER.c.state)
    .select_from(COUNTER)
    .outerjoin(TICKET, _STANDS_THERE)
    .outerjoin(VISIT, OF_VISIT)
    .where(COUNTER.c.site_id == bindparam("site"), COUNTER.c.number == bindparam("counter"))
)
_BY_LABEL = (
    TICKETS.where(
        VISIT.c.site_id == bindparam("site"),
        VISIT.c.business_date == bindparam("day"),
        VISIT.c.label == bindparam("label"),
    )
    .order_by(TICKET.c.leg.desc())
    .limit(1)
)

_CASES = select(PAST_WAIT.c.cases).where(
    PAST_WAIT.c.site_id == TICKET.c.site_id,
    PAST_WAIT.c.service == TICKET.c.service,
    PAST_WAIT.c.band == bindparam("band"),
)
_HEAD = TICKETS.add_columns(_CASES.scalar_subquery().label("cases")).where(
    TICKET.c.site_id == bindparam("site"), TICKET.c.ticket_id == bindparam("ticket")
)
_HEAD_OF_TODAY = _HEAD.where(
    *(TICKET.c[column] == bindparam(column) for column in LINE),
    text(f"ticket.{WAITING}"),
    VISIT.c.business_date == TICKET.c.business_date,
    text("visit.token <> visit.visit_id"),  # models.KEPT
)
"""The same where small indexes lead to rows: that of the waiting, and that of the visits whose token is still known."""


def by_id(connection: Connection, site: str, ticket: str) -> TicketRow:
    """Return a ticket that is known to exist."""
    return connection.execute(_BY_ID, {"site": site, "ticket": ticket}).one()


def of_event(here: Look | Turn, event: Row[Any]) -> TicketRow:
    """Return the ticket that an event tells of; if that leg was taken back, the newest of the visit."""
    values = {"site": here.site, "ticket": event.ticket_id, "visit": event.visit_id}
    row = here.connection.execute(_BY_ID, values).one_or_none()
    return row or here.connection.execute(_NEWEST, values).one()


def read_head(turn: Turn, head: Head) -> TicketRow:
    """Return the ticket of the head of a line, and in `cases` what the waits of that line have taught, see `waits.ended`."""
    keys = {
        "site": turn.site,
        "ticket": head.ticket,
        "band": None if head.place is None else band(head.place),
    }
    if small_index_leads_to_rows(turn.connection):
        line = (turn.today, head.service, head.priority, head.waiting_since)
        values = {**keys, **dict(zip(LINE, line, strict=True))}
        row: TicketRow | None = turn.connection.execute(_HEAD_OF_TODAY, values).one_or_none()
        if row is not None:  # the token of a stub was never known
            return row
    return turn.connection.execute(_HEAD, keys).one()


def at_counter(connection: Connection, site: str, counter: int) -> TicketRow | None:
    """Return the called or serving ticket at a counter; `has_plan` tells whether its visit has rows in `visit_leg`."""
    return _who_stands(connection.execute(_AT_COUNTER, {"site": site, "counter": counter}).one_or_none())


def look_at_counter(turn: Turn, counter: int) -> TicketRow | None:
    """Return the same, and keep it and the counter's state for what this command does there next."""
    row = turn.connection.execute(_AT_COUNTER, {"site": turn.site, "counter": counter}).one()
    turn.states[counter] = row.state
    here = turn.standing[counter] = _who_stands(row)
    return here


def _who_stands(row: TicketRow | None) -> TicketRow | None:
    return None if row is None or row.ticket_id is None else row


def standing_at(turn: Turn, counter: int) -> TicketRow | None:
    """Return who stands at a counter; not read again where this command has just looked, see `undo.remembering`."""
    if counter in turn.standing:
        return turn.standing.pop(counter)
    return at_counter(turn.connection, turn.site, counter)


def by_label(connection: Connection, site: str, day: date, label: str) -> TicketRow:
    """Return the latest leg of a day's visit, its label written in any way. Raises UnknownTicket."""
    values = {"site": site, "day": day, "label": normal_label(label) or label}
    row = connection.execute(_BY_LABEL, values).one_or_none()
    if row is None and (rolled := label_on_roll(connection, site, day, label)):
        row = connection.execute(_BY_LABEL, {**values, "label": rolled}).one_or_none()
    if row is None:
        raise UnknownTicket(label=label)
    return row


def in_line(here: Look | Turn, row: TicketRow) -> TicketView:
    """Return a ticket's view with its position, if it waits today."""
    if row.status != Status.WAITING or row.business_date != here.today:
        return ticket_view(here, row)
    line = order_of(here, row.service)
    return ticket_view(here, row, position=line.index(row.ticket_id) + 1)
