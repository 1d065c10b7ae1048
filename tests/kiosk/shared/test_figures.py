"""Sums over the site and over each agency."""

from __future__ import annotations

from datetime import date, timedelta

from kiosk.shared.figures import Headline, by_agency, headline, moved_on
from queue_core.views import Opening, Overview
from tests.support.house import MORNING
from tests.support.queue_views import counter, queue

LINES = (
    queue(
        "DK.ktp",
        waiting=3,
        longest_wait=900,
        average_wait=100,
        completed=9,
        issued=14,
        serving=1,
        over_limit=1,
    ),
    queue("DK.kk", waiting=1, longest_wait=1200, average_wait=400, completed=5, issued=7, target_minutes=15),
    queue("BN.sim", waiting=2, longest_wait=60, no_show=1, issued=3),
)


def overview() -> Overview:
    return Overview(MORNING, 1, date(2026, 11, 24), Opening(open=True), LINES, (), (), ())


def test_the_headline_sums_the_site() -> None:
    assert headline(LINES) == Headline(waiting=6, serving=1, over=1, longest=1200, done=14)


def test_an_empty_site_has_a_headline_too() -> None:
    assert headline(()) == Headline(0, 0, 0, 0, 0)


def test_an_agency_sums_its_services_and_waits_as_long_as_its_longest() -> None:
    civil, police = by_agency(LINES, ())
    assert (civil.service, civil.waiting, civil.completed, civil.issued, civil.over_limit) == (
        "DK",
        4,
        14,
        21,
        1,
    )
    assert (civil.longest_wait, civil.target_minutes) == (1200, 15)
    assert (police.service, police.no_show) == ("BN", 1)


def test_an_agencys_average_counts_people_and_not_services() -> None:
    civil, _ = by_agency(LINES, ())
    assert civil.average_wait == (100 * 10 + 400 * 5) // 15


def test_an_agencys_counters_are_counted_once() -> None:
    counters = (
        counter(1, services=("DK.ktp", "DK.kk")),
        counter(2, services=("DK.ktp", "BN.sim")),
        counter(3, services=("DK.ktp",), state="paused"),
    )
    civil, police = by_agency(LINES, counters)
    assert (civil.open_counters, police.open_counters) == (2, 1)


def test_waits_move_on_between_two_looks_and_only_for_those_who_wait() -> None:
    later = moved_on(overview(), MORNING + timedelta(seconds=5))
    assert [line.longest_wait for line in later] == [905, 1205, 65]
    assert moved_on(overview(), MORNING - timedelta(seconds=5)) == list(LINES)
