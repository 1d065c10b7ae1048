"""`kiosk check`: is this machine fit to serve? One line for each thing, and an exit code."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Annotated

import typer

from kiosk.commands.common import HELP, command
from kiosk.commands.endings import REFUSED
from kiosk.commands.log import start_log
from kiosk.commands.output import line
from kiosk.commands.sentences import refusal
from kiosk.commands.session import Session
from kiosk.shared.clock import clock_time
from kiosk.shared.dates import long_moment
from queue_core.errors import QueueError

if TYPE_CHECKING:
    from queue_core.views import PrinterView

SLOW = timedelta(minutes=2)
"""How far the clock may lie before the newest event: another machine's clock may be a little ahead."""
DRAWN = ("preview", "memory")
"""Printers without paper."""
LOOK_SECONDS = 5.0
"""How long a look at the printer may take, beside the time limits of the printer itself."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at."""

    about: str
    good: bool
    sentence: str


Whole = Annotated[bool, typer.Option("--store", help=HELP("cli.option.check_store"))]


def register(app: typer.Typer) -> None:
    """Add this verb to the app."""
    command(app, "check", "store")(check)


def check(session: Session, whole: Whole = False) -> None:
    """Look at configuration, store, printer and clock; exit 1 when one of them is not fit."""
    findings = list(_whole_store(session) if whole else _findings(session))
    for each in findings:
        shape = {"check": each.about, "ok": each.good, "detail": each.sentence}
        mark = session.words("cli.good" if each.good else "cli.bad")
        print(line(shape) if session.json else f"{mark:<6} {each.sentence}")
    if not all(each.good for each in findings):
        raise typer.Exit(REFUSED)


def _findings(session: Session) -> Iterator[Finding]:
    yield _config(session)
    yield from _address(session)
    try:
        where = str(session.house.store.url)
    except QueueError as error:
        yield Finding("store", good=False, sentence=refusal(session, error))
        yield from _others(session, away=True)
        return
    yield Finding("store", good=True, sentence=session.words("cli.check.store", store=where))
    yield from _others(session)
    try:
        yield _printer(session)
        yield from _paper(session)
        yield from _copy(session)
        yield _clock(session)
        yield from _programs(session)
    except QueueError as error:
        yield Finding("site", good=False, sentence=refusal(session, error))


def _whole_store(session: Session) -> Iterator[Finding]:
    """Everything that is kept: as the database engine sees it, then row against row, site by site."""
    from queue_core import site_ids

    words = session.words
    try:
        store = session.house.store
        flaws = [words("cli.flaw.engine", detail=each) for each in store.flaws()]
        for site in site_ids(store):
            flaws += [
                words(f"cli.flaw.{each.kind}", where=f"{site} {each.where}", detail=each.detail)
                for each in session.house.lobby(site).flaws()
            ]
    except QueueError as error:
        yield Finding("store", good=False, sentence=refusal(session, error))
        return
    for sentence in flaws:
        yield Finding("store", good=False, sentence=sentence)
    if not flaws:
        yield Finding("store", good=True, sentence=words("cli.check.store_sound", store=str(store.url)))
    yield from _others(session, whole=True)


def _others(session: Session, *, whole: bool = False, away: bool = False) -> Iterator[Finding]:
    """The stores beside this one: the kiosk's own, and those whose rows come here."""
    from kiosk.commands.elsewhere import findings

    for good, sentence in findings(session, whole=whole, away=away):
        yield Finding("sync", good=good, sentence=sentence)


def _config(session: Session) -> Finding:
    settings = session.settings
    sentence = session.words(
        "cli.check.config",
        path=session.place.config,
        sites=len(settings.site),
        agencies=len(settings.agency),
        counters=sum(len(site.counter) for site in settings.site),
    )
    return Finding("config", good=True, sentence=sentence)


def _address(session: Session) -> Iterator[Finding]:
    """Whether phones read the QR code on the slip with ease."""
    from kiosk.shared.sample_slip import dense_address

    sentence = dense_address(session.settings, session.words)
    if sentence:
        yield Finding("address", good=True, sentence=sentence)


