"""What a visitor can choose."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

Names = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Opening:
    """Whether numbers are given out, and why not.

    `reason` is a key: `open`; `inactive` (left the catalogue); `by_hand` (a supervisor closed it, `until` when, `name` what they wrote);
    `holiday` and `special` (a date of its own, `name` its name); `day_off`; `hours`; `break_midday`,
    `break_friday_prayer` and `break_other`; `last_ticket`; `full` (the line is longer than the day); `quota_day`;
    `quota_hour`.

    `level` is whose reason it is: `site`, `agency`, `service`, or empty. `closes_at` is closing time, `last_ticket_at` when the
    last number is given out before it. `left` counts the numbers left today, None without a quota. With `open`, `until`
    is when it ends that a supervisor holds it open.
    """

    open: bool
    reason: str = "open"
    opens_at: datetime | None = None
    closes_at: datetime | None = None
    name: Names | None = None
    level: str = ""
    last_ticket_at: datetime | None = None
    left: int | None = None
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class OrderView:
    """What a supervisor ordered by hand: a service, an agency or the site (`*`) closed or held open, until a moment."""

    target: str
    names: Names
    opens: bool
    begins_at: datetime
    ends_at: datetime
    reason: Names | None
    staff: str


@dataclass(frozen=True, slots=True)
class PlaceView:
    """How a service, an agency or the site (`*`) stands, and the order in effect for it, if there is one."""

    target: str
    names: Names
    opening: Opening
    order: OrderView | None


@dataclass(frozen=True, slots=True)
class WaitRange:
    """Expected wait in whole minutes, in steps of five; `low == high == 0` means at once."""

    low: int
    high: int
    past_closing: bool = False  # True: the turn may come only after closing time


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
    """One agency as the touch screen shows it; `taken` counts its numbers of the days before today, for "most used first"."""

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
    """A named list of services done in one visit; those of one stage are walked in any order among themselves."""

    id: str
    names: Names
    services: tuple[str, ...]
    optional: tuple[bool, ...]
    stages: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class SiteView:
    """The place itself."""

    id: str
    names: Names
    motto: str
    address: str
    time_zone: str
    languages: tuple[str, ...]
    kind: str = "hall"  # or `outreach`


@dataclass(frozen=True, slots=True)
class Offer:
    """All that a visitor can choose now: agencies most used first."""

    site: SiteView
    opening: Opening
    agencies: tuple[AgencyOffer, ...]
    journeys: tuple[JourneyOffer, ...]
    clock_fault: str = (
        ""  # why no numbers can be given out though all is open, see lobby.clockwork; else empty
    )
