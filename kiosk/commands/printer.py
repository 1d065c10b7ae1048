"""The printer itself: what is attached, what it can prove, how the paper looks, and how much of it is left."""

from __future__ import annotations

import re
import sys
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer

from kiosk.commands import probing, slips
from kiosk.commands.common import HELP, command, group, panel
from kiosk.commands.endings import Misused, NotDone
from kiosk.commands.output import answer, table
from kiosk.commands.session import Session
from kiosk.shared.clock import clock_time

if TYPE_CHECKING:
    from kiosk.i18n import Words
    from kiosk.wiring import PrinterKit

Length = Annotated[str, typer.Option("--length", metavar="80m", help=HELP("cli.option.roll_length"))]

Width = Annotated[int | None, typer.Option("--paper", metavar="80|58", help=HELP("cli.option.paper_width"))]

WIDTHS = (80, 58)
LENGTH = re.compile(r"(\d{1,4}(?:[.,]\d+)?) ?(m|cm|mm)?", re.IGNORECASE)
MILLIMETRES = {"m": 1000.0, "cm": 10.0, "mm": 1.0}
SLIP_MM = 125.0
"""What a slip takes, about."""


def register(app: typer.Typer) -> None:
    """Add the group `kiosk printer` to the app."""
    printer = group("printer")
    command(printer, "find")(find)
    command(printer, "check")(probing.check)
    command(printer, "preview")(preview)
    command(printer, "roll", changes=True)(roll)
    slips.register(printer)
    app.add_typer(printer, rich_help_panel=panel("paper"))


def find(session: Session) -> None:
    """List what is attached to this computer that could print."""
    from printers.device import find as attached
    from printers.device import unavailable

    words = session.words
    found = attached()
    for what in unavailable():
        print(words("cli.printer.missing", what=words(f"cli.printer.lacks_{what}")), file=sys.stderr)
    if not found and not session.json:
        print(words("cli.printer.none_found"))
        return
    rows = [
        [each.description or "-", f'device = "{each.device}"', f'{each.key} = "{each.value}"']
        for each in found
    ]
    head = [words("cli.head.printer"), words("cli.head.setting"), words("cli.head.setting")]
    table(session, head, [asdict(each) for each in found], rows)


def preview(session: Session, *, paper: Width = None) -> None:
    """Draw a sample of the slip as config.toml describes it, on this machine's paper or on another width."""
    from kiosk.shared.sample_slip import dense_address, sample_slip
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
        data = encode(layout(slip, kit.paper, kit.template), kit.paper, kit.qr)
    except CannotCompose as error:
        raise NotDone(says="cli.printer.cannot_compose", reason=str(error)) from error
    dense = dense_address(session.settings, session.words)
    if dense:
        print(dense, file=sys.stderr)
    device = PreviewDevice(session.place.base / "var" / "preview", kit.paper)
    device.open()
    device.send(data)
    text = sheets(data, kit.paper)[0].text
    sentence = f"{text}\n\n{session.words('cli.drawn', path=str(device.files[0]))}"
    answer(session, {"picture": str(device.files[0]), "text": text}, sentence)


def roll(session: Session, *, length: Length = "") -> None:
    """Tell how much paper is left, as the supervisor sees it; with --length, that a new roll is in."""
    from kiosk.commands.noting import noted

    kit, words = _kit(session), session.words
    if length:
        from kiosk.wiring import now

        kit.supply.change_roll(_millimetres(length), now().isoformat())
    view = noted(session, kit.supply, changed=bool(length))
    left = kit.supply.left_mm
    ends = None if view is None else view.paper_ends_at
    slips = None if left is None else int(left // SLIP_MM)
    shape = {
        "left_mm": left,
        "used_mm": kit.supply.used_mm,
        "slips_left": slips,
        "ends_at": ends,
        "low": kit.supply.low,
    }
    if left is None:
        answer(session, shape, words("cli.printer.no_roll"))
        return
    figures = {"left": _metres(words, left), "used": _metres(words, kit.supply.used_mm), "slips": slips}
    if ends is None:
        answer(session, shape, words("cli.printer.roll", **figures))
    else:
        answer(
            session, shape, words("cli.printer.roll_until", **figures, time=clock_time(ends, session.zone))
        )


def _millimetres(length: str) -> float:
    match = LENGTH.fullmatch(length.strip())
    found = float(match[1].replace(",", ".")) * MILLIMETRES[(match[2] or "m").lower()] if match else 0.0
    if not found:
        raise Misused(says="cli.printer.bad_length", value=length)
    return found


def _metres(words: Words, millimetres: float) -> str:
    """One decimal, with the mark that this language has."""
    metres = f"{millimetres / 1000:.1f}"
    return metres.replace(".", ",") if words.language == "id" else metres


def _kit(session: Session, paper: int | None = None) -> PrinterKit:
    """This machine's printer, or one like it with another paper."""
    from kiosk.wiring import build_printer

    settings = session.settings
    if paper is not None:
        printer = settings.printer.model_copy(update={"paper": paper})
        settings = settings.model_copy(update={"printer": printer})
    return build_printer(settings, session.place)
