"""The default: worked examples, and what no mix of visitors may break."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from queue_core.calling import MOST_PASSES, Candidate, Why, choose_next, in_order
from tests.support.turns import NOON, at, heads_of, person


def test_nobody_waits() -> None:
    assert choose_next([], NOON) is None


@pytest.mark.parametrize(
    ("heads", "minute", "choice"),
    [
        ([person("r", 0)], 5, ("r", Why.ORDER, ())),
        ([person("r", 0), person("p", 4, priority=True)], 5, ("p", Why.PRIORITY, ())),
        # the regular one is late: the priority one still goes first, and it is remembered
        ([person("r", 0), person("p", 4, priority=True)], 30, ("p", Why.PRIORITY, ("r",))),
        ([person("r", 0, passed=1), person("p", 4, priority=True)], 31, ("p", Why.PRIORITY, ("r",))),
        # passed twice: now it is owed
        ([person("r", 0, passed=2), person("p", 4, priority=True)], 32, ("r", Why.LATE, ())),
        # passed twice but not late: passes count only against the promise
        ([person("r", 0, passed=2), person("p", 4, priority=True)], 29, ("p", Why.PRIORITY, ())),
        # who came first among two services of one counter
        ([person("b", 2), person("a", 1, service="DK.kk")], 5, ("a", Why.ORDER, ())),
        # two owed: who came first
        ([person("b", 1, passed=2), person("a", 0, passed=3, service="DK.kk"), person("p", 9, priority=True)], 60, ("a", Why.LATE, ())),
        # the same moment: the id decides, so that every machine decides alike
        ([person("b", 0), person("a", 0, service="DK.kk")], 5, ("a", Why.ORDER, ())),
    ],
)  # fmt: skip
def test_worked_examples(
    heads: list[Candidate], minute: int, choice: tuple[str, Why, tuple[str, ...]]
) -> None:
    found = choose_next(heads, at(minute))
    assert found is not None
    assert (found.ticket, found.why, found.passed) == choice


def test_a_day_on_paper() -> None:
    """Five priority and three regular visitors, the regular ones late: two, one, two, one, one, one."""
    line = [person(f"r{n}", n) for n in range(3)]
    line += [person(f"p{n}", 20 + n, priority=True) for n in range(5)]
    called = [choice.ticket for choice in in_order(line, at(60))]
    assert called == ["p0", "p1", "r0", "p2", "p3", "r1", "p4", "r2"]


def test_the_same_day_before_anyone_is_late() -> None:
    line = [person(f"r{n}", n) for n in range(2)] + [person(f"p{n}", 5, priority=True) for n in range(3)]
    assert [choice.ticket for choice in in_order(line, at(10))] == ["p0", "p1", "p2", "r0", "r1"]


people = st.builds(
    lambda n, minute, priority, promise, service: person(
        f"{n:08d}", minute, priority=priority, promise=promise, service=service
    ),
    n=st.integers(0, 10**7),
    minute=st.integers(0, 60),
    priority=st.booleans(),
    promise=st.sampled_from([0, 1, 30, 60]),
    service=st.sampled_from(["DK.ktp", "DK.kk", "BN.bayar"]),
)
crowds = st.lists(people, max_size=40, unique_by=lambda person: person.ticket)


@given(crowds, st.integers(0, 90))
def test_everybody_is_called_once(crowd: list[Candidate], minute: int) -> None:
    called = [choice.ticket for choice in in_order(crowd, at(minute))]
    assert sorted(called) == sorted(person.ticket for person in crowd)


@given(crowds, st.integers(0, 90))
def test_each_class_of_a_service_is_called_in_order_of_arrival(crowd: list[Candidate], minute: int) -> None:
    known = {person.ticket: person for person in crowd}
    seen: dict[tuple[str, bool], tuple[datetime, str]] = {}
    for choice in in_order(crowd, at(minute)):
        one = known[choice.ticket]
        key, place = (one.service, one.priority), (one.waiting_since, one.ticket)
        assert seen.get(key, place) <= place
        seen[key] = place


@given(crowds, st.integers(0, 90))
def test_no_late_regular_head_is_passed_by_more_than_two_in_a_row(
    crowd: list[Candidate], minute: int
) -> None:
    """Counted anew from outside: while a late regular visitor waits, priority calls come at most two in a row."""
    now, waiting, in_a_row = at(minute), {person.ticket: person for person in crowd}, 0
    for choice in in_order(crowd, now):
        late = any(not one.priority and one.due_at <= now for one in heads_of(waiting.values()))
        one = waiting.pop(choice.ticket)
        in_a_row = in_a_row + 1 if one.priority and late else 0
        assert in_a_row <= MOST_PASSES


@given(crowds, st.integers(1, 60))
def test_a_late_regular_visitor_never_starves(crowd: list[Candidate], arrivals: int) -> None:
    """Though priority visitors keep coming, all who are late are called within three turns each."""
    now = at(200)
    crowd = [replace(one, due_at=min(one.due_at, now)) for one in crowd]
    late = {one.ticket for one in crowd if not one.priority}
    newcomers = [person(f"z{n:03d}", 300 + n, priority=True) for n in range(arrivals)]
    turns = [choice.ticket for choice in in_order([*crowd, *newcomers], now)]
    last = max((turns.index(ticket) for ticket in late), default=0)
    assert last < (MOST_PASSES + 1) * max(len(late), 1)