def _printer(session: Session) -> Finding:
    """Ask the store; when nothing waits and no program reports on the printer, look at it here and now."""
    view = _reported(session)
    if view is None or (view.state == "silent" and not view.waiting_jobs):
        from kiosk.wiring import build_spool

        start_log(session)
        worker, _ = build_spool(session.lobby, session.settings, session.place)
        worker.drain(LOOK_SECONDS)
        view = _reported(session)
    if view is None:
        device = session.settings.printer.device
        return Finding("printer", good=True, sentence=session.words("cli.check.printer_new", device=device))
    return Finding("printer", good=view.state in ("ok", "warning"), sentence=_printer_sentence(session, view))


def _paper(session: Session) -> Iterator[Finding]:
    """How much paper is left, where the length of the roll is known."""
    view, words = _reported(session), session.words
    if view is None:
        return
    if view.paper_left_mm is None:
        if session.settings.printer.device not in DRAWN and not view.near_end_sensor:
            yield Finding("paper", good=True, sentence=words("cli.check.paper_unknown", printer=view.id))
        return
    key, data = "cli.check.paper", {"printer": view.id, "metres": round(view.paper_left_mm / 1000)}
    if view.paper_ends_at is None:
        yield Finding("paper", good=view.paper_left_mm > 0, sentence=words(key, **data))
        return
    time = clock_time(view.paper_ends_at, session.zone)
    yield Finding("paper", good=view.paper_left_mm > 0, sentence=words(f"{key}_until", **data, time=time))


def _reported(session: Session) -> PrinterView | None:
    known = {printer.id: printer for printer in session.lobby.printers()}
    return known.get(session.printer)


def _printer_sentence(session: Session, view: PrinterView) -> str:
    words = session.words
    return words(
        "cli.check.printer",
        printer=view.id,
        state=words(f"printer.{view.reason}" if view.reason else f"cli.printer_state.{view.state}"),
        seen=long_moment(view.seen_at, session.section.time_zone, words.language) if view.seen_at else "-",
        waiting=view.waiting_jobs,
        stuck=view.stuck_jobs,
    )


def _programs(session: Session) -> Iterator[Finding]:
    """Whether the kiosks, boards and pages of the site are heard of; nothing where none ever was."""
    from kiosk.shared.alerting import alert_words
    from queue_core.alerts import WATCHED, alerts
    from queue_core.views import AlertKind

    overview = session.lobby.queues()
    silent = [each for each in alerts(overview) if each.kind is AlertKind.PROGRAM]
    for each in silent:
        yield Finding("program", good=False, sentence=alert_words(each, {}, session.words))
    known = [each.id for each in overview.machines if each.id.partition(":")[0] in WATCHED]
    if known and not silent:
        yield Finding("program", good=True, sentence=session.words("cli.check.programs", count=len(known)))


def _copy(session: Session) -> Iterator[Finding]:
    """When the last good copy of the store was made; nothing where none ever was."""
    from queue_core.alerts import COPIES, COPY_AGE

    made = [each.last_seen for each in session.lobby.machines() if each.id.startswith(COPIES)]
    if made:
        when = long_moment(max(made), session.section.time_zone, session.words.language)
        good = session.house.clock() - max(made) < COPY_AGE
        yield Finding("copy", good=good, sentence=session.words("cli.check.copy", time=when))


def _clock(session: Session) -> Finding:
    """A clock that cannot be right, or lies before what has already happened, gives out no right numbers."""
    now, fault = session.house.clock(), session.lobby.clock_fault()
    newest = session.lobby.events_after(max(0, session.lobby.board().seq - 1))
    slow = bool(newest) and newest[-1].at > now + SLOW
    shown = long_moment(now, session.section.time_zone, session.words.language)
    key = f"cli.clock.{fault}" if fault else "cli.check.clock_slow" if slow else "cli.check.clock"
    return Finding("clock", good=not fault and not slow, sentence=session.words(key, now=shown))
