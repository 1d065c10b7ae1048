"""The rows of a visit from another store, written in this one."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import bindparam, delete, insert, select, update

from queue_core.bundles import TicketRow, VisitRecord
from queue_core.lifecycle import Status
from queue_core.lobby.holds import NOT_CALLED
from queue_core.lobby.tables import PRINT_JOB, TICKET, VISIT, VISIT_LEG
from queue_core.lobby.turn import Turn

_THIS_VISIT = (VISIT.c.site_id == bindparam("site"), VISIT.c.visit_id == bindparam("visit"))
_FORGET_LEGS = delete(VISIT_LEG).where(
    VISIT_LEG.c.site_id == bindparam("site"), VISIT_LEG.c.visit_id == bindparam("visit")
)
_FORGET_TICKETS = delete(TICKET).where(
    TICKET.c.site_id == bindparam("site"),
    TICKET.c.visit_id == bindparam("visit"),
    TICKET.c.ticket_id.not_in(bindparam("kept", expanding=True)),
)
_JOB = select(PRINT_JOB.c.state).where(
    PRINT_JOB.c.site_id == bindparam("site"), PRINT_JOB.c.job_id == bindparam("job")
)
_INSERT_VISIT, _INSERT_LEG, _INSERT_TICKET, _INSERT_JOB = map(insert, (VISIT, VISIT_LEG, TICKET, PRINT_JOB))
_HAS_TICKET = select(TICKET.c.ticket_id).where(
    TICKET.c.site_id == bindparam("site"), TICKET.c.ticket_id == bindparam("ticket")
)
_SETTLED = ("printed", "void", "sent")


def unmanned(record: VisitRecord, at: datetime) -> VisitRecord:
    """Return the record with nobody standing at a counter: the counters of this site are its own.

    Who was called there waits again; who was being served has been.
    """
    return record.model_copy(update={"tickets": [_free(each, at) for each in record.tickets]})


def _free(ticket: TicketRow, at: datetime) -> TicketRow:
    if ticket.status is Status.CALLED:
        return ticket.model_copy(update={**NOT_CALLED, "status": Status.WAITING})
    if ticket.status is Status.SERVING:
        return ticket.model_copy(update={"status": Status.COMPLETED, "finished_at": at})
    return ticket


def write(turn: Turn, record: VisitRecord, visit: str, later: timedelta, *, known: bool) -> None:
    """Write a visit, its steps and its tickets as they are told, `later` by so much; what is told no more goes."""
    values = _shifted(record.visit.model_dump(exclude={"visit_id"}), later)
    if record.visit.business_date < turn.today:
        values["token"] = visit  # links are dead when the day is over
    keys = {"site": turn.site, "visit": visit}
    if known:
        turn.connection.execute(update(VISIT).where(*_THIS_VISIT).values(**values), keys)
        kept = [each.ticket_id for each in record.tickets]
        turn.connection.execute(_FORGET_TICKETS, {**keys, "kept": kept})
        turn.connection.execute(_FORGET_LEGS, keys)
    else:
        turn.connection.execute(_INSERT_VISIT, {"site_id": turn.site, "visit_id": visit, **values})
    for ticket in record.tickets:
        _write_ticket(turn, record, ticket, visit, later)
    if record.legs:
        own = {"site_id": turn.site, "visit_id": visit}
        turn.connection.execute(_INSERT_LEG, [{**own, **leg.model_dump()} for leg in record.legs])


def write_jobs(turn: Turn, record: VisitRecord, visit: str, tickets: Mapping[str, str]) -> None:
    """Write the slips with which the kiosk's own spool has finished, so that a copy asked for here is marked as one."""
    if record.visit.business_date < turn.today:
        return
    for job in record.jobs:
        keys = {"site": turn.site, "job": job.job_id}
        state = turn.connection.scalar(_JOB, keys)
        values = job.model_dump(exclude={"job_id", "ticket_id"})
        if state is None:
            ids = {"site_id": turn.site, "job_id": job.job_id, "visit_id": visit}
            ticket = tickets.get(job.ticket_id, job.ticket_id)
            turn.connection.execute(_INSERT_JOB, {**ids, "ticket_id": ticket, **values})
        elif state not in _SETTLED and job.state in _SETTLED:
            this = (PRINT_JOB.c.site_id == turn.site, PRINT_JOB.c.job_id == job.job_id)
            turn.connection.execute(update(PRINT_JOB).where(*this).values(state=job.state, error=job.error))


def _write_ticket(turn: Turn, record: VisitRecord, ticket: TicketRow, visit: str, later: timedelta) -> None:
    values = _shifted(ticket.model_dump(exclude={"ticket_id"}), later)
    values |= {"visit_id": visit, "business_date": record.visit.business_date}
    keys = {"site": turn.site, "ticket": ticket.ticket_id}
    if turn.connection.execute(_HAS_TICKET, keys).first() is None:
        row = {"site_id": turn.site, "ticket_id": ticket.ticket_id, **values}
        turn.connection.execute(_INSERT_TICKET, row)
        return
    this = (TICKET.c.site_id == turn.site, TICKET.c.ticket_id == ticket.ticket_id)
    turn.connection.execute(update(TICKET).where(*this).values(**values))


def _shifted(values: dict[str, Any], later: timedelta) -> dict[str, Any]:
    return {name: value + later if isinstance(value, datetime) else value for name, value in values.items()}
