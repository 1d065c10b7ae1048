"""What hurts most comes first. Pure."""

from __future__ import annotations

from collections.abc import Callable
from enum import IntEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from queue_core.views import QueueView

SOON = 2 / 3
"""The part of the promise after which a wait is called close to it."""


class Level(IntEnum):
    """How bad it is in a line; the words are `supervisor.state_<name>`."""

    CLOSED = 0
    CALM = 1
    FINE = 2
    CROWDED = 3
    UNATTENDED = 4
    SOON = 5
    LATE = 6


SIGNS = {
    Level.LATE: "▲",
    Level.SOON: "◆",
    Level.UNATTENDED: "■",
    Level.CROWDED: "‼",
    Level.FINE: "●",
    Level.CALM: "○",
    Level.CLOSED: "–",
}
"""A shape for each level, so that nobody has to tell red from green."""


def level(queue: QueueView) -> Level:
    """Return how bad it is: someone past the promise; someone close to it; no counter open; too many; waiting."""
    if queue.over_limit:
        return Level.LATE
    if not queue.waiting:
        return Level.CALM if queue.opening.open or queue.serving else Level.CLOSED
    if against_promise(queue) >= SOON:
        return Level.SOON
    if not queue.open_counters:
        return Level.UNATTENDED
    return Level.CROWDED if queue.crowded else Level.FINE


def needs_help(queue: QueueView) -> bool:
    """Return whether somebody should look after this line: where this is false of all lines, no alert speaks of one."""
    return level(queue) >= Level.CROWDED


def against_promise(queue: QueueView) -> float:
    """Return the longest wait as a part of the promise: 1.0 is the promise itself."""
    return queue.longest_wait / (queue.target_minutes * 60)


def hurt(queue: QueueView) -> tuple[int, float, int, int]:
    """Return a key that sorts the worst last: level, longest wait against the promise, no counter open, how many wait."""
    unattended = int(queue.waiting > 0 and queue.open_counters == 0)
    return level(queue), against_promise(queue), unattended, queue.waiting


Order = Callable[["QueueView"], tuple[float | str, ...]]
ORDERS: dict[str, Order] = {
    "hurt": lambda queue: (*(-part for part in hurt(queue)), queue.service),
    "waiting": lambda queue: (-queue.waiting, -queue.longest_wait, queue.service),
    "longest": lambda queue: (-queue.longest_wait, queue.service),
    "name": lambda queue: (queue.agency, queue.service),
}
"""How the lines can be sorted; the words are `supervisor.sort_<name>`."""
