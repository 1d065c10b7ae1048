"""Open or closed, why, and when again, as one line for every screen. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from kiosk.shared.clock import clock_time
from queue_core.views import Opening

if TYPE_CHECKING:
    from kiosk.i18n import Words

UTC_ZONE = ZoneInfo("UTC")
A_WEEK = timedelta(days=7)
NEARLY_GONE = 10
"""So many numbers left of a quota are worth a word."""
SOON_OVER = timedelta(hours=1)
"""So long before the last number its time is worth a word."""


def refused(data: Mapping[str, object]) -> Opening:
    """Return what a refusal (SiteClosed, ServiceClosed, QuotaReached) tells of the place."""
    name = data.get("name")
    return Opening(
        open=False,
        reason=str(data.get("reason") or "hours"),
        opens_at=_moment(data.get("opens_at")),
        name=name if isinstance(name, Mapping) else None,
        last_ticket_at=_moment(data.get("last_ticket_at")),
    )


def _moment(value: object) -> datetime | None:
    return value if isinstance(value, datetime) else None


def sentence(text: str) -> str:
    """Return a text with a capital letter in front."""
    return text[:1].upper() + text[1:]


def why_closed(opening: Opening, zone: ZoneInfo, words: Words) -> str:
    """Return the reason alone: `Libur: Hari Kemerdekaan`, `Nomor terakhir pukul 14.30`."""
    time = clock_time(opening.last_ticket_at, zone) if opening.last_ticket_at else ""
    if opening.name:
        return words(f"common.why_{opening.reason}_named", name=words.pick(opening.name))
    return words(f"common.why_{opening.reason}", time=time)


def short_why(opening: Opening, words: Words) -> str:
    """Return the reason in the middle of a line, without times: `libur: Hari Kemerdekaan`."""
    if opening.reason == "last_ticket":
        return words("common.why_last_ticket_past")
    why = why_closed(opening, UTC_ZONE, words)
    return why[:1].lower() + why[1:]


def opens_again(at: datetime, now: datetime, zone: ZoneInfo, words: Words) -> str:
    """Return when: `buka lagi pukul 13.00`, `buka lagi besok 08.00`, `buka lagi Senin 08.00`, or with the date."""
    local, today = at.astimezone(zone).date(), now.astimezone(zone).date()
    time = clock_time(at, zone)
    if local == today:
        return words("common.opens_today", time=time)
    if local == today + timedelta(days=1):
        return words("common.opens_tomorrow", time=time)
    weekday = words(f"common.weekday_{local.weekday()}")
    if local - today < A_WEEK:
        return words("common.opens_weekday", weekday=weekday, time=time)
    month = words(f"common.month_{local.month}")
    return words("common.opens_date", weekday=weekday, day=local.day, month=month, time=time)


def closed_line(opening: Opening, now: datetime, zone: ZoneInfo, words: Words) -> str:
    """Return reason and next opening: `Kuota hari ini habis; buka lagi besok 08.00`."""
    why = why_closed(opening, zone, words)
    if opening.opens_at is None:
        return why
    again = opens_again(opening.opens_at, now, zone, words)
    return words("common.why_and_when", why=why, again=again)


def remarks(opening: Opening, now: datetime, zone: ZoneInfo, words: Words) -> list[str]:
    """Return what a visitor should know of a place that is open: the last number soon, few numbers left."""
    found = []
    last = opening.last_ticket_at
    if last is not None and last - now <= SOON_OVER:
        found.append(words("common.last_ticket", time=clock_time(last, zone)))
    if opening.left is not None and opening.left <= NEARLY_GONE:
        found.append(words("common.numbers_left", count=opening.left))
    return found


def opening_line(opening: Opening, now: datetime, zone: ZoneInfo, words: Words) -> str:
    """Return how a place stands, for staff: open and until when, held open by hand, or closed and why."""
    if not opening.open:
        return closed_line(opening, now, zone, words)
    if opening.until is not None:
        said = words("common.held_open", time=clock_time(opening.until, zone))
    elif opening.closes_at is not None:
        said = words("common.open_until", time=clock_time(opening.closes_at, zone))
    else:
        said = words("common.is_open")
    return " · ".join([said, *remarks(opening, now, zone, words)])
