"""What a site offers, read from the store once per revision and kept: names, hours, counters, journeys."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from difflib import get_close_matches
from functools import cached_property
from itertools import pairwise

from queue_core.calling import Policy
from queue_core.errors import UnknownCounter, UnknownJourney, UnknownService
from queue_core.hours import BusinessDay, BusinessDays, Window, both
from queue_core.journeys import Step
from queue_core.opening import Level, Order, Place, Rules, serving_windows, standing
from queue_core.settings import DeskSettings
from queue_core.views import Names, Opening, SiteView, Thresholds
from queue_core.waiting import ALWAYS_OPEN, Line, Schedule

EVERYTHING = "*"
"""What an order or a quota for the whole site is kept under."""


@dataclass(frozen=True, slots=True)
class AgencyEntry:
    """An institution at this site."""

    code: str
    names: Names
    short: str
    rules: Rules
    active: bool


@dataclass(frozen=True, slots=True)
class ServiceEntry:
    """What a visitor comes for; `id` is `DK.ktp`."""

    id: str
    agency: str
    names: Names
    minutes: int
    target_wait_minutes: int
    requirements: Mapping[str, tuple[str, ...]] | None
    cost: Names | None
    time_limit: Names | None
    rules: Rules
    active: bool
    most_waiting: int | None = None


@dataclass(frozen=True, slots=True)
class JourneyEntry:
    """A named list of services, and the minutes of credit that it allows between them."""

    id: str
    names: Names
    steps: tuple[Step, ...]
    credit_minutes: int
    active: bool


@dataclass(frozen=True)
class SiteCatalogue:
    """One revision of a site's catalogue, in the order of the file. What was closed is still here, not active."""

    site: SiteView
    revision: int
    active: bool
    place: Place
    rules: Rules
    orders: Mapping[str, Order]  # by target: `*`, `DK` or `DK.ktp`; some may have ended
    agencies: Mapping[str, AgencyEntry]
    services: Mapping[str, ServiceEntry]
    journeys: Mapping[str, JourneyEntry]
    desk: DeskSettings
    counters: Mapping[int, tuple[str, ...]]  # active ones, with their services, the main one first
    alerts: Mapping[str, int]  # limits that the catalogue sets; what it leaves out is as Thresholds has it
    policies: Mapping[int, Policy]  # of the counters
    led: Mapping[str, Policy]  # of the lines that have a counter
    policy: Policy  # of the site
    _standing: dict[str, tuple[datetime, datetime, Opening]] = field(
        default_factory=dict, init=False, compare=False, repr=False
    )
    _serving: dict[tuple[str, date], list[Window]] = field(
        default_factory=dict, init=False, compare=False, repr=False
    )

    @cached_property
    def active_services(self) -> tuple[ServiceEntry, ...]:
        """What may be asked for at all, agency by agency."""
        return tuple(
            each for each in self.services.values() if each.active and self.agencies[each.agency].active
        )

    @cached_property
    def days(self) -> BusinessDays:
        """The site's days."""
        return BusinessDays(self.place.zone, self.place.day_starts)

    @cached_property
    def empty_lines(self) -> Mapping[str, Line]:
        """Each service's line when nobody waits."""
        return {each.id: Line(0, each.minutes) for each in self.services.values()}

    @cached_property
    def taken_by(self) -> Mapping[int, frozenset[str]]:
        """The services of each active counter."""
        return {number: frozenset(services) for number, services in self.counters.items()}

    @cached_property
    def thresholds(self) -> Thresholds:
        """Past what an alert is raised."""
        own = {each.id: each.most_waiting for each in self.services.values() if each.most_waiting is not None}
        return Thresholds(**self.alerts, waiting_of=own)

    @cached_property
    def line_policies(self) -> Mapping[str, Policy]:
        """Whose turn it is within a line, see Seating.lines; a line without a counter has the site's policy."""
        return {service: self.led.get(service, self.policy) for service in self.services}

    def service(self, text: str) -> ServiceEntry:
        """Return the service named `DK.ktp`, however its letters are cased. Raises UnknownService."""
        agency, _, rest = text.strip().partition(".")
        found = self.services.get(f"{agency.upper()}.{rest.lower()}")
        if found is None:
            raise UnknownService(service=text, nearest=_nearest(text, self.services))
        return found

    def counter(self, text: str) -> int:
        """Return the number of the counter named `3`. Raises UnknownCounter."""
        number = int(text) if text.strip().isdecimal() else -1
        if number not in self.counters:
            raise UnknownCounter(counter=text, nearest=_nearest(text, map(str, self.counters)))
        return number

    def journey(self, text: str) -> JourneyEntry:
        """Return a journey by its id. Raises UnknownJourney."""
        found = self.journeys.get(text.strip().lower())
        if found is None or not found.active:
            raise UnknownJourney(journey=text, nearest=_nearest(text, self.journeys))
        return found

    # ------------------------------------------------------------------ open or closed
    def target(self, text: str) -> str:
        """Return what an order is for: `*` or the site's id, an agency's code, or a service. Raises UnknownService."""
        text = text.strip()
        if text.upper() in self.agencies:
            return text.upper()
        return EVERYTHING if text in (EVERYTHING, self.site.id) else self.service(text).id

    def names_of(self, target: str) -> Names:
        """Return what visitors call a target."""
        if target == EVERYTHING:
            return self.site.names
        return self.services[target].names if "." in target else self.agencies[target].names

    def is_active(self, target: str) -> bool:
        """Whether the catalogue still has it."""
        if target == EVERYTHING:
            return self.active
        code = target.partition(".")[0]
        return self.active and self.agencies[code].active and (code == target or self.services[target].active)

    def levels_of(self, target: str) -> tuple[Level, ...]:
        """Return the levels of a place, from the site down to it, each with the order on top of it."""
        levels = [Level("site", self.rules, self.orders.get(EVERYTHING))]
        code = target.partition(".")[0]
        if target != EVERYTHING:
            levels.append(Level("agency", self.agencies[code].rules, self.orders.get(code)))
        if code != target:
            levels.append(Level("service", self.services[target].rules, self.orders.get(target)))
        return tuple(levels)

    @cached_property
    def counted(self) -> frozenset[str]:
        """The targets that have a quota."""
        every = {EVERYTHING: self.rules}
        every.update((code, agency.rules) for code, agency in self.agencies.items())
        every.update((each.id, each.rules) for each in self.services.values())
        return frozenset(
            target
            for target, rules in every.items()
            if rules.quota is not None or rules.quota_per_hour is not None
        )

    @cached_property
    def by_the_clock(self) -> frozenset[str]:
        """The targets that open and close by hours and orders alone: no quota and no line closes them."""
        every = (EVERYTHING, *self.agencies, *self.services)
        return frozenset(
            target
            for target in every
            if not any(
                rules.stop_when_full or rules.quota is not None or rules.quota_per_hour is not None
                for rules in (level.rules for level in self.levels_of(target))
            )
        )

    def opening_of(self, target: str, now: datetime) -> Opening:
        """Say whether a place of `by_the_clock` is open now; kept until the answer changes."""
        known = self._standing.get(target)
        if known is None or not known[0] <= now < known[1]:
            answer, until = standing(now, self.place, self.levels_of(target))
            known = self._standing[target] = (now, until, answer)
        return known[2]

    def _serving_on(self, service: str, day: BusinessDay) -> list[Window]:
        """When a service serves on a day of the site; worked out once."""
        key = (service, day.date)
        if key not in self._serving:
            if len(self._serving) > 2 * len(self.services):  # days that are over
                self._serving.clear()
            levels = self.levels_of(service)
            self._serving[key] = serving_windows(day.begins, day.ends, self.place, levels)
        return self._serving[key]

    def schedule_of(self, service: str, now: datetime) -> Schedule:
        """Return the rest of a service's day: the breaks in its hours, and when it closes."""
        day = self.days.at(now)
        end, windows = day.ends, self._serving_on(service, day)
        spells = [(max(begins, now), ends) for begins, ends in windows if ends > now]
        if spells == [(now, end)]:
            return ALWAYS_OPEN
        if not spells:
            return Schedule(closes_in=0.0)
        opens = [_minutes(now, begins) for begins, _ in spells]
        closes = [0.0, *(_minutes(now, ends) for _, ends in spells)]
        breaks = tuple((gone, back) for gone, back in zip(closes, opens, strict=False) if gone < back)
        return Schedule(breaks, None if spells[-1][1] == end else closes[-1])

    def breaks_of(self, service: str, begin: datetime, end: datetime) -> float:
        """Return the minutes between two moments of one day that were a break in the service's hours."""
        day = self.days.at(end)
        if begin >= day.begins:
            spells = both(self._serving_on(service, day), [(begin, end)])
        else:
            spells = serving_windows(begin, end, self.place, self.levels_of(service))
        return sum(_minutes(ends, begins) for (_, ends), (begins, _) in pairwise(spells))


def _minutes(begin: datetime, end: datetime) -> float:
    return (end - begin).total_seconds() / 60


def _nearest(text: str, known: Iterable[str]) -> str:
    return next(iter(get_close_matches(text.strip(), list(known), n=1)), "")
