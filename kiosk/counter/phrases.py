"""What the counter's screen says about a ticket: sentences only, no widgets. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from kiosk.counter.commands import Do
from kiosk.shared.clock import duration
from kiosk.shared.onward import onward_words
from kiosk.shared.openings import short_why
from queue_core.lifecycle import Status

if TYPE_CHECKING:
    from kiosk.counter.desk import Done
    from kiosk.i18n import Words
    from queue_core.views import CounterView, ServiceOffer, TicketView


def waited(since: datetime, now: datetime, words: Words) -> str:
    """Return how long something lasts: `12.40`."""
    return duration(now - since, words)


def no_numbers(services: Sequence[ServiceOffer], words: Words) -> str:
    """Return why nobody new will come: ` · istirahat siang`; nothing while any service gives out numbers."""
    if not services or any(service.opening.open for service in services):
        return ""
    return f" · {short_why(services[0].opening, words)}"


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
    if (minutes := int(ticket.credit.total_seconds()) // 60) > 0:
        found.append(words("counter.flag_credit", minutes=minutes))
    if why and why != "priority":  # that one is told by its own flag
        found.append(words(f"common.why_{why}"))
    return found


def last_call(ticket: TicketView, calls: int, key: str, words: Words) -> str:
    """Return what to do when the number has been called as often as it may; else nothing."""
    if ticket.status is not Status.CALLED or ticket.calls < calls:
        return ""
    return words("counter.last_call", count=ticket.calls, key=key, label=ticket.label)


def away(ticket: TicketView, now: datetime, words: Words) -> str:
    """Return in what time somebody on hold is back in line, and why they are away: `↩ 07.30 · Fotokopi`."""
    if ticket.held_until is None:
        return ticket.reason
    back = f"↩ {waited(now, ticket.held_until, words)}"
    return f"{back} · {ticket.reason}" if ticket.reason else back


def closing_line(view: CounterView, words: Words) -> str:
    """Return the warning before closing, if there is one."""
    closing = view.closing
    if closing is None:
        return ""
    return words(
        "counter.closing", waiting=closing.waiting, minutes=closing.minutes, served=closing.can_serve
    )


def why_line(ticket: TicketView, services: Iterable[ServiceOffer], words: Words) -> str:
    """Return why this one was called, in a sentence or two: the rule, and what it came to. Empty when nobody chose."""
    names = {service.id: words.pick(service.names) for service in services}
    first, then = ticket.reasons[:1], ticket.reasons[1:]
    told = (*first, *(reason for reason in then if reason["why"] != "order"))
    because = " ".join(_because(reason, names, words) for reason in told)
    return words("counter.why", because=because) if because else ""


def _because(reason: Mapping[str, int | str], names: Mapping[str, str], words: Words) -> str:
    data: dict[str, object] = {**reason, "service": names.get(str(reason.get("service")), "")}
    key = f"counter.why_{data.pop('why')}"
    if data.get("earlier"):
        key += "_priority"
    if data.get("reason"):
        key += "_reason"
    return words(key, **data)


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
    status = words(f"common.status_{ticket.status}")
    key = (
        "counter.said_walk_in_called"
        if done.do is Do.WALK_IN and ticket.counter
        else f"counter.said_{done.do}"
    )
    line = words(key, label=ticket.label, counter=counter, service=service, status=status, legs=ticket.legs)
    if ticket.onward is not None:
        line = f"{line} · {onward_words(ticket.onward, words)}"
    return f"{line} · {words(f'common.why_{ticket.why}')}" if ticket.why else line


def invitation(view: CounterView, next_key: str, words: Words, back: str | None = None) -> str:
    """Return what to do next when nobody stands at the counter; `back` is when a break ends."""
    if view.counter.state == "paused":
        return words("counter.on_break") if back is None else words("counter.on_break_until", time=back)
    if not view.waiting:
        return words("counter.nobody_waits")
    return words("counter.press_for", key=next_key, label=view.waiting[0].label)
