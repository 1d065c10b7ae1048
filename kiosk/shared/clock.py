"""Times and durations as people read them, and a store's moment that moves on between two reads. Pure."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import date, datetime, timedelta
from time import monotonic
from zoneinfo import ZoneInfo

from kiosk.i18n import Words

_MINUTE = 60
_HOUR = 60 * _MINUTE
HALF_A_DAY = timedelta(hours=12)


def clock_time(at: datetime, zone: ZoneInfo) -> str:
    """Return the local time of day: `09.41`."""
    return f"{at.astimezone(zone):%H.%M}"


def clock_seconds(at: datetime, zone: ZoneInfo) -> str:
    """Return the local time of day to the second: `09.41.12`."""
    return f"{at.astimezone(zone):%H.%M.%S}"


def next_time(text: str, now: datetime) -> datetime:
    """Return the next moment at which the clock shows `13:00` (or `13.00`, `1300`). Raises ValueError for no time of day."""
    digits = text.strip().replace(".", ":")
    hour, _, minute = digits.partition(":") if ":" in digits else (digits[:-2], "", digits[-2:])
    moment = now.replace(hour=int(hour), minute=int(minute), second=0, microsecond=0)
    return moment if moment > now else moment + timedelta(days=1)


def soon(text: str, now: datetime) -> datetime:
    """Return what `next_time` does. Raises ValueError also for more than half a day ahead: that time has passed."""
    moment = next_time(text, now)
    if moment - now > HALF_A_DAY:
        raise ValueError(text)
    return moment


def day(on: date) -> str:
    """Return a date in the order of Indonesia: `24-11-2026`."""
    return f"{on:%d-%m-%Y}"


def day_at(at: datetime, zone: ZoneInfo, words: Words) -> str:
    """Return a local moment of some other day: `Senin pukul 08.00`."""
    weekday = words(f"common.weekday_{at.astimezone(zone).weekday()}")
    return words("common.day_at", weekday=weekday, time=clock_time(at, zone))


def duration(span: timedelta | float, words: Words, *, short: bool = False) -> str:
    """Return minutes and seconds, `12.40`; from an hour on, hours and minutes: `1 j 05 mnt`, or `1 j 05` where short.

    A negative span is none.
    """
    seconds = int(max(0.0, span.total_seconds() if isinstance(span, timedelta) else span))
    if seconds < _HOUR:
        return f"{seconds // _MINUTE:02d}.{seconds % _MINUTE:02d}"
    key = "common.hours_minutes_short" if short else "common.hours_minutes"
    return words(key, hours=seconds // _HOUR, minutes=f"{seconds % _HOUR // _MINUTE:02d}")


def passed_seconds() -> float:
    """Return seconds that count up whatever the clock does, also while the computer sleeps where it can tell."""
    boot = getattr(time, "CLOCK_BOOTTIME", None)  # Linux
    return monotonic() if boot is None else time.clock_gettime(boot)


class MovingClock:
    """The store's moment, moved on by this machine's monotonic clock.

    Waits shown on a screen tick between two reads, also while the store is away, and are right on a computer whose own
    clock is wrong.
    """

    def __init__(self, at: datetime, seconds: Callable[[], float] = monotonic) -> None:
        """Begin at a moment (aware); `seconds` counts up and never goes back."""
        self._seconds = seconds
        self.set(at)

    def set(self, at: datetime) -> None:
        """Take the moment that the store just told."""
        self._at = at
        self._since = self._seconds()

    def now(self) -> datetime:
        """Return the moment now."""
        return self._at + timedelta(seconds=self._seconds() - self._since)
