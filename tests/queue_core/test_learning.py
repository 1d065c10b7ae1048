"""What past waits at one line say about the next one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from queue_core.learning import KEPT_CASES, Past, band, newest, quantile


@pytest.mark.parametrize(
    ("place", "expected"),
    [(0, 0), (1, 1), (2, 2), (3, 3), (4, 4), (5, 4), (6, 5), (8, 5), (9, 6), (12, 6), (13, 7), (20, 7), (21, 8), (40, 8), (41, 9), (900, 9)],
)  # fmt: skip
def test_places_are_remembered_in_bands(place: int, expected: int) -> None:
    assert band(place) == expected


def test_only_the_newest_cases_of_a_band_are_kept_in_their_order() -> None:
    cases: list[tuple[int, float]] = []
    for minutes in range(KEPT_CASES + 5):
        cases = newest(cases, (1, minutes))
    assert [minutes for _, minutes in cases] == list(range(5, KEPT_CASES + 5))


def test_a_case_counts_the_more_the_nearer_its_place_and_is_scaled_to_the_place_in_question() -> None:
    past = Past([(2, 10.0), (4, 30.0)])
    for place, minutes, weights in (
        (4, [10 * 2**0.7, 30], [0.5, 1.0]),
        (1, [10 / 2**0.7, 30 / 4**0.7], [0.5, 0.25]),
    ):
        points = past.seen_from(place)
        assert [point[0] for point in points] == pytest.approx(minutes)
        assert [point[1] for point in points] == weights


def test_a_free_counter_and_a_line_teach_each_other_nothing() -> None:
    past = Past([(0, 1.0), (1, 9.0)])
    assert past.seen_from(0) == [(1.0, 1.0)]
    assert past.seen_from(1) == [(9.0, 1.0)]


def test_a_quantile_lies_in_proportion_between_points_and_counts_their_weights() -> None:
    even = [(10.0, 1.0), (20.0, 1.0), (30.0, 1.0)]
    assert quantile(even, 0.5) == pytest.approx(20)
    assert quantile(even, 1 / 3) == pytest.approx(15)
    assert quantile([(10.0, 1.0), (20.0, 3.0)], 0.5) == pytest.approx(17.5)


POINTS = st.lists(st.tuples(st.floats(0, 600), st.floats(0.01, 1)), min_size=1, max_size=30).map(sorted)


@given(points=POINTS, share=st.floats(0, 1), more=st.floats(0, 1))
def test_quantiles_stay_within_the_points_and_never_fall(
    points: list[tuple[float, float]], share: float, more: float
) -> None:
    lesser, greater = sorted((share, more))
    at, above = quantile(points, lesser), quantile(points, greater)
    assert points[0][0] <= at <= points[-1][0]
    assert at <= above + 1e-6


@given(
    cases=st.lists(st.tuples(st.integers(1, 60), st.floats(0, 300)), min_size=1, max_size=40),
    place=st.integers(1, 60),
)
def test_the_past_gives_its_minutes_in_order_with_weights_up_to_one(
    cases: list[tuple[int, float]], place: int
) -> None:
    points = Past(cases).seen_from(place)
    assert len(points) == len(cases)
    assert points == sorted(points, key=lambda point: point[0])
    assert all(0 < weight <= 1 for _, weight in points)
