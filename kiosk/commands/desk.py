"""What counter staff do: one verb each, for push buttons and scripts."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated

import typer

from kiosk.commands.common import HELP, command
from kiosk.commands.moments import moment
from kiosk.commands.names import CounterName, LabelName, ServiceName, service_id
from kiosk.commands.output import answer
from kiosk.commands.sentences import tell_ticket
from kiosk.commands.session import Session
from kiosk.commands.shapes import counter_shape

Reason = Annotated[str, typer.Option("--reason", metavar="TEXT", help=HELP("cli.option.reason"))]
BackAt = Annotated[str, typer.Option("--back-at", metavar="HH:MM", help=HELP("cli.option.back_at"))]


def register(app: typer.Typer) -> None:
    """Add these verbs to the app."""
    verbs: dict[str, Callable[..., None]] = {
        "next": call_next,
        "call": call,
        "recall": recall,
        "start": start,
        "complete": complete,
        "no-show": no_show,
        "hold": hold,
        "resume": resume,
        "transfer": transfer,
        "restore": restore,
        "open": open_,
        "pause": pause,
        "close": close,
    }
    for name, verb in verbs.items():
        command(app, name, "desk", changes=True)(verb)


def call_next(session: Session, counter: CounterName) -> None:
    """Call whose turn it is."""
    tell_ticket(session, session.lobby.call_next(counter, **session.act), "cli.called")


def call(session: Session, counter: CounterName, label: LabelName, *, reason: Reason = "") -> None:
    """Call one ticket out of turn."""
    ticket = session.lobby.call(counter, label, reason=reason, **session.act)
    tell_ticket(session, ticket, "cli.called")


def recall(session: Session, counter: CounterName) -> None:
    """Call the visitor of this counter once more."""
    tell_ticket(session, session.lobby.recall(counter, **session.act), "cli.recalled")


def start(session: Session, counter: CounterName) -> None:
    """Begin to serve the visitor who was called."""
    tell_ticket(session, session.lobby.start(counter, **session.act), "cli.started")


def complete(session: Session, counter: CounterName) -> None:
    """Finish with the visitor at this counter."""
    tell_ticket(session, session.lobby.complete(counter, **session.act), "cli.completed")


def no_show(session: Session, counter: CounterName) -> None:
    """Mark that the visitor who was called did not come."""
    tell_ticket(session, session.lobby.no_show(counter, **session.act), "cli.missed")


def hold(session: Session, counter: CounterName, *, reason: Reason = "") -> None:
    """Put the visitor at this counter aside for a while."""
    tell_ticket(session, session.lobby.hold(counter, reason=reason, **session.act), "cli.held")


def resume(session: Session, counter: CounterName, label: LabelName) -> None:
    """Call a visitor who was put aside."""
    tell_ticket(session, session.lobby.resume(counter, label, **session.act), "cli.called")


def transfer(session: Session, counter: CounterName, service: ServiceName) -> None:
    """Send the visitor at this counter on to another service."""
    ticket = session.lobby.transfer(counter, service_id(service), **session.act)
    tell_ticket(session, ticket, "cli.transferred")


def restore(session: Session, label: LabelName) -> None:
    """Put a visitor who missed their call back in line."""
    tell_ticket(session, session.lobby.restore(label, **session.act), "cli.restored")


def open_(session: Session, counter: CounterName) -> None:
    """Open a counter."""
    session.lobby.open_counter(counter, **session.act)
    _tell_counter(session, counter, "cli.counter_opened")


def pause(session: Session, counter: CounterName, *, back_at: BackAt = "") -> None:
    """Take a break at a counter."""
    session.lobby.pause_counter(counter, back_at=moment(session, back_at), **session.act)
    _tell_counter(session, counter, "cli.counter_paused")


def close(session: Session, counter: CounterName) -> None:
    """Close a counter."""
    session.lobby.close_counter(counter, **session.act)
    _tell_counter(session, counter, "cli.counter_closed")


def _tell_counter(session: Session, counter: str, key: str) -> None:
    summary = session.lobby.counter_view(counter).counter
    answer(session, counter_shape(summary), session.words(key, counter=summary.id))
