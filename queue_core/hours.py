"""Open or closed and why, and the business day: pure, from a moment, a time zone and hours as they are configured.

Wall-clock times become instants through the zone's own rules. Where a clock change skips a wall-clock time, it counts
as that much later; where it repeats one, the first of the two counts. So a business day never runs backwards.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from queue_core.views import Opening

Hours = Mapping[str, Sequence[str]]
"""Weekday (`mon` … `sun`) to spans such as `08:00-12:00`; a weekday left out is closed. See settings.Hours."""

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
HORIZON_DAYS = 14
"""How far ahead the next opening is looked for."""

_DAY = 24 * 60
_Window = tuple[datetime, datetime]


def business_day(now: datetime, time_zone: str | ZoneInfo, day_starts: str = "04:00") -> date:
    """Return the site's day that `now` belongs to: what happens before `day_starts` is still yesterday's.

    Args:
        now: aware.
        time_zone: an IANA name, such as `Asia/Makassar`.
        day_starts: wall-clock `HH:MM`. 04:00 keeps a Saturday night market on Saturday.
    """
    zone = _zone(time_zone)
    today = now.astimezone(zone).date()
    return today if now >= _instant(today, _minutes(day_starts), zone) else today - timedelta(days=1)


def opening(now: datetime, time_zone: str | ZoneInfo, *layers: Hours | None) -> Opening:
    """Say whether it is open at `now`, by the hours of the site, the agency and the service together.

    Args:
        now: aware.
        time_zone: an IANA name.
        layers: each must be open; None is always open.

    Returns:
        Reason `open` (with `closes_at`, None when no end is near), `hours` (closed now) or `day_off` (a layer has no
        hours on this weekday), the latter two with `opens_at` when it opens within 14 days. Times in UTC.
    """
    zone, set_layers = _zone(time_zone), [layer for layer in layers if layer is not None]
    if not set_layers:
        return Opening(open=True)
    today = now.astimezone(zone).date()
    for days in (1, HORIZON_DAYS):  # nearly always the answer lies in the next day
        known_until = _instant(today + timedelta(days=days + 1), 0, zone)
        windows = [window for window in _all_open(set_layers, today, days, zone) if window[1] > now]
        if windows and windows[0][0] > now:
            return Opening(open=False, reason=_why_closed(set_layers, today), opens_at=windows[0][0])
        if windows and windows[0][1] < known_until:
            return Opening(open=True, closes_at=windows[0][1])
    return Opening(open=True) if windows else Opening(open=False, reason=_why_closed(set_layers, today))


def end_of_day(now: datetime, time_zone: str | ZoneInfo, day_starts: str = "04:00") -> datetime:
    """Return when the site's day that `now` belongs to ends, in UTC."""
    zone = _zone(time_zone)
    tomorrow = business_day(now, zone, day_starts) + timedelta(days=1)
    return _instant(tomorrow, _minutes(day_starts), zone)


def open_spells(
    begin: datetime, end: datetime, time_zone: str | ZoneInfo, *layers: Hours | None
) -> tuple[tuple[datetime, datetime], ...]:
    """Return the spells between two moments, at most a day apart, in which all layers are open: in order, cut to these moments."""
    zone, set_layers = _zone(time_zone), [layer for layer in layers if layer is not None]
    if not set_layers:
        return ((begin, end),) if begin < end else ()
    windows = _all_open(set_layers, begin.astimezone(zone).date(), 1, zone)
    return tuple(_intersection(windows, [(begin, end)]))


@lru_cache(maxsize=256)
def parse_span(text: str) -> tuple[int, int]:
    """Read `18:00-01:00` as minutes from the day's midnight, the end after the start: `(1080, 1500)`.

    Raises:
        ValueError: a time is not on the clock; `24:00` is allowed as an end.
    """
    opens, closes = (_minutes(part) for part in text.split("-"))
    if opens == _DAY:
        message = f"a span cannot begin at 24:00: {text!r}"
        raise ValueError(message)
    return opens, closes if closes > opens else closes + _DAY


def _minutes(clock: str) -> int:
    hour, minute = (int(part) for part in clock.split(":"))
    if not (0 <= minute < 60 and 0 <= hour * 60 + minute <= _DAY):
        message = f"not a time of day: {clock!r}"
        raise ValueError(message)
    return hour * 60 + minute


def _zone(time_zone: str | ZoneInfo) -> ZoneInfo:
    return ZoneInfo(time_zone) if isinstance(time_zone, str) else time_zone


def _instant(day: date, minutes: int, zone: ZoneInfo) -> datetime:
    """Wall-clock minutes after a day's midnight (may be past 24 hours) as an instant."""
    days, rest = divmod(minutes, _DAY)
    wall = datetime(day.year, day.month, day.day, rest // 60, rest % 60, tzinfo=zone) + timedelta(days=days)
    return wall.astimezone(UTC)


def _why_closed(layers: Iterable[Hours], today: date) -> str:
    return "hours" if all(layer.get(WEEKDAYS[today.weekday()]) for layer in layers) else "day_off"


def _all_open(layers: Iterable[Hours], today: date, days: int, zone: ZoneInfo) -> list[_Window]:
    """The windows in which all layers are open, from yesterday (a night may reach into today) on."""
    dates = [today + timedelta(days=offset) for offset in range(-1, days + 1)]
    common: list[_Window] | None = None
    for layer in layers:
        windows = _joined(_windows(layer, dates, zone))
        common = windows if common is None else _intersection(common, windows)
    return common or []


def _windows(layer: Hours, dates: Iterable[date], zone: ZoneInfo) -> Iterable[_Window]:
    for day in dates:
        for span in layer.get(WEEKDAYS[day.weekday()], ()):
            opens, closes = parse_span(span)
            yield _instant(day, opens, zone), _instant(day, closes, zone)


def _joined(windows: Iterable[_Window]) -> list[_Window]:
    """In order, with those that touch or overlap made one; 18:00-24:00 and 00:00-02:00 are one evening."""
    joined: list[_Window] = []
    for start, end in sorted(windows):
        if joined and start <= joined[-1][1]:
            joined[-1] = joined[-1][0], max(end, joined[-1][1])
        elif start < end:
            joined.append((start, end))
    return joined


def _intersection(ours: Iterable[_Window], theirs: Sequence[_Window]) -> list[_Window]:
    both = ((max(a, c), min(b, d)) for a, b in ours for c, d in theirs)
    return [(start, end) for start, end in both if start < end]
