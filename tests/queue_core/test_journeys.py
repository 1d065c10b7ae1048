"""The way of a visit: which step comes next, by the rule, and what the time in the house counts for."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from queue_core.calling import Candidate, choose_next
from queue_core.journeys import (
    Because,
    Gone,
    Onward,
    Prospect,
    Step,
    Way,
    choose_step,
    credit,
    stages_of,
)
from queue_core.views import WaitRange
from tests.support.house import MORNING

CLOSED = None
Line = tuple[float | None, tuple[int, int] | None, int]
"""Minutes until it opens, the range of the wait, people ahead."""

FREE = Way(tuple(Step(service) for service in "abc"))
FIXED = Way(tuple(Step(service, stage=stage) for stage, service in enumerate("abc")))


def choose(way: Way, lines: Mapping[str, Line]) -> Onward:
    def prospect(service: str) -> Prospect:
        _, wait, ahead = lines[service]
        return Prospect(None if wait is None else WaitRange(*wait), ahead)

    return choose_step(way, lambda service: lines[service][0], prospect)


@pytest.mark.parametrize(
    ("why", "a", "b", "c", "next_one", "because"),
    [
        ("the shortest", (0, (10, 20), 3), (0, (0, 10), 2), (0, (5, 15), 1), "b", Because.SHORTEST),
        ("the upper end counts first", (0, (0, 20), 1), (0, (5, 15), 4), (0, (10, 20), 1), "b", "shortest"),
        ("then the lower end", (0, (5, 15), 1), (0, (0, 15), 4), (0, (5, 15), 1), "b", "shortest"),
        ("then the fewest people", (0, (0, 0), 2), (0, (0, 0), 1), (0, (0, 0), 0), "c", "shortest"),
        ("then as planned", (0, (0, 5), 1), (0, (0, 5), 1), (0, (0, 5), 1), "a", "shortest"),
        ("where somebody serves", (0, None, 0), (0, (30, 60), 9), (0, None, 0), "b", "shortest"),
        ("nobody serves anywhere", (0, None, 4), (0, None, 2), (0, None, 3), "b", "shortest"),
        ("closed now is left for later", (30, (0, 0), 0), (0, (30, 60), 9), (45, None, 0), "b", Because.OPEN),
        ("all are closed now", (30, None, 0), (10, None, 9), (45, None, 0), "b", "open"),
        ("two open together", (30, (0, 5), 0), (10, (5, 10), 9), (10, (0, 5), 2), "c", "shortest"),
        ("closed for the day waits", (CLOSED, None, 0), (30, None, 0), (CLOSED, None, 0), "b", "open"),
    ],
)  # fmt: skip
def test_among_free_steps(why: str, a: Line, b: Line, c: Line, next_one: str, because: Because) -> None:
    onward = choose(FREE, {"a": a, "b": b, "c": c})
    assert onward.step is not None, why
    assert (onward.step.service, onward.because) == (next_one, because), why
    assert len(onward.way.planned) == 2, why
    assert onward.closed == (), why


@pytest.mark.parametrize(
    ("opens_in", "next_one", "closed", "left"),
    [
        ({"a": 0, "b": 0, "c": 0}, "a", "", "bc"),
        ({"a": 60, "b": 0, "c": 0}, "a", "", "bc"),  # the order is fixed: a break is waited for
        ({"a": None, "b": 0, "c": 0}, "b", "a", "c"),
        ({"a": None, "b": None, "c": 5}, "c", "ab", ""),
        ({"a": None, "b": None, "c": None}, "", "abc", ""),
    ],
)
def test_in_a_fixed_order_what_is_closed_for_the_day_does_not_keep_from_the_rest(
    opens_in: Mapping[str, float | None], next_one: str, closed: str, left: str
) -> None:
    onward = choose(FIXED, {service: (opens, None, 0) for service, opens in opens_in.items()})
    assert (onward.step.service if onward.step else "") == next_one
    assert "".join(step.service for step in onward.closed) == closed
    assert "".join(step.service for step in onward.way.planned) == left
    assert [why for _, why in onward.way.gone] == [Gone.CLOSED] * len(closed)
    assert onward.because is Because.ORDER


@pytest.mark.parametrize(
    ("groups", "free", "stages"),
    [
        (["", "", ""], False, (0, 1, 2)),
        (["", "", ""], True, (0, 0, 0)),
        (["", "x", "x", ""], False, (0, 1, 1, 2)),
        (["x", "x", "y", "y"], False, (0, 0, 1, 1)),
        (["x", "", "", "x"], False, (0, 1, 2, 3)),
        (["x", "y"], True, (0, 0)),
        ([], False, ()),
    ],
)
def test_neighbours_of_one_group_are_one_stage(
    groups: list[str], free: bool, stages: tuple[int, ...]
) -> None:
    assert stages_of(groups, free=free) == stages


@given(
    st.lists(st.tuples(st.integers(0, 3), st.none() | st.integers(0, 60)), max_size=6),
    st.integers(0, 99),
)
def test_each_step_is_waited_for_once_or_given_up_stage_by_stage(
    steps: list[tuple[int, int | None]], seed: int
) -> None:
    """Whatever the lines say at each turn, a way ends after as many turns as it has steps, and nothing is lost."""
    planned = tuple(
        Step(str(at), stage=stage) for at, stage in enumerate(sorted(stage for stage, _ in steps))
    )
    opens = {str(at): minutes for at, (_, minutes) in enumerate(steps)}
    way, walked = Way(planned), list[Step]()
    while (
        onward := choose_step(
            way, lambda service: opens[service], lambda service: Prospect(None, (seed + 3 * int(service)) % 7)
        )
    ).step is not None:
        walked.append(onward.step)
        way = onward.way
    gone = [step for step, _ in onward.way.gone]
    assert sorted([*walked, *gone], key=planned.index) == list(planned)
    assert [step.stage for step in walked] == sorted(step.stage for step in walked)
    assert {opens[step.service] for step in gone} <= {None}
    assert None not in {opens[step.service] for step in walked}


def test_staff_add_after_all_that_is_planned_and_what_was_given_up_can_be_wanted_again() -> None:
    way = FREE.dropping([Step("b")], Gone.SKIPPED).adding([Step("b"), Step("d", stage=1)])
    assert [(step.service, step.stage) for step in way.planned] == [("a", 0), ("c", 0), ("b", 1), ("d", 2)]
    assert way.gone == ()


# ----------------------------------------------------------------------------- credit


@pytest.mark.parametrize(
    ("in_house", "most", "promise", "counted"),
    [
        (40, 15, 30, 15),  # never more than the journey allows, nor than half of the promise
        (40, 60, 30, 15),
        (40, 15, 20, 10),
        (8, 15, 30, 8),  # never more than was spent
        (40, 0, 30, 0),
        (0, 15, 30, 0),
        (-5, 15, 30, 0),  # a clock that was set back
    ],
)
def test_the_time_in_the_house_counts(in_house: int, most: int, promise: int, counted: int) -> None:
    assert credit(timedelta(minutes=in_house), most, promise) == timedelta(minutes=counted)


def plain(ticket: str, since: datetime) -> Candidate:
    return Candidate(ticket, "a", priority=False, waiting_since=since, due_at=since + timedelta(minutes=30))


@given(st.lists(st.integers(0, 90), max_size=12), st.integers(0, 200), st.integers(0, 40))
def test_nobody_is_overtaken_who_has_waited_longer_than_the_credit(
    waited: list[int], in_house: int, most: int
) -> None:
    line = [plain(f"{at:02}", MORNING - timedelta(minutes=each)) for at, each in enumerate(waited)]
    counted = credit(timedelta(minutes=in_house), most, 30)
    comes = plain("journey", MORNING - counted)
    overtaken = {each.ticket for each in line if each.waiting_since > comes.waiting_since}
    called: list[str] = []
    waiting = [*line, comes]
    while (choice := choose_next(waiting, MORNING)) is not None:
        called.append(choice.ticket)
        waiting = [each for each in waiting if each.ticket != choice.ticket]
    behind = set(called[called.index("journey") + 1 :])
    assert behind == overtaken
    assert all(each.waiting_since > MORNING - counted for each in line if each.ticket in behind)
    assert comes.due_at > MORNING  # nobody is late in the moment of joining


def test_a_stream_of_journeys_starves_nobody() -> None:
    """Ten minutes of work come every ten minutes from journeys alone: a plain visitor still waits a bounded time."""
    now, counted = MORNING, timedelta(minutes=15)
    waiting = [plain("plain", now)]
    for turn in range(60):
        waiting.append(plain(f"j{turn:02}", now - counted))
        choice = choose_next(waiting, now)
        assert choice is not None
        if choice.ticket == "plain":
            break
        waiting = [each for each in waiting if each.ticket != choice.ticket]
        now += timedelta(minutes=10)
    assert now - MORNING <= counted + timedelta(minutes=10)
