"""The business day of a site, and stretches of time: pure, from a moment, a time zone and clock times as configured.

Wall-clock times become instants through the zone's own rules. Where a clock change skips a wall-clock time, it counts
as that much later; where it repeats one, the first of the two counts. So a business day never runs backwards.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import NamedTuple
from zoneinfo import ZoneInfo

Hours = Mapping[str, Sequence[str]]
"""Weekday (`mon` … `sun`) to spans such as `08:00-12:00`; a weekday left out is closed. See settings.Hours."""

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")

Window = tuple[datetime, datetime]
"""From a moment on and before another, in UTC. Lists of windows are in order and do not touch."""

_DAY = 24 * 60


def business_day(now: datetime, time_zone: str | ZoneInfo, day_starts: str = "04:00") -> date:
    """Return the site's day that `now` belongs to: what happens before `day_starts` is still yesterday's.

    Args:
        now: aware.
        time_zone: an IANA name, such as `Asia/Makassar`.
        day_starts: wall-clock `HH:MM`. 04:00 keeps a Saturday night market on Saturday.
    """
    zone = zone_of(time_zone)
    today = now.astimezone(zone).date()
    return today if now >= instant(today, minutes_of(day_starts), zone) else today - timedelta(days=1)


def end_of_day(now: datetime, time_zone: str | ZoneInfo, day_starts: str = "04:00") -> datetime:
    """Return when the site's day that `now` belongs to ends, in UTC."""
    zone = zone_of(time_zone)
    tomorrow = business_day(now, zone, day_starts) + timedelta(days=1)
    return instant(tomorrow, minutes_of(day_starts), zone)


class BusinessDay(NamedTuple):
    """A day of a site, and from when to when it lasts, in UTC."""

    date: date
    begins: datetime
    ends: datetime


class BusinessDays:
    """The days of one site. The newest is kept, since nearly every moment that is asked for lies in it."""

    def __init__(self, zone: ZoneInfo, day_starts: str) -> None:
        self._zone, self._day_starts = zone, day_starts
        self._newest: BusinessDay | None = None

    def at(self, now: datetime) -> BusinessDay:
        """Return the day that `now`, which is aware, belongs to."""
        known = self._newest
        if known is None or not known.begins <= now < known.ends:
            day, starts = business_day(now, self._zone, self._day_starts), minutes_of(self._day_starts)
            begins = instant(day, starts, self._zone)
            known = self._newest = BusinessDay(
                day, begins, instant(day + timedelta(days=1), starts, self._zone)
            )
        return known


def end_of_hour(now: datetime, time_zone: str | ZoneInfo) -> datetime:
    """Return when the clock on the site's wall next shows a full hour, in UTC."""
    local = now.astimezone(zone_of(time_zone))
    into = timedelta(minutes=local.minute, seconds=local.second, microseconds=local.microsecond)
    return (now - into + timedelta(hours=1)).astimezone(UTC)


@lru_cache(maxsize=256)
def parse_span(text: str) -> tuple[int, int]:
    """Read `18:00-01:00` as minutes from the day's midnight, the end after the start: `(1080, 1500)`.

    Raises:
        ValueError: a time is not on the clock; `24:00` is allowed as an end.
    """
    opens, closes = (minutes_of(part) for part in text.split("-"))
    if opens == _DAY:
        message = f"a span cannot begin at 24:00: {text!r}"
        raise ValueError(message)
    return opens, closes if closes > opens else closes + _DAY


@lru_cache(maxsize=256)
def minutes_of(clock: str) -> int:
    """Read `HH:MM` as minutes from midnight. Raises ValueError when it is not on the clock."""
    hour, minute = (int(part) for part in clock.split(":"))
    if not (0 <= minute < 60 and 0 <= hour * 60 + minute <= _DAY):
        message = f"not a time of day: {clock!r}"
        raise ValueError(message)
    return hour * 60 + minute


def zone_of(time_zone: str | ZoneInfo) -> ZoneInfo:
    """Return the zone of a name."""
    return ZoneInfo(time_zone) if isinstance(time_zone, str) else time_zone


@lru_cache(maxsize=4096)
def instant(day: date, minutes: int, zone: ZoneInfo) -> datetime:
    """Return wall-clock minutes after a day's midnight (may be past 24 hours) as an instant."""
    days, rest = divmod(minutes, _DAY)
    wall = datetime(day.year, day.month, day.day, rest // 60, rest % 60, tzinfo=zone) + timedelta(days=days)
    return wall.astimezone(UTC)


def windows_on(day: date, spans: Iterable[str], zone: ZoneInfo) -> list[Window]:
    """Return the windows of spans that begin on a day."""
    read = (parse_span(span) for span in spans)
    return joined((instant(day, opens, zone), instant(day, closes, zone)) for opens, closes in read)


def joined(windows: Iterable[Window]) -> list[Window]:
    """In order, with those that touch or overlap made one; 18:00-24:00 and 00:00-02:00 are one evening."""
    found: list[Window] = []
    for start, end in sorted(windows):
        if found and start <= found[-1][1]:
            found[-1] = found[-1][0], max(end, found[-1][1])
        elif start < end:
            found.append((start, end))
    return found


def both(ours: Sequence[Window], theirs: Sequence[Window]) -> list[Window]:
    """Return what lies in both."""
    found: list[Window] = []
    mine = other = 0
    while mine < len(ours) and other < len(theirs):
        start = max(ours[mine][0], theirs[other][0])
        end = min(ours[mine][1], theirs[other][1])
        if start < end:
            found.append((start, end))
        if ours[mine][1] < theirs[other][1]:
            mine += 1
        else:
            other += 1
    return found


def without(windows: Sequence[Window], gone: Iterable[Window]) -> list[Window]:
    """Return what is left of windows when others are cut out."""
    left, cuts = list[Window](), joined(gone)
    if not cuts:
        return list(windows)
    for start, end in windows:
        for begins, ends in cuts:
            if begins >= end:
                break
            if ends > start:
                left += [(start, begins)] if start < begins else []
                start = ends
        left += [(start, end)] if start < end else []
    return left


def window_at(windows: Iterable[Window], moment: datetime) -> Window | None:
    """Return the window that a moment lies in, if any."""
    return next((window for window in windows if window[0] <= moment < window[1]), None)
