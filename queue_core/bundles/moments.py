"""When did somebody come, by a clock that nobody could check? Pure."""

from __future__ import annotations

from datetime import datetime


def clamped(told: datetime, since: datetime | None, now: datetime) -> datetime:
    """Return the moment nearest to what was told that lies between the last contact, if there was one, and now.

    So a clock that is slow puts nobody before those who came before the cut, and one that is fast nobody into the future.
    """
    if since is not None and since < now:
        told = max(told, since)
    return min(told, now)
