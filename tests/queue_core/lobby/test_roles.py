"""Who may do what: the table, and that the Lobby keeps to it, verb by verb."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from typing import Any

import pytest

from queue_core import Actor, Lobby, Store
from queue_core.errors import NotAllowed, Refused
from queue_core.lobby.tables import STAFF
from queue_core.roles import LEAST, ROLES, allows, needed
from queue_core.supply import PaperReading
from tests.support.house import SITE, Clock, person, small_catalogue

TAKES_NO_PERSON = {"sign_in", "unlock"}
"""Who uses these is found out by them."""

USED: dict[str, Callable[[Lobby, Actor], Any]] = {
    "issue": lambda lobby, by: lobby.issue("DK.ktp", request_id=f"i {by.staff}", by=by),
    "start_journey": lambda lobby, by: lobby.start_journey("pindah", request_id=f"j {by.staff}", by=by),
    "cancel": lambda lobby, by: lobby.cancel("DK 001", by=by),
    "step_back": lambda lobby, by: lobby.step_back("DK 001", by=by),
    "restore": lambda lobby, by: lobby.restore("DK 001", by=by),
    "reprint": lambda lobby, by: lobby.reprint("DK 001", printer="K1", by=by),
    "answer_for_slip": lambda lobby, by: lobby.answer_for_slip("no job", came_out=True, by=by),
    "note_paper": lambda lobby, by: lobby.note_paper("K1", PaperReading(1, 1, None, None), by=by),
    "start_roll": lambda lobby, by: lobby.start_roll("DK", 1, 9, by=by),
    "hand_out": lambda lobby, by: lobby.hand_out("DK", 2, by=by),
    "stop_roll": lambda lobby, by: lobby.stop_roll("DK", by=by),
    "open_counter": lambda lobby, by: lobby.open_counter("1", by=by),
    "pause_counter": lambda lobby, by: lobby.pause_counter("1", by=by),
    "close_counter": lambda lobby, by: lobby.close_counter("1", by=by),
    "call_next": lambda lobby, by: lobby.call_next("1", by=by),
    "call": lambda lobby, by: lobby.call("1", "DK 001", by=by),
    "recall": lambda lobby, by: lobby.recall("1", by=by),
    "start": lambda lobby, by: lobby.start("1", by=by),
    "complete": lambda lobby, by: lobby.complete("1", by=by),
    "no_show": lambda lobby, by: lobby.no_show("1", by=by),
    "hold": lambda lobby, by: lobby.hold("1", by=by),
    "resume": lambda lobby, by: lobby.resume("1", "DK 001", by=by),
    "transfer": lambda lobby, by: lobby.transfer("1", "BN.sim", by=by),
    "walk_in": lambda lobby, by: lobby.walk_in("1", "DK.ktp", request_id=f"w {by.staff}", by=by),
    "undo": lambda lobby, by: lobby.undo("1", by=by),
    "hand_over": lambda lobby, by: lobby.hand_over("1", by=by),
    "note": lambda lobby, by: lobby.note("DK 001", "", by=by),
    "add_leg": lambda lobby, by: lobby.add_leg("DK 001", "BN.sim", by=by),
    "skip_leg": lambda lobby, by: lobby.skip_leg("DK 001", "BN.sim", by=by),
    "make_journey": lambda lobby, by: lobby.make_journey("DK 001", "pindah", by=by),
    "agency_leaves": lambda lobby, by: lobby.agency_leaves("DK", reason="rapat", by=by),
    "close_day": lambda lobby, by: lobby.close_day(by=by),
    "set_notice": lambda lobby, by: lobby.set_notice({"id": "Halo"}, by=by),
    "clear_notice": lambda lobby, by: lobby.clear_notice(by=by),
    "set_priority": lambda lobby, by: lobby.set_priority("DK 001", priority=True, by=by),
    "move_counter": lambda lobby, by: lobby.move_counter("1", ["BN.sim"], by=by),
    "return_counter": lambda lobby, by: lobby.return_counter("1", by=by),
    "open_service": lambda lobby, by: lobby.open_service("DK.ktp", by=by),
    "close_service": lambda lobby, by: lobby.close_service("DK.ktp", by=by),
    "force_open": lambda lobby, by: lobby.force_open("DK.ktp", by=by),
    "lift_override": lambda lobby, by: lobby.lift_override("DK.ktp", by=by),
    "accept_clock": lambda lobby, by: lobby.accept_clock(by=by),
    "note_alerts": lambda lobby, by: lobby.note_alerts([], [], by=by),
    "acknowledge_alerts": lambda lobby, by: lobby.acknowledge_alerts([], by=by),
    "add_staff": lambda lobby, by: lobby.add_staff("dewi", "Dewi", "4711", "counter", by=by),
    "set_staff": lambda lobby, by: lobby.set_staff("nobody", active=True, by=by),
    "apply_catalogue": lambda lobby, by: lobby.apply_catalogue(small_catalogue(), by=by),
    "begin_epoch": lambda lobby, by: lobby.begin_epoch(by=by),
}
"""Each verb, used on a site where nothing has happened; most are then refused, but not for want of permission."""


def test_every_verb_that_somebody_can_use_has_its_place_in_the_table() -> None:
    """A new command of the Lobby fails here until queue_core.roles says who may use it, and USED how to try it."""
    verbs = {
        name
        for name, method in inspect.getmembers(Lobby, inspect.isfunction)
        if not name.startswith("_") and "by" in inspect.signature(method).parameters
    } - {"turn"}
    assert verbs == LEAST.keys()
    assert verbs - TAKES_NO_PERSON == USED.keys()
    assert set(LEAST.values()) <= set(ROLES)


@pytest.fixture
def house(lobby: Lobby, store: Store) -> Lobby:
    """One person of each role, who is called like it."""
    with store.write(SITE) as connection:
        connection.execute(STAFF.insert(), [person(role, role) for role in ROLES])
    return lobby


def refused_for(lobby: Lobby, verb: str, staff: str) -> dict[str, object] | None:
    """Why the verb was not permitted, if it was not; whatever else it was refused for does not matter here."""
    try:
        USED[verb](lobby, Actor(staff, "C1"))
    except NotAllowed as error:
        return dict(error.data)
    except Refused:
        return None
    return None


def test_the_lobby_keeps_to_the_table_for_every_verb_and_role(house: Lobby) -> None:
    said = {(verb, role): refused_for(house, verb, role) for verb in sorted(USED) for role in ROLES}
    assert said == {
        (verb, role): None if allows(role, verb) else {"reason": "role", "needs": LEAST[verb]}
        for verb, role in said
    }


@pytest.mark.parametrize("role", ROLES)
def test_a_verb_that_is_not_in_the_table_is_the_administrators(role: str) -> None:
    assert needed("anything new") == "admin"
    assert allows(role, "anything new") is (role == "admin")


def test_who_is_disabled_or_unknown_may_do_nothing_from_that_moment(house: Lobby) -> None:
    by = Actor("counter", "C1")
    house.open_counter("1", by=by)
    house.set_staff("counter", active=False)
    for who in (by, Actor("nobody", "C1")):
        with pytest.raises(NotAllowed) as refusal:
            house.close_counter("1", by=who)
        assert refusal.value.data == {"reason": "staff", "staff": who.staff}


def test_a_new_role_counts_at_once_and_is_on_record(house: Lobby) -> None:
    seq = house.board().seq
    house.set_staff("counter", role="visitor_desk", by=Actor("admin", "K1"))
    assert refused_for(house, "call_next", "counter") == {"reason": "role", "needs": "counter"}
    event, refusal = house.events_after(seq)
    assert refusal.kind == "refused"
    assert (event.staff, event.machine, event.data["person"], event.data["role"]) == (
        "admin",
        "K1",
        "counter",
        "visitor_desk",
    )
    with pytest.raises(ValueError, match="king"):
        house.set_staff("counter", role="king")


def test_a_machine_without_a_person_may_do_all(house: Lobby) -> None:
    for verb in USED:
        assert refused_for(house, verb, "") is None


def test_who_was_refused_what_and_where_stands_in_the_record_and_a_held_key_does_not_fill_it(
    house: Lobby, clock: Clock
) -> None:
    seq = house.board().seq
    for _ in range(20):
        assert refused_for(house, "close_day", "counter") == {"reason": "role", "needs": "supervisor"}
    told = house.events_after(seq)
    assert len(told) == 5
    assert {(each.kind, each.staff, each.machine) for each in told} == {("refused", "counter", "C1")}
    assert told[0].data == {"verb": "close_day", "needs": "supervisor"}
    refused_for(house, "apply_catalogue", "counter")
    assert house.events_after(seq)[5].data == {"verb": "apply_catalogue", "needs": "admin"}
    assert refused_for(house, "close_day", "visitor_desk") is not None  # another person is another count
    clock.forward(days=2)
    assert refused_for(house, "close_day", "counter") is not None
    later = [each.staff for each in house.events_after(seq + 6) if each.kind == "refused"]
    assert later == ["visitor_desk", "counter"]


def test_a_late_ticket_beyond_the_rules_that_is_refused_stands_there_too(house: Lobby, clock: Clock) -> None:
    label = house.issue("DK.ktp", request_id="late").ticket.label
    house.call_next("1")
    house.no_show("1")
    clock.forward(hours=2)
    seq = house.board().seq
    with pytest.raises(NotAllowed):
        house.restore(label, override=True, by=Actor("counter", "C1"))
    (event,) = house.events_after(seq)
    assert (event.kind, event.data["verb"]) == ("refused", "restore")
    assert house.find(label).status == "no_show"
