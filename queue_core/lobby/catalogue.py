"""What a site offers, read from the store once per revision and kept: names, hours, counters, journeys."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from difflib import get_close_matches
from functools import cached_property
from itertools import pairwise
from typing import Any

from sqlalchemy import Connection, Row, Table, and_, bindparam, select

from queue_core import hours
from queue_core.errors import UnknownCounter, UnknownJourney, UnknownService
from queue_core.lobby.tables import AGENCY, COUNTER, COUNTER_SERVICE, JOURNEY, SERVICE, SITE
from queue_core.settings import DeskSettings
from queue_core.views import Names, Opening, SiteView, Thresholds
from queue_core.waiting import ALWAYS_OPEN, Schedule

_INACTIVE = Opening(open=False, reason="inactive")
Layers = tuple[hours.Hours | None, ...]
"""Hours that hold together."""


@dataclass(frozen=True, slots=True)
class AgencyEntry:
    """An institution at this site."""

    code: str
    names: Names
    short: str
    hours: hours.Hours | None
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
    hours: hours.Hours | None
    active: bool
    most_waiting: int | None = None


@dataclass(frozen=True, slots=True)
class JourneyEntry:
    """A named list of services: pairs of a service's id and whether it may be skipped."""

    id: str
    names: Names
    legs: tuple[tuple[str, bool], ...]
    active: bool


@dataclass(frozen=True)
class SiteCatalogue:
    """One revision of a site's catalogue, in the order of the file. What was closed is still here, not active."""

    site: SiteView
    revision: int
    active: bool
    day_starts: str
    hours: hours.Hours | None
    agencies: Mapping[str, AgencyEntry]
    services: Mapping[str, ServiceEntry]
    journeys: Mapping[str, JourneyEntry]
    desk: DeskSettings
    counters: Mapping[int, tuple[str, ...]]  # active ones, with their services, the main one first
    alerts: Mapping[str, int]  # limits that the catalogue sets; what it leaves out is as Thresholds has it

    @cached_property
    def active_services(self) -> tuple[ServiceEntry, ...]:
        """What may be asked for at all, agency by agency."""
        return tuple(
            each for each in self.services.values() if each.active and self.agencies[each.agency].active
        )

    @cached_property
    def thresholds(self) -> Thresholds:
        """Past what an alert is raised."""
        own = {each.id: each.most_waiting for each in self.services.values() if each.most_waiting is not None}
        return Thresholds(**self.alerts, waiting_of=own)

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

    def opening(self, now: datetime) -> Opening:
        """Say whether the site is open."""
        return hours.opening(now, self.site.time_zone, self.hours) if self.active else _INACTIVE

    def opening_of_agency(self, code: str, now: datetime) -> Opening:
        """Say whether an agency is open, by its own hours and the site's."""
        agency = self.agencies[code]
        if not (self.active and agency.active):
            return _INACTIVE
        return hours.opening(now, self.site.time_zone, self.hours, agency.hours)

    def opening_of(self, service: str, now: datetime) -> Opening:
        """Say whether a service is open, by its own hours, its agency's and the site's."""
        entry = self.services[service]
        agency = self.agencies[entry.agency]
        if not (self.active and agency.active and entry.active):
            return _INACTIVE
        return hours.opening(now, self.site.time_zone, *self._hours_of(entry))

    def schedule_of(self, service: str, now: datetime) -> Schedule:
        """Return the rest of a service's day: the breaks in its hours, and when it closes."""
        layers = self._hours_of(self.services[service])
        if not any(layers):
            return ALWAYS_OPEN
        end = hours.end_of_day(now, self.site.time_zone, self.day_starts)
        spells = hours.open_spells(now, end, self.site.time_zone, *layers)
        if not spells:
            return Schedule(closes_in=0.0)
        opens = [_minutes(now, begins) for begins, _ in spells]
        closes = [0.0, *(_minutes(now, ends) for _, ends in spells)]
        breaks = tuple((gone, back) for gone, back in zip(closes, opens, strict=False) if gone < back)
        return Schedule(breaks, None if spells[-1][1] == end else closes[-1])

    def breaks_of(self, service: str, begin: datetime, end: datetime) -> float:
        """Return the minutes between two moments of one day that were a break in the service's hours."""
        spells = hours.open_spells(begin, end, self.site.time_zone, *self._hours_of(self.services[service]))
        return sum(_minutes(ends, begins) for (_, ends), (begins, _) in pairwise(spells))

    def _hours_of(self, service: ServiceEntry) -> Layers:
        return self.hours, self.agencies[service.agency].hours, service.hours


