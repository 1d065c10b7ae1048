"""One visit: found by whatever is on its paper, where it stands, and all that happened to it."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from datetime import timedelta
from typing import Any

from sqlalchemy import ColumnElement, Row, and_, bindparam, select

from queue_core.errors import UnknownTicket
from queue_core.journeys import Gone
from queue_core.lifecycle import OPEN, Status
from queue_core.lobby.lines import Place, places_of, who_waits
from queue_core.lobby.outlook import Outlook, read_outlook
from queue_core.lobby.plans import BEGUN
from queue_core.lobby.roll_labels import label_on_roll
from queue_core.lobby.rows import EVENTS, PEOPLE, TICKETS, event_view, ticket_view
from queue_core.lobby.tables import EVENT, STAFF, TICKET, VISIT, VISIT_LEG
from queue_core.lobby.tickets import in_line
from queue_core.lobby.turn import Look, Turn
from queue_core.numbering import normal_label
from queue_core.views import LegView, TicketStory, TicketView, VisitStatus, VisitsView

STORY_DAYS = 7
"""A label that nobody has today is looked for in so many days before: "I was here on Friday"."""

MOST_STEPS = 2
"""How often a visit may let others go first."""

_TOKEN = re.compile(r"^(?:.*/)?([A-Z2-7]{26})(?:/[A-Z0-9-]{1,20})?/?(?:[?#].*)?$", re.IGNORECASE)
"""Alone, or at the end of an address; behind it, on the slip of a kiosk that was cut off, the label."""
_LASTING = OPEN | {Status.NO_SHOW}  # a no-show may still be put back in line


_UNDER_WAY = (
    VISIT.c.site_id == bindparam("site"),
    VISIT.c.business_date == bindparam("day"),
    VISIT.c.left_at.is_(None),
)
_LEGS_UNDER_WAY = TICKETS.where(*_UNDER_WAY).order_by(TICKET.c.leg)
_PLANS_UNDER_WAY = (
    select(VISIT_LEG)
    .join(VISIT, and_(VISIT.c.site_id == VISIT_LEG.c.site_id, VISIT.c.visit_id == VISIT_LEG.c.visit_id))
    .where(*_UNDER_WAY)
    .order_by(VISIT_LEG.c.leg)
)

Here = Look | Turn


def find(look: Look, text: str) -> TicketView:
    """The latest leg of today's visit, by its label in any spelling, its token, or a URL that ends in the token.

    Raises:
        UnknownTicket: nobody has it today.
    """
    return in_line(look, find_rows(look, text)[-1])


def find_rows(here: Here, text: str) -> Sequence[Row[Any]]:
    """The legs of today's visit, rows of TICKETS, found as `find` does. Raises UnknownTicket."""
    return rows_of(here, _visit(here, text).visit_id)


def ticket_story(look: Look, text: str) -> TicketStory:
    """A visit from arrival to now; a label that nobody has today may be of the last days. Raises UnknownTicket."""
    visit = _visit(look, text, days=STORY_DAYS)
    rows = look.connection.execute(
        EVENTS.where(EVENT.c.site_id == look.site, EVENT.c.visit_id == visit.visit_id).order_by(EVENT.c.seq)
    )
    events = tuple(event_view(row) for row in rows)
    return TicketStory(
        label=visit.label,
        token="" if visit.token == visit.visit_id else visit.token,  # erased in time
        language=visit.language,
        arrived_at=visit.arrived_at,
        left_at=visit.left_at,
        tickets=tuple(in_line(look, row) for row in rows_of(look, visit.visit_id)),
        events=events,
        staff_names=_names(look, {event.staff for event in events if event.staff}),
    )


def _names(look: Look, staff: Collection[str]) -> dict[str, str]:
    people = PEOPLE.where(STAFF.c.site_id == look.site, STAFF.c.staff_id.in_(staff))
    return {row.staff_id: row.name for row in look.connection.execute(people)} if staff else {}


def visit_status(look: Look, token: str) -> VisitStatus:
    """What the holder of a token may know. Raises UnknownTicket when no visit of today has it."""
    found = _TOKEN.match(token.strip())
    visit = _visit(look, found[1]) if found else None
    if visit is None:
        raise UnknownTicket(label=token)
    rows = rows_of(look, visit.visit_id)
    line = who_waits(look, (rows[-1].service,))
    outlook = read_outlook(look)
    return _status(look, rows, _plan(look, rows), places_of(look, line), outlook)


