"""Lines, counters and printers in words, with a tone; the same on the supervisor's screen and page. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from kiosk.shared.clock import clock_time
from kiosk.shared.hurt import Level, level
from kiosk.shared.openings import short_why
from queue_core.lifecycle import Status

if TYPE_CHECKING:
    from kiosk.i18n import Words
    from queue_core.views import CounterSummary, Opening, PrinterView, QueueView, TicketView

CALLED_TOO_LONG = timedelta(minutes=3)
"""Whoever was called so long ago and does not stand at the counter will probably not come."""
IDLE_TOO_LONG = timedelta(minutes=5)
"""A free counter is worth a look after so long, when someone waits for its services."""


@dataclass(frozen=True, slots=True)
class Said:
    """What is said, and its tone: late, soon, good, accent, muted, or none."""

    text: str
    tone: str = ""


def state_of(queue: QueueView, words: Words) -> str:
    """Return how it goes in one line, in words; of a closed one why it is closed."""
    at = level(queue)
    if at is Level.CLOSED:
        return short_why(queue.opening, words)
    count = queue.waiting if at is Level.CROWDED else queue.over_limit
    return words(f"supervisor.state_{at.name.lower()}", count=count)


def by_hand(opening: Opening, words: Words, zone: ZoneInfo) -> str:
    """Return that a place was closed or is held open by hand, and until when; empty when its hours decide."""
    closed = opening.reason == "by_hand"
    if opening.until is None or not (closed or opening.open):
        return words("supervisor.closed_by_hand") if closed else ""
    time = clock_time(opening.until, zone)
    return words(f"supervisor.{'closed' if closed else 'open'}_until", time=time)


def doing(
    counter: CounterSummary, waiting: Mapping[str, int], now: datetime, words: Words, zone: ZoneInfo
) -> tuple[Said, datetime | None]:
    """Return what a counter does, and since when. `waiting` counts people per service."""
    if counter.current is not None:
        return _visitor(counter.current, now, words)
    if counter.state == "closed":
        return Said(words("supervisor.doing_closed"), "muted"), counter.since
    if counter.state == "paused":
        return _break(counter, words, zone), counter.since
    since = counter.last_action_at or counter.since
    wanted = any(waiting.get(service) for service in counter.services)
    if wanted and since is not None and now - since >= IDLE_TOO_LONG:
        return Said(words("supervisor.doing_idle_wanted"), "soon"), since
    return Said(words("supervisor.doing_idle")), since


def _visitor(ticket: TicketView, now: datetime, words: Words) -> tuple[Said, datetime | None]:
    if ticket.status is Status.SERVING:
        return Said(words("supervisor.doing_serving", label=ticket.label), "good"), ticket.started_at
    long = ticket.called_at is not None and now - ticket.called_at >= CALLED_TOO_LONG
    key, tone = ("doing_not_come", "soon") if long else ("doing_called", "accent")
    return Said(words(f"supervisor.{key}", label=ticket.label), tone), ticket.called_at


def _break(counter: CounterSummary, words: Words, zone: ZoneInfo) -> Said:
    if counter.back_at is None:
        return Said(words("supervisor.doing_paused"), "soon")
    return Said(words("supervisor.doing_paused_until", time=clock_time(counter.back_at, zone)), "soon")


def paper_words(printer: PrinterView, words: Words, zone: ZoneInfo) -> str:
    """Return how much paper is left, and until when if a pace is known; nothing when no roll's length is known."""
    if printer.paper_left_mm is None:
        return ""
    metres = round(printer.paper_left_mm / 1000)
    if printer.paper_ends_at is None:
        return words("supervisor.paper_left", metres=metres)
    return words("supervisor.paper_left_until", metres=metres, time=clock_time(printer.paper_ends_at, zone))


def printer_said(printer: PrinterView, words: Words, zone: ZoneInfo) -> Said:
    """Return a printer's state with its reason, and the slips that wait."""
    if printer.state == "silent" and printer.reason:
        text = words(
            "supervisor.printer_trouble", printer=printer.id, reason=words(f"printer.{printer.reason}")
        )
    elif printer.state == "silent" and printer.seen_at is not None:
        time = clock_time(printer.seen_at, zone)
        text = words("supervisor.printer_silent_since", printer=printer.id, time=time)
    else:
        reason = words(f"printer.{printer.reason}") if printer.reason else ""
        text = words(f"supervisor.printer_{printer.state}", printer=printer.id, reason=reason)
    if printer.waiting_jobs:
        text += ", " + words("supervisor.jobs_waiting", count=printer.waiting_jobs)
    if printer.stuck_jobs:
        text += ", " + words("supervisor.jobs_stuck", count=printer.stuck_jobs)
    if paper := paper_words(printer, words, zone):
        text += ", " + paper
    tones = {"ok": "good", "warning": "soon", "silent": "late" if printer.reason else "muted"}
    tone = tones.get(printer.state, "late")
    return Said(text, "soon" if printer.stuck_jobs and tone in ("good", "muted") else tone)
