"""Where in time somebody stands who lets others go first."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from queue_core.calling import Candidate, in_order, moment_behind
from tests.support.house import MORNING


def person(number: int, seconds: float) -> Candidate:
    since = MORNING + timedelta(seconds=seconds)
    return Candidate(f"{number:03d}", "DK.ktp", False, since, since + timedelta(minutes=30))


def order(line: list[Candidate]) -> list[str]:
    return [choice.ticket for choice in in_order(line, MORNING)]


@given(st.integers(2, 12), st.integers(1, 4), st.data())
def test_exactly_so_many_go_first_where_no_two_came_in_one_moment(
    people: int, places: int, data: st.DataObject
) -> None:
    line = [person(number, 10 * number) for number in range(people)]
    me = line[data.draw(st.integers(0, people - 2))]
    since = moment_behind(line, me.ticket, places)
    assert since is not None
    others = [each for each in line if each is not me]
    expected = [each.ticket for each in others]
    expected.insert(min(expected.index(line[line.index(me) + 1].ticket) + places, len(others)), me.ticket)
    assert order([*others, replace(me, waiting_since=since)]) == expected


@given(st.lists(st.integers(0, 3), min_size=2, max_size=10), st.integers(1, 3), st.data())
def test_never_fewer_go_first_and_the_others_keep_their_order(
    moments: list[int], places: int, data: st.DataObject
) -> None:
    line = [person(number, moment / 1_000_000) for number, moment in enumerate(moments)]
    before = order(line)
    me = data.draw(st.sampled_from(before))
    since = moment_behind(line, me, places)
    behind = len(before) - 1 - before.index(me)
    assert (since is None) == (behind == 0)
    if since is None:
        return
    after = order([replace(each, waiting_since=since) if each.ticket == me else each for each in line])
    assert [each for each in after if each != me] == [each for each in before if each != me]
    assert after.index(me) - before.index(me) >= min(places, behind)


def test_who_is_last_has_nobody_to_let_go_first() -> None:
    assert moment_behind([person(1, 0), person(2, 10)], "002", 2) is None
