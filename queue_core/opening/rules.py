"""What decides whether a place is open: the rules of each of its levels, and what supervisors ordered on top."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from queue_core.hours import WEEKDAYS, Hours, Window, instant, joined, parse_span, windows_on, without
from queue_core.views import Names

WHOLE_DAY = ("00:00-24:00",)
MOST_KNOWN = 8


@dataclass(frozen=True, slots=True)
class Break:
    """A pause within the weekly hours. `kind` is a key: `midday`, `friday_prayer` or `other`."""

    days: tuple[str, ...]
    span: str
    kind: str = "other"
    name: Names | None = None


@dataclass(frozen=True, slots=True)
class Day:
    """A date with hours of its own, none for closed. `kind` is a key: `holiday` or `special`."""

    kind: str
    spans: tuple[str, ...] = ()
    name: Names | None = None


@dataclass(frozen=True, slots=True)
class Rules:
    """What one level (a site, an agency or a service) says for itself; None and empty: nothing."""

    hours: Hours | None = None
    breaks: tuple[Break, ...] = ()
    days: Mapping[date, Day] = field(default_factory=dict)
    last_ticket_minutes: int | None = None
    stop_when_full: bool | None = None
    quota: int | None = None
    quota_per_hour: int | None = None
    _known: dict[tuple[date, int, str], list[Window]] = field(default_factory=dict, compare=False, repr=False)

    @property
    def at_all_hours(self) -> bool:
        """Whether no calendar ever closes this level."""
        return self.hours is None and not self.days and not self.breaks

    def windows(self, dates: Sequence[date], zone: ZoneInfo) -> list[Window]:
        """Return when this level is open on consecutive dates, each taken at its word where it has hours of its own.

        Kept: a screen asks for the same days of the same levels again and again.
        """
        key = (dates[0], len(dates), zone.key)
        if key not in self._known:
            if len(self._known) >= MOST_KNOWN:
                self._known.clear()
            self._known[key] = self._windows(dates, zone)
        return self._known[key]

    def _windows(self, dates: Sequence[date], zone: ZoneInfo) -> list[Window]:
        weekly = [day for day in dates if day not in self.days]
        usual = joined(w for day in weekly for w in windows_on(day, self._usual(day), zone))
        pauses = [window for day in weekly for _, window in self.pauses(day, zone)]
        own = (w for day in dates if day in self.days for w in windows_on(day, self.days[day].spans, zone))
        return joined([*without(usual, pauses), *own])

    def pauses(self, day: date, zone: ZoneInfo) -> list[tuple[Break, Window]]:
        """Return the breaks of a date."""
        found = [each for each in self.breaks if WEEKDAYS[day.weekday()] in each.days]
        spans = [(each, parse_span(each.span)) for each in found]
        return [(each, (instant(day, a, zone), instant(day, b, zone))) for each, (a, b) in spans]

    def _usual(self, day: date) -> Sequence[str]:
        return WHOLE_DAY if self.hours is None else self.hours.get(WEEKDAYS[day.weekday()], ())


@dataclass(frozen=True, slots=True)
class Order:
    """What a supervisor ordered by hand: open or closed from one moment to another, with a reason for visitors."""

    opens: bool
    begins_at: datetime
    ends_at: datetime
    reason: Names | None = None
    staff: str = ""

    @property
    def window(self) -> Window:
        """The time for which it holds."""
        return self.begins_at, self.ends_at


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a place: `site`, `agency` or `service`, its rules and the order on top of them."""

    name: str
    rules: Rules = Rules()
    order: Order | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """How a site counts its days."""

    zone: ZoneInfo
    day_starts: str = "04:00"


@dataclass(frozen=True, slots=True)
class Taken:
    """How many numbers of one level are taken: on this day of the site, and in this hour on its wall."""

    day: int = 0
    hour: int = 0


NOTHING_TAKEN: Mapping[str, Taken] = {}


def forced(levels: Sequence[Level], at: int) -> list[Window]:
    """Return when the level of this place is held open: by an order of its own or of a narrower level."""
    return joined(
        level.order.window for level in levels[at:] if level.order is not None and level.order.opens
    )


def shut(levels: Sequence[Level], at: int) -> list[Window]:
    """Return when the level is closed by its own order; a newer order to open it, or a narrower one, goes before."""
    order = levels[at].order
    if order is None or order.opens:
        return []
    newer = (
        each.order.window
        for each in levels[at:]
        if each.order is not None and each.order.opens and each.order.begins_at >= order.begins_at
    )
    return without([order.window], newer)


def rules_from(hours: Hours | None, stored: Mapping[str, Any] | None) -> Rules:
    """Read the rules as the store keeps them, see lobby.wanted; the newest of several entries for a date counts."""
    stored = stored or {}
    days: dict[date, Day] = {}
    for kind in ("holiday", "special"):
        for entry in stored.get(kind, ()):
            one = Day(kind, tuple(entry["hours"]), entry["name"])
            days.update(dict.fromkeys(_dates(entry), one))
    return Rules(
        hours=hours,
        breaks=tuple(
            Break(tuple(each["days"]), each["span"], each["kind"], each["name"])
            for each in stored.get("breaks", ())
        ),
        days=days,
        last_ticket_minutes=stored.get("last_ticket_minutes"),
        stop_when_full=stored.get("stop_when_full"),
        quota=stored.get("quota"),
        quota_per_hour=stored.get("quota_per_hour"),
    )


def _dates(entry: Mapping[str, Any]) -> Iterable[date]:
    first = date.fromisoformat(entry["date"])
    last = date.fromisoformat(entry["until"]) if entry["until"] else first
    run = (first + timedelta(days=offset) for offset in range((last - first).days + 1))
    return (day for day in run if not entry["days"] or WEEKDAYS[day.weekday()] in entry["days"])
