"""Sums over the whole site and over each agency. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from queue_core.views import CounterSummary, Overview, QueueView


@dataclass(frozen=True, slots=True)
class Headline:
    """What can be read across the hall. `longest` in seconds."""

    waiting: int
    serving: int
    over: int
    longest: int
    done: int


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


def moved_on(overview: Overview, now: datetime) -> list[QueueView]:
    """Return the lines as they are a little later: those who wait have waited longer."""
    passed = int(max(timedelta(0), now - overview.at).total_seconds())
    return [
        replace(queue, longest_wait=queue.longest_wait + passed) if queue.waiting else queue
        for queue in overview.queues
    ]


def by_agency(queues: Iterable[QueueView], counters: Iterable[CounterSummary]) -> list[QueueView]:
    """Return one line for each agency, as if all its services were one; its `service` is the agency's code."""
    lines: dict[str, list[QueueView]] = {}
    for queue in queues:
        lines.setdefault(queue.agency, []).append(queue)
    serving = [
        {service.partition(".")[0] for service in each.services} for each in counters if each.state == "open"
    ]
    return [_joined(each, sum(agency in codes for codes in serving)) for agency, each in lines.items()]


def _joined(queues: list[QueueView], open_counters: int) -> QueueView:
    """Sum what can be summed. Longest wait and promise are those of the line that waits longest."""
    longest = max(queues, key=lambda queue: queue.longest_wait)
    called = sum(map(_called, queues))
    waited = sum(queue.average_wait * _called(queue) for queue in queues)
    return replace(
        longest,
        service=longest.agency,
        service_names=longest.agency_names,
        opening=next((queue.opening for queue in queues if queue.opening.open), longest.opening),
        average_wait=waited // called if called else 0,
        open_counters=open_counters,
        waiting=sum(queue.waiting for queue in queues),
        waiting_priority=sum(queue.waiting_priority for queue in queues),
        serving=sum(queue.serving for queue in queues),
        held=sum(queue.held for queue in queues),
        over_limit=sum(queue.over_limit for queue in queues),
        issued=sum(queue.issued for queue in queues),
        completed=sum(queue.completed for queue in queues),
        no_show=sum(queue.no_show for queue in queues),
        cancelled=sum(queue.cancelled for queue in queues),
        transferred=sum(queue.transferred for queue in queues),
        crowded=any(queue.crowded for queue in queues),
    )


def _called(queue: QueueView) -> int:
    """How many of a line were called at least once; who cancelled after a call is missing, and seldom is."""
    return queue.serving + queue.held + queue.completed + queue.no_show + queue.transferred
