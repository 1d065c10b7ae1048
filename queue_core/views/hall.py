"""The hall, a counter, and the whole site for the supervisor."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime

from queue_core.lifecycle import Status
from queue_core.views.alerts import AlertRecord, Thresholds
from queue_core.views.choice import Names, Opening, ServiceOffer
from queue_core.views.tickets import LegView, TicketView


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
    leg: int = 1
    legs: int = 1


@dataclass(frozen=True, slots=True)
class NoticeView:
    """What a supervisor has the boards say. `until` None: until the end of the day."""

    texts: Names
    until: datetime | None
    set_at: datetime
    staff: str


@dataclass(frozen=True, slots=True)
class BreakView:
    """A counter that is on a break of which the end is known."""

    counter_number: int
    agency: str
    back_at: datetime


@dataclass(frozen=True, slots=True)
class EarlyView:
    """An agency that a supervisor closed before its time, and why."""

    agency: str
    names: Names
    reason: Names


@dataclass(frozen=True, slots=True)
class BoardView:
    """The newest calls first."""

    at: datetime
    seq: int
    calls: tuple[BoardCall, ...]
    waiting: int
    notice: NoticeView | None = None
    breaks: tuple[BreakView, ...] = ()
    early: tuple[EarlyView, ...] = ()


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
    seen_at: datetime | None = None  # when its screen was last heard of, to the minute
    staff_name: str = ""  # of `staff`, as people call them
    moved: bool = False  # given other services than the catalogue does, until the end of the day


@dataclass(frozen=True, slots=True)
class MachineView:
    """A program of the site, `counter:3` or `touch:K1`, and when it was last heard of, to the minute."""

    id: str
    last_seen: datetime


@dataclass(frozen=True, slots=True)
class DeskRules:
    """What a site lets its counters choose from."""

    calls: int  # how often a number is called; after that it is a no-show
    holds: tuple[tuple[Names, int], ...]  # why a visitor is set aside, and for how many minutes
    breaks: tuple[str, ...]  # minutes, or a time of day such as `13:00`
    remarks: tuple[Names, ...]


@dataclass(frozen=True, slots=True)
class UndoView:
    """What can be taken back at a counter: the kind of the last event, about whom, and until when."""

    kind: str
    label: str
    until: datetime


@dataclass(frozen=True, slots=True)
class AgencyLeftView:
    """What became of an agency's people when it left: told that it is over, or moved to another service."""

    agency: str
    told: int
    moved: int
    to: str  # the service to which they were moved, or ''
    closed: tuple[int, ...]  # its counters
    serving: tuple[int, ...]  # where somebody is still served to the end


@dataclass(frozen=True, slots=True)
class ClosingView:
    """Closing comes near while people wait: how many, and how many of them can probably be served."""

    closes_at: datetime
    minutes: int
    waiting: int
    can_serve: int


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
    rules: DeskRules
    undo: UndoView | None = None
    closing: ClosingView | None = None
    way: tuple[LegView, ...] = ()  # of the visitor here, when the visit has several steps


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
    crowded: bool = False  # more wait than the site's limit allows


@dataclass(frozen=True, slots=True)
class PrinterView:
    """A printer as its spool last reported it. `state`: ok, warning, trouble, silent."""

    id: str
    state: str
    reason: str  # a key of printers.status.Trouble, or ''
    seen_at: datetime | None
    waiting_jobs: int
    stuck_jobs: int  # older than ten minutes, waiting for a hand
    paper_left_mm: int | None = None  # None: nobody told how long the roll is
    near_end_sensor: bool | None = None  # tells by itself when paper runs low; None: nobody knows
    paper_ends_at: datetime | None = None  # at today's pace; None: no pace yet, or past tonight


@dataclass(frozen=True, slots=True)
class AccuracyView:
    """How the announced waits of one line held on one day.

    Of `told` visitors who had been told a wait and were called, `kept` were called within it, `sooner` before it.
    """

    business_date: date
    service: str
    told: int
    kept: int
    sooner: int


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
    accuracy: tuple[AccuracyView, ...] = ()  # of the last days, the newest first
    notice: NoticeView | None = None
    thresholds: Thresholds = field(default_factory=Thresholds)
    alert_records: tuple[AlertRecord, ...] = ()  # those that run, or ended a moment ago
    clock_good: bool = True  # False: the machine's clock cannot be right
    machines: tuple[MachineView, ...] = ()
    set_back_to: str = ""  # not empty: set back today, and numbers begin with this, see lobby.epoch
