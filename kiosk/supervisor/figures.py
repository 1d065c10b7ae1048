"""Sums over the whole site and over each agency. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from queue_core.views import Names, Overview, QueueView


@dataclass(frozen=True, slots=True)
class Headline:
    """What can be read across the hall. `longest` in seconds."""

    waiting: int
    serving: int
    over: int
    longest: int
    done: int


@dataclass(frozen=True, slots=True)
class AgencyDay:
    """One agency's day so far."""

    agency: str
    names: Names
    issued: int
    completed: int
    no_show: int
    cancelled: int
    transferred: int
    waiting: int


def headline(queues: Iterable[QueueView]) -> Headline:
    """Return the site's sums and its longest wait."""
    queues = list(queues)
    return Headline(
        waiting=sum(queue.waiting for queue in queues),
        serving=sum(queue.serving for queue in queues),
        over=sum(queue.over_limit for queue in queues),
        longest=max((queue.longest_wait for queue in queues), default=0),
        done=sum(queue.completed for queue in queues),
    )


def agency_days(queues: Iterable[QueueView]) -> list[AgencyDay]:
    """Return each agency's sums, those with most tickets first."""
    by_agency: dict[str, list[QueueView]] = {}
    for queue in queues:
        by_agency.setdefault(queue.agency, []).append(queue)
    days = [_agency_day(lines) for lines in by_agency.values()]
    return sorted(days, key=lambda day: (-day.issued, day.agency))


def _agency_day(queues: list[QueueView]) -> AgencyDay:
    return AgencyDay(
        agency=queues[0].agency,
        names=queues[0].agency_names,
        issued=sum(queue.issued for queue in queues),
        completed=sum(queue.completed for queue in queues),
        no_show=sum(queue.no_show for queue in queues),
        cancelled=sum(queue.cancelled for queue in queues),
        transferred=sum(queue.transferred for queue in queues),
        waiting=sum(queue.waiting for queue in queues),
    )


def moved_on(overview: Overview, now: datetime) -> list[QueueView]:
    """Return the lines as they are a little later: those who wait have waited longer."""
    passed = int(max(timedelta(0), now - overview.at).total_seconds())
    return [
        replace(queue, longest_wait=queue.longest_wait + passed) if queue.waiting else queue
        for queue in overview.queues
    ]
