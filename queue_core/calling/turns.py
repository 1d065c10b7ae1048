"""The whole choice, and the order that it makes when it is repeated."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime

from queue_core.calling.lines import narrowed
from queue_core.calling.people import NOTHING, Candidate, Choice, Memory, arrival
from queue_core.calling.policy import DEFAULT, Policy
from queue_core.calling.rules import BY_RULE, late_among, owed_first

Line = deque[Candidate]


def choose_next(
    heads: Iterable[Candidate], now: datetime, policy: Policy = DEFAULT, memory: Memory = NOTHING
) -> Choice | None:
    """Return whose turn it is, or None when nobody waits.

    Where whole lines go before others, those past their promise in the others are passed at most
    `policy.most_in_a_row` times; then it is their turn.

    Args:
        heads: the longest waiting of each class of each line.
        now: the moment of the choice.
        policy: the counter's, or for the order within a line the line's.
        memory: what the counter remembers.
    """
    heads = list(heads)
    if not heads:
        return None
    if policy.prefers_lines and (owed := owed_first(heads, now, policy)):
        return owed
    left = narrowed(heads, now, policy, memory)
    choice = BY_RULE[policy.rule](left.heads, now, policy)
    if not left.reasons:
        return choice
    passed = choice.passed
    if policy.prefers_lines:
        kept = {head.ticket for head in left.heads}
        passed += tuple(head.ticket for head in late_among(heads, now) if head.ticket not in kept)
    return replace(choice, reasons=left.reasons + choice.reasons, passed=passed, memory=left.memory)


def in_order(
    waiting: Iterable[Candidate], now: datetime, policy: Policy = DEFAULT, memory: Memory = NOTHING
) -> Iterator[Choice]:
    """Yield all who wait in the order in which they would be called from now on, if nobody else came."""
    lines: dict[tuple[str, bool], Line] = {}
    for candidate in sorted(waiting, key=arrival):
        lines.setdefault((candidate.service, candidate.priority), deque()).append(candidate)
    while (choice := choose_next((line[0] for line in lines.values()), now, policy, memory)) is not None:
        memory = memory if choice.memory is None else choice.memory
        for line in lines.values():
            _remember(line, choice)
        lines = {key: line for key, line in lines.items() if line}
        yield choice


def _remember(line: Line, choice: Choice) -> None:
    """Do to a line what a call does to it."""
    ticket = line[0].ticket
    if ticket == choice.ticket:
        line.popleft()
        if line and choice.inherits:
            line[0] = replace(line[0], owed=choice.inherits)
        return
    if ticket in choice.passed:
        line[0] = replace(line[0], passed=line[0].passed + 1)
    if ticket in choice.owes:
        line[0] = replace(line[0], owed=choice.owes[ticket])
