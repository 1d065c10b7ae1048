"""The whole site at one moment, for the supervisor: one statement for today, one for those who wait."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from sqlalchemy import Row, and_, bindparam, extract, func, select

from queue_core.calling import Candidate, arrival
from queue_core.lifecycle import Status
from queue_core.lobby.heartbeats import last_seen
from queue_core.lobby.lines import places_of, who_waits
from queue_core.lobby.notices import read_notice
from queue_core.lobby.openness import Openness, read_openness
from queue_core.lobby.outlook import read_outlook
from queue_core.lobby.reads.accuracy import accuracy
from queue_core.lobby.reads.by_id import tickets_by_id
from queue_core.lobby.reads.desk import MOST_SHOWN, summaries
from queue_core.lobby.reads.paper import printers
from queue_core.lobby.rows import ticket_view
from queue_core.lobby.tables import EVENT, SITE, TICKET
from queue_core.lobby.turn import Look
from queue_core.lobby.watch import records
from queue_core.views import MachineView, Overview, QueueView, TicketView

AHEAD = timedelta(minutes=2)
"""How far before the newest event the clock may lie."""
_NEWEST = (
    select(EVENT.c.at)
    .select_from(SITE)
    .outerjoin(EVENT, and_(EVENT.c.site_id == SITE.c.site_id, EVENT.c.seq == SITE.c.event_seq))
    .where(SITE.c.site_id == bindparam("site"))
)
_Day = Mapping[Status, Row[Any]]


def queues(look: Look) -> Overview:
    """Every line, counter and printer, and those who wait past the promise."""
    openness, day, waiting = read_openness(read_outlook(look)), _day(look), _waiting(look)
    active = {each.id for each in look.catalogue.active_services}
    seen = last_seen(look)
    shown = [service for service in look.catalogue.services if service in active or service in day]
    return Overview(
        at=look.now,
        seq=look.seq,
        business_date=look.today,
        opening=openness.site(),
        queues=tuple(
            _queue(look, service, openness, day.get(service, {}), waiting.get(service, []))
            for service in shown
        ),
        counters=summaries(look, look.catalogue.counters, seen),
        printers=printers(look),
        late=_late(look, waiting),
        accuracy=accuracy(look),
        notice=read_notice(look),
        thresholds=look.catalogue.thresholds,
        alert_records=records(look),
        clock_good=_clock_good(look),
        machines=tuple(MachineView(name, at) for name, at in sorted(seen.items())),
        set_back_to=look.set_back_to,
    )


def _clock_good(look: Look) -> bool:
    """Whether the clock fits what has happened: another machine's may be a little ahead, no more."""
    row = look.connection.execute(_NEWEST, {"site": look.site}).one()
    return not look.clock_fault and (row.at is None or row.at <= look.now + AHEAD)


def _day(look: Look) -> dict[str, dict[Status, Row[Any]]]:
    """Today's tickets by service and status: how many, how many were called, and the seconds these had waited here."""
    waited = extract("epoch", TICKET.c.called_at) - extract("epoch", TICKET.c.waiting_since) - TICKET.c.credit
    rows = look.connection.execute(
        select(
            TICKET.c.service,
            TICKET.c.status,
            func.count().label("tickets"),
            func.count(TICKET.c.called_at).label("called"),
            func.sum(waited).label("waited"),
        )
        .where(TICKET.c.site_id == look.site, TICKET.c.business_date == look.today)
        .group_by(TICKET.c.service, TICKET.c.status)
    )
    day: dict[str, dict[Status, Row[Any]]] = {}
    for row in rows:
        day.setdefault(row.service, {})[Status(row.status)] = row
    return day


def _waiting(look: Look) -> dict[str, list[Candidate]]:
    """Who waits, service by service, in order of arrival."""
    waiting: dict[str, list[Candidate]] = {}
    for person in sorted(who_waits(look), key=arrival):
        waiting.setdefault(person.service, []).append(person)
    return waiting


def _queue(
    look: Look, service: str, openness: Openness, day: _Day, waiting: Sequence[Candidate]
) -> QueueView:
    entry = look.catalogue.services[service]
    counts = Counter({status: row.tickets for status, row in day.items()})
    called = sum(row.called for row in day.values())
    longest = (look.now - waiting[0].waiting_since).total_seconds() if waiting else 0
    return QueueView(
        agency=entry.agency,
        service=service,
        agency_names=look.catalogue.agencies[entry.agency].names,
        service_names=entry.names,
        opening=openness.of(service),
        waiting=len(waiting),
        waiting_priority=sum(person.priority for person in waiting),
        serving=counts[Status.CALLED] + counts[Status.SERVING],
        held=counts[Status.HELD],
        longest_wait=max(0, int(longest)),
        average_wait=int(sum(row.waited or 0 for row in day.values()) / called) if called else 0,
        over_limit=sum(person.due_at <= look.now for person in waiting),
        target_minutes=entry.target_wait_minutes,
        open_counters=len(openness.outlook.taking(service)),
        issued=counts.total(),
        completed=counts[Status.COMPLETED],
        no_show=counts[Status.NO_SHOW],
        cancelled=counts[Status.CANCELLED],
        transferred=counts[Status.TRANSFERRED],
        crowded=look.catalogue.thresholds.crowded(service, len(waiting)),
    )


def _late(look: Look, waiting: Mapping[str, Sequence[Candidate]]) -> tuple[TicketView, ...]:
    """Those past the promise, worst first, each with their place in line."""
    late = sorted(
        (person for line in waiting.values() for person in line if person.due_at <= look.now),
        key=lambda person: (person.due_at, person.ticket),
    )[:MOST_SHOWN]
    services = {person.service for person in late}
    places = places_of(look, [person for service in services for person in waiting[service]])
    wanted = [person.ticket for person in late]
    rows = tickets_by_id(look, wanted)
    return tuple(ticket_view(look, rows[ticket], position=places[ticket].position) for ticket in wanted)