def visits_under_way(look: Look) -> VisitsView:
    """All that `visit_status` would tell of those who have not left: a few statements for the whole hall."""
    keys = {"site": look.site, "day": look.today}
    legs, plans = dict[str, list[Row[Any]]](), dict[str, list[Row[Any]]]()
    for row in look.connection.execute(_LEGS_UNDER_WAY, keys):
        legs.setdefault(row.visit_id, []).append(row)
    for step in look.connection.execute(_PLANS_UNDER_WAY, keys):
        plans.setdefault(step.visit_id, []).append(step)
    places = places_of(look, who_waits(look))
    outlook = read_outlook(look)
    visits = {
        rows[0].token: _status(look, rows, plans.get(visit, ()), places, outlook)
        for visit, rows in legs.items()
    }
    return VisitsView(look.now, look.seq, look.today, visits)


def _status(
    look: Look,
    rows: Sequence[Row[Any]],
    plan: Sequence[Row[Any]],
    places: Mapping[str, Place],
    outlook: Outlook,
) -> VisitStatus:
    last = rows[-1]
    place = places.get(last.ticket_id)
    ticket = ticket_view(look, last, position=place.position if place else None)
    ahead = place.position - 1 if place else 0
    counters = outlook.taking(last.service)
    legs = _leg_views(look, rows, plan, outlook)
    over = ticket.status not in _LASTING and all(leg.status is not None or leg.gone for leg in legs)
    return VisitStatus(
        label=last.label,
        language=last.language,
        ticket=ticket,
        ahead=ahead,
        wait=outlook.wait(last.service, ahead) if place else None,
        open_counters=len(counters),
        legs=legs,
        over=over,
        counters=tuple(sorted(counters)),
        can_step_back=place is not None and place.followed and last.stepped_back < MOST_STEPS,
        back_at=None if counters else outlook.back(last.service),
        can_rate=over and ticket.status is Status.COMPLETED and not last.rated,
    )


def legs_of(here: Here, rows: Sequence[Row[Any]]) -> tuple[LegView, ...]:
    """The steps of a visit: those begun, from its tickets, then those that it still plans."""
    return tuple(leg for leg in _leg_views(here, rows, _plan(here, rows)) if not leg.gone)


def way_of(look: Look, outlook: Outlook, visit: str) -> tuple[LegView, ...]:
    """All steps of a visit: those begun, those ahead with their open counters, those that will not happen."""
    rows = rows_of(look, visit)
    return _leg_views(look, rows, _plan(look, rows), outlook)


def _plan(here: Here, rows: Sequence[Row[Any]]) -> Sequence[Row[Any]]:
    return here.connection.execute(
        select(VISIT_LEG)
        .where(VISIT_LEG.c.site_id == here.site, VISIT_LEG.c.visit_id == rows[0].visit_id)
        .order_by(VISIT_LEG.c.leg)
    ).all()


def _leg_views(
    here: Here, rows: Sequence[Row[Any]], plan: Sequence[Row[Any]], outlook: Outlook | None = None
) -> tuple[LegView, ...]:
    """Those begun, those planned, and those that were dropped while the visit went on."""
    of_leg = {step.leg: step for step in plan if step.state == BEGUN}
    begun = [
        LegView(
            row.leg,
            row.service,
            here.catalogue.services[row.service].names,
            here.catalogue.agencies[row.agency].names,
            row.leg in of_leg and of_leg[row.leg].optional,
            Status(row.status),
            stage=of_leg[row.leg].stage if row.leg in of_leg else 0,
        )
        for row in rows
    ]
    ahead = [step for step in plan if step.state != BEGUN and step.reason != Gone.ENDED]
    return (*begun, *(_leg_ahead(here, step, outlook) for step in ahead))


def _leg_ahead(here: Here, step: Row[Any], outlook: Outlook | None) -> LegView:
    entry = here.catalogue.services[step.service]
    open_ones = outlook.taking(entry.id) if outlook and not step.reason else ()
    return LegView(
        step.leg,
        entry.id,
        entry.names,
        here.catalogue.agencies[entry.agency].names,
        step.optional,
        None,
        gone=step.reason,
        counters=tuple(sorted(open_ones)),
        stage=step.stage,
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
    if visit is None and label and (rolled := label_on_roll(here.connection, here.site, here.today, label)):
        return _visit(here, rolled)
    if visit is None:
        raise UnknownTicket(label=label or text)
    return visit


def rows_of(here: Here, visit: str) -> Sequence[Row[Any]]:
    """Return the legs of a visit that have begun, rows of TICKETS."""
    return here.connection.execute(
        TICKETS.where(TICKET.c.site_id == here.site, TICKET.c.visit_id == visit).order_by(TICKET.c.leg)
    ).all()
