"""What a visitor can choose now."""

from __future__ import annotations

from typing import Any

import pytest

from queue_core import Lobby
from queue_core.settings import Catalogue
from tests.support.house import Clock, Requests


def codes(lobby: Lobby) -> list[str]:
    return [agency.code for agency in lobby.offer().agencies]


def changed(catalogue: Catalogue, change: Any) -> Catalogue:
    """The same catalogue with something changed in its plain form."""
    plain = catalogue.model_dump(exclude_none=True)
    change(plain)
    return Catalogue.model_validate(plain)


def test_before_anybody_came_agencies_stand_as_in_the_catalogue(lobby: Lobby) -> None:
    assert codes(lobby) == ["DK", "BN"]


def test_the_most_used_agency_of_the_days_before_comes_first(
    lobby: Lobby, clock: Clock, ask: Requests
) -> None:
    lobby.issue("DK.ktp", request_id=ask())
    for _ in range(2):
        lobby.issue("BN.sim", request_id=ask())
    clock.forward(days=1)
    assert [(agency.code, agency.taken) for agency in lobby.offer().agencies] == [("BN", 2), ("DK", 1)]


def test_in_the_course_of_a_day_no_agency_moves(lobby: Lobby, ask: Requests) -> None:
    for _ in range(5):
        lobby.issue("BN.sim", request_id=ask())
    assert codes(lobby) == ["DK", "BN"]


def test_what_was_used_longer_than_thirty_days_ago_is_forgotten(
    lobby: Lobby, clock: Clock, ask: Requests
) -> None:
    lobby.issue("BN.sim", request_id=ask())
    clock.forward(days=30)
    assert codes(lobby) == ["BN", "DK"]
    clock.forward(days=1)
    assert codes(lobby) == ["DK", "BN"]


def test_people_and_counters_of_an_agency_are_those_of_its_services(lobby: Lobby, ask: Requests) -> None:
    for service in ("DK.ktp", "DK.kk", "DK.kk"):
        lobby.issue(service, request_id=ask())
    for counter in ("1", "2", "3"):
        lobby.open_counter(counter)
    agency = lobby.offer().agencies[0]
    assert (agency.code, agency.waiting, agency.open_counters) == ("DK", 3, 2)
    assert [(s.id, s.waiting, s.open_counters) for s in agency.services] == [
        ("DK.ktp", 1, 2),
        ("DK.kk", 2, 1),
    ]


def test_a_paused_counter_serves_nobody(lobby: Lobby) -> None:
    lobby.open_counter("1")
    lobby.pause_counter("1")
    assert lobby.offer().agencies[0].open_counters == 0


def test_those_who_were_called_wait_no_more(lobby: Lobby, ask: Requests) -> None:
    lobby.issue("DK.ktp", request_id=ask())
    lobby.call_next("1")
    assert lobby.offer().agencies[0].waiting == 0


def test_what_left_the_catalogue_is_not_offered(lobby: Lobby, catalogue: Catalogue) -> None:
    def without_kk(plain: dict[str, Any]) -> None:
        plain["agency"][0]["service"].pop()
        plain["journey"].clear()

    lobby.apply_catalogue(changed(catalogue, without_kk))
    offer = lobby.offer()
    assert [service.id for service in offer.agencies[0].services] == ["DK.ktp"]
    assert offer.journeys == ()


def test_a_journey_names_its_services_and_which_may_be_left_out(lobby: Lobby) -> None:
    (journey,) = lobby.offer().journeys
    assert journey.services == ("DK.ktp", "DK.kk", "BN.sim")
    assert journey.optional == (False, True, False)


@pytest.mark.parametrize(
    ("hour", "site", "agency", "service"),
    [
        (9, (True, "open"), (True, "open"), (True, "open")),
        (11, (True, "open"), (True, "open"), (False, "hours")),
        (13, (True, "open"), (False, "hours"), (False, "hours")),
        (16, (False, "hours"), (False, "hours"), (False, "hours")),
    ],
)
def test_hours_of_site_agency_and_service_hold_together(
    lobby: Lobby, clock: Clock, catalogue: Catalogue, hour: int, site: Any, agency: Any, service: Any
) -> None:
    def with_hours(plain: dict[str, Any]) -> None:
        plain["site"][0]["hours"] = {"tue": ["08:00-15:00"]}
        plain["agency"][0]["hours"] = {"tue": ["08:00-12:00"]}
        plain["agency"][0]["service"][0]["hours"] = {"tue": ["08:00-10:00"]}

    lobby.apply_catalogue(changed(catalogue, with_hours))
    clock.forward(hours=hour - 9)
    offer = lobby.offer()
    dukcapil = offer.agencies[0]
    seen = [offer.opening, dukcapil.opening, dukcapil.services[0].opening]
    assert [(opening.open, opening.reason) for opening in seen] == [site, agency, service]
