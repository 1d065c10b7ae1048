"""Rows become views here, and nowhere else."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import Row, and_, select

from queue_core.lifecycle import Status
from queue_core.lobby.tables import EVENT, PRINT_JOB, STAFF, TICKET, VISIT
from queue_core.views import EventView, PrintJobView, StaffView, TicketView

if TYPE_CHECKING:
    from queue_core.lobby.turn import Look, Turn

TOLD = (
    TICKET,
    VISIT.c.label,
    VISIT.c.number,
    VISIT.c.language,
    VISIT.c.legs,
    VISIT.c.journey,
    VISIT.c.arrived_at,
    VISIT.c.token,
    VISIT.c.stepped_back,
    VISIT.c.rated,
    VISIT.c.note.label("visit_note"),
)
"""The columns of a ticket and of its visit."""
OF_VISIT = and_(VISIT.c.site_id == TICKET.c.site_id, VISIT.c.visit_id == TICKET.c.visit_id)
TICKETS = select(*TOLD).join(VISIT, OF_VISIT)
"""Tickets with all that `ticket_view` needs but the names, which the catalogue has; narrow it by the columns of TICKET."""


def ticket_view(
    here: Look | Turn,
    row: Row[Any],
    *,
    position: int | None = None,
    why: str = "",
    reasons: tuple[Mapping[str, int | str], ...] = (),
) -> TicketView:
    """Make the view of a row of TICKETS."""
    return TicketView(
        ticket_id=row.ticket_id,
        visit_id=row.visit_id,
        label=row.label,
        number=row.number,
        agency=row.agency,
        service=row.service,
        agency_names=here.catalogue.agencies[row.agency].names,
        service_names=here.catalogue.services[row.service].names,
        status=Status(row.status),
        priority=row.priority,
        language=row.language,
        leg=row.leg,
        legs=row.legs,
        waiting_since=row.waiting_since,
        due_at=row.due_at,
        counter=counter_id(row.counter),
        called_at=row.called_at,
        started_at=row.started_at,
        finished_at=row.finished_at,
        calls=row.calls,
        position=position,
        note=row.visit_note,
        reason=row.note,
        held_until=row.held_until,
        last_called_at=row.last_called_at,
        aimed=counter_id(row.aimed),
        why=why,
        reasons=reasons,
        journey=row.journey,
        credit=timedelta(seconds=row.credit),
    )


def why_of(data: Mapping[str, Any]) -> dict[str, Any]:
    """Return the fields of a `TicketView` that tell why it was called, from what the call's event keeps."""
    if "why" not in data:
        return {}
    alone = ({name: data[name] for name in ("why", "reason") if name in data},)
    return {"why": data["why"], "reasons": tuple(data.get("reasons", alone))}


def counter_id(number: int | None) -> str | None:
    """A counter's id is its number, written."""
    return None if number is None else str(number)


def event_view(row: Row[Any]) -> EventView:
    """Make the view of a row of EVENT."""
    return EventView(
        seq=row.seq,
        at=row.at,
        kind=row.kind,
        label=row.label,
        service=row.service,
        counter=counter_id(row.counter) or "",
        staff=row.staff,
        machine=row.machine,
        data=row.data,
    )


EVENTS = select(EVENT)


def staff_view(row: Row[Any]) -> StaffView:
    """Make the view of a row of STAFF; the hash stays behind."""
    return StaffView(row.staff_id, row.name, row.role, row.active)


PEOPLE = select(STAFF)


def print_job_view(row: Row[Any]) -> PrintJobView:
    """Make the view of a row of PRINT_JOB."""
    return PrintJobView(
        job=row.job_id,
        printer=row.printer,
        label=row.label,
        copy=row.copy_number,
        state=row.state,
        created_at=row.created_at,
        facts=row.facts,
        error=row.error,
    )


PRINT_JOBS = select(*(column for column in PRINT_JOB.c if column.name != "payload"))
"""Print jobs without their bytes."""
