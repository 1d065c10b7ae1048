"""A countdown to something that then happens by itself. Pure; times are monotonic seconds, never counted ticks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import ceil


@dataclass(frozen=True, slots=True)
class Countdown:
    """When it ends, what happens then, and whether the screen shows the seconds."""

    ends: float
    then: Callable[[], None]
    shown: bool = True

    def left(self, now: float) -> int:
        """Return the whole seconds still to wait; 0 when it is time."""
        return max(0, ceil(self.ends - now))
