"""Paper: the journal from which a spool prints, and in which it says how the printer is.

`PaperJournal` fits `printers.spool.Journal`, which this package may not import. A job is found by asking for the oldest
one each time; so a program that ends at any instant leaves nothing behind but the row, and the next one goes on there.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Row, and_, bindparam, case, select, text, update

from queue_core.errors import IllegalMove, UnknownJob
from queue_core.events import Actor, EventKind
from queue_core.lobby.entrance import Entrance
from queue_core.lobby.reads.paper import printer as read_printer
from queue_core.lobby.tables import PRINT_JOB, PRINTER, TICKET
from queue_core.lobby.turn import Turn
from queue_core.models import JOB_STATES, OPEN_JOBS
from queue_core.supply import PaperReading, noted
from queue_core.views import PrinterView

HEARTBEAT = timedelta(seconds=5)
"""A report that says nothing new is not written more often: each write wakes every screen of the site."""

_DOUBTFUL = ("sending", "stub")
_NEXT = ("new", *_DOUBTFUL)  # a printer has to do with these; all other open ones wait for a hand
_TOLD = {
    "sent": EventKind.SLIP_PRINTED,
    "printed": EventKind.SLIP_PRINTED,
    "asking": EventKind.SLIP_FAILED,
    "stale": EventKind.SLIP_FAILED,
    "failed": EventKind.SLIP_FAILED,
}
_DONE = ("sent", "printed", "void")

_OPEN = text(f"print_job.{OPEN_JOBS}")  # in the index's own words
_JOBS = select(PRINT_JOB, TICKET.c.service).join(
    TICKET, and_(TICKET.c.site_id == PRINT_JOB.c.site_id, TICKET.c.ticket_id == PRINT_JOB.c.ticket_id)
)
_HEAD = (
    _JOBS.where(
        PRINT_JOB.c.site_id == bindparam("site"),
        PRINT_JOB.c.printer == bindparam("printer"),
        _OPEN,
        PRINT_JOB.c.state.in_(_NEXT),
    )
    .order_by(
        case((PRINT_JOB.c.state.in_(_DOUBTFUL), 0), else_=1), PRINT_JOB.c.created_at, PRINT_JOB.c.job_id
    )
    .limit(1)
)
_JOB = _JOBS.where(PRINT_JOB.c.site_id == bindparam("site"), PRINT_JOB.c.job_id == bindparam("job"))
_SET_JOB = update(PRINT_JOB).where(
    PRINT_JOB.c.site_id == bindparam("site"), PRINT_JOB.c.job_id == bindparam("job")
)
_PRINTER = select(PRINTER).where(
    PRINTER.c.site_id == bindparam("site"), PRINTER.c.printer_id == bindparam("printer")
)
_SET_PRINTER = update(PRINTER).where(
    PRINTER.c.site_id == bindparam("site"), PRINTER.c.printer_id == bindparam("printer")
)


@dataclass(frozen=True, slots=True)
class PaperJob:
    """One slip to print; fits `printers.spool.Job`."""

    id: str
    copy: int
    state: str
    facts: Mapping[str, object]
    payload: bytes | None
    age_seconds: float
    cut_counter: int | None


class PaperJournal:
    """What a spool works from. Each method is one transaction."""

    def __init__(self, entrance: Entrance) -> None:
        self._entrance = entrance

    def next_job(self, printer: str) -> PaperJob | None:
        """The oldest job that waits for this printer, those in doubt first; None when there is none."""
        with self._entrance.look() as look:
            row = look.connection.execute(_HEAD, {"site": look.site, "printer": printer}).one_or_none()
        if row is None:
            return None
        age = (look.now - row.created_at).total_seconds()
        return PaperJob(row.job_id, row.copy_number, row.state, row.facts, row.payload, age, row.cut_counter)

    def sending(self, job: str, payload: bytes, cut_counter: int | None) -> None:
        """Store the bytes: from now on the first one may have left. A retry sends these same bytes.

        Raises:
            IllegalMove: the job was finished or given up in the meantime, so nothing may be sent.
            UnknownJob: there is none.
        """
        with self._entrance.turn(any_clock=True) as turn:
            row = _job(turn, job)
            if row.state not in _NEXT:
                raise IllegalMove(label=row.label, status=row.state, action="print", allowed=[])
            _set_job(turn, job, state="sending", payload=payload, cut_counter=cut_counter)
            turn.quiet = True

    def settle(self, job: str, state: str, error: str = "") -> None:
        """Store what became of a job; to say the same again changes nothing. Bytes are kept while they may be needed.

        Raises:
            ValueError: no such state.
            UnknownJob: there is none.
        """
        if state not in JOB_STATES:
            raise ValueError(state)
        with self._entrance.turn(any_clock=True) as turn:
            row = _job(turn, job)
            if (row.state, row.error) == (state, error):
                return
            _set_job(turn, job, state=state, error=error, **({"payload": None} if state in _DONE else {}))
            if state in _TOLD:
                turn.emit(_TOLD[state], row, job=job, printer=row.printer, copy=row.copy_number, state=state)
            turn.quiet = True

    def report(
        self, printer: str, state: str, reason: str, holder: str, paper: PaperReading | None = None
    ) -> None:
        """Store how a printer is and that somebody looks after it; only a change of state or reason is an event."""
        said = (state, reason, holder)
        with self._entrance.look() as look:
            row = look.connection.execute(_PRINTER, {"site": look.site, "printer": printer}).one_or_none()
            if row is not None and _as_reported(row) == said and _is_fresh(row, paper, look.now):
                return
        with self._entrance.turn(by=Actor(machine=printer), any_clock=True) as turn:
            _report(turn, printer, said, paper)


def _as_reported(row: Row[Any]) -> tuple[str, str, str]:
    return row.state, row.reason, row.holder


def _is_fresh(row: Row[Any], paper: PaperReading | None, now: datetime) -> bool:
    """Whether the row was written a moment ago, and no other roll has been put in since."""
    same_roll = paper is None or (row.supply or {}).get("roll") == paper.roll
    return same_roll and abs(now - row.seen_at) < HEARTBEAT


def _report(turn: Turn, printer: str, said: tuple[str, str, str], paper: PaperReading | None) -> None:
    row = _printer(turn, printer)
    state, reason, holder = said
    values: dict[str, object] = {"state": state, "reason": reason, "holder": holder, "seen_at": turn.now}
    _write(turn, printer, row, values | _paper(turn, row, paper))
    if row is None or (row.state, row.reason) != (state, reason):
        turn.emit(EventKind.PRINTER_CHANGED, printer=printer, state=state, reason=reason)
    turn.quiet = True


def note(turn: Turn, printer: str, reading: PaperReading, *, changed: bool) -> PrinterView:
    """Write down how much paper a printer has, whoever looks after it, and return how it stands."""
    row = _printer(turn, printer)
    unseen: dict[str, object] = {} if row else {"state": "silent", "reason": "", "holder": ""}
    _write(turn, printer, row, unseen | _paper(turn, row, reading))
    if changed:
        turn.emit(EventKind.PAPER_CHANGED, answers=True, printer=printer, roll=reading.roll)
    turn.quiet = True
    return read_printer(turn, printer)


def _printer(turn: Turn, printer: str) -> Row[Any] | None:
    return turn.connection.execute(_PRINTER, {"site": turn.site, "printer": printer}).one_or_none()


def _paper(turn: Turn, row: Row[Any] | None, reading: PaperReading | None) -> dict[str, object]:
    """The columns that tell of paper."""
    if reading is None:
        return {}
    kept = noted(None if row is None else row.supply, reading, turn.now, turn.today)
    able = None if reading.able is None else dict(reading.able)
    return {"printed_mm": round(reading.used), "supply": kept, "capabilities": able}


def _write(turn: Turn, printer: str, row: Row[Any] | None, values: dict[str, object]) -> None:
    if row is None:
        key = {"site_id": turn.site, "printer_id": printer}
        turn.connection.execute(PRINTER.insert(), {"printed_mm": 0, **key, **values})
    else:
        turn.connection.execute(_SET_PRINTER.values(**values), {"site": turn.site, "printer": printer})


def _job(turn: Turn, job: str) -> Row[Any]:
    row = turn.connection.execute(_JOB, {"site": turn.site, "job": job}).one_or_none()
    if row is None:
        raise UnknownJob(job=job)
    return row


def _set_job(turn: Turn, job: str, **values: object) -> None:
    keys = {"site": turn.site, "job": job}
    turn.connection.execute(_SET_JOB.values(updated_at=turn.now, **values), keys)
