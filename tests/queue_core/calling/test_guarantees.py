"""What a visitor may rely on under every policy, whoever comes: no starvation, order within a class, caps that hold."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import cycle
from math import ceil
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from queue_core.calling import Candidate, Policy, arrival, in_order, policy_of
from tests.support.turns import PROMISES, SERVICES, Counter, at, heads_of, person

TAKES = tuple(SERVICES.values())
URGENT = {"urgent": [{"service": "DK.kk", "minutes": 10}, {"service": "BN.*", "minutes": 40}]}
POLICIES: dict[str, dict[str, Any]] = {
    "arrival": {"rule": "arrival"},
    "priority": {},
    "priority, at most 1": {"most_in_a_row": 1},
    "due": {"rule": "due"},
    "due, all alike": {"rule": "due", "priority_minutes": 0},
    "ratio 2:1": {"rule": "ratio"},
    "ratio 3:2": {"rule": "ratio", "priority": 3, "regular": 2},
    "ratio 1:4": {"rule": "ratio", "priority": 1, "regular": 4},
    "urgent": {"rule": "arrival", **URGENT},
    "urgent, priority": URGENT,
    "main": {"rule": "arrival", "main_services": 1},
    "main, priority, at most 3": {"main_services": 2, "most_in_a_row": 3},
    "main, urgent": {**URGENT, "main_services": 1},
    "shares": {"rule": "arrival", "shares": {"DK.ktp": 3, "DK.kk": 2}},
    "shares, priority": {"shares": {"DK.ktp": 3}},
    "all at once": {"rule": "ratio", **URGENT, "main_services": 2, "shares": {"DK.ktp": 2}},
}
few = settings(max_examples=30)
by_policy = pytest.mark.parametrize("raw", POLICIES.values(), ids=POLICIES)

kinds = st.tuples(st.sampled_from("ABC"), st.booleans())
crowds = st.lists(st.tuples(kinds, st.integers(0, 60)), max_size=30)


def people(found: list[tuple[tuple[str, bool], int]]) -> list[Candidate]:
    return [_person(number, minute, kind) for number, (kind, minute) in enumerate(found)]


def _person(number: int, minute: int, kind: tuple[str, bool]) -> Candidate:
    letter, priority = kind
    return person(
        f"{number:04d}", minute, priority=priority, service=SERVICES[letter], promise=PROMISES[letter]
    )


@by_policy
@given(crowds, st.integers(0, 90))
@few
def test_everybody_is_called_once_and_each_class_of_a_service_in_order(
    raw: dict[str, Any], found: Any, minute: int
) -> None:
    waiting, seen = people(found), dict[tuple[str, bool], Candidate]()
    counter = Counter(policy_of(raw, TAKES), waiting)
    called = [one for one, _ in counter.calls(at(minute))]
    for one in called:
        before = seen.get((one.service, one.priority), one)
        assert arrival(before) <= arrival(one)
        seen[one.service, one.priority] = one
    assert sorted(one.ticket for one in called) == sorted(one.ticket for one in waiting)


@by_policy
@given(crowds, st.integers(0, 90))
@few
def test_the_order_that_is_shown_is_the_order_of_the_calls(
    raw: dict[str, Any], found: Any, minute: int
) -> None:
    policy, waiting = policy_of(raw, TAKES), people(found)
    shown = list(in_order(waiting, at(minute), policy))
    assert shown == [choice for _, choice in Counter(policy, waiting).calls(at(minute))]


@by_policy
@given(crowds, st.integers(0, 90))
@few
def test_whoever_is_called_by_turn_stood_first_in_their_line(
    raw: dict[str, Any], found: Any, minute: int
) -> None:
    policy = policy_of(raw, TAKES)
    counter = Counter(policy, people(found))
    lines = _first_of_lines(counter, policy, at(minute))
    for one, _ in counter.calls(at(minute)):
        assert lines[one.service] == one.ticket
        lines = _first_of_lines(counter, policy, at(minute))


def _first_of_lines(counter: Counter, policy: Policy, now: datetime) -> dict[str, str]:
    lines: dict[str, list[Candidate]] = {}
    for one in counter.waiting.values():
        lines.setdefault(one.service, []).append(one)
    return {service: next(in_order(line, now, policy)).ticket for service, line in lines.items()}


@pytest.mark.parametrize("name", [name for name in POLICIES if name.startswith(("priority", "urgent", "main"))])  # fmt: skip
@given(crowds, st.integers(0, 120))
def test_somebody_past_the_promise_is_passed_no_more_than_the_cap_says(
    name: str, found: Any, minute: int
) -> None:
    """Counted anew from outside: who came later and is called while a late visitor stands at the head of a line.

    Where only priority is preferred, a priority visitor who came earlier counts too, and only regular ones are passed.
    """
    policy, now = policy_of(POLICIES[name], TAKES), at(minute)
    counter, passed = Counter(policy, people(found)), dict[str, int]()
    while True:
        heads = [one for one in heads_of(counter.waiting.values()) if one.due_at <= now]
        if (called := counter.call(now)) is None:
            return
        for head in heads:
            if head is called[0] or (policy.plain and (head.priority or not called[0].priority)):
                continue
            if policy.plain or arrival(called[0]) > arrival(head):
                passed[head.ticket] = passed.get(head.ticket, 0) + 1
                assert passed[head.ticket] <= policy.most_in_a_row


@pytest.mark.parametrize("name", [name for name in POLICIES if name.startswith("ratio")])
@given(crowds, st.integers(0, 120))
def test_a_ratio_is_kept_while_both_wait(name: str, found: Any, minute: int) -> None:
    policy = policy_of(POLICIES[name], TAKES)
    most = {
        True: ceil(policy.priority / policy.regular),
        False: ceil(policy.regular / policy.priority),
    }
    counter, in_a_row, last = Counter(policy, people(found)), 0, None
    while True:
        both = len({one.priority for one in counter.waiting.values()}) == 2
        if (called := counter.call(at(minute))) is None:
            return
        kind = called[0].priority
        in_a_row = in_a_row + 1 if both and kind == last else 1
        last = kind if both else None
        assert not both or in_a_row <= most[kind]


@given(st.sampled_from([15, 0]), crowds, st.integers(0, 120))
def test_by_due_time_nobody_goes_before_who_was_due_earlier(early: int, found: Any, minute: int) -> None:
    counter = Counter(policy_of({"rule": "due", "priority_minutes": early}, TAKES), people(found))

    def due(one: Candidate) -> datetime:
        return one.due_at - timedelta(minutes=early if one.priority else 0)

    for one, _ in counter.calls(at(minute)):
        assert all(due(one) <= due(other) for other in heads_of(counter.waiting.values()))


@given(st.lists(st.integers(1, 9), min_size=3, max_size=3))
def test_while_people_wait_in_all_lines_each_gets_exactly_its_share(weights: list[int]) -> None:
    shares = dict(zip(TAKES, weights, strict=True))
    waiting = [_person(n, n, ("ABC"[n % 3], n % 2 == 0)) for n in range(3 * 9 * 2 + 3)]
    counter = Counter(policy_of({"shares": shares}, TAKES), waiting)
    for _ in range(2):
        round_of_calls = [counter.call(at(60)) for _ in range(sum(weights))]
        called = [each[0].service for each in round_of_calls if each is not None]
        assert {service: called.count(service) for service in shares} == shares


@dataclass
class Wait:
    """How long somebody waits, in calls, from the moment when the guarantee begins to count."""

    ahead: int  # who came no later and waits at that moment, the visitor among them
    calls: int = 0


@by_policy
@given(crowds, st.lists(st.lists(kinds, max_size=2), min_size=1, max_size=8))
@settings(max_examples=10)
def test_nobody_starves_whoever_keeps_coming(raw: dict[str, Any], found: Any, coming: Any) -> None:
    """One call a minute, up to two people come in each: all are called within the stated number of calls.

    docs/policies.md states the number: so many calls for each who came no later, from the end of the promise on.
    """
    policy = policy_of(raw, TAKES)
    counter, waits = Counter(policy, people(found)), dict[str, Wait]()
    number = len(found)
    for minute, newcomers in zip(range(61, 141), cycle(coming), strict=False):
        for kind in newcomers:
            number += 1
            counter.waiting[f"{number:04d}"] = _person(number, minute, kind)
        for one in counter.waiting.values():
            if _counts(one, at(minute), policy) and one.ticket not in waits:
                waits[one.ticket] = Wait(_ahead(one, counter.waiting.values(), policy))
        counter.call(at(minute))
        for ticket in counter.waiting.keys() & waits.keys():
            waits[ticket].calls += 1
            assert waits[ticket].calls < _within(policy) * waits[ticket].ahead


def _counts(one: Candidate, now: datetime, policy: Policy) -> bool:
    """By due time a newcomer with a shorter promise, or priority, may be due earlier still: for so long after the promise."""
    return one.due_at + timedelta(minutes=policy.priority_minutes if policy.rule == "due" else 0) <= now


def _ahead(one: Candidate, waiting: Collection[Candidate], policy: Policy) -> int:
    """Who came no later; by due time any of those who wait may be due earlier."""
    return len(waiting) if policy.rule == "due" else sum(arrival(other) <= arrival(one) for other in waiting)


def _within(policy: Policy) -> int:
    """So many calls at most for each who came no later."""
    within = {
        "arrival": 1,
        "due": 1,
        "priority": max(policy.most_in_a_row, ceil(len(TAKES) / policy.most_in_a_row)) + 1,
        "ratio": policy.priority + policy.regular + 1,
    }[policy.rule]
    if policy.prefers_lines:
        within = max(within, policy.most_in_a_row + 1)
    return within * (sum(policy.shares.values()) or 1)
