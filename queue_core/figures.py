"""Counting a day, adding up, and what the middle and the slow ones took. Pure.

What each figure means is said by `views.Tally`, and to people by the words of `report.define_…`, which every sheet prints.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, fields, replace
from datetime import datetime
from math import ceil

from queue_core.lifecycle import Status
from queue_core.views import Minutes, Tally

COUNTS = tuple(each.name for each in fields(Tally) if each.name not in {"waits", "services"})
"""The figures that are plain sums."""

ENDED = {
    Status.COMPLETED: "served",
    Status.NO_SHOW: "no_show",
    Status.CANCELLED: "cancelled",
    Status.TRANSFERRED: "transferred",
    Status.EXPIRED: "expired",
}
"""Which figure a ticket adds to by how it ended; who is still here adds to none."""

Cell = tuple[str, int]
"""A service and a local hour."""


@dataclass(frozen=True, slots=True)
class VisitFacts:
    """What is counted of a visit; `service` is what it came for first."""

    service: str
    arrived_at: datetime
    priority: bool
    journey: bool
    finished: bool


@dataclass(frozen=True, slots=True)
class TicketFacts:
    """What is counted of a ticket: when its own wait began, what the service promised (seconds), and how it went on."""

    service: str
    status: str
    began_at: datetime
    promise: float
    called_at: datetime | None
    started_at: datetime | None
    finished_at: datetime | None


@dataclass(slots=True)
class _Pile:
    """A tally while it is being counted."""

    counts: Counter[str] = field(default_factory=Counter)
    waits: Counter[int] = field(default_factory=Counter)
    services: Counter[int] = field(default_factory=Counter)

    def done(self) -> Tally:
        return Tally(**self.counts, waits=dict(self.waits), services=dict(self.services))


def count(
    visits: Iterable[VisitFacts], tickets: Iterable[TicketFacts], hour_of: Callable[[datetime], int]
) -> dict[Cell, Tally]:
    """Count a day: each visit and each ticket once, in the cell where it began."""
    piles: dict[Cell, _Pile] = {}
    for visit in visits:
        pile = piles.setdefault((visit.service, hour_of(visit.arrived_at)), _Pile())
        pile.counts["visits"] += 1
        pile.counts["priority"] += visit.priority
        pile.counts["journeys"] += visit.journey
        pile.counts["journeys_finished"] += visit.journey and visit.finished
    for ticket in tickets:
        _count_ticket(piles.setdefault((ticket.service, hour_of(ticket.began_at)), _Pile()), ticket)
    return {cell: pile.done() for cell, pile in piles.items()}


def total(tallies: Iterable[Tally]) -> Tally:
    """Return the sum of many."""
    pile = _Pile()
    for tally in tallies:
        for name in COUNTS:
            pile.counts[name] += getattr(tally, name)
        pile.waits.update(tally.waits)
        pile.services.update(tally.services)
    return pile.done()


def sums_only(tally: Tally) -> Tally:
    """Return the figures without the distributions, which are large."""
    return replace(tally, waits={}, services={})


def quantile(minutes: Minutes, share: float) -> int | None:
    """Return the whole minutes within which `share` of the cases lie (nearest rank); None of none.

    0.5 is the median, 0.9 the 90th percentile. Sums of distributions give the exact quantile of all their cases.
    """
    cases = sum(minutes.values())
    rank, passed = max(1, ceil(round(share * cases, 6))), 0
    for minute in sorted(minutes):
        passed += minutes[minute]
        if passed >= rank:
            return minute
    return None


def mean_minutes(seconds: int, cases: int) -> float | None:
    """Return the mean in minutes; None of none."""
    return seconds / 60 / cases if cases else None


def share(part: int, whole: int) -> float | None:
    """Return part of whole, 0 to 1; None of nothing."""
    return part / whole if whole else None


def growth(now: int, then: int) -> float | None:
    """Return by how much it has grown, 0.1 for a tenth; None where there was nothing to grow from."""
    return (now - then) / then if then else None


def _count_ticket(pile: _Pile, ticket: TicketFacts) -> None:
    pile.counts["tickets"] += 1
    if (ended := ENDED.get(Status(ticket.status))) is not None:
        pile.counts[ended] += 1
    if ticket.called_at is not None:
        seconds = _seconds(ticket.began_at, ticket.called_at)
        pile.counts["called"] += 1
        pile.counts["waited"] += seconds
        pile.counts["in_promise"] += seconds <= ticket.promise
        pile.waits[seconds // 60] += 1
    if ticket.status == Status.COMPLETED and ticket.started_at and ticket.finished_at:
        seconds = _seconds(ticket.started_at, ticket.finished_at)
        pile.counts["timed"] += 1
        pile.counts["attended"] += seconds
        pile.services[seconds // 60] += 1


def _seconds(begin: datetime, end: datetime) -> int:
    """Whole seconds; a clock that was set back in between makes none of them negative."""
    return max(0, int((end - begin).total_seconds()))
