"""What the supervisor's tables say, row by row. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from kiosk.shared.clock import clock_seconds, clock_time, duration
from kiosk.shared.hurt import Level, level
from kiosk.shared.widgets.live_table import Cell, Line
from queue_core.lifecycle import Status

if TYPE_CHECKING:
    from kiosk.i18n import Words
    from queue_core.views import CounterSummary, EventView, PrinterView, QueueView, TicketView

TONES = {Level.LATE: "late", Level.SOON: "soon", Level.UNATTENDED: "soon", Level.FINE: "good"}
"""The colour of each level; the calm ones are muted."""
SIGNS = {
    Level.LATE: "▲",
    Level.SOON: "◆",
    Level.UNATTENDED: "■",
    Level.FINE: "●",
    Level.CALM: "○",
    Level.CLOSED: "–",
}
"""A shape for each level, so that nobody has to tell red from green."""
CALLED_TOO_LONG = timedelta(minutes=3)
"""Whoever was called so long ago and does not stand at the counter will probably not come."""
IDLE_TOO_LONG = timedelta(minutes=5)
"""A free counter is worth a look after so long, when someone waits for its services."""


def number(count: int, tone: str = "") -> Cell:
    """Return a count; nought is quiet."""
    return Cell(str(count), tone if count else "muted", bold=bool(count and tone))


def time_cell(seconds: int, words: Words, tone: str = "") -> Cell:
    """Return a duration; none is quiet."""
    return Cell(duration(seconds, words, short=True), tone) if seconds else Cell("–", "muted")


def queue_line(queue: QueueView, words: Words) -> Line:
    """Return one service's line."""
    at = level(queue)
    tone = TONES.get(at, "muted")
    grave = tone if at >= Level.SOON else ""
    name = Cell(words.pick(queue.service_names), "" if queue.waiting or queue.serving else "muted")
    unattended = "soon" if queue.waiting and not queue.open_counters else ""
    return Line(
        queue.service,
        {
            "agency": Cell(queue.agency, "muted"),
            "service": name,
            "state": Cell(f"{SIGNS[at]} {state_of(queue, words)}", tone, bold=at is Level.LATE),
            "waiting": number(queue.waiting),
            "longest": time_cell(queue.longest_wait, words, grave),
            "average": time_cell(queue.average_wait, words),
            "over": number(queue.over_limit, "late"),
            "serving": number(queue.serving),
            "counters": Cell(
                str(queue.open_counters), unattended or ("" if queue.open_counters else "muted")
            ),
        },
    )


def state_of(queue: QueueView, words: Words) -> str:
    """Return how it goes in one line, in words."""
    at = level(queue)
    return words(f"supervisor.state_{at.name.lower()}", count=queue.over_limit)


def agency_line(day: QueueView, words: Words) -> Line:
    """Return one agency's day; `day` is the agency's line as figures.by_agency joins it."""
    return Line(
        day.agency,
        {
            "agency": Cell(day.agency, "muted"),
            "agency_name": Cell(words.pick(day.agency_names)),
            "issued": number(day.issued),
            "done": number(day.completed),
            "no_show": number(day.no_show),
            "cancelled": number(day.cancelled),
            "transferred": number(day.transferred),
        },
    )


def counter_line(
    counter: CounterSummary, waiting: Mapping[str, int], now: datetime, words: Words, zone: ZoneInfo
) -> Line:
    """Return one counter: who sits there, what they do, and for how long. `waiting` counts people per service."""
    doing, since = _doing(counter, waiting, now, words, zone)
    lasting = Cell(duration(now - since, words, short=True), doing.tone) if since else Cell("–", "muted")
    closed = counter.state == "closed"
    return Line(
        counter.id,
        {
            "counter": Cell(
                f"{counter.number}{'*' if counter.moved else ''}", "muted" if closed else "", bold=not closed
            ),
            "agency": Cell(counter.agency, "muted"),
            "staff": Cell("" if closed else counter.staff_name),
            "doing": doing,
            "since": Cell("") if closed else lasting,
        },
    )


