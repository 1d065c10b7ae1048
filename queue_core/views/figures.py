"""Figures: what was counted in a span of days. Times in seconds, their distribution in whole minutes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from queue_core.views.choice import Names

Minutes = Mapping[int, int]
"""How often something took so many whole minutes (59 seconds are 0)."""


@dataclass(frozen=True, slots=True)
class Tally:
    """What one cell of a sheet counts: an hour of a service on a day, or any sum of such.

    A visit (one number given out) counts where and when it began; a ticket (one wait for one service) where and when
    that wait began. So visits, like everything else here, can be added up without counting anybody twice.
    """

    visits: int = 0
    priority: int = 0  # visits
    journeys: int = 0  # visits for which several services were planned
    journeys_finished: int = 0  # with all of them done
    tickets: int = 0
    served: int = 0
    no_show: int = 0
    cancelled: int = 0
    transferred: int = 0
    expired: int = 0
    called: int = 0  # waits that ended with a call
    in_promise: int = 0  # of these, those no longer than the service promises
    timed: int = 0  # services whose beginning and end are known
    waited: int = 0  # seconds, of those called
    attended: int = 0  # seconds, of those timed
    waits: Minutes = field(default_factory=dict)
    services: Minutes = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Span:
    """Days from `first` to `last`, both included. Make one by queue_core.spans."""

    first: date
    last: date

    @property
    def days(self) -> int:
        """How many."""
        return (self.last - self.first).days + 1


@dataclass(frozen=True, slots=True)
class Compared:
    """The same figures of an earlier span."""

    span: Span
    total: Tally


@dataclass(frozen=True, slots=True)
class Report:
    """The figures of one site, or of one agency there (`agency`, else empty).

    `span` ends today at the latest; `before` and `year_ago` are as many days of the month, week or span before, and of
    the year before. `hours` are local, 0 to 23; `weekdays` count from Monday, 0. Only what has figures has an entry.
    `days` and the earlier spans have sums alone, no distributions.
    """

    at: datetime
    site: str
    site_names: Names
    kind: str
    time_zone: str
    agency: str
    span: Span
    total: Tally
    agencies: Mapping[str, Tally]
    services: Mapping[str, Tally]
    hours: Mapping[int, Tally]
    weekdays: Mapping[int, Tally]
    days: Mapping[date, Tally]
    ratings: Mapping[str, Mapping[int, int]]  # service: score: how many gave it
    before: Compared
    year_ago: Compared
    agency_names: Mapping[str, Names]
    service_names: Mapping[str, Names]
    first_hour: int = 0  # at which the site's day begins: earlier hours are the night after


@dataclass(frozen=True, slots=True)
class AuditFilter:
    """Which events are asked for: what is empty does not matter. `kind` is a value of EventKind."""

    staff: str = ""
    machine: str = ""
    label: str = ""
    kind: str = ""


@dataclass(frozen=True, slots=True)
class UsualDay:
    """Today beside a usual day of the same weekday, by local hour.

    `usual` is the mean of the last `days` such weekdays on which anybody came, in tickets; a chart of today's visitors
    against it needs nothing else. With `days` 0 nothing is known yet.
    """

    at: datetime
    business_date: date
    days: int
    today: Mapping[int, Tally]
    usual: Mapping[int, float]
    usual_wait: Mapping[int, float]  # mean minutes
    first_hour: int = 0


@dataclass(frozen=True, slots=True)
class WaitingCurve:
    """How many people waited at each half hour from local midnight of the business day: 17 is 08.30, 49 is 00.30 after.

    `today` ends now; `usual` is the mean of the last `days` such weekdays on which anybody came.
    """

    at: datetime
    days: int
    today: Mapping[int, int]
    usual: Mapping[int, float]
