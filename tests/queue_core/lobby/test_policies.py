"""A policy on the real store: what a site and a counter set, what is remembered, and that all are told the same."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select

from queue_core import Lobby, Store
from queue_core.lobby.tables import COUNTER, TICKET
from queue_core.settings import Catalogue
from tests.support.house import Clock, Requests

Raw = dict[str, Any]
Set = Callable[..., None]


@pytest.fixture
def policy(lobby: Lobby, catalogue: Catalogue) -> Set:
    """Set the site's policy, and that of a counter."""

    def set_policy(of_site: Raw, **of_counters: Raw) -> None:
        raw = catalogue.model_dump()
        raw["site"][0]["policy"] = of_site
        for name, own in of_counters.items():
            raw["site"][0]["counter"][int(name.removeprefix("at_")) - 1]["policy"] = own
        lobby.apply_catalogue(Catalogue.model_validate(raw))

    return set_policy


@pytest.fixture
def come(lobby: Lobby, clock: Clock, ask: Requests) -> Callable[[str], list[str]]:
    """Let people come a minute apart: k for an identity card, s for a licence, in capitals with priority."""

    def come(kinds: str) -> list[str]:
        labels = []
        for kind in kinds:
            service = {"k": "DK.ktp", "f": "DK.kk", "s": "BN.sim"}[kind.lower()]
            issued = lobby.issue(service, request_id=ask(), priority=kind.isupper())
            labels.append(issued.ticket.label)
            assert lobby.find(issued.ticket.label).position == issued.ahead + 1
            clock.forward(minutes=1)
        return labels

    return come


def calls(lobby: Lobby, *counters: str) -> list[str]:
    """Each counter calls in turn; whoever is called stood first in their line."""
    called = []
    for counter in counters:
        line = {service: lobby.line(service) for service in ("DK.ktp", "DK.kk", "BN.sim")}
        ticket = lobby.call_next(counter)
        assert ticket is not None
        assert line[ticket.service][0].label == ticket.label
        called.append(ticket.label)
        lobby.start(counter)
    return called


def test_a_counter_has_the_policy_of_the_site_or_its_own(
    lobby: Lobby, policy: Set, come: Callable[[str], list[str]]
) -> None:
    policy({"rule": "arrival"}, at_3={"rule": "priority"})
    first, second, third, fourth = come("kKsS")
    assert calls(lobby, "1", "3", "1", "3") == [first, fourth, second, third]


def test_a_ratio_is_one_for_all_counters_of_a_line_and_outlives_the_program(
    lobby: Lobby, policy: Set, come: Callable[[str], list[str]], store: Store, clock: Clock
) -> None:
    policy({"rule": "ratio", "priority": 1, "regular": 2})
    r = come("kkkkkk")
    p = come("KKK")
    assert calls(lobby, "1", "2") == [p[0], r[0]]
    with store.read() as connection:
        owed = connection.scalars(select(TICKET.c.owed).where(TICKET.c.owed > 0)).all()
    assert owed == [1]  # the next regular visitor is owed one of the two
    assert calls(lobby, "2", "1", "1", "2") == [r[1], p[1], r[2], r[3]]
    view = lobby.counter_view("1")
    assert [ticket.label for ticket in view.waiting] == [p[2], r[4], r[5]]
    assert view.counter.current is not None
    assert view.counter.current.reasons == ({"why": "ratio_regular", "priority": 1, "regular": 2},)


def test_shares_are_remembered_at_the_counter_and_taken_back_with_a_failed_call(
    lobby: Lobby, policy: Set, come: Callable[[str], list[str]], store: Store, clock: Clock
) -> None:
    policy({}, at_2={"rule": "arrival", "shares": {"DK.ktp": 2, "BN.sim": 1}})
    k = come("kkkk")
    s = come("ss")
    assert [ticket.label for ticket in lobby.counter_view("2").waiting] == [
        k[0],
        s[0],
        k[1],
        k[2],
        s[1],
        k[3],
    ]
    assert calls(lobby, "2", "2", "2", "2") == [k[0], s[0], k[1], k[2]]
    with store.read() as connection:
        memory = connection.scalar(select(COUNTER.c.turns).where(COUNTER.c.number == 2))
    assert memory == {"DK.ktp": -1, "BN.sim": 1}
    assert [ticket.label for ticket in lobby.counter_view("2").waiting] == [s[1], k[3]]


