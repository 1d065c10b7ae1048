"""What would help a line most, from who sits where. Pure; the words are `supervisor.do_<value>`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from kiosk.shared.hurt import needs_help

if TYPE_CHECKING:
    from kiosk.i18n import Words
    from queue_core.views import CounterSummary, QueueView


class Do(StrEnum):
    """One thing that a supervisor can do about a line."""

    CALL = "call"  # a counter of this line is free: ask there to call
    BACK = "back"  # a counter of this line is on a break
    OPEN = "open"  # a counter of this line is closed
    MOVE = "move"  # another counter of the same agency has nobody waiting
    BUSY = "busy"  # everybody who could serve does
    NOBODY = "nobody"  # no counter takes this service


@dataclass(frozen=True, slots=True)
class Advice:
    """What to do, and at which counter."""

    do: Do
    counter: str = ""

    def sentence(self, words: Words) -> str:
        """Return it in words."""
        return words(f"supervisor.do_{self.do}", counter=self.counter)


def advice(
    queue: QueueView, counters: Iterable[CounterSummary], waiting: Mapping[str, int], now: datetime
) -> Advice | None:
    """Return what would help this line; None when it needs no help.

    Args:
        queue: the line.
        counters: all of the site.
        waiting: how many people wait for each service.
        now: the moment of the view, for breaks that are over.
    """
    if not needs_help(queue):
        return None
    here = [each for each in counters if queue.service in each.services]
    if not here:
        return Advice(Do.NOBODY)
    return _first(_ways(queue, here, now), _others(queue, counters, waiting)) or Advice(Do.BUSY)


def _first(*ways: Iterable[Advice]) -> Advice | None:
    return next((each for way in ways for each in way), None)


def _ways(queue: QueueView, here: list[CounterSummary], now: datetime) -> Iterable[Advice]:
    """What the line's own counters could do: the nearest help first, its main counters before those that lend a hand."""
    ordered = sorted(here, key=lambda each: (each.services.index(queue.service), each.number))
    overdue = [
        each for each in ordered if _on_break(each) and each.back_at is not None and each.back_at <= now
    ]
    yield from (Advice(Do.CALL, each.id) for each in ordered if _is_free(each))
    yield from (Advice(Do.BACK, each.id) for each in overdue)
    yield from (Advice(Do.OPEN, each.id) for each in ordered if each.state == "closed")
    yield from (Advice(Do.BACK, each.id) for each in ordered if _on_break(each))


def _others(
    queue: QueueView, counters: Iterable[CounterSummary], waiting: Mapping[str, int]
) -> Iterable[Advice]:
    """Colleagues of the same agency for whom nobody waits, who is free before who serves."""
    fit = [
        each
        for each in counters
        if each.state == "open"
        and queue.service not in each.services
        and each.agency == queue.agency
        and not any(waiting.get(service) for service in each.services)
    ]
    ordered = sorted(fit, key=lambda each: (each.current is not None, each.number))
    return (Advice(Do.MOVE, each.id) for each in ordered)


def _is_free(counter: CounterSummary) -> bool:
    return counter.state == "open" and counter.current is None


def _on_break(counter: CounterSummary) -> bool:
    return counter.state == "paused"
