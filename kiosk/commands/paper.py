"""Paper: print what waits, print a slip again."""

from __future__ import annotations

import signal
import sys
import threading
import time
from typing import TYPE_CHECKING, Annotated

import typer

from kiosk.commands.common import HELP, command
from kiosk.commands.log import start_log
from kiosk.commands.names import LabelName
from kiosk.commands.output import answer
from kiosk.commands.session import Session
from kiosk.commands.shapes import job_shape

if TYPE_CHECKING:
    from pathlib import Path

    from printers.spool import Spool

Once = Annotated[bool, typer.Option("--once", help=HELP("cli.option.spool_once"))]
NoPrint = Annotated[bool, typer.Option("--no-print", help=HELP("cli.option.no_print"))]

PRINT_SECONDS = 15.0
"""How long a command may wait for the paper of its own ticket."""
HOLDER_SECONDS = 2.0
"""How long it waits for another program that holds the printer."""
LOOK_SECONDS = 0.2
ONCE_SECONDS = 600.0
OPEN_STATES = ("new", "sending", "stub")
"""A job in one of these will be printed by whoever holds the printer."""


def register(app: typer.Typer) -> None:
    """Add these verbs to the app."""
    command(app, "spool", "paper")(spool)
    command(app, "reprint", "paper", changes=True)(reprint)


def spool(session: Session, *, once: Once = False) -> None:
    """Print for this machine until stopped."""
    from kiosk.wiring import build_spool, start_spool

    start_log(session)
    worker, device = build_spool(session.lobby, session.settings, session.place)
    if once:
        moved = worker.drain(ONCE_SECONDS)
        answer(
            session, {"printer": session.printer, "jobs": moved}, session.words("cli.spooled", count=moved)
        )
        return
    stopped = threading.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, lambda *_: stopped.set())
    stop = start_spool(session.house, worker)
    answer(
        session,
        {"printer": session.printer, "device": device.name},
        session.words("cli.spooling", printer=session.printer, device=device.name),
    )
    try:
        stopped.wait()
    finally:
        stop()


def reprint(session: Session, label: LabelName, *, no_print: NoPrint = False) -> None:
    """Print a slip again, marked as a copy."""
    job = session.lobby.reprint(label, printer=session.printer, **session.act)
    answer(session, job_shape(job), session.words("cli.reprint", label=job.label, copy=job.copy))
    if not no_print:
        print_own(session, job.job)


def print_own(session: Session, job: str) -> None:
    """Print this command's job when no other program holds the printer; say on standard error what became of it."""
    from kiosk.wiring import build_spool

    start_log(session)
    worker, device = build_spool(session.lobby, session.settings, session.place)
    worker.drain(PRINT_SECONDS)
    if _is_open(session, job):
        _try_again(session, job, worker)
    if not session.json:
        _tell(session, job, getattr(device, "files", []))


def _try_again(session: Session, job: str, worker: Spool) -> None:
    """Wait a little for who holds the printer: it prints this slip too, or lets go just after its last look."""
    feed = session.house.feed()
    end = time.monotonic() + HOLDER_SECONDS
    try:
        while _is_open(session, job) and not _trouble(session) and time.monotonic() < end:
            feed.wait(LOOK_SECONDS)
            worker.drain(PRINT_SECONDS)
    finally:
        feed.close()


def _is_open(session: Session, job: str) -> bool:
    return session.lobby.print_job(job).state in OPEN_STATES


def _trouble(session: Session) -> str:
    """Return what was last reported to be wrong with this machine's printer."""
    known = {printer.id: printer for printer in session.lobby.printers()}
    view = known.get(session.printer)
    return view.reason if view is not None and view.state not in ("ok", "warning") else ""


def _tell(session: Session, job: str, files: list[Path]) -> None:
    words = session.words
    view = session.lobby.print_job(job)
    if view.state in ("printed", "sent"):
        where = next((str(file) for file in reversed(files) if file.suffix == ".png"), "")
        sentence = words("cli.drawn", path=where) if where else words(f"cli.{view.state}")
    elif view.state in ("failed", "asking"):
        sentence = words(f"cli.print_{view.state}", label=view.label)
    else:
        trouble = _trouble(session)
        reason = words(f"printer.{trouble}") if trouble else ""
        sentence = words("cli.print_later", reason=reason) if reason else words("cli.print_elsewhere")
    print(sentence, file=sys.stderr, flush=True)
