"""People who wait, in minutes past noon, and what becomes of a line of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from queue_core.calling import NOTHING, Candidate, Choice, Memory, Policy, arrival, choose_next

NOON = datetime(2026, 11, 24, 4, 0, tzinfo=UTC)


def at(minute: int) -> datetime:
    return NOON + timedelta(minutes=minute)


def person(
    name: str,
    minute: int,
    *,
    priority: bool = False,
    promise: int = 30,
    passed: int = 0,
    owed: int = 0,
    service: str = "DK.ktp",
) -> Candidate:
    """Somebody who waits since `minute` minutes past noon with a promise of so many minutes."""
    since = at(minute)
    return Candidate(name, service, priority, since, since + timedelta(minutes=promise), passed, owed)


def heads_of(waiting: Iterable[Candidate]) -> list[Candidate]:
    """The longest waiting of each class of each service."""
    heads: dict[tuple[str, bool], Candidate] = {}
    for one in sorted(waiting, key=arrival):
        heads.setdefault((one.service, one.priority), one)
    return list(heads.values())


class Counter:
    """A counter that calls one after the other, while others still come: a second, plain account of what a call does."""

    def __init__(self, policy: Policy, waiting: Iterable[Candidate] = ()) -> None:
        self.policy = policy
        self.waiting = {one.ticket: one for one in waiting}
        self.memory: Memory = NOTHING

    def call(self, now: datetime) -> tuple[Candidate, Choice] | None:
        """Call whose turn it is, and remember what is to be remembered."""
        choice = choose_next(heads_of(self.waiting.values()), now, self.policy, self.memory)
        if choice is None:
            return None
        for ticket in choice.passed:
            self.waiting[ticket] = replace(self.waiting[ticket], passed=self.waiting[ticket].passed + 1)
        for ticket, owed in choice.owes.items():
            self.waiting[ticket] = replace(self.waiting[ticket], owed=owed)
        called = self.waiting.pop(choice.ticket)
        for one in heads_of(self.waiting.values()):
            if choice.inherits and (one.service, one.priority) == (called.service, called.priority):
                self.waiting[one.ticket] = replace(one, owed=choice.inherits)
        self.memory = self.memory if choice.memory is None else choice.memory
        return called, choice

    def calls(self, now: datetime) -> Iterator[tuple[Candidate, Choice]]:
        """Call until nobody waits."""
        while (called := self.call(now)) is not None:
            yield called


SERVICES = {"A": "DK.ktp", "B": "DK.kk", "C": "BN.sim"}
PROMISES = {"A": 30, "B": 15, "C": 60}


def crowd(names: str) -> list[Candidate]:
    """People by names such as `Ap7`: service A, priority (or `r`: regular), waiting since minute 7."""
    return [
        person(
            name,
            int(name[2:]),
            priority=name[1] == "p",
            service=SERVICES[name[0]],
            promise=PROMISES[name[0]],
        )
        for name in names.split()
    ]
