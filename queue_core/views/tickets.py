"""Tickets, visits and what happened to them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from queue_core.lifecycle import Status
from queue_core.views.choice import Names, WaitRange


@dataclass(frozen=True, slots=True)
class TicketView:
    """One ticket: a wait for one service. `position` counts from 1 and is None unless waiting."""

    ticket_id: str
    visit_id: str
    label: str
    number: int
    agency: str
    service: str
    agency_names: Names
    service_names: Names
    status: Status
    priority: bool
    language: str
    leg: int
    legs: int
    waiting_since: datetime
    due_at: datetime
    counter: str | None = None
    called_at: datetime | None = None
    started_at: datetime | None = None
    finished_at: datetime | None = None
    calls: int = 0
    position: int | None = None
    note: str = ""  # a word for the next colleague
    reason: str = ""  # why it is on hold, or why it came to nothing
    held_until: datetime | None = None  # back in line from then on
    last_called_at: datetime | None = None
    aimed: str | None = None  # the counter that shall call it
    why: str = ""  # value of calling.Why, when this view answers a call or stands at a counter
    reasons: tuple[Mapping[str, int | str], ...] = ()  # each `why` with what its sentence needs, `why` first
    journey: str = ""  # the journey's id; empty for a plain ticket
    credit: timedelta = timedelta(0)  # `waiting_since` lies so long before the joining of this line
    onward: OnwardView | None = None  # where the visit went on, when this view answers what ended a leg

    @property
    def joined_at(self) -> datetime:
        """When the visitor came to this line: what a wait is measured from."""
        return self.waiting_since + self.credit


@dataclass(frozen=True, slots=True)
class OnwardView:
    """Where a visit went on by itself. `leg` is None when nothing was left; `closed` were given up on the way."""

    leg: TicketView | None
    because: str  # value of journeys.Because
    counters: tuple[int, ...]  # the open ones that take this line
    closed: tuple[Names, ...]  # services that take nobody any more today


@dataclass(frozen=True, slots=True)
class IssuedTicket:
    """A new number, committed. `ahead` counts people, `token` opens the visitor's page."""

    ticket: TicketView
    token: str
    business_date: date
    issued_at: datetime
    ahead: int
    wait: WaitRange | None
    open_counters: int
    job: str | None  # the print job's id; None when no slip was asked for
    legs: tuple[LegView, ...] = ()
    repeated: bool = False  # True: this request was answered before, nothing new was made


@dataclass(frozen=True, slots=True)
class LegView:
    """One step of a visit. `status` is None while the step lies ahead, or when it will not happen: then `gone` says why."""

    leg: int
    service: str
    service_names: Names
    agency_names: Names
    optional: bool
    status: Status | None
    gone: str = ""  # value of journeys.Gone
    counters: tuple[int, ...] = ()  # the open ones that take its line, while it lies ahead
    stage: int = 0  # steps ahead of one stage are walked in any order


@dataclass(frozen=True, slots=True)
class VisitStatus:
    """What the holder of a token may know."""

    label: str
    language: str
    ticket: TicketView
    ahead: int
    wait: WaitRange | None
    open_counters: int
    legs: tuple[LegView, ...]
    over: bool  # nothing more will happen to this visit today
    counters: tuple[int, ...] = ()  # the open ones that take this line
    can_step_back: bool = False  # others may still be let go first
    back_at: datetime | None = None  # all counters of the line are on a break, and the first is back then
    can_rate: bool = False  # served, and not yet asked how it was


@dataclass(frozen=True, slots=True)
class VisitsView:
    """All visits that are under way, by token, at one moment."""

    at: datetime
    seq: int
    business_date: date
    visits: Mapping[str, VisitStatus]


@dataclass(frozen=True, slots=True)
class RatingView:
    """How many visitors of a service gave a score, from 1 (not content) to 4 (very content)."""

    service: str
    score: int
    answers: int


@dataclass(frozen=True, slots=True)
class EventView:
    """One change. `data` is small and plain."""

    seq: int
    at: datetime
    kind: str
    label: str
    service: str
    counter: str
    staff: str
    machine: str
    data: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class TicketStory:
    """A visit from arrival to now: its legs and all that happened."""

    label: str
    token: str
    language: str
    arrived_at: datetime
    left_at: datetime | None
    tickets: tuple[TicketView, ...]
    events: tuple[EventView, ...]
    staff_names: Mapping[str, str] = field(default_factory=dict)  # of those who acted, as people call them