def _minutes(begin: datetime, end: datetime) -> float:
    return (end - begin).total_seconds() / 60


def _nearest(text: str, known: Iterable[str]) -> str:
    return next(iter(get_close_matches(text.strip(), list(known), n=1)), "")


def _prepared(table: Table, *order: Any) -> Any:
    return select(table).where(table.c.site_id == bindparam("site")).order_by(*order)


_SITE = _prepared(SITE)
_AGENCIES = _prepared(AGENCY, AGENCY.c.position)
_SERVICES = _prepared(SERVICE, AGENCY.c.position, SERVICE.c.position).join(
    AGENCY, and_(AGENCY.c.site_id == SERVICE.c.site_id, AGENCY.c.code == SERVICE.c.agency)
)
_COUNTERS = _prepared(COUNTER, COUNTER.c.number)
_COUNTER_SERVICES = _prepared(COUNTER_SERVICE, COUNTER_SERVICE.c.position)
_JOURNEYS = _prepared(JOURNEY, JOURNEY.c.position)


def read_catalogue(connection: Connection, site: str) -> SiteCatalogue:
    """Read a site's whole catalogue. The site must exist."""
    key = {"site": site}
    row = connection.execute(_SITE, key).one()
    return SiteCatalogue(
        site=SiteView(
            row.site_id, row.names, row.motto, row.address, row.time_zone, tuple(row.languages), row.kind
        ),
        revision=row.catalogue_revision,
        active=row.active,
        day_starts=row.day_starts,
        hours=row.hours,
        desk=DeskSettings.model_validate(row.desk or {}),
        agencies={each.code: _agency(each) for each in connection.execute(_AGENCIES, key)},
        services={each.service_id: _service(each) for each in connection.execute(_SERVICES, key)},
        journeys={each.journey_id: _journey(each) for each in connection.execute(_JOURNEYS, key)},
        counters=_counters(connection, key),
        alerts=row.alerts or {},
    )


def _counters(connection: Connection, key: Mapping[str, str]) -> dict[int, tuple[str, ...]]:
    services: dict[int, list[str]] = {}
    for row in connection.execute(_COUNTER_SERVICES, key):
        services.setdefault(row.counter, []).append(row.service)
    rows = connection.execute(_COUNTERS, key)
    return {row.number: tuple(services.get(row.number, ())) for row in rows if row.active}


def _agency(row: Row[Any]) -> AgencyEntry:
    return AgencyEntry(row.code, row.names, row.short, row.hours, row.active)


def _service(row: Row[Any]) -> ServiceEntry:
    needs = row.requirements
    return ServiceEntry(
        id=row.service_id,
        agency=row.agency,
        names=row.names,
        minutes=row.minutes,
        target_wait_minutes=row.target_wait_minutes,
        requirements=None if needs is None else {language: tuple(each) for language, each in needs.items()},
        cost=row.cost,
        time_limit=row.time_limit,
        hours=row.hours,
        active=row.active,
        most_waiting=row.most_waiting,
    )


def _journey(row: Row[Any]) -> JourneyEntry:
    legs = tuple((leg["service"], leg["optional"]) for leg in row.legs)
    return JourneyEntry(row.journey_id, row.names, legs, row.active)
