"""The catalogue as a site's owner writes it: sites, agencies, services, counters, journeys, hours.

These are the sections of config.toml that queue_core owns. Each checks its own shape, strictly: text is never taken
for a number. What concerns several sections at once (an unknown service, two agencies with one code) is checked by
`queue_core.consistency`. The sentence under a field is what docs/configuration.md says of it.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from queue_core.forms import (
    AgencyCode,
    BreakChoice,
    Language,
    LocalId,
    Section,
    ServiceChoice,
    ServiceId,
    StoreUrl,
    TimeOfDay,
    TimeZone,
    Words,
    is_store_or_empty,
    pattern,
    shaped,
)
from queue_core.policy_settings import PolicySettings
from queue_core.rule_settings import OpeningSettings, SiteOpeningSettings

__all__ = ["AgencyCode", "Language", "Section", "pattern", "shaped"]


class ServiceSettings(OpeningSettings):
    """What a visitor comes for at an agency (*layanan*)."""

    id: LocalId
    """Short name of the service inside its agency; everywhere else the service is called `CODE.id`, such as `DK.ktp`."""
    name: Words
    """What visitors read, by language."""
    minutes: Annotated[int, Field(ge=1, le=240)]
    """Expected minutes at the counter, from which the wait is estimated until days of use have taught better."""
    target_wait_minutes: Annotated[int, Field(ge=1, le=480)] = 30
    """The promise: after this many minutes of waiting a ticket counts as late and is shown in colour."""
    requirements: dict[Language, list[str]] | None = None
    """What a visitor must bring, by language. Absent: the screen says to ask the staff."""
    cost: Words | None = None
    """What it costs, by language. Absent: the screen says to ask the staff."""
    time_limit: Words | None = None
    """Within what time the service is promised to be done, by language. Absent: the screen says to ask the staff."""
    most_waiting: Annotated[int | None, Field(ge=1, le=999)] = None
    """So many people waiting for this service raise an alert. Absent: the site's `alerts.waiting`."""


class AgencySettings(OpeningSettings):
    """An institution with counters at a site (*instansi*)."""

    code: AgencyCode
    """Letters that begin each of its numbers, such as the DK of `DK 003`. No two agencies share one. Avoid I, O and Q."""
    name: Words
    """Full name, by language."""
    short: Annotated[str, Field(min_length=1, max_length=20)]
    """Name for tiles and boards, at most 20 characters."""
    service: Annotated[list[ServiceSettings], Field(min_length=1)]
    """Its services. An agency with a single one skips a step on the screen."""


class CounterSettings(Section):
    """A numbered place where staff serve (*loket*)."""

    number: Annotated[int, Field(ge=1, le=999)]
    """The number over the counter; no two counters of a site share one."""
    services: Annotated[list[ServiceChoice], Field(min_length=1)]
    """Services served here, such as `DK.ktp`, or a whole agency, `DK.*`; the main one first."""
    policy: PolicySettings | None = None
    """Whose turn it is at this counter, with the keys of `[site.policy]`, all of it instead of the site's."""


class HoldReasonSettings(Section):
    """Why a visitor is set aside for a while, offered at the counter with one key each."""

    name: Words
    """What staff read, by language."""
    minutes: Annotated[int, Field(ge=1, le=480)]
    """After so many minutes the visitor is back in line by himself, at the place of the old waiting time."""


class DeskSettings(Section):
    """What staff may do at the counters of a site. Without this section everything is as in the third column."""

    calls: Annotated[int, Field(ge=1, le=9)] = 3
    """How often one number is called, the first call included. After the last call one key says that nobody came."""
    call_gap_seconds: Annotated[int, Field(ge=0, le=300)] = 0
    """Seconds that must lie between two calls of one number."""
    hold: Annotated[list[HoldReasonSettings], Field(max_length=9)] = []  # noqa: RUF012
    """Reasons for setting a visitor aside, at most nine. None: the key sets aside at once, without an end."""
    breaks: Annotated[list[BreakChoice], Field(max_length=8)] = []  # noqa: RUF012
    """How long a break may last, offered with one key each: minutes, or the time of day. None: without an end."""
    remarks: Annotated[list[Words], Field(max_length=9)] = []  # noqa: RUF012
    """Remarks for colleagues, offered with one key each, by language; others can be typed."""
    undo_seconds: Annotated[int, Field(ge=0, le=60)] = 10
    """For so many seconds the last action at a counter can be taken back; 0: never."""
    late_minutes: Annotated[int, Field(ge=0, le=720)] = 60
    """Within so many minutes a number that nobody answered may be put back in line; 0: never."""
    late_times: Annotated[int, Field(ge=1, le=9)] = 2
    """How often one number may be put back."""
    late_place: Literal["old", "after", "end"] = "old"
    """Where it stands then: at the place of the old waiting time, after the next `late_after`, or at the end."""
    late_after: Annotated[int, Field(ge=1, le=20)] = 2
    """How many of the same line go before one that was put back, when `late_place` is `after`."""
    warn_minutes: Annotated[int, Field(ge=0, le=240)] = 30
    """So long before closing a counter is told how many still wait and how many of them can be served."""


