"""What the offer and a ticket say to a visitor, in the words of a language. Pure."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from kiosk.shared.openings import closed_line, remarks, sentence

if TYPE_CHECKING:
    from kiosk.i18n import Words
    from queue_core.views import AgencyOffer, ServiceOffer, WaitRange


def waiting(count: int, words: Words) -> str:
    """Return how many people wait."""
    return words("touch.waiting", count=count) if count else words("touch.waiting_none")


def tile_state(
    offer: AgencyOffer | ServiceOffer, now: datetime, zone: ZoneInfo, words: Words, *, alone: bool = False
) -> str:
    """Return the last line of a tile: open and how many wait, or closed, why, and when it opens again.

    `alone`: the kiosk is cut off, so that it does not know who waits.
    """
    if not offer.opening.open:
        return closed_line(offer.opening, now, zone, words)
    state = (
        words("touch.open_and", waiting=waiting(offer.waiting, words))
        if not alone
        else words("touch.open_alone")
    )
    return " · ".join([state, *remarks(offer.opening, now, zone, words)])


def service_state(
    service: ServiceOffer, now: datetime, zone: ZoneInfo, words: Words, *, alone: bool = False
) -> str:
    """Return the last line of a service's tile: who waits there, and for how long; nobody waits where none is ahead."""
    short = _short(service, words)
    if not service.opening.open or not short or alone:
        return tile_state(service, now, zone, words, alone=alone)
    state = words("touch.open_wait", waiting=waiting(service.waiting, words), wait=short)
    return " · ".join([state, *remarks(service.opening, now, zone, words)])


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


def queue_now(service: ServiceOffer, words: Words, *, alone: bool) -> str:
    """Return how many wait now and how long it may take; `alone`: that the kiosk is cut off and does not know."""
    if alone:
        return words("touch.queue_alone")
    wait = expected(service.wait, service.open_counters, words)
    return words("touch.queue_now", waiting=sentence(waiting(service.waiting, words)), expected=wait)


def ahead(count: int, words: Words) -> str:
    """Return how many people are ahead."""
    return words("touch.ahead", count=count) if count else words("touch.ahead_none")
