"""Open or closed, why, and when next: one pure function for all screens. The layers: docs/decisions/0013-open-or-closed.md."""

from queue_core.opening.deciding import opening, serving_windows, standing
from queue_core.opening.rules import (
    NOTHING_TAKEN,
    Break,
    Day,
    Level,
    Order,
    Place,
    Rules,
    Taken,
    rules_from,
    shut,
)

__all__ = [
    "NOTHING_TAKEN",
    "Break",
    "Day",
    "Level",
    "Order",
    "Place",
    "Rules",
    "Taken",
    "opening",
    "rules_from",
    "serving_windows",
    "shut",
    "standing",
]
