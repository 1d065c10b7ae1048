"""Closing comes near: what a counter is told while people still wait."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from queue_core.lobby.outlook import Outlook
from queue_core.lobby.turn import Look
from queue_core.views import ClosingView


def closing_of(look: Look, outlook: Outlook, services: Sequence[str]) -> ClosingView | None:
    """Return how many can still be served of those lines of a counter that close within `warn_minutes`; None without any.

    The others of its lines, which stay open longer, do not count. Who can be served is whoever's turn is expected before closing: the same forecast as on the visitor's phone. Where no
    counter of a line is open, nobody is.
    """
    soon = look.catalogue.desk.warn_minutes
    closing = {each: look.catalogue.schedule_of(each, look.now).closes_in for each in services}
    near = {
        each: minutes
        for each in services
        if outlook.lines[each].waiting and (minutes := closing[each]) is not None and minutes <= soon
    }
    if not near:
        return None
    first = min(near.values())
    return ClosingView(
        closes_at=look.now + timedelta(minutes=first),
        minutes=int(first),
        waiting=sum(outlook.lines[each].waiting for each in near),
        can_serve=sum(_in_time(outlook, each) for each in near),
    )


def _in_time(outlook: Outlook, service: str) -> int:
    """How many of a line come to their turn before it closes."""
    for ahead in range(outlook.lines[service].waiting):
        wait = outlook.wait(service, ahead)
        if wait is None or wait.past_closing:
            return ahead
    return outlook.lines[service].waiting
