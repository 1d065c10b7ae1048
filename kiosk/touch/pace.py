"""The pace of one kiosk: after so many tickets in a minute it slows down, kindly. Pure; times are monotonic seconds."""

from __future__ import annotations

from collections import deque
from math import ceil

MINUTE = 60.0


class Pace:
    """Remembers when tickets were given out."""

    def __init__(self, a_minute: int) -> None:
        """Slow down after so many tickets in a minute."""
        self._limit = a_minute
        self._given: deque[float] = deque(maxlen=a_minute)

    def given(self, now: float) -> None:
        """A ticket was given out."""
        self._given.append(now)

    def wait(self, now: float) -> int:
        """Return the whole seconds that the next visitor is asked to wait; 0 for none.

        Never longer than the limit's own rhythm (ten seconds at six a minute): a family of eight waits a little, and whoever
        empties the paper roll gets no more than that rhythm.
        """
        if len(self._given) < self._limit:
            return 0
        left = self._given[0] + MINUTE - now
        return max(0, ceil(min(left, MINUTE / self._limit)))
