"""What supervisors do and are told, for scripts: alerts, moved counters, priority."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from kiosk.commands.common import HELP, command
from kiosk.commands.endings import REFUSED
from kiosk.commands.names import CounterName, LabelName
from kiosk.commands.output import answer, line
from kiosk.commands.sentences import tell_ticket
from kiosk.commands.session import Session
from kiosk.commands.shapes import alert_shape
from kiosk.shared.room import free_megabytes
from queue_core.events import Favour

if TYPE_CHECKING:
    from kiosk.shared.alerting import Watched
    from queue_core.views import Alert

Services = Annotated[
    list[str] | None, typer.Argument(metavar="SERVICE...", help=HELP("cli.option.move_services"))
]
Reason = Annotated[Favour, typer.Option("--reason", help=HELP("cli.option.favour"))]
Off = Annotated[bool, typer.Option("--off", help=HELP("cli.option.priority_off"))]
Known = Annotated[bool, typer.Option("--acknowledge", help=HELP("cli.option.acknowledge"))]


def register(app: typer.Typer) -> None:
    """Add these verbs to the app."""
    command(app, "alerts", "hall", changes=True)(alerts)
    command(app, "move", "desk", changes=True)(move)
    command(app, "priority", "desk", changes=True)(priority)


def alerts(session: Session, *, acknowledge: Known = False) -> None:
    """Tell what is wrong now; exit 1 while there is something that nobody knows of."""
    from kiosk.shared.alerting import alert_words, service_names, untold

    watched = _watch(session)
    if acknowledge and untold(watched.alerts):
        keys = [each.key for each in untold(watched.alerts)]
        session.lobby.acknowledge_alerts(keys, **session.act)
        watched = _watch(session)
    names = service_names(watched.overview, session.words)
    for each in watched.alerts:
        print(_told(session, each, alert_words(each, names, session.words)))
    if not watched.alerts and not session.json:
        print(session.words("supervisor.no_alerts"))
    if untold(watched.alerts):
        raise typer.Exit(REFUSED)


def _watch(session: Session) -> Watched:
    from kiosk.shared.alerting import watch

    store, base = session.house.store, session.place.base
    free = free_megabytes(store.path.parent if store.is_sqlite else base)
    return watch(session.lobby, session.settings.machine.id, free)


def _told(session: Session, alert: Alert, sentence: str) -> str:
    if session.json:
        return line(alert_shape(alert, sentence))
    return f"{session.words(f'cli.alert.{alert.state}'):<14} {sentence}"


def move(session: Session, counter: CounterName, services: Services = None) -> None:
    """Let a counter take other services until the end of the day; without services, its own again."""
    if services:
        now = session.lobby.move_counter(counter, services, **session.act)
    else:
        now = session.lobby.return_counter(counter, **session.act)
    sentence = session.words("cli.moved", counter=counter, services=", ".join(now))
    answer(session, {"counter": counter, "services": now}, sentence)


def priority(session: Session, label: LabelName, *, reason: Reason = Favour.OTHER, off: Off = False) -> None:
    """Let a visitor go first in line, or with `--off` no longer."""
    ticket = session.lobby.set_priority(label, priority=not off, reason=reason, **session.act)
    tell_ticket(session, ticket, "cli.priority_off" if off else "cli.priority_on")
