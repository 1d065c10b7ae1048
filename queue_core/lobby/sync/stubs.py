"""A number of a kiosk that is cut off is called before its rows have come: the visitor stands there with the paper.

The visit is begun here with what is known, its label. When the rows come they are found by that label: the paper's link
then opens this very visit, and what the visitor came for, and a journey, are known.
"""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import bindparam, insert, update

from queue_core.bundles import VisitRecord
from queue_core.errors import UnknownTicket
from queue_core.events import EventKind
from queue_core.journeys import Step, Way
from queue_core.lifecycle import OPEN, Status
from queue_core.lobby.catalogue import ServiceEntry
from queue_core.lobby.legs import NewLeg, come_back, go_on, write_leg
from queue_core.lobby.plans import drop_planned, write_way
from queue_core.lobby.reads.visits import rows_of
from queue_core.lobby.sync.codes import sources
from queue_core.lobby.sync.series import known_of, raise_series
from queue_core.lobby.tables import TICKET, VISIT
from queue_core.lobby.tickets import TicketRow, by_id
from queue_core.lobby.turn import Turn
from queue_core.numbering import format_label, is_code, parse_label

MOST_AHEAD = 300
"""So far beyond the highest number known of a series a number is believed; more is a slip of the finger."""

_FILL_VISIT = update(VISIT).where(
    VISIT.c.site_id == bindparam("site"), VISIT.c.visit_id == bindparam("visit")
)
_FILL_TICKET = update(TICKET).where(
    TICKET.c.site_id == bindparam("site"), TICKET.c.ticket_id == bindparam("ticket")
)


def begin_stub(turn: Turn, counter: int, label: str) -> TicketRow:
    """Begin the visit of a number that only a kiosk knows, for the counter at which it is called.

    Raises: UnknownTicket when no kiosk of this site can have given it out.
    """
    parts = parse_label(label)
    codes = {each.origin for each in sources(turn)} if parts and is_code(parts.origin) else set()
    service = _service(turn, counter, parts.prefix) if parts and parts.origin in codes else None
    if parts is None or service is None:
        raise UnknownTicket(label=label)
    highest = known_of(turn, parts.prefix, parts.origin, turn.today)
    if not 0 < parts.number <= highest + MOST_AHEAD:
        raise UnknownTicket(label=label)
    visit = turn.new_id()
    row = {
        "site_id": turn.site,
        "visit_id": visit,
        "business_date": turn.today,
        "prefix": parts.prefix,
        "origin": parts.origin,
        "number": parts.number,
        "label": format_label(parts.prefix, parts.number, parts.origin),
        "token": visit,  # the paper's is not known yet
        "language": turn.catalogue.site.languages[0],
        "priority": False,
        "journey": "",
        "machine": "",
        "legs": 1,
        "arrived_at": turn.now,
    }
    turn.connection.execute(insert(VISIT), row)
    raise_series(turn, parts.prefix, parts.origin, turn.today, parts.number)
    ticket = write_leg(turn, NewLeg(visit, 1, service, priority=False, waiting_since=turn.now))
    begun = by_id(turn.connection, turn.site, ticket)
    turn.emit(EventKind.ISSUED, begun, before_rows=True)
    return begun


def fill(turn: Turn, record: VisitRecord, visit: str, later: timedelta) -> dict[str, str]:
    """Complete a visit that was begun at a counter; return which ticket here is which of the record's."""
    told, first = record.tickets[0], rows_of(turn, visit)[0]
    paper = record.visit
    arrived = min(paper.arrived_at + later, first.arrived_at)
    values: dict[str, object] = {
        "language": paper.language,
        "priority": paper.priority,
        "journey": paper.journey,
        "machine": paper.machine,
        "arrived_at": arrived,
        "stepped_back": paper.stepped_back,
    }
    if paper.business_date == turn.today:
        values["token"] = paper.token
    turn.connection.execute(_FILL_VISIT.values(**values), {"site": turn.site, "visit": visit})
    since = min(told.waiting_since + later, first.waiting_since)
    wait = {
        "agency": told.agency,
        "service": told.service,
        "priority": told.priority,
        "waiting_since": since,
        "due_at": since + (told.due_at - told.waiting_since),
    }
    turn.connection.execute(_FILL_TICKET.values(**wait), {"site": turn.site, "ticket": first.ticket_id})
    _plan(turn, record, visit, paper.business_date == turn.today)
    return {told.ticket_id: first.ticket_id}


def _plan(turn: Turn, record: VisitRecord, visit: str, today: bool) -> None:  # noqa: FBT001 - internal
    """Add the steps of a journey that the counter did not know of; a visit that seemed to be over goes on."""
    steps = [Step(leg.service, leg.optional, leg.stage) for leg in record.legs]
    planned = tuple(step for step, leg in zip(steps, record.legs, strict=True) if leg.state == "planned")
    if not planned:
        return
    rows = rows_of(turn, visit)
    last = rows[-1]
    now = steps[0] if len(rows) == 1 and record.legs[0].state == "begun" else None
    write_way(turn, visit, Way(planned), begun=last.leg, now=now)
    if not today or (last.status not in OPEN and last.status != Status.COMPLETED):
        drop_planned(turn, visit)
    elif last.status == Status.COMPLETED:
        come_back(turn, last)
        go_on(turn, rows_of(turn, visit)[-1])


def _service(turn: Turn, counter: int, agency: str) -> ServiceEntry | None:
    """What the visitor probably came for: the first service of this agency at the counter, else anywhere."""
    here = [turn.catalogue.services[each] for each in turn.catalogue.counters[counter]]
    wanted = [*here, *turn.catalogue.active_services]
    return next((each for each in wanted if each.agency == agency), None)
