"""One of several heads: first come, priority first, due time, ratio. Each rule is given at least one head."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from queue_core.calling.people import Candidate, Choice, Reason, Why, arrival
from queue_core.calling.policy import Policy, Rule

Heads = Sequence[Candidate]


def late_among(heads: Heads, now: datetime) -> list[Candidate]:
    """Return those past their promise, longest waiting first."""
    return sorted((head for head in heads if head.due_at <= now), key=arrival)


def owed_first(heads: Heads, now: datetime, policy: Policy) -> Choice | None:
    """Who is past the promise and has been passed as often as anybody may be; of several the longest waiting.

    That passes those who have waited longer and are late too, so that they are owed in their turn.
    """
    late = late_among(heads, now)
    for place, head in enumerate(late):
        if head.passed >= policy.most_in_a_row:
            passed = tuple(each.ticket for each in late[:place])
            return Choice(head.ticket, (Reason(Why.LATE, {"most": policy.most_in_a_row}),), passed)
    return None


def first_come(heads: Heads, _now: datetime, _policy: Policy) -> Choice:
    """Who has waited longest, priority or not."""
    return Choice(min(heads, key=arrival).ticket, (Reason(Why.ORDER),))


def priority_first(heads: Heads, now: datetime, policy: Policy) -> Choice:
    """Priority visitors, but at most so many in a row past a regular visitor who waits past the promise."""
    first, regular = _classes(heads)
    if owed := owed_first(regular, now, policy):
        return owed
    if first:
        late = tuple(head.ticket for head in late_among(regular, now))
        return Choice(first[0].ticket, (Reason(Why.PRIORITY, {"most": policy.most_in_a_row}),), late)
    return first_come(regular, now, policy)


def due_time(heads: Heads, _now: datetime, policy: Policy) -> Choice:
    """Who should have been called earliest: at the end of the promise, a priority visitor so many minutes before it."""
    head_start = timedelta(minutes=policy.priority_minutes)
    chosen = min(
        heads, key=lambda head: (head.due_at - head_start * head.priority, not head.priority, *arrival(head))
    )
    earlier = policy.priority_minutes if chosen.priority else 0
    return Choice(chosen.ticket, (Reason(Why.DUE, {"earlier": earlier}),))


def ratio(heads: Heads, now: datetime, policy: Policy) -> Choice:
    """So many priority visitors to so many regular ones, while both wait.

    Each call of a priority visitor lends the regular heads `regular`; who is owed `priority` is called, which takes
    that much from those who came later. So the count is on the tickets, and the same at every counter of a line.
    """
    first, regular = _classes(heads)
    if not (first and regular):
        return first_come(heads, now, policy)
    data: dict[str, int | str] = {"priority": policy.priority, "regular": policy.regular}
    owed_ones = [head for head in regular if head.owed >= policy.priority]
    if owed_ones:
        chosen = owed_ones[0]
        younger = regular[regular.index(chosen) + 1 :]
        paid = {head.ticket: max(0, head.owed - policy.priority) for head in younger if head.owed}
        left = chosen.owed - policy.priority
        return Choice(chosen.ticket, (Reason(Why.RATIO_REGULAR, data),), owes=paid, inherits=left)
    lent = {head.ticket: head.owed + policy.regular for head in regular}
    return Choice(first[0].ticket, (Reason(Why.RATIO_PRIORITY, data),), owes=lent)


def _classes(heads: Heads) -> tuple[list[Candidate], list[Candidate]]:
    """Priority and regular heads, each longest waiting first."""
    ordered = sorted(heads, key=arrival)
    return [head for head in ordered if head.priority], [head for head in ordered if not head.priority]


BY_RULE: dict[Rule, Callable[[Heads, datetime, Policy], Choice]] = {
    Rule.PRIORITY: priority_first,
    Rule.ARRIVAL: first_come,
    Rule.DUE: due_time,
    Rule.RATIO: ratio,
}
