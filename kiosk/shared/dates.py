"""Days and times as people at the site write them: `Selasa, 24 November 2026 09.41 WITA`."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

_INDONESIAN_ZONES = {
    "Asia/Jakarta": "WIB",
    "Asia/Pontianak": "WIB",
    "Asia/Makassar": "WITA",
    "Asia/Ujung_Pandang": "WITA",
    "Asia/Jayapura": "WIT",
}
_CLOCK = {"id": "HH.mm", "en": "HH:mm"}
"""How a language writes hours and minutes; Indonesian puts a full stop between them."""


def zone_name(time_zone: str, at: datetime) -> str:
    """Return `WIB`, `WITA` or `WIT`; elsewhere what the zone calls itself at that moment, or `UTC+5:30`."""
    if time_zone in _INDONESIAN_ZONES:
        return _INDONESIAN_ZONES[time_zone]
    local = at.astimezone(ZoneInfo(time_zone))
    name = local.tzname() or ""
    return name if name.isalpha() else _offset(local.utcoffset() or timedelta())


def _offset(offset: timedelta) -> str:
    minutes = int(offset.total_seconds()) // 60
    sign = "-" if minutes < 0 else "+"
    hours, rest = divmod(abs(minutes), 60)
    return f"UTC{sign}{hours}:{rest:02d}" if rest else f"UTC{sign}{hours}"


def long_moment(at: datetime, time_zone: str, language: str) -> str:
    """Return day, date, time and zone in full. `at` is aware."""
    return (
        f"{_format(at, f'EEEE, d MMMM y {_clock(language)}', time_zone, language)} {zone_name(time_zone, at)}"
    )


def short_time(at: datetime, time_zone: str, language: str, *, zone: bool = False) -> str:
    """Return hours and minutes at the site, `09.41`, with the zone's name when asked: `09.41 WITA`."""
    time = _format(at, _clock(language), time_zone, language)
    return f"{time} {zone_name(time_zone, at)}" if zone else time


def _clock(language: str) -> str:
    return _CLOCK.get(language, _CLOCK["en"])


def _format(at: datetime, pattern: str, time_zone: str, language: str) -> str:
    from babel.dates import format_datetime  # slow to import, and a screen paints first

    return format_datetime(at.astimezone(ZoneInfo(time_zone)), pattern, locale=language)
