"""Slips and printers, as a supervisor sees them."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Row, bindparam, select, text

from queue_core import supply
from queue_core.errors import UnknownJob
from queue_core.lobby.rows import PRINT_JOBS, print_job_view
from queue_core.lobby.tables import PRINT_JOB, PRINTER
from queue_core.lobby.turn import Look, Turn
from queue_core.models import OPEN_JOBS
from queue_core.views import PrinterView, PrintJobView

STALE = timedelta(minutes=10)
"""A slip that nobody printed for so long waits for a hand: its holder has gone, or has photographed the screen."""
SILENT = timedelta(seconds=45)
"""A spool reports at least every 15 seconds; three such silences mean that none is there."""
IN_SIGHT = timedelta(days=1)
"""Older slips are of no use to anybody."""

_ONE = PRINT_JOBS.where(PRINT_JOB.c.site_id == bindparam("site"), PRINT_JOB.c.job_id == bindparam("job"))
_OPEN = text(OPEN_JOBS)  # in the index's own words


def print_job(here: Look | Turn, job: str) -> PrintJobView:
    """One slip's job. Raises UnknownJob."""
    values = {"site": here.site, "job": job}
    row = here.connection.execute(_ONE, values).one_or_none()
    if row is None:
        raise UnknownJob(job=job)
    return print_job_view(row)


def print_jobs(look: Look, printer: str, limit: int) -> tuple[PrintJobView, ...]:
    """The jobs of the last day, newest first; of one printer if it is named."""
    asked = PRINT_JOBS.where(
        PRINT_JOB.c.site_id == look.site, PRINT_JOB.c.job_id >= _earliest_id(look.now - IN_SIGHT)
    )
    if printer:
        asked = asked.where(PRINT_JOB.c.printer == printer)
    rows = look.connection.execute(asked.order_by(PRINT_JOB.c.job_id.desc()).limit(limit))
    return tuple(print_job_view(row) for row in rows)


def slips_at_hand(look: Look) -> tuple[PrintJobView, ...]:
    """The open jobs that no printer will settle by itself, oldest first."""
    rows = look.connection.execute(
        PRINT_JOBS.where(
            PRINT_JOB.c.site_id == look.site, _OPEN, PRINT_JOB.c.created_at >= look.now - IN_SIGHT
        ).order_by(PRINT_JOB.c.created_at, PRINT_JOB.c.job_id)
    )
    return tuple(print_job_view(row) for row in rows if not _by_itself(row.state, look.now - row.created_at))


def printer(here: Look | Turn, name: str) -> PrinterView:
    """One printer as it was last reported."""
    return next(view for view in printers(here) if view.id == name)


def printers(look: Look | Turn) -> tuple[PrinterView, ...]:
    """Every printer that ever reported or is waited for; `silent` when no program has looked after it for a while."""
    rows = look.connection.execute(
        select(PRINTER).where(PRINTER.c.site_id == look.site).order_by(PRINTER.c.printer_id)
    )
    known = {row.printer_id: row for row in rows}
    waiting, stuck = _backlog(look)
    return tuple(
        _printer(look, name, known.get(name), waiting.get(name, 0), stuck.get(name, 0))
        for name in sorted({*known, *waiting, *stuck})
    )


def _printer(look: Look | Turn, name: str, row: Row[Any] | None, waiting: int, stuck: int) -> PrinterView:
    if row is None:
        return PrinterView(name, "silent", "", None, waiting, stuck)
    silent = row.seen_at is None or look.now - row.seen_at > SILENT
    left = supply.left(row.supply)
    return PrinterView(
        name,
        "silent" if silent else row.state,
        "" if silent else row.reason,
        row.seen_at,
        waiting,
        stuck,
        paper_left_mm=None if left is None else round(left),
        paper_ends_at=supply.ends(row.supply, look.now, look.today),
        near_end_sensor=(row.capabilities or {}).get("near_end"),
    )


def _backlog(look: Look | Turn) -> tuple[dict[str, int], dict[str, int]]:
    """Per printer: jobs that it will print by itself, and jobs that wait for a hand."""
    rows = look.connection.execute(
        select(PRINT_JOB.c.printer, PRINT_JOB.c.state, PRINT_JOB.c.created_at).where(
            PRINT_JOB.c.site_id == look.site, _OPEN, PRINT_JOB.c.created_at >= look.now - IN_SIGHT
        )
    )
    waiting: dict[str, int] = {}
    stuck: dict[str, int] = {}
    for row in rows:
        counts = waiting if _by_itself(row.state, look.now - row.created_at) else stuck
        counts[row.printer] = counts.get(row.printer, 0) + 1
    return waiting, stuck


def _by_itself(state: str, age: timedelta) -> bool:
    """Whether a printer settles an open job of this state and age without a hand."""
    return state in ("sending", "stub") or (state == "new" and age <= STALE)


def _earliest_id(at: datetime) -> str:
    """The id that sorts before all ids made at `at` or later, see queue_core.ids."""
    return f"{int(at.timestamp() * 1000):012x}"
