"""What the offer and a ticket say to a visitor, in the words of a language. Pure."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from kiosk.shared.clock import clock_time, day_at
from kiosk.shared.dates import zone_name

if TYPE_CHECKING:
    from kiosk.i18n import Words
    from queue_core.views import AgencyOffer, Opening, ServiceOffer, WaitRange


def when(at: datetime, now: datetime, zone: ZoneInfo, words: Words) -> str:
    """Return a coming moment: `pukul 13.00 WITA` today, else `Senin pukul 08.00 WITA`."""
    local, today = at.astimezone(zone).date(), now.astimezone(zone).date()
    spoken = words("touch.today_at", time=clock_time(at, zone)) if local == today else day_at(at, zone, words)
    return f"{spoken} {zone_name(zone.key, at)}"


def closed(opening: Opening, now: datetime, zone: ZoneInfo, words: Words) -> str:
    """Return that a place is closed, and until when if that is known."""
    if opening.opens_at is None:
        return words("touch.closed")
    return words("touch.closed_until", when=when(opening.opens_at, now, zone, words))


def waiting(count: int, words: Words) -> str:
    """Return how many people wait."""
    return words("touch.waiting", count=count) if count else words("touch.waiting_none")


def tile_state(offer: AgencyOffer | ServiceOffer, now: datetime, zone: ZoneInfo, words: Words) -> str:
    """Return the last line of a tile: open or closed, and how many people wait."""
    if not offer.opening.open:
        return closed(offer.opening, now, zone, words)
    return words("touch.open_and", waiting=waiting(offer.waiting, words))


def service_state(service: ServiceOffer, now: datetime, zone: ZoneInfo, words: Words) -> str:
    """Return the last line of a service's tile: who waits there, and for how long; nobody waits where none is ahead."""
    short = _short(service, words)
    if not service.opening.open or not short:
        return tile_state(service, now, zone, words)
    return words("touch.open_wait", waiting=waiting(service.waiting, words), wait=short)


def _short(service: ServiceOffer, words: Words) -> str:
    wait = service.wait
    if service.open_counters == 0:
        return words("touch.short_no_counter")
    if wait is None or wait.high == 0:
        return ""
    key = "touch.short_past_closing" if wait.past_closing else "touch.short_range"
    return words(key, low=wait.low, high=wait.high)


def expected(wait: WaitRange | None, open_counters: int, words: Words, *, taken: bool = False) -> str:
    """Return the expected wait; without an open counter that is what is said, and no minutes.

    `taken`: the visitor has a number already.
    """
    if open_counters == 0:
        return words("touch.no_counter_taken" if taken else "touch.no_counter")
    if wait is None:
        return words("touch.wait_unknown")
    if wait.high == 0:
        return words("touch.wait_none")
    if wait.low == wait.high:
        return words("touch.wait_about", minutes=wait.high)
    key = "touch.wait_past_closing" if wait.past_closing else "touch.wait_range"
    return words(key, low=wait.low, high=wait.high)


def ahead(count: int, words: Words) -> str:
    """Return how many people are ahead."""
    return words("touch.ahead", count=count) if count else words("touch.ahead_none")
