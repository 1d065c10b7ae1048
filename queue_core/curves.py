"""How many were waiting at each mark of a day: pure, from when each wait began and ended."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from datetime import datetime

Spell = tuple[datetime, datetime | None]
"""From when to when somebody waited; None: still does."""


def waiting_at(spells: Iterable[Spell], marks: Sequence[datetime]) -> list[int]:
    """Return how many wait at each of these ascending moments: who begins at a mark is counted, who ends at it is not."""
    change = [0] * (len(marks) + 1)
    for begin, end in spells:
        first = bisect_left(marks, begin)
        last = len(marks) if end is None else bisect_left(marks, end)
        if first < last:
            change[first] += 1
            change[last] -= 1
    counts, running = [], 0
    for step in change[:-1]:
        running += step
        counts.append(running)
    return counts
