"""Steering by arrow keys: from one focusable widget to the nearest one in a direction."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from textual.geometry import Region
from textual.screen import Screen

_AWAY = 3
"""How much worse a step aside is than a step ahead; a row counts as two columns."""


def nearest(here: Region, others: Sequence[Region], direction: str) -> int | None:
    """Return the place in `others` of the region to go to from `here`, or None when nothing lies that way.

    Args:
        here: where the focus is.
        others: where it may go.
        direction: up, down, left or right.
    """
    best: tuple[int, int] | None = None
    for place, there in enumerate(others):
        ahead, aside = _distance(here, there, direction)
        if ahead > 0:
            cost = ahead + _AWAY * aside
            if best is None or cost < best[0]:
                best = (cost, place)
    return None if best is None else best[1]


def _distance(here: Region, there: Region, direction: str) -> tuple[int, int]:
    """How far ahead (none when not beyond this region's edge) and how far aside (none when they overlap)."""
    if direction in ("left", "right"):
        ahead = there.x - here.right if direction == "right" else here.x - there.right
        aside = 2 * _apart(here.y, here.bottom, there.y, there.bottom)
    else:
        ahead = 2 * (there.y - here.bottom if direction == "down" else here.y - there.bottom)
        aside = _apart(here.x, here.right, there.x, there.right)
    return ahead + 1, aside


def _apart(start: int, end: int, other_start: int, other_end: int) -> int:
    return max(0, other_start - end, start - other_end)


def steer(screen: Screen[Any], direction: str) -> None:
    """Move a screen's focus; without one yet, the first in the order of Tab gets it."""
    chain = [widget for widget in screen.focus_chain if widget.region]
    if screen.focused is None:
        if chain:
            screen.set_focus(chain[0])
        return
    others = [widget for widget in chain if widget is not screen.focused]
    place = nearest(screen.focused.region, [widget.region for widget in others], direction)
    if place is not None:
        screen.set_focus(others[place])
