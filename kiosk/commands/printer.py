"""The printer itself: what is attached, what it can prove, how the paper looks, and how much of it is left."""

from __future__ import annotations

import re
import sys
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer

from kiosk.commands import slips
from kiosk.commands.common import HELP, command, group, panel
from kiosk.commands.endings import Misused, NotDone
from kiosk.commands.log import start_log
from kiosk.commands.output import answer, table
from kiosk.commands.session import Session

if TYPE_CHECKING:
    from kiosk.wiring import PrinterKit
    from printers.capabilities import Capabilities

NoPaper = Annotated[bool, typer.Option("--no-paper", help=HELP("cli.option.no_paper"))]
Length = Annotated[str, typer.Option("--length", metavar="80m", help=HELP("cli.option.roll_length"))]

Width = Annotated[int | None, typer.Option("--paper", metavar="80|58", help=HELP("cli.option.paper_width"))]

WIDTHS = (80, 58)
LENGTH = re.compile(r"(\d{1,4}(?:[.,]\d+)?) ?(m|cm|mm)?", re.IGNORECASE)
MILLIMETRES = {"m": 1000.0, "cm": 10.0, "mm": 1.0}
PACE_SECONDS = 3600.0
"""How far back to look for today's pace."""


def register(app: typer.Typer) -> None:
    """Add the group `kiosk printer` to the app."""
    printer = group("printer")
    command(printer, "find")(find)
    command(printer, "check")(check)
    command(printer, "preview")(preview)
    command(printer, "roll")(roll)
    slips.register(printer)
    app.add_typer(printer, rich_help_panel=panel("paper"))


def find(session: Session) -> None:
    """List what is attached to this computer that could print."""
    from printers.device import find as attached
    from printers.device import unavailable

    words = session.words
    found = attached()
    for what in unavailable():
        print(words("cli.printer.missing", what=what), file=sys.stderr)
    if not found and not session.json:
        print(words("cli.printer.none_found"))
        return
    rows = [
        [each.description or "-", f'device = "{each.device}"', f'{each.key} = "{each.value}"']
        for each in found
    ]
    head = [words("cli.head.printer"), words("cli.head.setting"), words("cli.head.setting")]
    table(session, head, [asdict(each) for each in found], rows)


def check(session: Session, *, no_paper: NoPaper = False) -> None:
    """Ask the printer what it can prove, print a ruler, and write down what was found out."""
    from printers.device import Feedback
    from printers.errors import PrinterError, TransportUnavailable
    from printers.ruler import ruler
    from printers.spool import probe

    start_log(session)
    kit, words = _kit(session), session.words
    if not kit.lock.acquire():
        raise NotDone(says="cli.printer.in_use")
    session.at_end(kit.lock.release)
    trial = b"" if no_paper else ruler(kit.paper)
    try:
        if kit.device.feedback is Feedback.STATUS:
            found = probe(kit.device, trial)
            kit.supply.remember(found)
        else:
            found = _only_print(kit, trial)
    except TransportUnavailable as error:
        raise NotDone(says="cli.printer.missing", what=str(error)) from error
    except PrinterError as error:
        raise NotDone(says="cli.printer.failed", reason=words(f"printer.{error.trouble}")) from error
    sentences = [words("cli.printer.checked", device=kit.device.name, promise=words(_promise(kit, found)))]
    if trial:
        sentences.append(words("cli.printer.look_at_ruler"))
    answer(session, {"device": kit.device.name, **asdict(found)}, "\n".join(sentences))


def _only_print(kit: PrinterKit, trial: bytes) -> Capabilities:
    """What gives no answer is tried by printing on it."""
    from printers.capabilities import Capabilities

    kit.device.open()
    try:
        kit.device.send(trial)
    finally:
        kit.device.close()
    return Capabilities(status=False)


def _promise(kit: PrinterKit, found: Capabilities) -> str:
    """The sentence that says what this printer can and cannot promise."""
    from printers.device import Feedback

    if kit.device.feedback is Feedback.DRAWN:
        return "cli.printer.promise_drawn"
    if found.process_id and found.cut_counter and found.clear:
        return "cli.printer.promise_all"
    if found.process_id:
        return "cli.printer.promise_printed"
    return "cli.printer.promise_state" if found.status else "cli.printer.promise_nothing"


def preview(session: Session, *, paper: Width = None) -> None:
    """Draw a sample of the slip as config.toml describes it, on this machine's paper or on another width."""
    from kiosk.shared.sample_slip import sample_slip
    from printers.device import PreviewDevice
    from printers.encode import encode
    from printers.errors import CannotCompose
    from printers.layout import layout
    from printers.preview import preview as sheets

    if paper is not None and paper not in WIDTHS:
        raise Misused(says="cli.printer.bad_paper", value=paper)
    kit = _kit(session, paper)
    slip = sample_slip(session.settings, session.section, session.words)
    try:
        data = encode(layout(slip, kit.paper, kit.template), kit.paper, session.settings.printer.qr)
    except CannotCompose as error:
        raise NotDone(says="cli.printer.cannot_compose", reason=str(error)) from error
    device = PreviewDevice(session.place.base / "var" / "preview", kit.paper)
    device.open()
    device.send(data)
    text = sheets(data, kit.paper)[0].text
    sentence = f"{text}\n\n{session.words('cli.drawn', path=str(device.files[0]))}"
    answer(session, {"picture": str(device.files[0]), "text": text}, sentence)


def roll(session: Session, *, length: Length = "") -> None:
    """Tell how much paper is left; with --length, that a new roll is in."""
    kit, words = _kit(session), session.words
    if length:
        from kiosk.wiring import now

        kit.supply.change_roll(_millimetres(length), now().isoformat())
    forecast = kit.supply.forecast(slips_an_hour=_pace(session))
    if forecast is None:
        answer(session, {"left_mm": None, "printed_mm": kit.supply.printed_mm}, words("cli.printer.no_roll"))
        return
    left, used = round(forecast.left_mm / 1000, 1), round(forecast.used_mm / 1000, 1)
    says = "cli.printer.roll" if forecast.hours_left is None else "cli.printer.roll_pace"
    hours = round(forecast.hours_left or 0.0, 1)
    sentence = words(says, left=left, used=used, slips=forecast.slips_left, hours=hours)
    answer(session, {**asdict(forecast), "low": forecast.low}, sentence)


def _pace(session: Session) -> float:
    """Slips asked for in the last hour; none where there is no store yet."""
    from kiosk.wiring import now
    from queue_core.errors import QueueError

    try:
        jobs = session.lobby.print_jobs(printer=session.printer, limit=500)
    except QueueError:
        return 0.0  # paper is changed all the same
    moment = now()
    return float(sum((moment - job.created_at).total_seconds() <= PACE_SECONDS for job in jobs))


def _millimetres(length: str) -> float:
    match = LENGTH.fullmatch(length.strip())
    if match is None:
        raise Misused(says="cli.printer.bad_length", value=length)
    return float(match[1].replace(",", ".")) * MILLIMETRES[(match[2] or "m").lower()]


def _kit(session: Session, paper: int | None = None) -> PrinterKit:
    """This machine's printer, or one like it with another paper."""
    from kiosk.wiring import build_printer

    settings = session.settings
    if paper is not None:
        printer = settings.printer.model_copy(update={"paper": paper})
        settings = settings.model_copy(update={"printer": printer})
    return build_printer(settings, session.place)
