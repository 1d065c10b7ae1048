"""`kiosk clock`: can this computer's clock be right, and a person's word that it is."""

from __future__ import annotations

from typing import Annotated

import typer

from kiosk.commands.common import HELP, command, group, panel
from kiosk.commands.output import answer
from kiosk.commands.persons import PinFile, person
from kiosk.commands.session import Session
from kiosk.shared.dates import long_moment

As = Annotated[str, typer.Option("--as", metavar="NAME", help=HELP("cli.option.as"))]


def register(app: typer.Typer) -> None:
    """Add the group `kiosk clock` to the app."""
    clock = group("clock")
    command(clock, "show")(show)
    command(clock, "accept", changes=True)(accept)
    app.add_typer(clock, rich_help_panel=panel("store"))


def show(session: Session) -> None:
    """Tell the time as the queue has it, and whether it can be right."""
    now, fault = session.house.clock(), session.lobby.clock_fault()
    said = session.words(f"cli.clock.{fault or 'good'}", now=_spoken(session))
    answer(session, {"now": now, "fault": fault or None}, said)


def accept(session: Session, *, name: As = "", pin_file: PinFile = None) -> None:
    """Vouch for the clock: it is right, and numbers are given out again."""
    by = person(session, name, pin_file, needs="supervisor") if name else session.by
    fault = session.lobby.accept_clock(by=by, request_id=session.request_id)
    key = "cli.clock.accepted" if fault else "cli.clock.nothing"
    answer(session, {"fault": fault or None, "staff": by.staff}, session.words(key, now=_spoken(session)))


def _spoken(session: Session) -> str:
    return long_moment(session.house.clock(), session.section.time_zone, session.words.language)
