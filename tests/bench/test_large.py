"""The large stores on a tiny scale: what is made is a past that the program itself can read."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from bench.large.cost import costed
from bench.large.fill import LAST, filled, first_day
from bench.large.history import COLUMNS, Past, working_days
from bench.large.stores import settings_for
from bench.large.today import begin
from kiosk.shared.place import Place
from kiosk.wiring import build_house
from queue_core.ids import made_at
from queue_core.views import Span

SERVICES = ("DK.ktp", "PD.pbb")


def past(tickets: int) -> Past:
    return Past("mpp", SERVICES, LAST, tickets, a_day=50)


def test_the_past_is_the_same_each_time_and_has_so_many_tickets() -> None:
    first, second = list(past(120).days()), list(past(120).days())
    assert first == second
    assert [len(day["ticket"]) for day in first] == [50, 50, 20]
    assert {name: {len(row) for day in first for row in day[name]} for name in COLUMNS} == {
        name: {len(columns)} for name, columns in COLUMNS.items()
    }


def test_past_days_are_working_days_up_to_the_last() -> None:
    assert working_days(date(2026, 11, 1), 3) == [date(2026, 10, 28), date(2026, 10, 29), date(2026, 10, 30)]


def test_ids_are_unique_and_tell_the_day_on_which_they_were_made() -> None:
    tickets = [(row[1], row[4]) for day in past(120).days() for row in day["ticket"]]
    assert len({key for key, _ in tickets}) == len(tickets)
    assert {str(made_at(str(key)).date()) for key, _ in tickets} == {day for _, day in tickets}


def test_a_filled_store_goes_on_with_a_day_of_its_own_and_reports_its_past(
    store_url: str, tmp_path: Path
) -> None:
    settings = settings_for(store_url)
    house = build_house(settings, Place(tmp_path / "config.toml", tmp_path))
    site = settings.site[0].id
    try:
        assert filled(house, settings, 200) > 0
        assert filled(house, settings, 200) == 0, "it is full already"
        with costed(house.store) as (again, cost):
            today = begin(again, site, first_day(again, site), waiting=20)
            assert cost(lambda: today.call(0)) > 20, "steps or buffers"
            today.serve(0)
            assert len(today.lobby.line("DK.ktp")) < 20
            assert today.lobby.report(Span(LAST, LAST)).total.tickets == 200
    finally:
        house.store.close()
