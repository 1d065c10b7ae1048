"""Lines to which nobody is sent any more: closed by hand for the rest of the day, and served by nobody.

So it is after an agency has left. A line that was closed only to newcomers, while its counters serve on, is none of these.
"""

from __future__ import annotations

from queue_core.errors import ServiceClosed
from queue_core.hours import window_at
from queue_core.lobby.outlook import read_outlook
from queue_core.lobby.turn import Look, Turn
from queue_core.opening import shut


def is_deserted(here: Look | Turn, service: str) -> bool:
    """Whether who joined this line now would wait for nobody."""
    catalogue = here.catalogue
    levels = catalogue.levels_of(service)
    if not any(window_at(shut(levels, at), here.now) for at in range(len(levels))):
        return False
    if catalogue.schedule_of(service, here.now).closes_in != 0:
        return False  # it opens again today
    outlook = read_outlook(here)
    return not outlook.taking(service) and outlook.back(service) is None


def refuse_deserted(turn: Turn, service: str) -> None:
    """Raise ServiceClosed for such a line."""
    if is_deserted(turn, service):
        raise ServiceClosed(service=service, reason="by_hand", opens_at=None)
