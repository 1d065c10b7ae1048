"""Read models: frozen values that the Lobby returns. No database row ever leaves queue_core.

Times are aware and in UTC. `Names` maps a language (`id`, `en`) to words; use the site's first language when one is
missing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TypedDict

from queue_core.lifecycle import Status

Names = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Opening:
    """Open or closed, and why. `reason` is a key (`open`, `hours`, `day_off`, `inactive`), `opens_at` the next opening."""

    open: bool
    reason: str = "open"
    opens_at: datetime | None = None
    closes_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class WaitRange:
    """Expected wait in whole minutes, in steps of five; `low == high == 0` means at once."""

    low: int
    high: int


# ----------------------------------------------------------------------------- what a visitor can choose


@dataclass(frozen=True, slots=True)
class ServiceOffer:
    """One service as the touch screen shows it. `id` is `DK.ktp`. Absent requirements, cost and time limit are None."""

    id: str
    agency: str
    names: Names
    minutes: int
    requirements: Mapping[str, tuple[str, ...]] | None
    cost: Names | None
    time_limit: Names | None
    opening: Opening
    waiting: int
    open_counters: int
    wait: WaitRange | None  # None: no counter is open, so no minutes are promised


@dataclass(frozen=True, slots=True)
class AgencyOffer:
    """One agency as the touch screen shows it; `taken` counts its tickets of the last days, for "most used first"."""

    code: str
    names: Names
    short: str
    opening: Opening
    waiting: int
    open_counters: int
    taken: int
    services: tuple[ServiceOffer, ...]


@dataclass(frozen=True, slots=True)
class JourneyOffer:
    """A named list of services done in one visit."""

    id: str
    names: Names
    services: tuple[str, ...]
    optional: tuple[bool, ...]


@dataclass(frozen=True, slots=True)
class SiteView:
    """The place itself."""

    id: str
    names: Names
    motto: str
    address: str
    time_zone: str
    languages: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Offer:
    """All that a visitor can choose now: agencies most used first."""

    site: SiteView
    opening: Opening
    agencies: tuple[AgencyOffer, ...]
    journeys: tuple[JourneyOffer, ...]


# ----------------------------------------------------------------------------- tickets


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
    note: str = ""
    why: str = ""  # value of calling.Why, when this view answers a call


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
    """One step of a visit. `status` is None while the step lies ahead."""

    leg: int
    service: str
    service_names: Names
    agency_names: Names
    optional: bool
    status: Status | None


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


# ----------------------------------------------------------------------------- the hall, a counter, the supervisor


@dataclass(frozen=True, slots=True)
class BoardCall:
    """A number and where it should go."""

    label: str
    counter: str
    counter_number: int
    agency: str
    agency_names: Names
    service_names: Names
    language: str
    called_at: datetime
    calls: int
    status: Status


@dataclass(frozen=True, slots=True)
class BoardView:
    """The newest calls first."""

    at: datetime
    seq: int
    calls: tuple[BoardCall, ...]
    waiting: int


@dataclass(frozen=True, slots=True)
class CounterSummary:
    """A counter at a glance. `state`: closed, open, paused."""

    id: str
    number: int
    state: str
    since: datetime | None
    staff: str
    agency: str  # of its first service
    services: tuple[str, ...]
    current: TicketView | None
    back_at: datetime | None
    last_action_at: datetime | None


@dataclass(frozen=True, slots=True)
class CounterView:
    """All that the counter's screen shows, read at one moment."""

    at: datetime
    seq: int
    counter: CounterSummary
    services: tuple[ServiceOffer, ...]
    waiting: tuple[TicketView, ...]  # in the order in which they will be called, at most 50
    waiting_count: int
    held: tuple[TicketView, ...]
    missed: tuple[TicketView, ...]  # today's no-shows of this counter's services, newest first
    done_today: int


@dataclass(frozen=True, slots=True)
class QueueView:
    """One service's line, and its day so far. Waits in seconds."""

    agency: str
    service: str
    agency_names: Names
    service_names: Names
    opening: Opening
    waiting: int
    waiting_priority: int
    serving: int  # called and serving
    held: int
    longest_wait: int
    average_wait: int  # of those called today
    over_limit: int  # waiting past the promise
    target_minutes: int
    open_counters: int
    issued: int
    completed: int
    no_show: int
    cancelled: int
    transferred: int


@dataclass(frozen=True, slots=True)
class PrinterView:
    """A printer as its spool last reported it. `state`: ok, warning, trouble, silent."""

    id: str
    state: str
    reason: str  # a key of printers.status.Trouble, or ''
    seen_at: datetime | None
    waiting_jobs: int
    stuck_jobs: int  # older than ten minutes, waiting for a hand


@dataclass(frozen=True, slots=True)
class Overview:
    """The whole site at one moment, for the supervisor."""

    at: datetime
    seq: int
    business_date: date
    opening: Opening
    queues: tuple[QueueView, ...]
    counters: tuple[CounterSummary, ...]
    printers: tuple[PrinterView, ...]
    late: tuple[TicketView, ...]  # waiting past the promise, worst first, at most 50


# ----------------------------------------------------------------------------- people and paper


@dataclass(frozen=True, slots=True)
class StaffView:
    """A person who may sign in. `role`: visitor_desk, counter, supervisor, admin."""

    id: str
    name: str
    role: str
    active: bool


@dataclass(frozen=True, slots=True)
class PrintJobView:
    """A slip to print, with the facts frozen when it was asked for. `facts` fills printers.slip.Slip by kiosk.shared.slip."""

    job: str
    printer: str
    label: str
    copy: int  # 1 is the original
    state: str  # value of printers.spool.JobState
    created_at: datetime
    facts: Mapping[str, object]
    error: str = ""


@dataclass(frozen=True, slots=True)
class CatalogueChange:
    """One difference between the file and the store. `what`: added, changed, closed, reopened."""

    what: str
    kind: str  # site, agency, service, counter, journey
    id: str
    detail: str = ""


class SlipFacts(TypedDict):
    """What a slip needs, as plain JSON, frozen in the transaction that asked for it. kiosk.shared.slip renders it."""

    label: str
    language: str
    site_names: dict[str, str]
    motto: str
    time_zone: str
    agency_names: dict[str, str]
    service_names: dict[str, str]
    priority: bool
    ahead: int
    wait: list[int] | None  # [low, high] minutes
    open_counters: int
    token: str
    issued_at: str  # ISO 8601, UTC
    legs: list[
        dict[str, object]
    ]  # of a journey: {"agency_names": …, "service_names": …, "optional": bool}; else empty
