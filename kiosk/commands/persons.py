"""A person at the terminal: who acts by name and PIN, where a command is not the computer's own word."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from kiosk.commands.common import HELP
from kiosk.commands.endings import Misused
from kiosk.commands.session import Session
from queue_core.events import Actor

PinFile = Annotated[
    typer.FileText | None, typer.Option("--pin-file", metavar="FILE", help=HELP("cli.option.pin_file"))
]


def person(session: Session, name: str, pin_file: typer.FileText | None, *, needs: str) -> Actor:
    """Return who acts here, once the PIN is right; a PIN is never an argument. Raises what `sign_in` raises."""
    if pin_file is not None:
        pin = pin_file.readline().strip()
    elif sys.stdin.isatty():
        pin = typer.prompt(session.words("cli.ask_pin"), hide_input=True)
    else:
        raise Misused(says="cli.no_pin")
    found = session.lobby.sign_in(name, pin, needs=needs, by=session.by)
    return Actor(found.id, session.by.machine)
