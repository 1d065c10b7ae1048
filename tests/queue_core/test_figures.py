"""Adding up, and the middle of it."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import timedelta
from math import ceil

import pytest
from hypothesis import given
from hypothesis import strategies as st

from queue_core.figures import (
    COUNTS,
    TicketFacts,
    VisitFacts,
    count,
    growth,
    mean_minutes,
    quantile,
    share,
    sums_only,
    total,
)
from queue_core.lifecycle import Status
from queue_core.views import Tally
from tests.support.house import MORNING

cases = st.lists(st.integers(0, 300), min_size=1, max_size=60)


@given(st.lists(cases, min_size=1, max_size=6), st.sampled_from([0.1, 0.5, 0.9, 1.0]))
def test_the_quantile_of_sums_is_that_of_all_cases(parts: list[list[int]], at: float) -> None:
    whole = total(Tally(waits=Counter(part)) for part in parts)
    everything = sorted(minute for part in parts for minute in part)
    assert quantile(whole.waits, at) == everything[ceil(round(at * len(everything), 6)) - 1]


@given(st.lists(st.lists(st.integers(0, 50), min_size=len(COUNTS), max_size=len(COUNTS)), max_size=8))
def test_sums_do_not_care_about_the_order_or_the_grouping(rows: list[list[int]]) -> None:
    tallies = [Tally(**dict(zip(COUNTS, row, strict=True)), waits={row[0]: 1}, services={}) for row in rows]
    at_once = total(tallies)
    assert total(reversed(tallies)) == at_once
    assert total([total(tallies[:3]), total(tallies[3:])]) == at_once
    assert sums_only(at_once) == total(sums_only(each) for each in tallies)


TICKET = TicketFacts(
    "DK.ktp", Status.COMPLETED, MORNING, 600.0, MORNING + timedelta(seconds=600), MORNING, MORNING
)


@pytest.mark.parametrize(
    ("changed", "figures"),
    [
        ({}, {"served": 1, "called": 1, "in_promise": 1, "timed": 1, "waited": 600, "waits": {10: 1}}),
        (
            {"called_at": MORNING + timedelta(seconds=601)},
            {"served": 1, "called": 1, "in_promise": 0, "waits": {10: 1}},
        ),
        ({"called_at": MORNING - timedelta(hours=1)}, {"called": 1, "waited": 0, "waits": {0: 1}}),
        ({"status": Status.NO_SHOW}, {"served": 0, "no_show": 1, "timed": 0, "services": {}}),
        (
            {"status": Status.CANCELLED, "called_at": None},
            {"cancelled": 1, "called": 0, "waits": {}, "in_promise": 0},
        ),
        ({"status": Status.TRANSFERRED}, {"transferred": 1, "served": 0, "timed": 0}),
        ({"status": Status.EXPIRED}, {"expired": 1}),
        ({"status": Status.SERVING, "finished_at": None}, {"served": 0, "called": 1, "tickets": 1}),
    ],
)
def test_each_ticket_is_counted_by_how_it_went(
    changed: dict[str, object], figures: dict[str, object]
) -> None:
    (tally,) = count((), [replace(TICKET, **changed)], lambda _: 9).values()  # type: ignore[arg-type]
    assert {name: getattr(tally, name) for name in figures} == figures
    assert sum(getattr(tally, name) for name in ("visits", "priority", "journeys")) == 0


def test_visits_count_where_they_began() -> None:
    visits = [
        VisitFacts("DK.ktp", MORNING, priority=True, journey=True, finished=True),
        VisitFacts("DK.ktp", MORNING, priority=False, journey=True, finished=False),
        VisitFacts("BN.sim", MORNING, priority=False, journey=False, finished=True),
    ]
    found = count(visits, (), lambda at: at.hour)
    registry, police = found["DK.ktp", MORNING.hour], found["BN.sim", MORNING.hour]
    assert (registry.visits, registry.priority, registry.journeys, registry.journeys_finished) == (2, 1, 2, 1)
    assert (police.visits, police.journeys, police.journeys_finished) == (1, 0, 0)


def test_nothing_has_no_middle_no_share_and_no_growth() -> None:
    assert quantile({}, 0.5) is mean_minutes(0, 0) is share(0, 0) is growth(5, 0) is None
    assert (mean_minutes(90, 1), share(1, 4), growth(110, 100), growth(0, 4)) == (1.5, 0.25, 0.1, -1)
