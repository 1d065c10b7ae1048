"""What staff change in the way of a visit: leave a step out, add one, make a journey of a plain ticket."""

from __future__ import annotations

from typing import Annotated

import typer

from kiosk.commands.common import HELP, command
from kiosk.commands.names import LabelName, ServiceName, service_id
from kiosk.commands.sentences import tell_ticket
from kiosk.commands.session import Session
from kiosk.commands.visitor import Skip

JourneyName = Annotated[str, typer.Argument(metavar="NAME", help=HELP("cli.option.journey"))]


def register(app: typer.Typer) -> None:
    """Add these verbs to the app."""
    command(app, "skip-leg", "desk", changes=True)(skip_leg)
    command(app, "add-leg", "desk", changes=True)(add_leg)
    command(app, "make-journey", "desk", changes=True)(make_journey)


def skip_leg(session: Session, label: LabelName, service: ServiceName) -> None:
    """Leave out a step of a visit, ahead or waited for."""
    ticket = session.lobby.skip_leg(label, service_id(service), **session.act)
    tell_ticket(session, ticket, "cli.leg_skipped")


def add_leg(session: Session, label: LabelName, service: ServiceName) -> None:
    """Add a step at the end of a visit."""
    tell_ticket(session, session.lobby.add_leg(label, service_id(service), **session.act), "cli.leg_added")


def make_journey(
    session: Session,
    label: LabelName,
    name: JourneyName,
    *,
    skip: Skip = [],  # noqa: B006  typer copies it
) -> None:
    """Make a journey of a plain ticket."""
    skipped = [service_id(each) for each in skip]
    ticket = session.lobby.make_journey(label, name.strip().lower(), skip=skipped, **session.act)
    tell_ticket(session, ticket, "cli.journey_made")
