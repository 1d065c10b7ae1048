"""`kiosk printer check`: ask the printer what it can prove, and the person in front of it what only eyes can see."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from kiosk.commands.common import HELP
from kiosk.commands.endings import NotDone
from kiosk.commands.log import start_log
from kiosk.commands.output import answer
from kiosk.commands.session import Session

if TYPE_CHECKING:
    from kiosk.i18n import Words
    from kiosk.wiring import PrinterKit
    from printers.capabilities import Capabilities

Word = Literal["yes", "no"]
NARROWEST, WIDEST = 24, 64
"""Columns of any thermal paper that this product prints on; a test compares them with printers.ruler."""

DRAWN = "cli.printer.promise_drawn"

NoPaper = Annotated[bool, typer.Option("--no-paper", help=HELP("cli.option.no_paper"))]
Width = Annotated[
    int | None,
    typer.Option("--width", metavar="48", min=NARROWEST, max=WIDEST, help=HELP("cli.option.seen_width")),
]
Qr = Annotated[Word | None, typer.Option("--qr", metavar="yes|no", help=HELP("cli.option.seen_qr"))]
Cut = Annotated[Word | None, typer.Option("--cut", metavar="yes|no", help=HELP("cli.option.seen_cut"))]
Sensor = Annotated[
    Word | None, typer.Option("--sensor", metavar="yes|no", help=HELP("cli.option.seen_sensor"))
]


@dataclass(frozen=True, slots=True)
class Seen:
    """What a person says of the ruler and of the printer; None: not said."""

    width: int | None
    qr: bool | None
    cut: bool | None
    sensor: bool | None


def check(
    session: Session,
    *,
    no_paper: NoPaper = False,
    width: Width = None,
    qr: Qr = None,
    cut: Cut = None,
    sensor: Sensor = None,
) -> None:
    """Ask the printer what it can prove, print a ruler, and write down all that was found out."""
    from kiosk.commands.noting import noted
    from kiosk.wiring import build_printer

    start_log(session)
    kit, words = build_printer(session.settings, session.place), session.words
    if not kit.lock.acquire():
        raise NotDone(says="cli.printer.in_use")
    session.at_end(kit.lock.release)
    found = _probe(kit, words, paper=not no_paper)
    promise = _promise(kit, found)
    sentences = [words("cli.printer.checked", device=kit.device.name, promise=words(promise))]
    if promise != DRAWN:
        seen = Seen(width, _truth(qr), _truth(cut), _truth(sensor))
        if not no_paper and not session.json and sys.stdin.isatty():
            print(sentences.pop())
            seen = _ask(words, found, seen)
        found = _merged(kit, found, seen)
        sentences += _told(found, words)
    kit.supply.remember(found)
    noted(session, kit.supply)
    shape = {"device": kit.device.name, "promise": promise.rpartition("_")[2], **asdict(found)}
    answer(session, shape, "\n".join(sentences))


def _probe(kit: PrinterKit, words: Words, *, paper: bool) -> Capabilities:
    from printers.device import Feedback
    from printers.errors import PrinterError, TransportUnavailable
    from printers.ruler import ruler
    from printers.spool import probe

    trial = ruler(kit.paper) if paper else b""
    try:
        return probe(kit.device, trial) if kit.device.feedback is Feedback.STATUS else _only_print(kit, trial)
    except TransportUnavailable as error:
        what = words(f"cli.printer.lacks_{error.connection}")
        raise NotDone(says="cli.printer.missing", what=what) from error
    except PrinterError as error:
        name = kit.device.name
        detail = str(error).removeprefix(name).lstrip(": ")
        reason = words(f"printer.{error.trouble}")
        raise NotDone(says="cli.printer.failed", reason=reason, device=name, detail=detail) from error


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
        return DRAWN
    if found.process_id and found.cut_counter and found.clear:
        return "cli.printer.promise_all"
    if found.process_id:
        return "cli.printer.promise_printed"
    return "cli.printer.promise_state" if found.status else "cli.printer.promise_nothing"


def _ask(words: Words, found: Capabilities, seen: Seen) -> Seen:
    """Ask what was not said, in the order in which the eye meets it on the ruler. Enter: not known."""
    width, qr, cut, sensor = seen.width, seen.qr, seen.cut, seen.sensor
    if width is None:
        width = _number(words("cli.probing.ask_width"), words)
    if qr is None:
        qr = _yes_or_no(words("cli.probing.ask_qr"), words)
    if cut is None and not found.cut_counter:
        cut = _yes_or_no(words("cli.probing.ask_cut"), words)
    if sensor is None and found.status and found.near_end is None:
        sensor = _yes_or_no(words("cli.probing.ask_sensor"), words)
    return Seen(width, qr, cut, sensor)


def _number(question: str, words: Words) -> int | None:
    while said := input(question).strip():
        if said.isdecimal() and NARROWEST <= int(said) <= WIDEST:
            return int(said)
        print(words("cli.probing.bad_width", least=NARROWEST, most=WIDEST))
    return None


def _yes_or_no(question: str, words: Words) -> bool | None:
    known = {"y": True, "ya": True, "yes": True, "t": False, "tidak": False, "n": False, "no": False}
    while said := input(question).strip().casefold():
        if said in known:
            return known[said]
        print(words("cli.probing.bad_word"))
    return None


def _truth(said: Word | None) -> bool | None:
    return None if said is None else said == "yes"


def _merged(kit: PrinterKit, found: Capabilities, seen: Seen) -> Capabilities:
    """What was found out now, over what was known before of things that only a person can see."""
    from printers.papers import CELL_WIDTH

    known = kit.supply.capabilities
    cut = True if found.cut_counter and seen.cut is None else seen.cut
    merged = replace(
        found,
        native_qr=known.native_qr if seen.qr is None else seen.qr,
        cutter=known.cutter if cut is None else cut,
        near_end=(found.near_end or known.near_end) if seen.sensor is None else seen.sensor,
        paper=known.paper,
        columns=known.columns,
        dots=known.dots,
        logo=known.logo,
    )
    if seen.width is None:
        return merged
    return replace(merged, paper=kit.paper.millimetres, columns=seen.width, dots=seen.width * CELL_WIDTH)


def _told(found: Capabilities, words: Words) -> Iterator[str]:
    """What is written down, thing by thing, and what nobody has said yet."""
    if found.columns:
        yield words("cli.probing.width", columns=found.columns, dots=found.dots, paper=found.paper)
    for name in ("native_qr", "cutter", "near_end"):
        value = getattr(found, name)
        if value is not None:
            yield words(f"cli.probing.{name}_{'yes' if value else 'no'}")
    if found.graphics and found.clear:
        yield words("cli.probing.graphics")
    options = {"--width 48": found.columns, "--qr yes": found.native_qr, "--cut yes": found.cutter}
    missing = [option for option, value in options.items() if value is None]
    if missing:
        yield words("cli.probing.unsaid", options=" ".join(missing))
