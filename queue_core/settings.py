"""The catalogue as a site's owner writes it: sites, agencies, services, counters, journeys, hours.

These are the sections of config.toml that queue_core owns. They check shape and types here; what concerns several
sections at once (an unknown service, two agencies with one code) is checked by `Catalogue`, all problems at once.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

Language = Annotated[str, StringConstraints(pattern=r"^[a-z]{2}$")]
Words = dict[Language, str]
AgencyCode = Annotated[str, StringConstraints(pattern=r"^[A-Z]{1,4}$")]
LocalId = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9-]{0,30}$")]
ServiceId = Annotated[str, StringConstraints(pattern=r"^[A-Z]{1,4}\.[a-z0-9][a-z0-9-]{0,30}$")]
Weekday = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
TimeSpan = Annotated[str, StringConstraints(pattern=r"^\d\d:\d\d-\d\d:\d\d$")]
Hours = dict[Weekday, list[TimeSpan]]
"""Weekday to spans such as `["08:00-12:00", "13:00-15:00"]`. Absent: always open. A weekday left out: closed that day."""


class Section(BaseModel):
    """A section of the file: unknown keys are refused."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class ServiceSettings(Section):
    """What a visitor comes for at an agency."""

    id: LocalId
    name: Words
    minutes: Annotated[int, Field(ge=1, le=240)]
    """Expected minutes at the counter."""
    target_wait_minutes: Annotated[int, Field(ge=1, le=480)] = 30
    """The promise: past this wait a ticket is late."""
    requirements: dict[Language, list[str]] | None = None
    cost: Words | None = None
    time_limit: Words | None = None
    hours: Hours | None = None


class AgencySettings(Section):
    """An institution with counters at a site (*instansi*)."""

    code: AgencyCode
    name: Words
    short: str
    service: list[ServiceSettings]
    hours: Hours | None = None


class CounterSettings(Section):
    """A numbered place where staff serve (*loket*)."""

    number: Annotated[int, Field(ge=1, le=999)]
    services: list[str]
    """Service ids such as `DK.ktp`, or a whole agency, `DK.*`; the main one first."""


class SiteSettings(Section):
    """One physical place with its own day, time zone and hours."""

    id: LocalId
    name: Words
    kind: Literal["hall", "outreach"] = "hall"
    motto: str = ""
    address: str = ""
    time_zone: str
    """IANA name, such as `Asia/Makassar` for WITA."""
    day_starts: Annotated[str, StringConstraints(pattern=r"^\d\d:\d\d$")] = "04:00"
    languages: Annotated[list[Language], Field(min_length=1)] = ["id", "en"]
    """The first is what the screens begin with."""
    agencies: Annotated[list[AgencyCode], Field(min_length=1)]
    """Codes of the agencies that sit here, in the order of the screen until use is known."""
    hours: Hours | None = None
    counter: list[CounterSettings] = []


class JourneyLegSettings(Section):
    """One step of a journey."""

    service: ServiceId
    optional: bool = False


class JourneySettings(Section):
    """A named list of services done in one visit (*ekosistem layanan*)."""

    id: LocalId
    name: Words
    legs: Annotated[list[JourneyLegSettings], Field(min_length=2)]


class StoreSettings(Section):
    """Where tickets are kept."""

    url: str = "sqlite:///var/kiosk.db"
    """`sqlite:///relative/to/this/file.db`, `sqlite:////absolute.db` or `postgresql://user@host/database`."""
    busy_seconds: Annotated[float, Field(gt=0, le=60)] = 5.0
    """How long a command waits for its turn before it is refused as busy."""


class Catalogue(Section):
    """What `kiosk init` and `kiosk config apply` bring into the store."""

    site: Annotated[list[SiteSettings], Field(min_length=1)]
    agency: Annotated[list[AgencySettings], Field(min_length=1)]
    journey: list[JourneySettings] = []
