"""What a catalogue keeps of its hours tells the same as working it out anew, whatever moment is asked for after whatever other."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from queue_core import Lobby
from queue_core.hours import BusinessDays, business_day, end_of_day
from queue_core.lobby.catalogue import EVERYTHING, SiteCatalogue
from queue_core.opening import Order, Place, Rules, opening, rules_from, serving_windows

BERLIN = ZoneInfo("Europe/Berlin")
SUNDAY = datetime(2026, 10, 25, tzinfo=UTC)
"""The day on which Berlin has 25 hours."""
HOURS = {
    **dict.fromkeys(("mon", "tue", "wed", "thu", "fri"), ("08:00-15:30",)),
    "sat": ("18:00-02:00",),
    "sun": ("00:30-05:30", "10:00-24:00"),
}
BREAKS = {"breaks": [{"days": ["sun", "mon"], "span": "12:00-13:00", "kind": "midday", "name": None}]}
moments = st.lists(st.integers(-3 * 24 * 60, 3 * 24 * 60), min_size=2, max_size=12)


def after(minutes: float) -> datetime:
    return SUNDAY + timedelta(minutes=minutes)


@pytest.fixture
def berlin(lobby: Lobby) -> SiteCatalogue:
    """The small site in Berlin, with office hours, a night market, and orders by hand."""
    with lobby.look() as look:
        catalogue = look.catalogue
    ktp = replace(catalogue.services["DK.ktp"], rules=Rules(last_ticket_minutes=30))
    return replace(
        catalogue,
        place=Place(BERLIN),
        rules=rules_from(HOURS, BREAKS),
        services={**catalogue.services, "DK.ktp": ktp},
        orders={
            "DK": Order(opens=False, begins_at=after(777.5), ends_at=after(901.25)),
            "BN.sim": Order(opens=True, begins_at=after(-333.75), ends_at=after(222.5)),
        },
    )


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(moments)
def test_open_or_closed(berlin: SiteCatalogue, asked: list[int]) -> None:
    assert berlin.by_the_clock == {EVERYTHING, *berlin.agencies, *berlin.services}
    for minutes in asked:
        now = after(minutes)
        for target in ("DK.ktp", "BN.sim", "DK", EVERYTHING):
            anew = opening(now, berlin.place, berlin.levels_of(target))
            assert berlin.opening_of(target, now) == anew


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(moments)
def test_the_rest_of_the_day(berlin: SiteCatalogue, asked: list[int]) -> None:
    for minutes in asked:
        now = after(minutes)
        for service in ("DK.ktp", "BN.sim"):
            end = end_of_day(now, BERLIN)
            spells = serving_windows(now, end, berlin.place, berlin.levels_of(service))
            schedule = berlin.schedule_of(service, now)
            if spells == [(now, end)]:
                assert (schedule.breaks, schedule.closes_in) == ((), None)
            elif not spells:
                assert schedule.closes_in == 0
            else:
                closes = (spells[-1][1] - now).total_seconds() / 60
                assert schedule.closes_in == (None if spells[-1][1] == end else closes)
                assert sum(ends - begins for begins, ends in schedule.breaks) == pytest.approx(
                    (spells[-1][1] - now).total_seconds() / 60
                    - sum((ends - begins).total_seconds() for begins, ends in spells) / 60
                )


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(moments)
def test_the_breaks_within_a_wait(berlin: SiteCatalogue, asked: list[int]) -> None:
    for first, second in pairwise(asked):
        begin, end = sorted((after(first), after(second)))
        begin = max(begin, end - timedelta(days=1))
        for service in ("DK.ktp", "BN.sim"):
            spells = serving_windows(begin, end, berlin.place, berlin.levels_of(service))
            breaks = sum((back - gone).total_seconds() for (_, gone), (back, _) in pairwise(spells))
            assert berlin.breaks_of(service, begin, end) == pytest.approx(breaks / 60)


@given(moments)
def test_the_business_day(asked: list[int]) -> None:
    days = BusinessDays(BERLIN, "04:00")
    for minutes in asked:
        day = days.at(after(minutes))
        assert day.date == business_day(after(minutes), BERLIN)
        assert day.begins <= after(minutes) < day.ends == end_of_day(after(minutes), BERLIN)


def test_a_quota_or_a_full_line_is_looked_at_each_time(berlin: SiteCatalogue) -> None:
    rules = Rules(quota=5)
    of_agency = replace(berlin.agencies["DK"], rules=rules)
    counted = replace(berlin, agencies={**berlin.agencies, "DK": of_agency})
    assert counted.by_the_clock == {EVERYTHING, "BN", "BN.sim"}
    full = replace(berlin, rules=replace(berlin.rules, stop_when_full=True))
    assert full.by_the_clock == frozenset()
