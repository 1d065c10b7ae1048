"""The `kiosk` command, put together from its verbs. What a verb needs is imported when it runs, so help is quick."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk.commands import (
    agency,
    audit,
    checks,
    clock,
    copies,
    demo,
    desk,
    hall,
    journeys,
    notice,
    paper,
    printer,
    report,
    rolls,
    screens,
    service,
    simulate,
    staff,
    store,
    supervising,
    sync,
    visitor,
    voice,
    web,
)
from kiosk.commands.common import PROGRAM, group

if TYPE_CHECKING:
    import typer


def build() -> typer.Typer:
    """Return the whole command, its help in the order in which people need it."""
    app = group(PROGRAM)
    for kind in (
        screens,
        web,
        visitor,
        desk,
        journeys,
        hall,
        notice,
        service,
        agency,
        supervising,
        report,
        audit,
        voice,
        paper,
        printer,
        rolls,
        store,
        copies,
        sync,
        checks,
        clock,
        staff,
        demo,
        simulate,
    ):
        kind.register(app)
    return app
