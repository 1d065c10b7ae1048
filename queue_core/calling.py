"""Whose turn it is: pure choice among the few heads of the queues that a counter serves.

The rule until policies are configured: priority visitors first, each class in order of arrival; but a regular
visitor who is late (has waited past the service's promise) is passed by at most two priority visitors in a row.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from itertools import zip_longest

MOST_PASSES = 2
"""How many priority visitors in a row may go ahead of one late regular visitor."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """The head of one class (priority or regular) of one service's queue."""

    ticket: str
    service: str
    priority: bool
    waiting_since: datetime
    due_at: datetime
    passed: int = 0  # priority visitors called past this one since it became late at the head of its line


class Why(StrEnum):
    """Why this visitor was chosen; the sentence is in kiosk/locales."""

    PRIORITY = "priority"
    LATE = "late"
    ORDER = "order"
    BY_NUMBER = "by_number"


@dataclass(frozen=True, slots=True)
class Choice:
    """The chosen ticket, why, and the late regular heads that were passed by choosing it."""

    ticket: str
    why: Why
    passed: tuple[str, ...] = ()


def _order(candidate: Candidate) -> tuple[datetime, str]:
    return candidate.waiting_since, candidate.ticket


def choose_next(heads: Iterable[Candidate], now: datetime) -> Choice | None:
    """Return whose turn it is, or None when nobody waits."""
    heads = list(heads)
    regular = sorted((head for head in heads if not head.priority), key=_order)
    first = sorted((head for head in heads if head.priority), key=_order)
    late = [head for head in regular if head.due_at <= now]
    owed = [head for head in late if head.passed >= MOST_PASSES]
    if owed:
        return Choice(owed[0].ticket, Why.LATE)
    if first:
        return Choice(first[0].ticket, Why.PRIORITY, tuple(head.ticket for head in late))
    if regular:
        return Choice(regular[0].ticket, Why.ORDER)
    return None


def in_order(waiting: Iterable[Candidate], now: datetime) -> Iterator[Choice]:
    """Yield all who wait in the order in which they would be called from now on, if nobody else came."""
    lines: dict[tuple[str, bool], deque[Candidate]] = {}
    for candidate in sorted(waiting, key=_order):
        lines.setdefault((candidate.service, candidate.priority), deque()).append(candidate)
    while (choice := choose_next((line[0] for line in lines.values() if line), now)) is not None:
        for line in lines.values():
            if line and line[0].ticket == choice.ticket:
                line.popleft()
            elif line and line[0].ticket in choice.passed:
                line[0] = replace(line[0], passed=line[0].passed + 1)
        yield choice


def moment_behind(line: Iterable[Candidate], ticket: str, places: int) -> datetime | None:
    """Return since when `ticket` would have to wait to stand `places` further back; None when nobody is behind.

    Nobody else's time changes. Where fewer stand behind, it is the end of the line; where two came in one moment,
    between which nothing fits, it is the next place that there is.

    Args:
        line: those of one service and one class, `ticket` among them.
        ticket: who lets others go first.
        places: how many, at least one.
    """
    ordered = sorted(line, key=_order)
    behind = ordered[[each.ticket for each in ordered].index(ticket) + 1 :]
    first = min(places, len(behind)) - 1
    for last, following in zip_longest(behind[first:], behind[first + 1 :]) if behind else ():
        if following is None:
            return last.waiting_since + timedelta(microseconds=1)
        middle = last.waiting_since + (following.waiting_since - last.waiting_since) / 2
        if _order(last) < (middle, ticket) < _order(following):
            return middle
    return None
