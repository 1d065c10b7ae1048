"""`kiosk roll`: the day without a kiosk. Numbers from a pre-printed roll, handed out by hand, called as always."""

from __future__ import annotations

import re
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer

from kiosk.commands.common import HELP, command, group, panel
from kiosk.commands.endings import Misused
from kiosk.commands.output import answer, table
from kiosk.commands.session import Session

if TYPE_CHECKING:
    from queue_core.views import RollView

Name = Annotated[str, typer.Argument(metavar="AGENCY", help=HELP("cli.option.roll_name"))]
Numbers = Annotated[str, typer.Argument(metavar="1-100", help=HELP("cli.option.roll_numbers"))]
UpTo = Annotated[int, typer.Argument(metavar="NUMBER", min=1, help=HELP("cli.option.roll_up_to"))]

NUMBERS = re.compile(r"\s*(\d{1,4})\s*[-–]\s*(\d{1,4})\s*")


def register(app: typer.Typer) -> None:
    """Add the group `kiosk roll` to the app."""
    roll = group("roll")
    command(roll, "start", changes=True)(start)
    command(roll, "given", changes=True)(given)
    command(roll, "stop", changes=True)(stop)
    command(roll, "status")(status)
    app.add_typer(roll, rich_help_panel=panel("paper"))


def start(session: Session, name: Name, numbers: Numbers) -> None:
    """Begin to hand out a roll."""
    found = NUMBERS.fullmatch(numbers)
    first, last = (int(found[1]), int(found[2])) if found else (0, 0)
    if not 1 <= first <= last:
        raise Misused(says="cli.roll.bad_numbers", value=numbers)
    _tell(session, session.lobby.start_roll(name, first, last, **session.act), "cli.roll.started")


def given(session: Session, name: Name, number: UpTo) -> None:
    """Let everybody wait who was given a number up to this one."""
    _tell(session, session.lobby.hand_out(name, number, **session.act), "cli.roll.given")


def stop(session: Session, name: Name) -> None:
    """Hand out no more of an agency's roll."""
    _tell(session, session.lobby.stop_roll(name, **session.act), "cli.roll.stopped")


def status(session: Session) -> None:
    """Show today's rolls."""
    words, rolls = session.words, session.lobby.rolls()
    if not rolls and not session.json:
        print(words("cli.roll.none"))
        return
    head = [words(f"cli.head.{key}") for key in ("agency", "series", "service", "numbers", "given", "state")]
    rows = [
        [
            roll.agency,
            roll.origin,
            roll.service,
            f"{roll.first}-{roll.last}",
            str(roll.given - roll.first + 1),
            words("cli.roll.ended" if roll.stopped_at else "cli.roll.running"),
        ]
        for roll in rolls
    ]
    table(session, head, [asdict(roll) for roll in rolls], rows)


def _tell(session: Session, roll: RollView, key: str) -> None:
    sentence = session.words(key, **asdict(roll), left=roll.last - roll.given)
    answer(session, asdict(roll), sentence)
