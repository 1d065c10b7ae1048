"""The expected wait: the catalogue's guess, what the past makes of it, and the clock."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from queue_core.learning import Past
from queue_core.views import WaitRange
from queue_core.waiting import (
    GUESS_WEIGHT,
    Line,
    Present,
    Schedule,
    expected_wait,
    forecast,
    was_kept,
    whole_minutes,
    work_elsewhere,
)

AT_ONCE = WaitRange(0, 0)


def test_without_an_open_counter_no_minutes_are_promised() -> None:
    assert forecast(Present(3, 7, 0)) is None
    assert expected_wait(Present(3, 7, 0), Past([(4, 20.0)] * 20)) is None


@pytest.mark.parametrize(
    ("ahead", "minutes", "counters", "free", "expected"),
    [
        (0, 7, 1, 1, AT_ONCE),
        (0, 7, 1, 0, WaitRange(0, 10)),  # half of 7 is 3.5: 2.7 to 5.3
        (4, 7, 1, 0, WaitRange(20, 50)),  # 31.5: 24 to 47
        (4, 7, 2, 0, WaitRange(10, 25)),  # 15.75: 12 to 24
        (0, 7, 3, 0, AT_ONCE),  # 1.2
        (2, 7, 1, 1, WaitRange(10, 25)),  # 14: 11 to 21; the counter is slow, not closed
        (1, 7, 2, 2, AT_ONCE),  # one free counter for each
    ],
)
def test_the_catalogue_gives_the_first_guess(
    ahead: int, minutes: int, counters: int, free: int, expected: WaitRange
) -> None:
    assert expected_wait(Present(ahead, minutes, counters, free_counters=free)) == expected


def test_work_in_other_lines_of_the_same_counters_is_waited_for_too() -> None:
    assert expected_wait(Present(2, 10, 2)) == WaitRange(5, 20)  # 12.5: 9.7 to 18.75
    assert expected_wait(Present(2, 10, 2, elsewhere=60.0)) == WaitRange(30, 65)  # 42.5: 32.9 to 63.75


def test_work_elsewhere_is_shared_with_the_counters_that_take_only_the_other_line() -> None:
    lines = {"DK.ktp": Line(5, 7), "DK.kk": Line(6, 10), "DK.kia": Line(2, 7), "BN.bayar": Line(9, 4)}
    counters = [{"DK.ktp", "DK.kk"}, {"DK.kk"}, {"DK.kk", "DK.kia"}, {"BN.bayar"}]
    assert work_elsewhere("DK.ktp", lines, counters) == pytest.approx(20.0)  # a third of 6 x 10
    assert work_elsewhere("BN.bayar", lines, counters) == 0
    assert work_elsewhere("DK.kia", lines, []) == 0


def test_a_place_is_nought_only_when_a_free_counter_is_waiting_for_this_visitor() -> None:
    assert Present(0, 7, 2, free_counters=1).place == 0
    assert Present(0, 7, 2).place == 1
    assert Present(1, 7, 2, free_counters=1).place == 2


# ----------------------------------------------------------------------------- the past


def test_the_past_takes_over_from_the_catalogue_case_by_case() -> None:
    present = Present(4, 7, 1)  # the catalogue says 31.5
    middles = []
    for cases in (0, GUESS_WEIGHT, 100):
        seen = forecast(present, Past([(5, 60.0)] * cases))
        assert seen is not None
        middles.append(seen.at(0.5))
    assert middles[0] == pytest.approx(31.5)
    assert 31.5 < middles[1] < 60  # as many cases as the guess weighs
    assert middles[2] == pytest.approx(60)


def test_the_range_is_that_of_the_middle_seven_tenths_and_leans_to_the_upper_side() -> None:
    usual = Past([(5, 20.0 + tenth / 10) for tenth in range(201)])  # from 20 to 40
    assert expected_wait(Present(4, 7, 1), usual) == WaitRange(20, 40)  # 24.0 to 38.1


def test_a_line_that_was_always_quick_is_at_once() -> None:
    assert expected_wait(Present(1, 4, 1), Past([(2, 1.0)] * 20)) == AT_ONCE


def test_a_few_odd_waits_do_not_set_the_range() -> None:
    usual = [(5, 20.0 + tenth / 10) for tenth in range(100)]
    odd = [*usual, (5, 480.0), (5, 480.0)]
    assert expected_wait(Present(4, 7, 1), Past(odd)) == expected_wait(Present(4, 7, 1), Past(usual))


def test_a_free_counter_that_was_never_really_there_is_not_called_at_once() -> None:
    away = Past([(0, 12.0)] * 20)
    assert expected_wait(Present(0, 7, 1, free_counters=1), away) == WaitRange(10, 15)


# ----------------------------------------------------------------------------- the clock


def test_a_break_lengthens_only_the_waits_that_reach_it() -> None:
    lunch = Schedule(((30.0, 90.0),))
    assert [lunch.on_the_clock(minutes) for minutes in (0, 29, 30, 45)] == [0, 29, 90, 105]
    assert expected_wait(Present(4, 7, 1), schedule=lunch) == WaitRange(20, 110)  # 24 to 47 and an hour
    assert expected_wait(Present(2, 7, 1), schedule=lunch) == expected_wait(Present(2, 7, 1))


def test_during_a_break_nobody_is_served_at_once() -> None:
    assert expected_wait(Present(0, 7, 1, free_counters=1), schedule=Schedule(((0.0, 20.0),))) == WaitRange(
        20, 25
    )


def test_counters_that_come_back_later_than_the_hours_say_are_waited_for() -> None:
    lunch = Schedule(((0.0, 20.0), (40.0, 60.0)), closes_in=200.0)
    assert lunch.after(30).breaks == ((0.0, 30.0), (40.0, 60.0))
    assert lunch.after(50).breaks == ((0.0, 50.0), (50.0, 60.0))
    assert (lunch.after(50).on_the_clock(5), lunch.after(50).closes_in) == (65, 200.0)


@pytest.mark.parametrize(("closes_in", "past"), [(46.0, True), (48.0, False), (None, False)])
def test_a_range_that_ends_past_closing_says_so(closes_in: float | None, past: bool) -> None:
    seen = expected_wait(Present(4, 7, 1), schedule=Schedule(closes_in=closes_in))  # up to 47.25
    assert seen == WaitRange(20, 50, past_closing=past)


def test_a_break_before_closing_can_be_what_pushes_a_range_past_it() -> None:
    before = Schedule(((30.0, 90.0),), closes_in=100.0)
    assert expected_wait(Present(4, 7, 1), schedule=before) == WaitRange(20, 110, past_closing=True)


# ----------------------------------------------------------------------------- what became true


@pytest.mark.parametrize(
    ("low", "high", "waited", "kept"),
    [(15, 25, 14, False), (15, 25, 15, True), (15, 25, 25, True), (15, 25, 26, False), (0, 0, 5, True), (0, 0, 6, False)],
)  # fmt: skip
def test_a_promise_is_kept_within_its_range_and_at_once_within_one_step(
    low: int, high: int, waited: int, kept: bool
) -> None:
    assert was_kept(low, high, waited) is kept


@given(low=st.integers(0, 60), width=st.integers(0, 60), seconds=st.integers(0, 9000))
def test_the_whole_minutes_that_are_told_are_judged_as_the_wait_itself(
    low: int, width: int, seconds: int
) -> None:
    waited, high = seconds / 60, low + width
    told = whole_minutes(high, waited)
    assert (was_kept(low, high, told), told < low) == (was_kept(low, high, waited), waited < low)
    assert abs(told - waited) < 1


@given(
    ahead=st.integers(0, 500),
    minutes=st.integers(1, 240),
    counters=st.integers(1, 40),
    elsewhere=st.floats(0, 1e4),
    past=st.lists(st.tuples(st.integers(0, 60), st.floats(0, 600)), max_size=40),
    breaks=st.lists(st.floats(0, 600), max_size=4, unique=True).map(sorted),
)
def test_every_range_has_steps_of_five_and_room_inside(
    ahead: int, minutes: int, counters: int, elsewhere: float, past: list[tuple[int, float]], breaks: list[float]
) -> None:  # fmt: skip
    schedule = Schedule(tuple(zip(breaks[::2], breaks[1::2], strict=False)))
    seen = expected_wait(Present(ahead, minutes, counters, elsewhere), Past(past), schedule)
    assert seen is not None
    assert seen == AT_ONCE or (seen.low % 5 == 0 and seen.high % 5 == 0 and 0 <= seen.low < seen.high)


@given(ahead=st.integers(0, 200), minutes=st.integers(1, 60), counters=st.integers(1, 20))
def test_by_the_catalogue_more_people_ahead_never_shorten_the_wait(
    ahead: int, minutes: int, counters: int
) -> None:
    fewer, more = (expected_wait(Present(people, minutes, counters)) for people in (ahead, ahead + 1))
    assert fewer is not None
    assert more is not None
    assert (fewer.low, fewer.high) <= (more.low, more.high)