def _doing(
    counter: CounterSummary, waiting: Mapping[str, int], now: datetime, words: Words, zone: ZoneInfo
) -> tuple[Cell, datetime | None]:
    if counter.current is not None:
        return _visitor(counter.current, now, words)
    if counter.state == "closed":
        return Cell(words("supervisor.doing_closed"), "muted"), counter.since
    if counter.state == "paused":
        return _break(counter, words, zone), counter.since
    since = counter.last_action_at or counter.since
    wanted = any(waiting.get(service) for service in counter.services)
    if wanted and since is not None and now - since >= IDLE_TOO_LONG:
        return Cell(words("supervisor.doing_idle_wanted"), "soon"), since
    return Cell(words("supervisor.doing_idle")), since


def _visitor(ticket: TicketView, now: datetime, words: Words) -> tuple[Cell, datetime | None]:
    if ticket.status is Status.SERVING:
        return Cell(words("supervisor.doing_serving", label=ticket.label), "good"), ticket.started_at
    long = ticket.called_at is not None and now - ticket.called_at >= CALLED_TOO_LONG
    key, tone = ("doing_not_come", "soon") if long else ("doing_called", "accent")
    return Cell(words(f"supervisor.{key}", label=ticket.label), tone), ticket.called_at


def _break(counter: CounterSummary, words: Words, zone: ZoneInfo) -> Cell:
    if counter.back_at is None:
        return Cell(words("supervisor.doing_paused"), "soon")
    return Cell(words("supervisor.doing_paused_until", time=clock_time(counter.back_at, zone)), "soon")


def counter_lines(
    counters: Sequence[CounterSummary],
    queues: Sequence[QueueView],
    now: datetime,
    words: Words,
    zone: ZoneInfo,
) -> list[Line]:
    """Return all counters: those worth a look, the others by number, then those that are closed."""
    waiting = {queue.service: queue.waiting for queue in queues}
    lines = {each.number: counter_line(each, waiting, now, words, zone) for each in counters}
    closed = {each.number for each in counters if each.state == "closed"}

    def order(number: int) -> tuple[bool, bool, int]:
        return number in closed, lines[number].cells["doing"].tone != "soon", number

    return [lines[number] for number in sorted(lines, key=order)]


def waiting_line(ticket: TicketView, place: int, now: datetime, words: Words) -> Line:
    """Return one person in line."""
    late = ticket.due_at <= now
    notes = [words("supervisor.note_priority")] if ticket.priority else []
    if late:
        notes.append(words("supervisor.late_by", time=duration(now - ticket.due_at, words)))
    return Line(
        ticket.ticket_id,
        {
            "place": Cell(str(place), "muted"),
            "number": Cell(ticket.label, bold=True),
            "waited": Cell(duration(now - ticket.waiting_since, words), "late" if late else ""),
            "note": Cell(" · ".join(notes), "late" if late else "accent"),
        },
    )


def event_line(event: EventView, services: Mapping[str, str], words: Words, zone: ZoneInfo) -> Line:
    """Return one thing that happened. `services` names them by id."""
    return Line(
        str(event.seq),
        {
            "time": Cell(clock_seconds(event.at, zone), "muted"),
            "what": Cell(words(f"common.event_{event.kind}"), bold=True),
            "service": Cell(services.get(event.service, event.service)),
            "where": Cell(event.counter),
            "who": Cell(event.staff),
        },
    )


def paper_words(printer: PrinterView, words: Words, zone: ZoneInfo) -> str:
    """Return how much paper is left, and until when if a pace is known; nothing when no roll's length is known."""
    if printer.paper_left_mm is None:
        return ""
    metres = round(printer.paper_left_mm / 1000)
    if printer.paper_ends_at is None:
        return words("supervisor.paper_left", metres=metres)
    return words("supervisor.paper_left_until", metres=metres, time=clock_time(printer.paper_ends_at, zone))


def printer_words(printer: PrinterView, words: Words, zone: ZoneInfo) -> Cell:
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
    return Cell(text, "soon" if printer.stuck_jobs and tone in ("good", "muted") else tone)
