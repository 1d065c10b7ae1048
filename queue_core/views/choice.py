"""What a visitor can choose."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

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
    kind: str = "hall"  # or `outreach`


@dataclass(frozen=True, slots=True)
class Offer:
    """All that a visitor can choose now: agencies most used first."""

    site: SiteView
    opening: Opening
    agencies: tuple[AgencyOffer, ...]
    journeys: tuple[JourneyOffer, ...]
