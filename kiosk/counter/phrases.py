"""What the counter's screen says about a ticket: sentences only, no widgets. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from kiosk.counter.commands import Do
from kiosk.shared.clock import duration
from kiosk.shared.onward import onward_words
from queue_core.lifecycle import Status

if TYPE_CHECKING:
    from kiosk.counter.desk import Done
    from kiosk.i18n import Words
    from queue_core.views import CounterView, TicketView


def waited(since: datetime, now: datetime, words: Words) -> str:
    """Return how long something lasts: `12.40`."""
    return duration(now - since, words)


def marks(ticket: TicketView, words: Words, *, late: bool, short: bool) -> str:
    """Return what sets a ticket apart in the line: `prioritas · lewat janji`."""
    found = []
    if ticket.priority:
        found.append(words("counter.mark_priority"))
    if late:
        found.append(words("counter.mark_late_short" if short else "counter.mark_late"))
    return " · ".join(found)


def status_line(ticket: TicketView, now: datetime, minutes: int | None, words: Words) -> str:
    """Return for how long the visitor has been called or served; `minutes` is what the service usually takes."""
    since = ticket.started_at if ticket.status is Status.SERVING else ticket.called_at
    elapsed = waited(since or ticket.waiting_since, now, words)
    if ticket.status is Status.SERVING and minutes:
        return words("counter.served_for", elapsed=elapsed, minutes=minutes)
    return elapsed


def wait_line(ticket: TicketView, words: Words) -> str:
    """Return how long the visitor waited before this counter called, beside the promise."""
    called = ticket.called_at or ticket.waiting_since
    promise = int((ticket.due_at - ticket.waiting_since).total_seconds()) // 60
    since = min(ticket.joined_at, called)
    key = "counter.waited_late" if called > ticket.due_at else "counter.waited"
    return words(key, wait=waited(since, called, words), minutes=promise)


def flags(ticket: TicketView, why: str, first_language: str, words: Words) -> list[str]:
    """Return what staff should know at a glance: priority, step, how often called, language, why this one."""
    found = []
    if ticket.priority:
        found.append(words("counter.flag_priority"))
    if ticket.legs > 1:
        found.append(words("counter.flag_step", leg=ticket.leg, legs=ticket.legs))
    if ticket.calls > 1:
        found.append(words("counter.flag_calls", count=ticket.calls))
    if ticket.language != first_language:
        found.append(words("counter.flag_language", language=words(f"common.language_{ticket.language}")))
    if ticket.credit:
        minutes = int(ticket.credit.total_seconds()) // 60
        found.append(words("counter.flag_credit", minutes=minutes))
    if why and why != "priority":  # that one is told by its own flag
        found.append(words(f"common.why_{why}"))
    return found


def in_lines(parts: Sequence[str], width: int) -> str:
    """Return parts joined by dots, broken between parts and never within one."""
    lines: list[str] = []
    for part in parts:
        if lines and len(lines[-1]) + len(part) + 3 <= width:
            lines[-1] += f" · {part}"
        else:
            lines.append(part)
    return "\n".join(lines)


def said(done: Done, counter: int, words: Words) -> str:
    """Return the result of a command in one line."""
    ticket = done.ticket
    if ticket is None:
        return words(
            "counter.said_nobody" if done.do is Do.NEXT else f"counter.said_{done.do}", counter=counter
        )
    service = words.pick(ticket.service_names)
    line = words(f"counter.said_{done.do}", label=ticket.label, counter=counter, service=service)
    if ticket.onward is not None:
        line = f"{line} · {onward_words(ticket.onward, words)}"
    return f"{line} · {words(f'common.why_{ticket.why}')}" if ticket.why else line


def invitation(view: CounterView, next_key: str, words: Words) -> str:
    """Return what to do next when nobody stands at the counter."""
    if view.counter.state == "paused":
        return words("counter.on_break")
    if not view.waiting:
        return words("counter.nobody_waits")
    return words("counter.press_for", key=next_key, label=view.waiting[0].label)
