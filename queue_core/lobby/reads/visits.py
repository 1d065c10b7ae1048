"""One visit: found by whatever is on its paper, where it stands, and all that happened to it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from sqlalchemy import ColumnElement, Row, select

from queue_core.errors import UnknownTicket
from queue_core.lifecycle import OPEN, Status
from queue_core.lobby.lines import order_of, read_outlook
from queue_core.lobby.rows import EVENTS, TICKETS, event_view, ticket_view
from queue_core.lobby.tables import EVENT, TICKET, VISIT, VISIT_LEG
from queue_core.lobby.turn import Look, Turn
from queue_core.numbering import normal_label
from queue_core.views import LegView, TicketStory, TicketView, VisitStatus

STORY_DAYS = 7
"""A label that nobody has today is looked for in so many days before: "I was here on Friday"."""

_TOKEN = re.compile(r"^(?:.*/)?([A-Z2-7]{26})/?(?:[?#].*)?$", re.IGNORECASE)
_LASTING = OPEN | {Status.NO_SHOW}  # a no-show may still be put back in line


Here = Look | Turn


def find(look: Look, text: str) -> TicketView:
    """The latest leg of today's visit, by its label in any spelling, its token, or a URL that ends in the token.

    Raises:
        UnknownTicket: nobody has it today.
    """
    return _with_position(look, find_rows(look, text)[-1])


def find_rows(here: Here, text: str) -> Sequence[Row[Any]]:
    """The legs of today's visit, rows of TICKETS, found as `find` does. Raises UnknownTicket."""
    return _legs(here, _visit(here, text))


def ticket_story(look: Look, text: str) -> TicketStory:
    """A visit from arrival to now; a label that nobody has today may be of the last days. Raises UnknownTicket."""
    visit = _visit(look, text, days=STORY_DAYS)
    events = look.connection.execute(
        EVENTS.where(EVENT.c.site_id == look.site, EVENT.c.visit_id == visit.visit_id).order_by(EVENT.c.seq)
    )
    return TicketStory(
        label=visit.label,
        token=visit.token,
        language=visit.language,
        arrived_at=visit.arrived_at,
        left_at=visit.left_at,
        tickets=tuple(_with_position(look, row) for row in _legs(look, visit)),
        events=tuple(event_view(row) for row in events),
    )


def visit_status(look: Look, token: str) -> VisitStatus:
    """What the holder of a token may know. Raises UnknownTicket when no visit of today has it."""
    found = _TOKEN.match(token.strip())
    visit = _visit(look, found[1]) if found else None
    if visit is None:
        raise UnknownTicket(label=token)
    rows = _legs(look, visit)
    ticket = _with_position(look, rows[-1])
    ahead = 0 if ticket.position is None else ticket.position - 1
    outlook = read_outlook(look.connection, look.site, look.today)
    legs = legs_of(look, rows)
    return VisitStatus(
        label=visit.label,
        language=visit.language,
        ticket=ticket,
        ahead=ahead,
        wait=None if ticket.position is None else outlook.wait(ticket.service, ahead),
        open_counters=len(outlook.taking(ticket.service)),
        legs=legs,
        over=ticket.status not in _LASTING and all(leg.status is not None for leg in legs),
    )


def legs_of(here: Here, rows: Sequence[Row[Any]]) -> tuple[LegView, ...]:
    """The steps of a visit: those begun, from its tickets, then those that its journey still plans."""
    plan = here.connection.execute(
        select(VISIT_LEG)
        .where(VISIT_LEG.c.site_id == here.site, VISIT_LEG.c.visit_id == rows[0].visit_id)
        .order_by(VISIT_LEG.c.leg)
    ).all()
    optional = {step.leg for step in plan if step.optional}
    begun = [
        LegView(
            row.leg, row.service, row.service_names, row.agency_names, row.leg in optional, Status(row.status)
        )
        for row in rows
    ]
    services, agencies = here.catalogue.services, here.catalogue.agencies
    planned = [(step, services[step.service]) for step in plan if step.state == "planned"]
    return (
        *begun,
        *(
            LegView(step.leg, entry.id, entry.names, agencies[entry.agency].names, step.optional, None)
            for step, entry in planned
        ),
    )


def _visit(here: Here, text: str, days: int = 0) -> Row[Any]:
    token = _TOKEN.match(text.strip())
    label = normal_label(text)
    if token:
        wanted: ColumnElement[bool] = VISIT.c.token == token[1].upper()
    elif label:
        wanted = VISIT.c.label == label
    else:
        raise UnknownTicket(label=text)
    dates = [here.today - timedelta(days=back) for back in range(days + 1)]
    visit = here.connection.execute(
        select(VISIT)
        .where(VISIT.c.site_id == here.site, VISIT.c.business_date.in_(dates), wanted)
        .order_by(VISIT.c.business_date.desc())
        .limit(1)
    ).one_or_none()
    if visit is None:
        raise UnknownTicket(label=label or text)
    return visit


def _legs(here: Here, visit: Row[Any]) -> Sequence[Row[Any]]:
    return here.connection.execute(
        TICKETS.where(TICKET.c.site_id == here.site, TICKET.c.visit_id == visit.visit_id).order_by(
            TICKET.c.leg
        )
    ).all()


def _with_position(look: Look, row: Row[Any]) -> TicketView:
    if row.status != Status.WAITING or row.business_date != look.today:
        return ticket_view(row)
    line = order_of(look.connection, look.site, look.today, (row.service,), look.now)
    return ticket_view(row, position=line.index(row.ticket_id) + 1)
