"""What the supervisor's tables say, row by row. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from kiosk.shared.clock import clock_seconds, duration
from kiosk.shared.hurt import SIGNS, Level, level
from kiosk.shared.places import by_hand, doing, printer_said, state_of
from kiosk.shared.telling import Telling
from kiosk.shared.widgets.live_table import Cell, Line

if TYPE_CHECKING:
    from kiosk.i18n import Words
    from queue_core.views import CounterSummary, EventView, PrinterView, QueueView, TicketView

TONES = {
    Level.LATE: "late",
    Level.SOON: "soon",
    Level.UNATTENDED: "soon",
    Level.CROWDED: "soon",
    Level.FINE: "good",
}
"""The colour of each level; the calm ones are muted."""


def number(count: int, tone: str = "") -> Cell:
    """Return a count; nought is quiet."""
    return Cell(str(count), tone if count else "muted", bold=bool(count and tone))


def time_cell(seconds: int, words: Words, tone: str = "") -> Cell:
    """Return a duration; none is quiet."""
    return Cell(duration(seconds, words, short=True), tone) if seconds else Cell("–", "muted")


def queue_line(queue: QueueView, words: Words, zone: ZoneInfo) -> Line:
    """Return one service's line."""
    at = level(queue)
    tone = TONES.get(at, "muted")
    grave = tone if at >= Level.SOON else ""
    ordered = by_hand(queue.opening, words, zone)
    named = words.pick(queue.service_names)
    name = Cell(
        f"{named} · {ordered}" if ordered else named,
        "soon" if ordered else "" if queue.waiting or queue.serving else "muted",
    )
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
    said, since = doing(counter, waiting, now, words, zone)
    lasting = Cell(duration(now - since, words, short=True), said.tone) if since else Cell("–", "muted")
    closed = counter.state == "closed"
    return Line(
        counter.id,
        {
            "counter": Cell(
                f"{counter.number}{'*' if counter.moved else ''}", "muted" if closed else "", bold=not closed
            ),
            "agency": Cell(counter.agency, "muted"),
            "staff": Cell("" if closed else counter.staff_name),
            "doing": Cell(said.text, said.tone),
            "since": Cell("") if closed else lasting,
        },
    )


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


def event_line(event: EventView, telling: Telling, who: Mapping[str, str]) -> Line:
    """Return one thing that happened. `who` names staff by id; who is not named there acted for a machine."""
    return Line(
        str(event.seq),
        {
            "time": Cell(clock_seconds(event.at, telling.zone), "muted"),
            "what": Cell(telling.words(f"common.event_{event.kind}"), bold=True),
            "details": Cell(telling.details(event)),
            "where": Cell(event.counter),
            "who": Cell(who.get(event.staff, event.staff) or event.machine, "" if event.staff else "muted"),
        },
    )


def printer_words(printer: PrinterView, words: Words, zone: ZoneInfo) -> Cell:
    """Return a printer's state with its reason, the slips that wait and the paper that is left."""
    said = printer_said(printer, words, zone)
    return Cell(said.text, said.tone)
