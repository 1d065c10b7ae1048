"""The trail: who did what, where and when."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from kiosk.commands.common import HELP, command
from kiosk.commands.endings import Misused
from kiosk.commands.output import table
from kiosk.commands.session import Session
from kiosk.commands.shapes import event_shape

if TYPE_CHECKING:
    from queue_core.views import EventView, Span

Day = Annotated[str, typer.Option("--day", metavar="2026-11-24", help=HELP("cli.option.audit_day"))]
From = Annotated[str, typer.Option("--from", metavar="2026-11-01", help=HELP("cli.option.from"))]
To = Annotated[str, typer.Option("--to", metavar="2026-11-30", help=HELP("cli.option.to"))]
Who = Annotated[str, typer.Option("--staff", metavar="NAME", help=HELP("cli.option.audit_staff"))]
Where = Annotated[str, typer.Option("--machine", metavar="ID", help=HELP("cli.option.audit_machine"))]
Ticket = Annotated[str, typer.Option("--ticket", metavar="LABEL", help=HELP("cli.option.audit_ticket"))]
Kind = Annotated[str, typer.Option("--kind", metavar="KIND", help=HELP("cli.option.audit_kind"))]
Limit = Annotated[int, typer.Option("--limit", metavar="N", min=1, help=HELP("cli.option.audit_limit"))]


def register(app: typer.Typer) -> None:
    """Add this verb to the app."""
    command(app, "audit", "hall")(audit)


def audit(
    session: Session,
    *,
    day: Day = "",
    first: From = "",
    last: To = "",
    staff: Who = "",
    machine: Where = "",
    ticket: Ticket = "",
    kind: Kind = "",
    limit: Limit = 500,
) -> None:
    """Print who did what; of today when no day is named."""
    from queue_core.events import EventKind
    from queue_core.views import AuditFilter

    if kind and kind not in set(EventKind):
        raise Misused(says="cli.unknown_kind", value=kind, known=", ".join(sorted(EventKind)))
    wanted = AuditFilter(staff=staff, machine=machine, label=ticket, kind=kind)
    events = session.lobby.audit(_span(session, day, first, last), wanted, limit=limit)
    words = session.words
    head = [
        words(f"cli.head.{key}")
        for key in ("when", "staff", "machine", "what", "label", "counter", "details")
    ]
    table(session, head, [event_shape(event) for event in events], [_row(session, event) for event in events])


def _row(session: Session, event: EventView) -> list[str]:
    at = event.at.astimezone(session.zone)
    details = ", ".join(
        f"{key}={value}" for key, value in event.data.items() if value not in (None, "", False)
    )
    what = session.words(f"common.event_{event.kind}")
    who = event.staff or session.words("cli.nobody_signed_in")
    return [f"{at:%Y-%m-%d %H:%M:%S}", who, event.machine, what, event.label, event.counter, details]


def _span(session: Session, day: str, first: str, last: str) -> Span:
    from queue_core import spans
    from queue_core.hours import business_day

    today = business_day(session.house.clock(), session.section.time_zone, session.section.day_starts)
    try:
        begin = date.fromisoformat(day or first) if day or first else today
        end = date.fromisoformat(day or last) if day or last else max(begin, today) if first else begin
        return spans.days(begin, end)
    except ValueError:
        raise Misused(says="cli.bad_span", value=day or f"{first} {last}".strip()) from None
