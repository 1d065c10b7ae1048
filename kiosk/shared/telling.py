"""What an event of a visit means, in plain words: what was promised and what became true, why, where to. Pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, cast
from zoneinfo import ZoneInfo

from kiosk.shared.clock import clock_time, duration
from queue_core.waiting import was_kept

if TYPE_CHECKING:
    from kiosk.i18n import Words
    from queue_core.views import EventView, TicketView

Data = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Telling:
    """In which words events are told; `names` names services by id."""

    names: Mapping[str, str]
    words: Words
    zone: ZoneInfo

    def details(self, event: EventView) -> str:
        """Return what is worth knowing besides what happened, when, where and who; often nothing."""
        tell = _DETAILS.get(event.kind)
        return tell(self, event.data) if tell is not None else ""

    def leg(self, ticket: TicketView) -> str:
        """Return one step of a visit in a line: how it stands, where, how long waited and served."""
        parts = [self.name(ticket.service), self.words(f"common.status_{ticket.status}")]
        if ticket.counter:
            parts.append(self.words("supervisor.tell_counter", counter=ticket.counter))
        if ticket.called_at is not None:
            wait = duration(ticket.called_at - ticket.joined_at, self.words)
            parts.append(self.words("supervisor.tell_waited", time=wait))
        if ticket.started_at is not None and ticket.finished_at is not None:
            served = duration(ticket.finished_at - ticket.started_at, self.words)
            parts.append(self.words("supervisor.tell_served", time=served))
        line = " · ".join(parts)
        if ticket.legs == 1:
            return line
        return f"{self.words('supervisor.tell_step', leg=ticket.leg, legs=ticket.legs)}: {line}"

    def name(self, service: object) -> str:
        """Return what a service is called."""
        return self.names.get(str(service), str(service))


def _issued(telling: Telling, data: Data) -> str:
    if "roll" in data:
        return telling.words("supervisor.tell_roll", roll=data["roll"])
    if "before_rows" in data:
        return telling.words("supervisor.tell_before_rows")
    ahead = telling.words("supervisor.tell_ahead", count=data.get("ahead", 0))
    wait = cast("Sequence[int] | None", data.get("wait"))
    if wait is None:
        return f"{ahead}, {telling.words('supervisor.tell_no_wait')}"
    return f"{ahead}, {telling.words('supervisor.tell_wait', low=wait[0], high=wait[1])}"


def _cancelled(telling: Telling, data: Data) -> str:
    label = data.get("replaced_by")
    return telling.words("supervisor.tell_replaced", label=label) if label else ""


def _enrolled(telling: Telling, data: Data) -> str:
    return telling.words(
        "supervisor.tell_enrolled", machine=data.get("machine", ""), origin=data.get("origin")
    )


def _caught_up(telling: Telling, data: Data) -> str:
    kiosk = {"machine": data.get("machine", ""), "origin": data.get("origin", "")}
    told = [telling.words("supervisor.tell_caught_up", count=data.get("added", 0), **kiosk)]
    if data.get("called_before"):
        told.append(telling.words("supervisor.tell_called_before", count=data["called_before"]))
    return " · ".join(told)


def _called(telling: Telling, data: Data) -> str:
    parts = [telling.words(f"common.why_{data.get('why')}")]
    if data.get("reason"):
        parts.append(f"“{data['reason']}”")
    if "waited" in data:
        parts.append(
            _waited(telling, cast("int", data["waited"]), cast("Sequence[int] | None", data.get("told")))
        )
    return ", ".join(parts)


def _waited(telling: Telling, waited: int, told: Sequence[int] | None) -> str:
    if told is None:
        return telling.words("supervisor.tell_waited_only", minutes=waited)
    low, high = told
    how = "kept" if was_kept(low, high, waited) else "sooner" if waited < low else "longer"
    return telling.words(f"supervisor.tell_{how}", minutes=waited, low=low, high=high)


def _recalled(telling: Telling, data: Data) -> str:
    return telling.words("supervisor.tell_calls", count=data.get("calls", 2))


def _held(telling: Telling, data: Data) -> str:
    parts = [f"“{data['reason']}”"] if data.get("reason") else []
    if isinstance(data.get("until"), str):
        until = datetime.fromisoformat(str(data["until"]))
        parts.append(telling.words("supervisor.tell_until", time=clock_time(until, telling.zone)))
    return ", ".join(parts)


def _to(telling: Telling, data: Data) -> str:
    return telling.words("supervisor.tell_to", service=telling.name(data.get("to")))


def _leg_begun(telling: Telling, data: Data) -> str:
    parts = [telling.words("supervisor.tell_leg", leg=data.get("leg", 1))]
    if data.get("because") in ("shortest", "open"):
        parts.append(telling.words(f"common.because_{data['because']}"))
    if data.get("credit"):
        parts.append(telling.words("counter.flag_credit", minutes=data["credit"]))
    return ", ".join(parts)


def _step(telling: Telling, data: Data) -> str:
    name = telling.name(data.get("step", ""))
    return telling.words("common.leg_closed", service=name) if data.get("reason") == "closed" else name


def _journey(telling: Telling, data: Data) -> str:
    return " → ".join(telling.name(each) for each in cast("Sequence[str]", data.get("services", ())))


def _priority(telling: Telling, data: Data) -> str:
    return telling.words(f"supervisor.tell_priority_{'on' if data.get('priority') else 'off'}")


def _slip(telling: Telling, data: Data) -> str:
    copy = cast("int", data.get("copy", 1))
    which = telling.words("supervisor.tell_original" if copy == 1 else "supervisor.tell_copy", copy=copy)
    return f"{which}, {telling.words('supervisor.tell_printer', printer=data.get('printer', ''))}"


def _restored(telling: Telling, data: Data) -> str:
    return telling.words("supervisor.tell_beyond") if data.get("override") else ""


def _undone(telling: Telling, data: Data) -> str:
    return telling.words(f"common.event_{data.get('undone')}")


def _refused(telling: Telling, data: Data) -> str:
    role = telling.words(f"common.role_{data.get('needs')}")
    return telling.words("supervisor.tell_refused", verb=data.get("verb"), role=role)


def _stepped_back(telling: Telling, data: Data) -> str:
    return telling.words("supervisor.tell_places", count=data.get("places", 1))


def _noted(_telling: Telling, data: Data) -> str:
    return f"“{data['note']}”" if data.get("note") else ""


_DETAILS: dict[str, Callable[[Telling, Data], str]] = {
    "issued": _issued,
    "cancelled": _cancelled,
    "kiosk_enrolled": _enrolled,
    "kiosk_caught_up": _caught_up,
    "called": _called,
    "recalled": _recalled,
    "held": _held,
    "transferred": _to,
    "leg_begun": _leg_begun,
    "leg_dropped": _step,
    "leg_added": _step,
    "journey_begun": _journey,
    "priority_set": _priority,
    "slip_printed": _slip,
    "slip_failed": _slip,
    "slip_asked_again": _slip,
    "restored": _restored,
    "undone": _undone,
    "refused": _refused,
    "stepped_back": _stepped_back,
    "noted": _noted,
}
