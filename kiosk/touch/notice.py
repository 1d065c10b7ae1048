"""What a visitor is told when there is no ticket, and what to do next: from an error to its friendly screen. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from kiosk.shared.openings import refused
from queue_core.errors import (
    ClockSuspect,
    IllegalMove,
    QuotaReached,
    ServiceClosed,
    SiteClosed,
    StoreDamaged,
    StoreError,
    StoreUnready,
    UnknownJourney,
    UnknownService,
    UnknownTicket,
)
from queue_core.views import Opening

_KINDS: tuple[tuple[type[Exception], str], ...] = (
    (SiteClosed, "site_closed"),
    (ServiceClosed, "service_closed"),
    (QuotaReached, "quota"),
    (ClockSuspect, "clock"),
    (UnknownService, "changed"),
    (UnknownJourney, "changed"),
    (IllegalMove, "too_late"),
    (UnknownTicket, "too_late"),
    (StoreUnready, "store"),
    (StoreDamaged, "store"),  # no waiting mends it
    (StoreError, "busy"),
)
"""Error to the middle of its word keys, the most particular first."""

RETRY_SECONDS = (3, 5, 8, 13, 21)
"""A busy store is asked again by itself after so long; then only by touch."""


@dataclass(frozen=True, slots=True)
class Notice:
    """One friendly screen: `touch.notice_<kind>` and `touch.notice_<kind>_do`.

    `retry`: the same wish, with the same request_id, may be tried again. `opening`: why no number is given out, and when
    it makes sense to come back.
    """

    kind: str
    retry: bool = False
    opening: Opening | None = None


def notice_of(error: Exception) -> Notice:
    """Return the screen for an error; anything unforeseen has one too."""
    kind = next((kind for family, kind in _KINDS if isinstance(error, family)), "other")
    if isinstance(error, SiteClosed | ServiceClosed | QuotaReached):
        return Notice(kind, opening=refused(error.data))
    return Notice(kind, retry=kind == "busy")


CONNECTING = Notice("connecting")
"""The store cannot be opened yet; it is tried again by itself."""

CANCELLED = Notice("cancelled")
"""The number was given back, as the visitor asked."""


def retry_after(tries: int) -> int | None:
    """Return the seconds before the next try by itself, after so many in vain; None when only a touch helps."""
    return RETRY_SECONDS[tries] if tries < len(RETRY_SECONDS) else None
