"""Alerts as a screen needs them: look, tell the store what is new or over, and say it in words."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kiosk.shared.clock import duration
from kiosk.shared.hurt import ORDERS
from queue_core.alerts import alerts, changes
from queue_core.errors import StoreBusy
from queue_core.events import Actor
from queue_core.views import Alert, AlertKind, AlertState, Overview

if TYPE_CHECKING:
    from kiosk.i18n import Words
    from queue_core import Lobby


@dataclass(frozen=True, slots=True)
class Watched:
    """The site, and what is wrong there."""

    overview: Overview
    alerts: tuple[Alert, ...]


def watch(lobby: Lobby, machine: str, free_megabytes: int | None) -> Watched:
    """Look at the site. What nobody has told the store of yet is told now; raises what the Lobby raises.

    Args:
        lobby: the way in.
        machine: the computer that looks.
        free_megabytes: room beside its store; None: not known.
    """
    overview = lobby.queues()
    found = _as_lines(alerts(overview, machine=machine, free_megabytes=free_megabytes), overview)
    begun, ended = changes(found, overview.alert_records, machine)
    if begun or ended:
        with suppress(StoreBusy):  # the next look says it again; what was seen is shown all the same
            lobby.note_alerts(begun, ended, by=Actor(machine=machine))
    return Watched(overview, found)


def _as_lines(found: tuple[Alert, ...], overview: Overview) -> tuple[Alert, ...]:
    """Let alerts of one kind about lines stand as the lines do, the worst first: what is named first is one and the same."""
    places = {queue.service: place for place, queue in enumerate(sorted(overview.queues, key=ORDERS["hurt"]))}
    kinds = [(each.state is AlertState.KNOWN, each.kind) for each in found]
    first = {kind: kinds.index(kind) for kind in kinds}
    ranks = {
        each.key: (first[kind], places.get(each.subject, -1)) for each, kind in zip(found, kinds, strict=True)
    }
    return tuple(sorted(found, key=lambda each: ranks[each.key]))


def untold(found: tuple[Alert, ...]) -> tuple[Alert, ...]:
    """Return those that somebody has to be told of."""
    return tuple(each for each in found if each.state is not AlertState.KNOWN)


def alert_words(alert: Alert, names: Mapping[str, str], words: Words) -> str:
    """Return what is wrong in one line. `names` names services by their id."""
    said = {"subject": alert.subject, "value": alert.value, "name": names.get(alert.subject, alert.subject)}
    if alert.kind is AlertKind.PRINTER and alert.detail:
        return words("supervisor.alert_printer_why", **said, reason=words(f"printer.{alert.detail}"))
    if alert.kind is AlertKind.PROGRAM:
        kind, _, machine = alert.subject.partition(":")
        name = words(f"supervisor.program_{kind}", machine=machine)
        if alert.value < 60:
            return words("supervisor.alert_program", program=name, minutes=alert.value)
        return words("supervisor.alert_program_long", program=name, time=duration(alert.value * 60, words))
    return words(f"supervisor.alert_{alert.kind}", **said)


def service_names(overview: Overview, words: Words) -> dict[str, str]:
    """Return what services are called, each with its agency's letters."""
    return {each.service: f"{each.agency} {words.pick(each.service_names)}" for each in overview.queues}