def test_an_urgent_line_goes_first_and_the_reason_is_told(
    lobby: Lobby, policy: Set, come: Callable[[str], list[str]], clock: Clock
) -> None:
    policy({"rule": "arrival", "urgent": [{"service": "BN.sim", "minutes": 10}]})
    first, licence, other = come("ksk")
    clock.forward(minutes=10)
    called = lobby.call_next("2")
    assert called is not None
    assert (called.label, called.why) == (licence, "urgent")
    assert called.reasons == ({"why": "urgent", "minutes": 10, "service": "BN.sim"}, {"why": "order"})
    lobby.start("2")
    assert calls(lobby, "2", "1") == [first, other]


def test_a_counter_helps_other_lines_when_its_own_is_empty(
    lobby: Lobby, policy: Set, come: Callable[[str], list[str]]
) -> None:
    policy({}, at_2={"main_services": 1})
    licence, card = come("sk")
    assert calls(lobby, "2", "2") == [card, licence]
    current = lobby.counter_view("2").counter.current
    assert current is not None
    assert current.why == "helping"


def test_the_phone_the_counter_and_the_supervisor_tell_one_place(
    lobby: Lobby, policy: Set, come: Callable[[str], list[str]], clock: Clock
) -> None:
    """Under each rule, and where counters of one line have different ones: by the one that leads the line."""
    come("kKkskKfSkkKs")
    clock.forward(minutes=25)
    for of_site in ({}, {"rule": "arrival"}, {"rule": "due"}, {"rule": "ratio"}, {"main_services": 1}):
        policy(of_site, at_2={"rule": "arrival"})
        told = _places(lobby)
        assert len(told) == 12
        for counter in ("1", "2", "3"):
            assert {
                each.label: each.position for each in lobby.counter_view(counter).waiting
            }.items() <= told.items()
        phones = lobby.visits_under_way().visits
        assert {each.label: each.ticket.position for each in phones.values()} == told
        late = {each.label: each.position for each in lobby.queues().late}
        assert late
        assert late.items() <= told.items()


def _places(lobby: Lobby) -> dict[str, int | None]:
    return {
        ticket.label: ticket.position
        for service in ("DK.ktp", "DK.kk", "BN.sim")
        for ticket in lobby.line(service)
    }


def test_a_counter_that_helps_elsewhere_changes_no_place_in_that_line(
    lobby: Lobby, policy: Set, come: Callable[[str], list[str]]
) -> None:
    """A line is led by the counter that the catalogue gives it; only one that no other takes is led by a helper."""
    policy({"rule": "arrival"}, at_3={"rule": "priority"})
    regular, first = come("sS")
    before = [ticket.label for ticket in lobby.line("BN.sim")]
    lobby.move_counter("1", ["BN.sim"])
    assert [ticket.label for ticket in lobby.line("BN.sim")] == before == [first, regular]
    assert [lobby.find(label).position for label in (first, regular)] == [1, 2]


def test_a_change_of_policy_is_a_change_of_the_catalogue(lobby: Lobby, catalogue: Catalogue) -> None:
    raw = catalogue.model_dump()
    raw["site"][0]["policy"] = {"rule": "due"}
    raw["site"][0]["counter"][0]["policy"] = {"main_services": 1}
    new = Catalogue.model_validate(raw)
    for wanted in (new, catalogue):
        changes = lobby.apply_catalogue(wanted)
        assert [(each.kind, each.id, each.detail) for each in changes] == [
            ("site", "aula", "policy"),
            ("counter", "1", "policy"),
        ]
        assert lobby.apply_catalogue(wanted) == ()


@pytest.mark.parametrize("own", [{}, {"rule": "priority"}])
def test_a_counter_may_say_the_default_where_the_site_does_not(
    lobby: Lobby, policy: Set, come: Callable[[str], list[str]], own: Raw
) -> None:
    policy({"rule": "arrival"}, at_1=own)
    regular, priority = come("kK")
    assert calls(lobby, "1") == [priority]
    assert [ticket.label for ticket in lobby.line("DK.ktp")] == [regular]