class AlertSettings(Section):
    """Past what the supervisor is alerted. An alert is told again while it holds; see docs/supervisor.md."""

    waiting: Annotated[int, Field(ge=1, le=999)] = 15
    """So many people waiting for one service."""
    overdue_minutes: Annotated[int, Field(ge=0, le=480)] = 10
    """Somebody waits so many minutes past the promise (`target_wait_minutes`)."""
    silent_minutes: Annotated[int, Field(ge=1, le=480)] = 10
    """No key was pressed for so long at an open counter, while somebody waits for what it serves."""
    serving_minutes: Annotated[int, Field(ge=1, le=480)] = 60
    """The same at a counter with a visitor: perhaps nobody pressed "done"."""
    program_minutes: Annotated[int, Field(ge=2, le=480)] = 5
    """A kiosk, a board or the pages of `kiosk web` were not heard of for so long while the site is open."""
    disk_megabytes: Annotated[int, Field(ge=1, le=1000000)] = 500
    """Less than so much room is left beside a computer's store."""
    repeat_minutes: Annotated[int, Field(ge=1, le=480)] = 15
    """So long after it was acknowledged, an alert that still holds is told again."""


class SiteSettings(SiteOpeningSettings):
    """One physical place with its own day, time zone and hours."""

    id: LocalId
    """Short name for commands: `kiosk --site cfd …`. The first site of the file is the default."""
    name: Words
    """What visitors read, by language."""
    kind: Literal["hall", "outreach"] = "hall"
    """A building with counters, or a stand outside; reports keep the two apart."""
    motto: str = ""
    """A line for the foot of the slip."""
    address: str = ""
    """Where the place is."""
    time_zone: TimeZone
    """IANA name, such as `Asia/Makassar` for WITA."""
    day_starts: TimeOfDay = "04:00"
    """When a new day of numbers begins. A Saturday night market that closes after midnight is still one day."""
    languages: Annotated[list[Language], Field(min_length=1)] = ["id", "en"]  # noqa: RUF012
    """Languages of the screen; it begins with the first, and every name must have words in that one."""
    agencies: Annotated[list[AgencyCode], Field(min_length=1)]
    """Codes of the agencies that sit here, in the order of the screen until use is known."""
    alerts: AlertSettings = AlertSettings()
    """Past what the supervisor is alerted."""
    policy: PolicySettings = PolicySettings()
    """Whose turn it is."""
    counter: list[CounterSettings] = []  # noqa: RUF012
    """The counters of this site."""
    desk: DeskSettings = DeskSettings()
    """What staff may do at its counters."""


class JourneyLegSettings(Section):
    """One step of a journey."""

    service: ServiceId
    """The service, such as `PD.pbb`."""
    optional: bool = False
    """Whether a visitor may leave this step out."""
    group: Annotated[str, Field(max_length=20)] = ""
    """Steps next to each other with the same word here may be walked in any order among themselves."""


class JourneySettings(Section):
    """A named list of services done in one visit (*ekosistem layanan*)."""

    id: LocalId
    """Short name for commands: `kiosk journey usaha`."""
    name: Words
    """What visitors read, by language."""
    legs: Annotated[list[JourneyLegSettings], Field(min_length=2)]
    """The steps, in the order in which they are walked."""
    order: Literal["fixed", "free"] = "fixed"
    """`fixed`: one step after the other, but for groups. `free`: in any order; the visit goes on where it is shortest."""
    credit_minutes: Annotated[int, Field(ge=0, le=120)] = 15
    """Between steps: for so many minutes spent in the house at the most a visitor counts as having come earlier, and
    never for more than half of what the next service promises. 0: each line is joined at its end."""


class StoreSettings(Section):
    """Where tickets are kept."""

    url: StoreUrl = "sqlite:///var/kiosk.db"
    """`sqlite:///relative/to/this/file.db`, `sqlite:////absolute.db` or `postgresql://user@host/database`. The
    environment variable `KIOSK_STORE_URL` goes before it, so that a password need not stand in the file."""
    busy_seconds: Annotated[float, Field(gt=0, le=60)] = 5.0
    """How many seconds a command waits for its turn before it is refused as busy."""
    copies: Annotated[str, Field(min_length=1)] = "var/copies"
    """The folder for the copies that `kiosk backup` makes, counted from this file's. Better on another disk."""
    keep_copies: Annotated[int, Field(ge=1, le=1000)] = 14
    """How many copies `kiosk backup` keeps; older ones are removed."""
    local: str = ""
    """A kiosk's own file, counted from this one's folder, such as `var/offline.db`: with it the kiosk goes on giving out
    numbers, of its own series, while the site's store is out of reach. Empty: none. See docs/offline.md."""
    upstream: Annotated[str, shaped("store_url", is_store_or_empty)] = ""
    """For a stand that keeps its own store: the store of the mall, to which `kiosk sync` brings its days. The
    environment variable `KIOSK_STORE_UPSTREAM` goes before it."""


class Catalogue(Section):
    """What `kiosk init` and `kiosk config apply` bring into the store."""

    site: Annotated[list[SiteSettings], Field(min_length=1)]
    """The places, one `[[site]]` each."""
    agency: Annotated[list[AgencySettings], Field(min_length=1)]
    """The institutions, one `[[agency]]` each, at whatever site they sit."""
    journey: list[JourneySettings] = []  # noqa: RUF012
    """Services that are done in one visit, one `[[journey]]` each."""
