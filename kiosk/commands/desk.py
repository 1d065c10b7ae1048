"""What counter staff do: one verb each, for push buttons and scripts."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from typing import Annotated

import typer

from kiosk.commands.common import HELP, command
from kiosk.commands.endings import Misused
from kiosk.commands.moments import moment
from kiosk.commands.names import CounterName, LabelName, ServiceName, service_id
from kiosk.commands.output import answer
from kiosk.commands.persons import PinFile, person
from kiosk.commands.sentences import tell_issued, tell_ticket
from kiosk.commands.session import Session
from kiosk.commands.shapes import counter_shape


class Settling(StrEnum):
    """What becomes of a visitor who stands at a counter that closes."""

    NOTHING = ""
    COMPLETE = "complete"
    NO_SHOW = "no_show"
    HOLD = "hold"


Reason = Annotated[str, typer.Option("--reason", metavar="TEXT", help=HELP("cli.option.reason"))]
BackAt = Annotated[str, typer.Option("--back-at", metavar="HH:MM", help=HELP("cli.option.back_at"))]


Until = Annotated[str, typer.Option("--until", metavar="HH:MM", help=HELP("cli.option.hold_until"))]
OnHold = Annotated[str, typer.Argument(metavar="LABEL", help=HELP("cli.option.on_hold"))]
Where = Annotated[str, typer.Argument(metavar="SERVICE", help=HELP("cli.option.service"))]
ToCounter = Annotated[str, typer.Option("--counter", metavar="COUNTER", help=HELP("cli.option.to_counter"))]
Override = Annotated[bool, typer.Option("--override", help=HELP("cli.option.override"))]
Settle = Annotated[Settling, typer.Option("--settle", help=HELP("cli.option.settle"))]
Remark = Annotated[str, typer.Argument(metavar="TEXT", help=HELP("cli.option.remark"))]
Priority = Annotated[bool, typer.Option("--priority", help=HELP("cli.option.priority"))]
Slip = Annotated[bool, typer.Option("--slip", help=HELP("cli.option.slip"))]


Colleague = Annotated[str, typer.Argument(metavar="NAME", help=HELP("cli.option.colleague"))]


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
        "undo": undo,
        "note": note,
        "walk-in": walk_in,
        "hand-over": hand_over,
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


def no_show(session: Session, counter: CounterName, label: OnHold = "") -> None:
    """Mark that the visitor who was called did not come, or that one on hold never came back."""
    tell_ticket(session, session.lobby.no_show(counter, label=label, **session.act), "cli.missed")


def hold(session: Session, counter: CounterName, *, reason: Reason = "", until: Until = "") -> None:
    """Put the visitor at this counter aside for a while."""
    held = session.lobby.hold(counter, reason=reason, until=moment(session, until), **session.act)
    tell_ticket(session, held, "cli.held")


def resume(session: Session, counter: CounterName, label: LabelName) -> None:
    """Call a visitor who was put aside."""
    tell_ticket(session, session.lobby.resume(counter, label, **session.act), "cli.called")


def transfer(session: Session, counter: CounterName, service: Where = "", *, to: ToCounter = "") -> None:
    """Send the visitor at this counter on to another service or counter."""
    target = service_id(service) if service else ""
    if not target and not to:
        raise Misused(says="cli.transfer_where")
    ticket = session.lobby.transfer(counter, target, aim=to, **session.act)
    tell_ticket(session, ticket, "cli.transferred")


def restore(session: Session, label: LabelName, *, override: Override = False) -> None:
    """Put a visitor who missed their call back in line."""
    tell_ticket(session, session.lobby.restore(label, override=override, **session.act), "cli.restored")


def undo(session: Session, counter: CounterName) -> None:
    """Take back the last action at a counter."""
    tell_ticket(session, session.lobby.undo(counter, **session.act), "cli.undone")


def note(session: Session, label: LabelName, text: Remark) -> None:
    """Write a remark for colleagues on a visit."""
    tell_ticket(session, session.lobby.note(label, text, **session.act), "cli.noted")


def walk_in(
    session: Session,
    counter: CounterName,
    service: ServiceName,
    *,
    priority: Priority = False,
    slip: Slip = False,
) -> None:
    """Give a number to somebody without paper, and call it at once where that passes nobody."""
    printer = session.printer if slip else ""
    issued = session.lobby.walk_in(
        counter, service_id(service), priority=priority, printer=printer, **session.act
    )
    tell_issued(session, issued)


def hand_over(session: Session, counter: CounterName, name: Colleague, *, pin_file: PinFile = None) -> None:
    """Let a colleague, whose PIN is asked, go on at a counter with the same visitor."""
    by = person(session, name, pin_file, needs="counter")
    session.lobby.hand_over(counter, by=by, request_id=session.request_id)
    _tell_counter(session, counter, "cli.handed_over", staff=by.staff)


def open_(session: Session, counter: CounterName) -> None:
    """Open a counter."""
    session.lobby.open_counter(counter, **session.act)
    _tell_counter(session, counter, "cli.counter_opened")


def pause(session: Session, counter: CounterName, *, back_at: BackAt = "") -> None:
    """Take a break at a counter."""
    session.lobby.pause_counter(counter, back_at=moment(session, back_at), **session.act)
    _tell_counter(session, counter, "cli.counter_paused")


def close(session: Session, counter: CounterName, *, settle: Settle = Settling.NOTHING) -> None:
    """Close a counter."""
    from queue_core.lifecycle import Action

    action = Action(settle.value) if settle.value else None
    session.lobby.close_counter(counter, settle=action, **session.act)
    _tell_counter(session, counter, "cli.counter_closed")


def _tell_counter(session: Session, counter: str, key: str, **more: str) -> None:
    summary = session.lobby.counter_view(counter).counter
    answer(session, counter_shape(summary), session.words(key, counter=summary.id, **more))
