"""People, paper and changes of the catalogue."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import NotRequired, TypedDict

from queue_core.views.choice import Names


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


@dataclass(frozen=True, slots=True)
class Flaw:
    """Something that contradicts itself in the store. `kind`: numbers, label, visit, left_open, untold, end, nowhere, slip, events."""

    kind: str
    where: str
    detail: str


@dataclass(frozen=True, slots=True)
class RollView:
    """A roll of pre-printed numbers. `given` is the last number that was handed out, `first - 1` before the first one."""

    agency: str
    origin: str  # `R1`, `R2`: the labels of its visits are `DK R1-057`
    service: str
    first: int
    last: int
    given: int
    started_at: datetime
    stopped_at: datetime | None


class SlipFacts(TypedDict):
    """What a slip needs, as plain JSON, frozen in the transaction that asked for it. kiosk.shared.slip renders it."""

    label: str
    language: str
    site_names: Names
    motto: str
    time_zone: str
    agency_names: Names
    service_names: Names
    priority: bool
    ahead: int
    wait: list[int] | None  # [low, high] minutes
    open_counters: int
    token: str
    issued_at: str  # ISO 8601, UTC
    legs: list[
        dict[str, object]
    ]  # of a journey: {"agency_names": …, "service_names": …, "optional", "done", "free": bool}; else empty
    # Slips that were asked for before the program knew of these lack them:
    address: NotRequired[str]
    leg: NotRequired[int]  # at which of the steps
    requirements: NotRequired[
        dict[str, list[str]]
    ]  # of this service and of a journey's later ones, by language
    past_closing: NotRequired[bool]  # the wait may go past closing time
    cut_off: NotRequired[
        bool
    ]  # by a kiosk that does not know who else waits: `ahead` counts its own visitors only
