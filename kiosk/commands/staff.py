"""Who may sign in. A PIN is never an argument: other people on the machine could read it there."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from kiosk.commands.common import HELP, command, group, panel
from kiosk.commands.endings import Misused
from kiosk.commands.output import answer, table
from kiosk.commands.session import Session
from kiosk.shared.demonstration import STAFF as DEMONSTRATION
from queue_core.roles import ROLES

if TYPE_CHECKING:
    from queue_core.views import StaffView

LONGEST_NAME = 64

Person = Annotated[str, typer.Argument(metavar="NAME", help=HELP("cli.option.staff"))]
Role = Annotated[str, typer.Option("--role", metavar="|".join(ROLES), help=HELP("cli.option.role"))]
RoleName = Annotated[str, typer.Argument(metavar="ROLE", help=HELP("cli.option.role"))]
FullName = Annotated[str, typer.Option("--name", metavar="TEXT", help=HELP("cli.option.full_name"))]
PinFile = Annotated[
    typer.FileText | None, typer.Option("--pin-file", metavar="FILE", help=HELP("cli.option.pin_file"))
]


def register(app: typer.Typer) -> None:
    """Add the group `kiosk staff` to the app."""
    staff = group("staff")
    command(staff, "add")(add)
    command(staff, "list")(show)
    command(staff, "disable")(disable)
    command(staff, "enable")(enable)
    command(staff, "reset")(reset)
    command(staff, "role")(give_role)
    app.add_typer(staff, rich_help_panel=panel("store"))


def add(
    session: Session, person: Person, *, role: Role = "counter", name: FullName = "", pin_file: PinFile = None
) -> None:
    """Add a person who may sign in."""
    _known_role(role)
    if not 0 < len(person.strip()) <= LONGEST_NAME:
        raise Misused(says="cli.bad_name", longest=LONGEST_NAME)
    if person.strip().casefold() == DEMONSTRATION:
        raise Misused(says="cli.reserved_name", name=person)
    pin = ask_pin(session, pin_file)
    view = session.lobby.add_staff(person, name or person, pin, role, by=session.by)
    _tell(session, view, "cli.staff_added")


def show(session: Session) -> None:
    """List who may sign in."""
    words = session.words
    people = session.lobby.staff()
    rows = [
        [
            person.id,
            person.name,
            words(f"common.role_{person.role}"),
            words("cli.yes" if person.active else "cli.no"),
        ]
        for person in people
    ]
    head = [words(f"cli.head.{key}") for key in ("staff", "name", "role", "active")]
    table(session, head, [_shape(person) for person in people], rows)


def disable(session: Session, person: Person) -> None:
    """Let a person sign in no more."""
    _tell(session, session.lobby.set_staff(person, active=False, by=session.by), "cli.staff_disabled")


def enable(session: Session, person: Person) -> None:
    """Let a person sign in again."""
    _tell(session, session.lobby.set_staff(person, active=True, by=session.by), "cli.staff_enabled")


def reset(session: Session, person: Person, *, pin_file: PinFile = None) -> None:
    """Give a person a new PIN."""
    pin = ask_pin(session, pin_file)
    _tell(session, session.lobby.set_staff(person, pin=pin, by=session.by), "cli.staff_reset")


def give_role(session: Session, person: Person, role: RoleName) -> None:
    """Let a person do more, or less, from now on."""
    _known_role(role)
    _tell(session, session.lobby.set_staff(person, role=role, by=session.by), "cli.staff_role")


def ask_pin(session: Session, pin_file: typer.FileText | None) -> str:
    """Return a PIN: the first line of a file (`-` is standard input), else asked twice, unseen."""
    if pin_file is not None:
        pin = pin_file.readline().strip()
    elif sys.stdin.isatty():
        pin = typer.prompt(
            session.words("cli.ask_pin"),
            hide_input=True,
            confirmation_prompt=session.words("cli.ask_pin_again"),
        )
    else:
        raise Misused(says="cli.no_pin")
    return pin


def _known_role(role: str) -> None:
    if role not in ROLES:
        raise Misused(says="cli.unknown_role", value=role, known=", ".join(ROLES))


def _shape(person: StaffView) -> dict[str, object]:
    return {"staff": person.id, "name": person.name, "role": person.role, "active": person.active}


def _tell(session: Session, person: StaffView, key: str) -> None:
    words = session.words
    role = words(f"common.role_{person.role}")
    answer(session, _shape(person), words(key, staff=person.id, name=person.name, role=role))
