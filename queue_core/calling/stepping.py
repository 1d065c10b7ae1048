"""Where somebody comes to stand who lets others go first."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from itertools import zip_longest

from queue_core.calling.people import Candidate, arrival


def moment_behind(line: Iterable[Candidate], ticket: str, places: int) -> datetime | None:
    """Return since when `ticket` would have to wait to stand `places` further back; None when nobody is behind.

    Nobody else's time changes. Where fewer stand behind, it is the end of the line; where two came in one moment,
    between which nothing fits, it is the next place that there is.

    Args:
        line: those of one service and one class, `ticket` among them.
        ticket: who lets others go first.
        places: how many, at least one.
    """
    ordered = sorted(line, key=arrival)
    behind = ordered[[each.ticket for each in ordered].index(ticket) + 1 :]
    first = min(places, len(behind)) - 1
    for last, following in zip_longest(behind[first:], behind[first + 1 :]) if behind else ():
        if following is None:
            return last.waiting_since + timedelta(microseconds=1)
        middle = last.waiting_since + (following.waiting_since - last.waiting_since) / 2
        if arrival(last) < (middle, ticket) < arrival(following):
            return middle
    return None
