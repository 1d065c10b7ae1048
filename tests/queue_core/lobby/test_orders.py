"""Closed and held open by hand: what supervisors order lies on top of hours and catalogue, and ends by itself."""

from __future__ import annotations

from datetime import timedelta

import pytest

from queue_core import Actor, Lobby
from queue_core.errors import NotAllowed, ServiceClosed, SiteClosed, UnknownService
from queue_core.settings import Catalogue
from tests.support.house import Clock, Requests

RANI, BUDI = Actor(staff="rani"), Actor(staff="budi")


def with_hours(catalogue: Catalogue, **hours: list[str]) -> Catalogue:
    """The same catalogue, its site open at these hours only."""
    site = catalogue.site[0].model_copy(update={"hours": hours})
    return catalogue.model_copy(update={"site": [site]})


def takes(lobby: Lobby, ask: Requests, service: str = "DK.ktp") -> bool:
    try:
        lobby.issue(service, request_id=ask())
    except (ServiceClosed, SiteClosed):
        return False
    return True


def test_a_service_closed_by_hand_says_why_and_opens_again_by_itself(
    lobby: Lobby, clock: Clock, ask: Requests
) -> None:
    reason = {"id": "Rapat", "en": "Meeting"}
    until = clock.now + timedelta(hours=2)
    seen = lobby.close_service("dk.KTP", until=until, reason=reason, request_id=ask())
    assert (seen.opening.open, seen.opening.reason, seen.opening.name) == (False, "by_hand", reason)
    assert (seen.opening.opens_at, seen.opening.level) == (until, "service")
    with pytest.raises(ServiceClosed) as refused:
        lobby.issue("DK.ktp", request_id=ask())
    assert refused.value.data["opens_at"] == until
    assert takes(lobby, ask, "DK.kk")
    clock.now = until
    assert takes(lobby, ask)
    assert lobby.overrides() == ()


def test_without_a_time_it_lasts_to_the_end_of_the_sites_day(lobby: Lobby, ask: Requests) -> None:
    seen = lobby.close_service("*", request_id=ask())
    assert seen.order is not None
    assert seen.order.ends_at.isoformat() == "2026-11-24T20:00:00+00:00"  # Wednesday 04:00 in Kupang
    with pytest.raises(SiteClosed):
        lobby.issue("BN.sim", request_id=ask())
    assert not lobby.offer().opening.open
    assert {agency.opening.reason for agency in lobby.offer().agencies} == {"by_hand"}


def test_the_newest_order_counts_and_a_wider_one_never_opens_what_was_closed_below(
    lobby: Lobby, clock: Clock, ask: Requests
) -> None:
    lobby.close_service("DK", request_id=ask())
    clock.forward(minutes=1)
    lobby.force_open("DK.ktp", request_id=ask())
    assert (takes(lobby, ask), takes(lobby, ask, "DK.kk")) == (True, False)
    assert lobby.offer().agencies[0].opening.open
    clock.forward(minutes=1)
    lobby.close_service("aula", request_id=ask())
    assert not takes(lobby, ask)
    clock.forward(minutes=1)
    lobby.force_open("*", request_id=ask())
    assert (takes(lobby, ask, "BN.sim"), takes(lobby, ask, "DK.kk")) == (True, False)
    lobby.lift_override("DK", request_id=ask())
    assert takes(lobby, ask, "DK.kk")


def test_held_open_it_gives_numbers_outside_its_hours_and_says_until_when(
    lobby: Lobby, catalogue: Catalogue, clock: Clock, ask: Requests
) -> None:
    lobby.apply_catalogue(with_hours(catalogue, mon=["08:00-12:00"]))
    assert not takes(lobby, ask)
    until = clock.now + timedelta(hours=1)
    seen = lobby.force_open("DK.ktp", until=until, request_id=ask())
    assert (seen.opening.open, seen.opening.until, seen.opening.closes_at) == (True, until, until)
    assert (takes(lobby, ask), takes(lobby, ask, "BN.sim")) == (True, False)
    clock.now = until
    assert not takes(lobby, ask)


def test_a_new_catalogue_leaves_orders_alone(lobby: Lobby, catalogue: Catalogue, ask: Requests) -> None:
    lobby.close_service("DK.ktp", request_id=ask())
    lobby.apply_catalogue(with_hours(catalogue, tue=["08:00-16:00"]))
    assert [order.target for order in lobby.overrides()] == ["DK.ktp"]
    assert not takes(lobby, ask)
    seen = lobby.open_service("DK.ktp", request_id=ask())
    assert (seen.opening.open, seen.order) == (True, None)


def test_each_order_is_told_once_with_who_gave_it(lobby: Lobby, clock: Clock, ask: Requests) -> None:
    lobby.add_staff("rani", "Rani", "2468", "supervisor")
    lobby.add_staff("budi", "Budi", "1357", "counter")
    start = lobby.board().seq
    lobby.close_service("DK.ktp", by=RANI, request_id="once")
    again = lobby.close_service("DK.ktp", by=RANI, request_id="once")
    assert again.opening.reason == "by_hand"
    lobby.open_service("DK.ktp", by=RANI, request_id=ask())
    lobby.open_service("DK.ktp", by=RANI, request_id=ask())
    told = [(event.kind, event.staff, event.data["target"]) for event in lobby.events_after(start)]
    assert told == [("service_closed", "rani", "DK.ktp"), ("order_lifted", "rani", "DK.ktp")]
    for order in (lobby.close_service, lobby.force_open, lobby.open_service, lobby.lift_override):
        with pytest.raises(NotAllowed):
            order("DK.ktp", by=BUDI, request_id=ask())
    with pytest.raises(UnknownService):
        lobby.close_service("DK.paspor", request_id=ask())
    with pytest.raises(ValueError, match="2026"):
        lobby.close_service("DK.ktp", until=clock.now, request_id=ask())


def test_what_is_held_open_is_not_ended_by_opening_it(lobby: Lobby, ask: Requests) -> None:
    lobby.force_open("DK.ktp", request_id=ask())
    assert lobby.open_service("DK.ktp", request_id=ask()).order is not None
    assert lobby.lift_override("DK.ktp", request_id=ask()).order is None
