"""Asking for a slip again."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Row, and_, bindparam, insert, select, update

from queue_core.errors import IllegalMove, UnknownJob
from queue_core.events import EventKind
from queue_core.lifecycle import Status
from queue_core.lobby.lines import order_of
from queue_core.lobby.outlook import read_outlook
from queue_core.lobby.reads.paper import print_job
from queue_core.lobby.reads.visits import find_rows, legs_of
from queue_core.lobby.rows import ticket_view
from queue_core.lobby.slips import write_job
from queue_core.lobby.tables import PRINT_JOB, TICKET
from queue_core.lobby.turn import Turn
from queue_core.views import IssuedTicket, PrintJobView

_OVER = frozenset({Status.CANCELLED, Status.EXPIRED})
_NOT_PRINTED = ("new", "stale", "failed")
_UNPROVED = ("asking", "sent")

_OF_VISIT = (
    select(PRINT_JOB)
    .where(
        PRINT_JOB.c.site_id == bindparam("site"),
        PRINT_JOB.c.ticket_id.in_(bindparam("tickets", expanding=True)),
    )
    .order_by(PRINT_JOB.c.copy_number.desc())
)
_JOB = (
    select(PRINT_JOB, TICKET.c.service)
    .join(TICKET, and_(TICKET.c.site_id == PRINT_JOB.c.site_id, TICKET.c.ticket_id == PRINT_JOB.c.ticket_id))
    .where(PRINT_JOB.c.site_id == bindparam("site"), PRINT_JOB.c.job_id == bindparam("job"))
)
_SET_JOB = update(PRINT_JOB).where(
    PRINT_JOB.c.site_id == bindparam("site"), PRINT_JOB.c.job_id == bindparam("job")
)
_INSERT = insert(PRINT_JOB)


def reprint(turn: Turn, label: str, printer: str, told_by: str = "") -> PrintJobView:
    """Ask for the slip of today's visit once more, with the facts as they were first told.

    A slip that certainly never came out is asked for again as it was; otherwise it is a further copy, marked as such.
    A copy in doubt is given up for it. Raises UnknownTicket; IllegalMove when the visit was cancelled or has expired.
    """
    rows = find_rows(turn, label)
    if rows[-1].status in _OVER:
        raise IllegalMove(label=rows[-1].label, status=rows[-1].status, action="reprint", allowed=[])
    last = turn.connection.execute(
        _OF_VISIT, {"site": turn.site, "tickets": [row.ticket_id for row in rows]}
    ).first()
    if last is None:
        job = _first(turn, rows, printer)
    elif last.state in _NOT_PRINTED:
        job = _revive(turn, last, printer)
    else:
        job = _copy(turn, last, printer)
    view = print_job(turn, job)
    kind, told = EventKind.SLIP_ASKED_AGAIN, {"told_by": told_by} if told_by else {}
    turn.emit(kind, rows[-1], counter=None, answers=True, job=job, printer=printer, copy=view.copy, **told)
    return view


def answer(turn: Turn, job: str, *, came_out: bool) -> PrintJobView:
    """Somebody looked: settle a slip that nobody proved as printed, or ask for its copy. One that is proved stays as it is."""
    row = turn.connection.execute(_JOB, {"site": turn.site, "job": job}).one_or_none()
    if row is None:
        raise UnknownJob(job=job)
    if row.state not in _UNPROVED:
        return print_job(turn, job)
    if not came_out:
        return reprint(turn, row.label, row.printer, told_by="person")
    keys = {"site": turn.site, "job": job}
    turn.connection.execute(_SET_JOB.values(state="printed", payload=None, updated_at=turn.now), keys)
    turn.emit(
        EventKind.SLIP_PRINTED,
        row,
        answers=True,
        job=job,
        printer=row.printer,
        copy=row.copy_number,
        state="printed",
        told_by="person",
    )
    return print_job(turn, job)


def reprinted_before(turn: Turn, event: Row[Any]) -> PrintJobView:
    """The answer that the same request was given before."""
    return print_job(turn, event.data["job"])


def _first(turn: Turn, rows: Sequence[Row[Any]], printer: str) -> str:
    """No slip was ever asked for: this one tells how it stands now."""
    row, position, ahead = rows[-1], None, 0
    if row.status == Status.WAITING:
        ahead = order_of(turn, row.service).index(row.ticket_id)
        position = ahead + 1
    outlook = read_outlook(turn)
    issued = IssuedTicket(
        ticket=ticket_view(turn, row, position=position),
        token=row.token,
        business_date=row.business_date,
        issued_at=rows[0].waiting_since,
        ahead=ahead,
        wait=outlook.wait(row.service, ahead),
        open_counters=len(outlook.taking(row.service)),
        job=turn.new_id(),
        legs=legs_of(turn, rows) if row.legs > 1 else (),
    )
    write_job(turn, issued, printer)
    return str(issued.job)


def _revive(turn: Turn, job: Row[Any], printer: str) -> str:
    """The same slip, as if it were asked for only now."""
    turn.connection.execute(
        _SET_JOB.values(
            printer=printer, state="new", error="", payload=None, created_at=turn.now, updated_at=turn.now
        ),
        {"site": turn.site, "job": job.job_id},
    )
    return str(job.job_id)


def _copy(turn: Turn, last: Row[Any], printer: str) -> str:
    if last.state == "asking":
        keys = {"site": turn.site, "job": last.job_id}
        turn.connection.execute(_SET_JOB.values(state="void", payload=None, updated_at=turn.now), keys)
    job = turn.new_id()
    row = {
        "site_id": turn.site,
        "job_id": job,
        "printer": printer,
        "visit_id": last.visit_id,
        "ticket_id": last.ticket_id,
        "label": last.label,
        "copy_number": last.copy_number + 1,
        "state": "new",
        "facts": last.facts,
        "error": "",
        "created_at": turn.now,
        "updated_at": turn.now,
    }
    turn.connection.execute(_INSERT, row)
    return job
