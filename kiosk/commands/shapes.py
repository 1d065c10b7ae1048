"""What `--json` prints: plain mappings made from the Lobby's frozen views. Keys are a promise to other programs."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

from kiosk.shared.links import ticket_url

if TYPE_CHECKING:
    from queue_core.views import (
        Alert,
        BoardCall,
        CounterSummary,
        EventView,
        IssuedTicket,
        LegView,
        NoticeView,
        OnwardView,
        Opening,
        PrintJobView,
        QueueView,
        ServiceOffer,
        TicketStory,
        TicketView,
        VisitStatus,
        WaitRange,
    )

Shape = dict[str, object]

NOBODY_WAITS: Shape = {"label": None}
"""The answer of an empty queue."""


def ticket_shape(ticket: TicketView) -> Shape:
    """Return one ticket."""
    return {
        "label": ticket.label,
        "agency": ticket.agency,
        "service": ticket.service,
        "number": ticket.number,
        "status": ticket.status.value,
        "counter": ticket.counter,
        "position": ticket.position,
        "priority": ticket.priority,
        "language": ticket.language,
        "leg": ticket.leg,
        "legs": ticket.legs,
        "journey": ticket.journey or None,
        "credit_minutes": int(ticket.credit.total_seconds()) // 60,
        "onward": _onward(ticket.onward),
        "calls": ticket.calls,
        "waiting_since": ticket.waiting_since,
        "due_at": ticket.due_at,
        "called_at": ticket.called_at,
        "started_at": ticket.started_at,
        "finished_at": ticket.finished_at,
        "why": ticket.why,
        "reasons": [dict(reason) for reason in ticket.reasons],
        "note": ticket.note,
        "reason": ticket.reason,
        "held_until": ticket.held_until,
    }


def token_shape(token: str, public_url: str) -> Shape:
    """Return the token of a visit and the address of its page; no address where the site has none."""
    return {"token": token, "url": ticket_url(public_url, token) if public_url else None}


def issued_shape(issued: IssuedTicket, public_url: str) -> Shape:
    """Return a new number."""
    return {
        **ticket_shape(issued.ticket),
        **token_shape(issued.token, public_url),
        "business_date": issued.business_date,
        "issued_at": issued.issued_at,
        "ahead": issued.ahead,
        "wait": _wait(issued.wait),
        "open_counters": issued.open_counters,
        "job": issued.job,
        "repeated": issued.repeated,
    }


def visit_shape(visit: VisitStatus, token: str, public_url: str) -> Shape:
    """Return what the holder of a token may know."""
    return {
        **ticket_shape(visit.ticket),
        **token_shape(token, public_url),
        "ahead": visit.ahead,
        "wait": _wait(visit.wait),
        "open_counters": visit.open_counters,
        "over": visit.over,
        "steps": [leg_shape(leg) for leg in visit.legs],
    }


def leg_shape(leg: LegView) -> Shape:
    """Return one step of a visit; `status` is null while it lies ahead, `gone` says why it will not happen."""
    return {
        "leg": leg.leg,
        "service": leg.service,
        "optional": leg.optional,
        "status": leg.status.value if leg.status else None,
        "gone": leg.gone or None,
        "counters": list(leg.counters),
    }


def story_shape(story: TicketStory, public_url: str) -> Shape:
    """Return a whole visit; the keys of a ticket are those of its latest leg."""
    return {
        **ticket_shape(story.tickets[-1]),
        **token_shape(story.token, public_url),
        "arrived_at": story.arrived_at,
        "left_at": story.left_at,
        "tickets": [ticket_shape(ticket) for ticket in story.tickets],
        "events": [event_shape(event) for event in story.events],
    }


def service_shape(service: ServiceOffer) -> Shape:
    """Return one service on offer."""
    return {
        "service": service.id,
        "agency": service.agency,
        "names": dict(service.names),
        **opening_shape(service.opening),
        "minutes": service.minutes,
        "waiting": service.waiting,
        "open_counters": service.open_counters,
        "wait": _wait(service.wait),
    }


def opening_shape(opening: Opening) -> Shape:
    """Return whether numbers are given out, why not, and when again."""
    return {
        "open": opening.open,
        "reason": opening.reason,
        "reason_names": None if opening.name is None else dict(opening.name),
        "opens_at": opening.opens_at,
        "closes_at": opening.closes_at,
        "last_ticket_at": opening.last_ticket_at,
        "numbers_left": opening.left,
    }


def queue_shape(queue: QueueView) -> Shape:
    """Return one service's line; waits in seconds."""
    plain = {key: value for key, value in asdict(queue).items() if key != "opening"}
    return {**plain, **opening_shape(queue.opening)}


def counter_shape(counter: CounterSummary) -> Shape:
    """Return one counter and who stands at it."""
    return {
        "counter": counter.id,
        "state": counter.state,
        "staff": counter.staff,
        "agency": counter.agency,
        "services": counter.services,
        "label": counter.current.label if counter.current else None,
        "status": counter.current.status.value if counter.current else None,
        "back_at": counter.back_at,
    }


def call_shape(call: BoardCall) -> Shape:
    """Return one line of the hall's board."""
    return {
        "label": call.label,
        "counter": call.counter,
        "agency": call.agency,
        "status": call.status.value,
        "called_at": call.called_at,
        "calls": call.calls,
        "leg": call.leg,
        "legs": call.legs,
    }


def notice_shape(notice: NoticeView | None) -> Shape:
    """Return what the boards say; no texts where they say nothing."""
    if notice is None:
        return {"texts": {}, "until": None, "set_at": None}
    return {"texts": dict(notice.texts), "until": notice.until, "set_at": notice.set_at}


def alert_shape(alert: Alert, sentence: str) -> Shape:
    """Return one thing that is wrong, with the sentence that people read."""
    return {
        "kind": alert.kind.value,
        "subject": alert.subject,
        "value": alert.value,
        "state": alert.state.value,
        "since": alert.since,
        "acknowledged_by": alert.acknowledged_by or None,
        "text": sentence,
    }


def event_shape(event: EventView) -> Shape:
    """Return one change."""
    return {
        "seq": event.seq,
        "at": event.at,
        "kind": event.kind,
        "label": event.label or None,
        "service": event.service or None,
        "counter": event.counter or None,
        "staff": event.staff,
        "machine": event.machine,
        "data": dict(event.data),
    }


def job_shape(job: PrintJobView) -> Shape:
    """Return one print job."""
    return {
        "job": job.job,
        "label": job.label,
        "printer": job.printer,
        "copy": job.copy,
        "state": job.state,
        "error": job.error,
    }


def _onward(onward: OnwardView | None) -> Shape | None:
    """Where a visit went on, when a command ended a leg."""
    if onward is None:
        return None
    leg = onward.leg
    return {
        "service": leg.service if leg else None,
        "leg": leg.leg if leg else None,
        "because": onward.because,
        "counters": list(onward.counters),
    }


def _wait(wait: WaitRange | None) -> Shape | None:
    if wait is None:
        return None
    return {"low": wait.low, "high": wait.high, "past_closing": wait.past_closing}
