"""Bringing a catalogue into the store."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from queue_core import Actor, Lobby, Store
from queue_core.errors import CounterBusy, UnknownCounter, UnknownSite
from queue_core.ids import NewId, RandomBytes
from queue_core.settings import Catalogue
from queue_core.views import CatalogueChange
from tests.support.house import SITE, Clock, Requests

Raw = dict[str, Any]


def changed(catalogue: Catalogue, change: Callable[[Raw], object]) -> Catalogue:
    raw = catalogue.model_dump()
    change(raw)
    return Catalogue.model_validate(raw)


def short(changes: tuple[CatalogueChange, ...]) -> list[str]:
    return [f"{each.what} {each.kind} {each.id} {each.detail}".strip() for each in changes]


@pytest.fixture
def bare(store: Store, clock: Clock, new_id: NewId, random_bytes: RandomBytes) -> Lobby:
    """The way in to a site that the store does not have yet."""
    return Lobby(store, SITE, clock=clock, new_id=new_id, random_bytes=random_bytes)


def test_a_new_site_is_added_whole_and_what_is_said_beforehand_is_what_happens(
    bare: Lobby, catalogue: Catalogue
) -> None:
    said = bare.diff_catalogue(catalogue)
    with pytest.raises(UnknownSite):
        bare.site()
    done = bare.apply_catalogue(catalogue, by=Actor(machine="K1"))
    assert done == said
    assert short(done) == [
        "added site aula",
        "added agency DK",
        "added agency BN",
        "added service DK.ktp",
        "added service DK.kk",
        "added service BN.sim",
        "added counter 1",
        "added counter 2",
        "added counter 3",
        "added journey pindah",
    ]
    (event,) = bare.events_after(0)
    assert (event.kind, event.machine, event.data["revision"]) == ("catalogue_applied", "K1", 1)


def test_the_store_says_what_the_file_said(lobby: Lobby) -> None:
    site = lobby.site()
    assert (site.id, site.names, site.motto) == (SITE, {"id": "Aula", "en": "Hall"}, "Melayani")
    assert (site.time_zone, site.languages) == ("Asia/Makassar", ("id", "en"))
    offer = lobby.offer()
    services = {service.id: service for agency in offer.agencies for service in agency.services}
    assert list(services) == ["DK.ktp", "DK.kk", "BN.sim"]
    assert (services["DK.kk"].names, services["DK.kk"].minutes) == ({"id": "KK", "en": "Family card"}, 5)
    assert services["DK.ktp"].requirements is None
    assert lobby.counter_view("2").counter.services == ("DK.ktp", "DK.kk", "BN.sim")
    (journey,) = offer.journeys
    assert (journey.services, journey.optional) == (("DK.ktp", "DK.kk", "BN.sim"), (False, True, False))


def test_applying_the_same_again_changes_nothing(lobby: Lobby, catalogue: Catalogue) -> None:
    seq = lobby.board().seq
    assert lobby.apply_catalogue(catalogue) == ()
    assert lobby.board().seq == seq


def dearer(raw: Raw) -> None:
    raw["agency"][0]["service"][0]["minutes"] = 12
    raw["agency"][0]["service"][0]["cost"] = {"id": "Gratis"}


def without_family_card(raw: Raw) -> None:
    raw["agency"][0]["service"].pop(1)
    raw["journey"] = []


def without_police(raw: Raw) -> None:
    raw["agency"].pop(1)
    raw["site"][0]["agencies"] = ["DK"]
    raw["site"][0]["counter"] = raw["site"][0]["counter"][:1]
    raw["journey"] = []


def other_counter_services(raw: Raw) -> None:
    raw["site"][0]["counter"][0]["services"] = ["BN.*", "DK.ktp"]


def police_first(raw: Raw) -> None:
    raw["site"][0]["agencies"] = ["BN", "DK"]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (dearer, ["changed service DK.ktp minutes, cost"]),
        (
            without_family_card,
            ["closed service DK.kk", "changed counter 2 services", "closed journey pindah"],
        ),
        (
            without_police,
            [
                "closed agency BN",
                "closed service BN.sim",
                "closed counter 2",
                "closed counter 3",
                "closed journey pindah",
            ],
        ),
        (other_counter_services, ["changed counter 1 services"]),
        (
            police_first,
            ["changed agency BN position", "changed agency DK position"],
        ),
    ],
)
def test_a_difference_is_said_done_and_taken_back_by_the_old_file(
    lobby: Lobby, catalogue: Catalogue, change: Callable[[Raw], object], said: list[str]
) -> None:
    new = changed(catalogue, change)
    assert short(lobby.diff_catalogue(new)) == said
    assert short(lobby.apply_catalogue(new)) == said
    assert lobby.diff_catalogue(new) == ()
    words = {"changed": "changed", "closed": "reopened"}
    back = [each.what for each in lobby.apply_catalogue(catalogue)]
    assert sorted(back) == sorted(words[line.split()[0]] for line in said)
    assert lobby.diff_catalogue(catalogue) == ()


def test_what_was_closed_keeps_its_tickets(lobby: Lobby, catalogue: Catalogue, ask: Requests) -> None:
    lobby.issue("BN.sim", request_id=ask())
    lobby.apply_catalogue(changed(catalogue, without_police))
    assert lobby.find("BN 001").service_names == {"id": "SIM", "en": "Licence"}
    assert lobby.call("1", "BN 001").counter == "1"
    assert [agency.code for agency in lobby.offer().agencies] == ["DK"]
    with pytest.raises(UnknownCounter):
        lobby.open_counter("3")


def test_a_counter_with_a_visitor_is_not_closed(lobby: Lobby, catalogue: Catalogue, ask: Requests) -> None:
    lobby.issue("BN.sim", request_id=ask())
    lobby.call_next("3")
    with pytest.raises(CounterBusy):
        lobby.apply_catalogue(changed(catalogue, without_police))
    assert lobby.diff_catalogue(catalogue) == ()


def test_a_site_that_left_the_file_closes(lobby: Lobby, catalogue: Catalogue) -> None:
    other = changed(catalogue, lambda raw: raw["site"][0].update(id="pasar"))
    assert short(lobby.apply_catalogue(other))[0] == "closed site aula"
    assert not lobby.offer().opening.open
    assert short(lobby.apply_catalogue(catalogue))[0] == "reopened site aula"
    assert lobby.offer().opening.open


def test_other_programs_see_a_new_revision_at_their_next_call(
    lobby: Lobby, store: Store, clock: Clock, new_id: NewId, random_bytes: RandomBytes, catalogue: Catalogue
) -> None:
    other = Lobby(store, SITE, clock=clock, new_id=new_id, random_bytes=random_bytes)
    assert other.site().motto == "Melayani"
    lobby.apply_catalogue(changed(catalogue, lambda raw: raw["site"][0].update(motto="Cepat")))
    assert other.site().motto == "Cepat"


def test_a_journey_that_cannot_be_walked_here_is_not_offered(bare: Lobby, catalogue: Catalogue) -> None:
    bare.apply_catalogue(changed(catalogue, lambda raw: raw["site"][0].update(agencies=["DK"], counter=[])))
    assert bare.offer().journeys == ()
