"""Care for a screen that is never switched off: nothing stands on the same spot for long. Pure."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

SHIFT_MINUTES = 4
"""Minutes after which everything moves by a cell."""
SHIFTS = ((0, 0), (1, 0), (2, 0), (2, 1), (1, 1), (0, 1))
"""Columns and rows to move by, in turn: each step is one cell, so that nobody sees it jump."""
ROOM = (2, 1)
"""Columns and rows that are kept free for it."""
NIGHT_BEGINS, NIGHT_ENDS = 22, 4
"""Hours of the site's clock between which the colours are inverted."""
PAGE_SECONDS = 12
"""Seconds that one page of the idle board stands."""


def shift(at: datetime) -> tuple[int, int]:
    """Return by how many columns and rows the layout is moved at a moment."""
    return SHIFTS[int(at.timestamp()) // (60 * SHIFT_MINUTES) % len(SHIFTS)]


def is_night(at: datetime, zone: ZoneInfo) -> bool:
    """Whether the colours are inverted at a moment."""
    hour = at.astimezone(zone).hour
    return hour >= NIGHT_BEGINS or hour < NIGHT_ENDS


def turn(at: datetime, count: int, seconds: int = PAGE_SECONDS) -> int:
    """Return which of `count` pages or lines has its turn at a moment, from 0."""
    return int(at.timestamp()) // seconds % max(1, count)
