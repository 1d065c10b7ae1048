"""An account of the day from its events alone: what became of each wait. It knows nothing of tables and of the rules."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from queue_core.views import EventView


@dataclass(frozen=True)
class Wait:
    """One wait for one service."""

    service: str
    begun: datetime
    status: str = "waiting"
    counter: str = ""
    called: datetime | None = None
    moved: bool = False  # the place in line was changed: it does not wait since `begun` any more
    aim: str = ""  # the counter to which it was sent


@dataclass
class Visit:
    """One number: its waits, and how they were before each event that can be taken back."""

    waits: list[Wait]
    priority: bool
    sent: str = ""  # the counter that the transfer just told names
    past: list[tuple[str, list[Wait]]] = field(default_factory=list)

    @property
    def now(self) -> Wait:
        """The newest wait."""
        return self.waits[-1]


TO = {
    "started": "serving",
    "completed": "completed",
    "no_show": "no_show",
    "held": "held",
    "transferred": "transferred",
    "cancelled": "cancelled",
    "expired": "expired",
}
"""Kind of event to the status that follows."""
ASIDE = frozenset(
    {
        *("noted", "slip_printed", "slip_failed", "slip_asked_again"),
        *("journey_ended", "journey_begun", "leg_added", "counter_handed_over"),
    }
)
"""What changes nothing of a wait."""


@dataclass
class Seat:
    """A counter: what it takes, and whether somebody sits there."""

    services: tuple[str, ...]
    state: str = "closed"


SEATS = {
    "counter_opened": "open",
    "counter_handed_over": "open",
    "counter_paused": "paused",
    "counter_closed": "closed",
}


class Account:
    """The state of the hall as its events tell it; `seats` are its counters before the first event."""

    def __init__(self, seats: Mapping[str, Sequence[str]]) -> None:
        self.visits: dict[str, Visit] = {}
        self.seats = {counter: Seat(tuple(services)) for counter, services in seats.items()}
        self.shut: set[str] = set()  # agencies and services that were closed by hand
        self.notice: Mapping[str, str] = {}
        self.alerts: set[tuple[str, str]] = set()
        self.kinds: Counter[str] = Counter()
        self.seq = 0

    def read(self, events: Iterable[EventView], *, priority: bool) -> None:
        """Take in what one command led to; `priority`: whether a new number asked for it, which no event tells."""
        for event in events:
            assert event.seq == self.seq + 1, "a gap in the events"
            self.seq = event.seq
            self.kinds[event.kind] += 1
            self._tell_site(event)
            if event.kind == "issued":
                visit = Visit([Wait(event.service, event.at)], priority)
                self.visits[event.label] = visit
            elif event.label in self.visits:
                self._tell(self.visits[event.label], event)

    def for_counter(self, counter: str) -> set[str]:
        """The labels that this counter may call: all who wait for what it takes, but those sent to another that is manned."""
        return {
            label
            for service in self.seats[counter].services
            for label in self.waiting(service)
            if self._aimed(label) in {"", counter}
        }

    def waiting(self, service: str) -> set[str]:
        """The labels that wait for a service."""
        return {
            label
            for label, visit in self.visits.items()
            if (visit.now.status, visit.now.service) == ("waiting", service)
        }

    def at(self, counter: str) -> str | None:
        """Who stands at a counter."""
        found = [
            label
            for label, visit in self.visits.items()
            if visit.now.counter == counter and visit.now.status in {"called", "serving"}
        ]
        assert len(found) <= 1, found
        return found[0] if found else None

    def _aimed(self, label: str) -> str:
        """The counter that has this number to itself: it was sent there, and somebody sits there and takes it."""
        wait = self.visits[label].now
        seat = self.seats.get(wait.aim)
        return wait.aim if seat and seat.state != "closed" and wait.service in seat.services else ""

    def _tell_site(self, event: EventView) -> None:
        kind = event.kind
        said: Mapping[str, Any] = event.data
        if kind in SEATS:
            self.seats[event.counter].state = SEATS[kind]
        elif kind in {"counter_moved", "counter_returned"}:
            self.seats[event.counter].services = tuple(said["services"])
        elif kind == "service_closed":
            self.shut.add(said["target"])
        elif kind in {"service_held_open", "order_lifted"}:
            self.shut.discard(said["target"])
        elif kind in {"notice_set", "notice_cleared"}:
            self.notice = said["texts"] if kind == "notice_set" else {}
        elif kind == "alert_raised":
            self.alerts.add((said["alert"], said["subject"]))
        elif kind == "alert_ended":
            self.alerts.discard((said["alert"], said["subject"]))

    def _tell(self, visit: Visit, event: EventView) -> None:
        kind = event.kind
        if kind == "undone" and event.data["undone"] in ASIDE:
            return
        if kind == "undone":
            was, waits = visit.past.pop()
            assert was == event.data["undone"], (event.label, was, event.data)
            visit.waits = waits
            return
        if kind == "priority_set":
            visit.priority = bool(event.data["priority"])
        if kind in ASIDE:
            return
        visit.past.append((kind, list(visit.waits)))
        if kind == "leg_begun":
            visit.waits.append(Wait(event.service, event.at, aim=visit.sent))
            visit.sent = ""
            return
        if kind == "transferred":
            visit.sent = str(event.data.get("aim", ""))
        visit.waits[-1] = self._after(visit.now, event)

    def _after(self, wait: Wait, event: EventView) -> Wait:
        kind = event.kind
        if kind in TO:
            return replace(wait, status=TO[kind], counter=wait.counter or event.counter)
        if kind in {"called", "recalled", "resumed"}:
            return replace(wait, status="called", counter=event.counter, called=wait.called or event.at)
        if kind == "restored":
            return replace(wait, status="waiting", counter="", called=None, moved=True)
        if kind == "hold_ended":
            return replace(wait, status="waiting", counter="")
        if kind == "stepped_back":
            return replace(wait, moved=True)
        if kind == "leg_dropped" and event.data["reason"] == "skipped" and wait.service == event.data["step"]:
            return replace(wait, status="transferred")
        return wait
