"""`kiosk agency`: an agency that leaves before its time."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated

import typer

from kiosk.commands.common import HELP, command, group, panel
from kiosk.commands.names import service_id
from kiosk.commands.output import answer
from kiosk.commands.session import Session

Name = Annotated[str, typer.Argument(metavar="AGENCY", help=HELP("cli.option.agency"))]
Why = Annotated[str, typer.Option("--reason", metavar="TEXT", help=HELP("cli.option.leave_reason"))]
MoveTo = Annotated[str, typer.Option("--move-to", metavar="SERVICE", help=HELP("cli.option.move_to"))]


def register(app: typer.Typer) -> None:
    """Add the group `kiosk agency` to the app."""
    agency = group("agency")
    command(agency, "leave", changes=True)(leave)
    app.add_typer(agency, rich_help_panel=panel("hall"))


def leave(session: Session, name: Name, *, reason: Why = "", move_to: MoveTo = "") -> None:
    """Close an agency for the rest of the day, and tell or move all who wait for it."""
    target = service_id(move_to) if move_to else ""
    left = session.lobby.agency_leaves(name, reason=reason, move_to=target, **session.act)
    key = "cli.agency.moved" if left.to else "cli.agency.told"
    told = {"agency": left.agency, "count": left.moved or left.told, "service": left.to}
    answer(session, asdict(left), session.words(key, **told))
