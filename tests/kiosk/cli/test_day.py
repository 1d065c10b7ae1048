"""The shape of a simulated day."""

from __future__ import annotations

from collections import Counter
from random import Random

import pytest

from kiosk.commands.day import OPEN_MINUTES, Choice, arrivals, service_minutes, shares

AGENCIES = [
    [Choice(f"{code}.a", code, 8), Choice(f"{code}.b", code, 12)]
    for code in ("AA", "BB", "CC", "DD", "EE", "FF")
]


@pytest.mark.parametrize("count", [1, 2, 3, 4, 10, 20])
def test_shares_are_whole_and_fall(count: int) -> None:
    found = shares(count)
    assert sum(found) == pytest.approx(1)
    assert found == sorted(found, reverse=True)


def test_one_agency_takes_a_third_three_take_three_quarters() -> None:
    found = arrivals(Random(1), 4000, AGENCIES, ["id", "en"])
    by_agency = Counter(each.service.partition(".")[0] for each in found)
    assert 0.30 <= by_agency["AA"] / 4000 <= 0.40
    assert 0.70 <= sum(by_agency[code] for code in ("AA", "BB", "CC")) / 4000 <= 0.80


def test_the_busiest_hour_lies_in_the_morning_with_a_fifth_of_the_day() -> None:
    found = arrivals(Random(1), 4000, AGENCIES, ["id", "en"])
    assert found == sorted(found, key=lambda each: each.minute)
    hours = Counter(int(each.minute // 60) for each in found)
    busiest, visits = hours.most_common(1)[0]
    assert busiest in (1, 2, 3)
    assert 0.15 <= visits / 4000 <= 0.27
    assert all(0 <= each.minute <= OPEN_MINUTES for each in found)


def test_every_fate_is_met_and_only_a_transfer_has_somewhere_to_go() -> None:
    found = arrivals(Random(1), 4000, AGENCIES, ["id", "en"])
    assert {each.fate for each in found} == {"served", "no_show", "hold", "transfer", "cancel"}
    assert all(bool(each.onward) == (each.fate == "transfer") for each in found)
    assert 0.08 <= sum(each.priority for each in found) / 4000 <= 0.16


def test_a_site_with_one_service_transfers_nobody() -> None:
    found = arrivals(Random(1), 500, [[Choice("AA.a", "AA", 8)]], ["id"])
    assert "transfer" not in {each.fate for each in found}


def test_a_visitor_never_takes_less_than_a_third_or_more_than_thrice_the_expected_time() -> None:
    taken = [service_minutes(Random(seed), 9) for seed in range(500)]
    assert min(taken) >= 3
    assert max(taken) <= 27
    assert 8 <= sum(taken) / len(taken) <= 10
