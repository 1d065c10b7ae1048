"""Touches: when the screen was last used, taps that are one tap, and the four taps that ask for the door. Pure."""

from __future__ import annotations

from collections import deque

CORNER_TAPS = 4
CORNER_SECONDS = 4.0
CORNER_COLUMNS, CORNER_ROWS = 10, 3
DOUBLE_SECONDS = 0.3
DOUBLE_COLUMNS, DOUBLE_ROWS = 2, 1


class Touches:
    """Judges touches and keys. Times are monotonic seconds, places are cells."""

    def __init__(self, now: float) -> None:
        """Begin as if just used."""
        self.last = now
        self._place = (-99, -99)
        self._down_at = -99.0
        self._turned_at = -99.0
        self._corner: deque[float] = deque(maxlen=CORNER_TAPS)

    def used(self, now: float) -> None:
        """A key or a touch."""
        self.last = now

    def key(self) -> None:
        """A key was pressed: what is touched next is no echo of what was touched before."""
        self._down_at = -99.0

    def turned(self, now: float) -> None:
        """Another screen is shown."""
        self._turned_at = now

    def is_echo(self, x: int, y: int, now: float) -> bool:
        """Tell whether a touch is the second half of a double tap whose first half already turned the screen.

        Only at the same place, and only on a screen that appeared in between: nobody has read that one yet.
        """
        near = abs(x - self._place[0]) <= DOUBLE_COLUMNS and abs(y - self._place[1]) <= DOUBLE_ROWS
        echo = near and now - self._down_at < DOUBLE_SECONDS and self._turned_at >= self._down_at
        self._place, self._down_at = (x, y), now
        return echo

    def asks_for_the_door(self, x: int, y: int, now: float) -> bool:
        """Tell whether this touch is the fourth in the top left corner within four seconds."""
        if x >= CORNER_COLUMNS or y >= CORNER_ROWS:
            self._corner.clear()
            return False
        self._corner.append(now)
        asked = len(self._corner) == CORNER_TAPS and now - self._corner[0] <= CORNER_SECONDS
        if asked:
            self._corner.clear()
        return asked
