"""The expected wait, against figures worked out by hand."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from queue_core.views import WaitRange
from queue_core.waiting import Line, band, expected_wait, work_elsewhere

AT_ONCE = WaitRange(0, 0)


def test_nobody_who_serves_means_no_minutes() -> None:
    assert expected_wait(3, 7, 0) is None


@pytest.mark.parametrize(
    ("ahead", "minutes", "counters", "free", "expected"),
    [
        (0, 7, 1, 1, AT_ONCE),  # a counter is free
        (0, 4, 1, 0, AT_ONCE),  # half of a short visit is under three minutes
        (0, 7, 1, 0, WaitRange(0, 10)),  # half of 7 is 3.5: 2.5 to 5.3
        (4, 7, 1, 0, WaitRange(20, 50)),  # 31.5: 22 to 47
        (4, 7, 2, 0, WaitRange(10, 25)),  # 15.75: 11 to 24
        (12, 7, 6, 0, WaitRange(10, 25)),  # 14.6: 10.2 to 21.9
        (1, 20, 1, 0, WaitRange(20, 45)),  # 30: 21 to 45
        (2, 7, 2, 2, WaitRange(0, 15)),  # both are about to be called: the counters are slow, not closed
        (1, 7, 2, 2, AT_ONCE),  # one free counter for each
    ],
)
def test_the_catalogue_gives_the_first_guess(
    ahead: int, minutes: int, counters: int, free: int, expected: WaitRange
) -> None:
    assert expected_wait(ahead, minutes, counters, free_counters=free) == expected


def test_work_in_other_lines_of_the_same_counters_is_waited_for_too() -> None:
    alone = expected_wait(2, 10, 2)
    busy = expected_wait(2, 10, 2, elsewhere=60.0)
    assert alone == WaitRange(5, 20)  # 12.5: 8.75 to 18.75
    assert busy == WaitRange(25, 65)  # 42.5: 29.75 to 63.75


def test_work_elsewhere_is_shared_with_the_counters_that_take_only_the_other_line() -> None:
    lines = {"DK.ktp": Line(5, 7), "DK.kk": Line(6, 10), "DK.kia": Line(2, 7), "BN.bayar": Line(9, 4)}
    counters = [{"DK.ktp", "DK.kk"}, {"DK.kk"}, {"DK.kk", "DK.kia"}, {"BN.bayar"}]
    assert work_elsewhere("DK.ktp", lines, counters) == pytest.approx(20.0)  # a third of 6 x 10
    assert work_elsewhere("BN.bayar", lines, counters) == 0
    assert work_elsewhere("DK.kia", lines, []) == 0


def test_the_past_takes_over_from_the_catalogue_by_and_by() -> None:
    catalogue = expected_wait(4, 7, 1)
    assert expected_wait(4, 7, 1, past=[60.0] * 7) == catalogue  # seven teach nothing
    assert expected_wait(4, 7, 1, past=[60.0] * 8) == WaitRange(40, 55)  # half of each: 41.0 to 53.6
    assert expected_wait(4, 7, 1, past=[60.0] * 792) == WaitRange(55, 60)  # 59.6 to 59.9


def test_a_line_that_was_always_quick_is_at_once() -> None:
    assert expected_wait(1, 4, 1, past=[1.0] * 100) == AT_ONCE


def test_a_few_odd_waits_do_not_set_the_range() -> None:
    usual = [20.0 + tenth / 10 for tenth in range(100)]
    assert expected_wait(4, 7, 1, past=[*usual, 480.0, 480.0]) == expected_wait(4, 7, 1, past=usual)


@pytest.mark.parametrize(
    ("position", "expected"),
    [
        (1, 0),
        (2, 1),
        (3, 2),
        (4, 3),
        (5, 3),
        (6, 4),
        (8, 4),
        (9, 5),
        (12, 5),
        (13, 6),
        (20, 6),
        (21, 7),
        (40, 7),
        (41, 8),
        (900, 8),
    ],
)
def test_positions_are_compared_in_bands(position: int, expected: int) -> None:
    assert band(position) == expected


@given(
    ahead=st.integers(0, 500),
    minutes=st.integers(1, 240),
    counters=st.integers(1, 40),
    elsewhere=st.floats(0, 1e4),
    past=st.lists(st.floats(0, 600), max_size=40),
)
def test_every_range_has_steps_of_five_and_room_inside(
    ahead: int, minutes: int, counters: int, elsewhere: float, past: list[float]
) -> None:
    seen = expected_wait(ahead, minutes, counters, elsewhere=elsewhere, past=past)
    assert seen is not None
    assert seen == AT_ONCE or (seen.low % 5 == 0 and seen.high % 5 == 0 and 0 <= seen.low < seen.high)


@given(ahead=st.integers(0, 200), minutes=st.integers(1, 60), counters=st.integers(1, 20))
def test_more_people_ahead_never_shorten_the_wait(ahead: int, minutes: int, counters: int) -> None:
    fewer, more = expected_wait(ahead, minutes, counters), expected_wait(ahead + 1, minutes, counters)
    assert fewer is not None
    assert more is not None
    assert (fewer.low, fewer.high) <= (more.low, more.high)
