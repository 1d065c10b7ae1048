"""Do tickets stand where the events have brought them, at what exists? A part of `soundness`."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import and_, or_, select

from queue_core.events import EventKind
from queue_core.lifecycle import Status
from queue_core.lobby.tables import COUNTER, EVENT, PRINT_JOB, SERVICE, TICKET, VISIT
from queue_core.lobby.turn import Look
from queue_core.views import Flaw

_LED_BY = {
    Status.CALLED: (EventKind.CALLED, EventKind.RESUMED),
    Status.SERVING: (EventKind.STARTED,),
    Status.COMPLETED: (EventKind.COMPLETED,),
    Status.NO_SHOW: (EventKind.NO_SHOW,),
    Status.HELD: (EventKind.HELD,),
    Status.CANCELLED: (EventKind.CANCELLED,),
    Status.EXPIRED: (EventKind.EXPIRED,),
}
"""Without one of these no ticket comes to stand there, whatever was taken back since."""
_VISIT_OF_TICKET = and_(VISIT.c.site_id == TICKET.c.site_id, VISIT.c.visit_id == TICKET.c.visit_id)


def ends(look: Look) -> Iterator[Flaw]:
    """Where a ticket stands against the events: one of them must have brought it there."""
    for status, kinds in _LED_BY.items():
        led = select(EVENT.c.seq).where(
            EVENT.c.site_id == look.site,
            EVENT.c.visit_id == TICKET.c.visit_id,
            EVENT.c.ticket_id == TICKET.c.ticket_id,
            EVENT.c.kind.in_([kind.value for kind in kinds]),
        )
        rows = (
            select(VISIT.c.label, TICKET.c.business_date)
            .join_from(TICKET, VISIT, _VISIT_OF_TICKET)
            .where(TICKET.c.site_id == look.site, TICKET.c.status == status.value, ~led.exists())
        )
        for row in look.connection.execute(rows):
            yield Flaw("end", f"{row.label} {row.business_date}", status.value)


def nowhere(look: Look) -> Iterator[Flaw]:
    """Tickets of a day, a service or a counter that is not theirs, or does not exist."""
    service = select(SERVICE.c.service_id).where(
        SERVICE.c.site_id == look.site, SERVICE.c.service_id == TICKET.c.service
    )
    counter = select(COUNTER.c.number).where(
        COUNTER.c.site_id == look.site, COUNTER.c.number == TICKET.c.counter
    )
    wrong = or_(
        TICKET.c.business_date != VISIT.c.business_date,
        ~service.exists(),
        and_(TICKET.c.counter.is_not(None), ~counter.exists()),
    )
    rows = select(VISIT.c.label, VISIT.c.business_date, TICKET.c.service, TICKET.c.counter).join_from(
        TICKET, VISIT, _VISIT_OF_TICKET
    )
    for row in look.connection.execute(rows.where(TICKET.c.site_id == look.site, wrong)):
        yield Flaw("nowhere", f"{row.label} {row.business_date}", f"{row.service}, {row.counter or '-'}")


def slips(look: Look) -> Iterator[Flaw]:
    """Slips against the tickets that they are of."""
    ticket = select(TICKET.c.ticket_id).where(
        TICKET.c.site_id == look.site, TICKET.c.ticket_id == PRINT_JOB.c.ticket_id
    )
    jobs = select(PRINT_JOB.c.job_id).where(PRINT_JOB.c.site_id == look.site, ~ticket.exists())
    for job in look.connection.scalars(jobs):
        yield Flaw("slip", str(job), "")
