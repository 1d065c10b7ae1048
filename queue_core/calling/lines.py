"""Some of the lines of a counter: each narrowing leaves the heads of those lines that go before the others now."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from queue_core.calling.people import Candidate, Memory, Reason, Why, arrival
from queue_core.calling.policy import Policy


@dataclass(frozen=True, slots=True)
class Left:
    """The heads that are left to choose from, and what left them."""

    heads: Sequence[Candidate]
    reasons: tuple[Reason, ...] = ()
    memory: Memory | None = None


def narrowed(heads: Sequence[Candidate], now: datetime, policy: Policy, memory: Memory) -> Left:
    """Return the heads of the lines that go first: urgent ones, else the main ones, else all; then by their shares."""
    left = _urgent(heads, now, policy) or _main(heads, policy) or Left(heads)
    return _shared(left, policy, memory) if policy.shares else left


def _urgent(heads: Sequence[Candidate], now: datetime, policy: Policy) -> Left | None:
    """The first of the urgent services in which anyone has waited so long; None when that leaves nobody or everybody."""
    for urgent in policy.urgent:
        here = [head for head in heads if urgent.takes(head.service)]
        since = now - timedelta(minutes=urgent.minutes)
        if any(head.waiting_since <= since for head in here) and len(here) < len(heads):
            longest = min(here, key=arrival)
            data: dict[str, int | str] = {"minutes": urgent.minutes, "service": longest.service}
            return Left(here, (Reason(Why.URGENT, data),))
    return None


def _main(heads: Sequence[Candidate], policy: Policy) -> Left | None:
    if not policy.main:
        return None
    here = [head for head in heads if head.service in policy.main]
    if not here:
        return Left(heads, (Reason(Why.HELPING),))
    return Left(here, (Reason(Why.MAIN),)) if len(here) < len(heads) else None


def _shared(left: Left, policy: Policy, memory: Memory) -> Left:
    """One line: the one that is owed most, when each line gets its share at each call and the chosen one pays for all.

    A line in which nobody waits is owed nothing.
    """
    longest = {head.service: head for head in sorted(left.heads, key=arrival, reverse=True)}
    if len(longest) < 2:
        return left
    shares = {service: policy.shares.get(service, 1) for service in longest}
    owed = {service: memory.get(service, 0) + share for service, share in shares.items()}
    chosen = max(owed, key=lambda service: (owed[service], *_earliest(longest[service])))
    data: dict[str, int | str] = {"share": shares[chosen], "of": sum(shares.values())}
    owed[chosen] -= sum(shares.values())
    heads = [head for head in left.heads if head.service == chosen]
    return Left(heads, (*left.reasons, Reason(Why.SHARE, data)), owed)


def _earliest(head: Candidate) -> tuple[float, str]:
    """Sorts who has waited longest last."""
    return -head.waiting_since.timestamp(), head.service
