"""`kiosk clock`: can this computer's clock be right, and a person's word that it is."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from kiosk.commands.common import HELP, command, group, panel
from kiosk.commands.endings import Misused
from kiosk.commands.output import answer
from kiosk.commands.session import Session
from kiosk.shared.dates import long_moment
from queue_core.events import Actor

As = Annotated[str, typer.Option("--as", metavar="NAME", help=HELP("cli.option.as"))]
PinFile = Annotated[
    typer.FileText | None, typer.Option("--pin-file", metavar="FILE", help=HELP("cli.option.pin_file"))
]


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
    by = _person(session, name, pin_file) if name else session.by
    fault = session.lobby.accept_clock(by=by, request_id=session.request_id)
    key = "cli.clock.accepted" if fault else "cli.clock.nothing"
    answer(session, {"fault": fault or None, "staff": by.staff}, session.words(key, now=_spoken(session)))


def _person(session: Session, name: str, pin_file: typer.FileText | None) -> Actor:
    """Who vouches, by name and PIN; without a name it is whoever may type on this computer."""
    if pin_file is not None:
        pin = pin_file.readline().strip()
    elif sys.stdin.isatty():
        pin = typer.prompt(session.words("cli.ask_pin"), hide_input=True)
    else:
        raise Misused(says="cli.no_pin")
    person = session.lobby.sign_in(name, pin, needs="supervisor", by=session.by)
    return Actor(person.id, session.by.machine)


def _spoken(session: Session) -> str:
    return long_moment(session.house.clock(), session.section.time_zone, session.words.language)
