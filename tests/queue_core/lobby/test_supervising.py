"""A supervisor moves counters, gives priority and knows of alerts; a script may, a counter's staff may not."""

from __future__ import annotations

from typing import Any

import pytest

from queue_core import Actor, Lobby
from queue_core.alerts import alerts, changes
from queue_core.errors import IllegalMove, NotAllowed, ServiceClosed, UnknownService
from queue_core.events import Favour
from queue_core.settings import Catalogue
from queue_core.views import AlertKind, AlertState
from tests.support.house import Clock, Requests

ANI, SARI = Actor("ani", "S1"), Actor("sari", "C1")


@pytest.fixture
def staff(lobby: Lobby) -> Lobby:
    lobby.add_staff("ani", "Bu Ani", "1836", "supervisor")
    lobby.add_staff("sari", "Sari", "1836", "counter")
    return lobby


def services(lobby: Lobby, counter: str) -> tuple[str, ...]:
    return lobby.counter_view(counter).counter.services


def changed(catalogue: Catalogue, counter: int, *choices: str) -> Catalogue:
    raw: dict[str, Any] = catalogue.model_dump()
    raw["site"][0]["counter"][counter - 1]["services"] = list(choices)
    return Catalogue.model_validate(raw)


def test_a_moved_counter_serves_another_line_until_it_is_lifted(staff: Lobby, ask: Requests) -> None:
    staff.issue("BN.sim", request_id=ask())
    assert staff.call_next("1", by=SARI) is None
    rid = ask()
    assert staff.move_counter("1", ["BN.sim", "dk.KTP"], by=ANI, request_id=rid) == ("BN.sim", "DK.ktp")
    assert staff.move_counter("1", ["BN.sim", "DK.ktp"], by=ANI, request_id=rid) == ("BN.sim", "DK.ktp")
    summary = staff.queues().counters[0]
    assert (summary.moved, summary.services) == (True, ("BN.sim", "DK.ktp"))
    called = staff.call_next("1", by=SARI)
    assert called is not None
    assert called.service == "BN.sim"
    assert staff.queues().counters[0].staff_name == "Sari"
    assert staff.return_counter("1", by=ANI) == ("DK.ktp",)
    assert staff.return_counter("1", by=ANI) == ("DK.ktp",)
    assert (services(staff, "1"), staff.queues().counters[0].moved) == (("DK.ktp",), False)
    moves = [(event.kind, event.staff) for event in staff.events_after(0) if event.staff == "ani"]
    assert moves == [("counter_moved", "ani"), ("counter_returned", "ani")]


def test_to_move_a_counter_home_lifts_the_move(staff: Lobby) -> None:
    staff.move_counter("1", ["BN.sim"], by=ANI)
    staff.move_counter("1", ["DK.ktp"], by=ANI)
    assert not staff.queues().counters[0].moved
    newest = staff.queues().seq
    staff.move_counter("1", ["DK.ktp"], by=ANI)
    assert staff.queues().seq == newest


def test_a_move_survives_the_catalogue_whose_new_word_holds_afterwards(
    staff: Lobby, catalogue: Catalogue
) -> None:
    staff.move_counter("1", ["BN.sim"], by=ANI)
    assert staff.apply_catalogue(catalogue) == ()
    (change,) = staff.apply_catalogue(changed(catalogue, 1, "DK.kk"))
    assert (change.kind, change.id, change.detail) == ("counter", "1", "services")
    assert services(staff, "1") == ("BN.sim",)
    staff.return_counter("1", by=ANI)
    assert services(staff, "1") == ("DK.kk",)


def test_a_move_ends_with_the_day_by_hand_or_by_itself(staff: Lobby, clock: Clock, ask: Requests) -> None:
    staff.issue("DK.ktp", request_id=ask())
    staff.move_counter("1", ["BN.sim"], by=ANI)
    staff.close_day()
    assert services(staff, "1") == ("DK.ktp",)
    staff.move_counter("1", ["BN.sim"], by=ANI)
    clock.forward(days=1)
    staff.issue("DK.ktp", request_id=ask())
    called = staff.call_next("1")
    assert called is not None
    assert called.service == "DK.ktp"


def test_what_a_counter_cannot_be_moved_to(staff: Lobby, catalogue: Catalogue) -> None:
    with pytest.raises(UnknownService):
        staff.move_counter("1", ["DK.xyz"], by=ANI)
    with pytest.raises(ValueError, match=r"\[\]"):
        staff.move_counter("1", [], by=ANI)
    raw: dict[str, Any] = catalogue.model_dump()
    raw["agency"][0]["service"] = raw["agency"][0]["service"][:1]
    raw["journey"] = []
    staff.apply_catalogue(Catalogue.model_validate(raw))
    with pytest.raises(ServiceClosed):
        staff.move_counter("3", ["DK.kk"], by=ANI)


def test_only_a_supervisor_may_and_only_while_they_are_one(staff: Lobby) -> None:
    staff.set_staff("ani", active=False)
    for by in (SARI, ANI, Actor("nobody", "C1")):
        with pytest.raises(NotAllowed):
            staff.move_counter("1", ["BN.sim"], by=by)
        with pytest.raises(NotAllowed):
            staff.set_notice({"id": "Halo"}, by=by)
        with pytest.raises(NotAllowed):
            staff.acknowledge_alerts([(AlertKind.CLOCK, "")], by=by)


def test_priority_changes_the_place_and_its_reason_is_counted_without_a_number(
    staff: Lobby, clock: Clock, ask: Requests
) -> None:
    for _ in range(3):
        staff.issue("DK.ktp", request_id=ask())
        clock.forward(minutes=1)
    rid = ask()
    view = staff.set_priority("DK 003", priority=True, reason=Favour.PREGNANT, by=ANI, request_id=rid)
    assert (view.position, view.priority) == (1, True)
    staff.set_priority("DK 003", priority=True, reason=Favour.PREGNANT, by=ANI, request_id=rid)
    staff.set_priority("DK 003", priority=True, by=ANI)
    assert staff.priority_reasons() == {"pregnant": 1}
    (event,) = [each for each in staff.ticket_story("DK 003").events if each.kind == "priority_set"]
    assert event.data == {"priority": True}
    assert staff.set_priority("DK 003", priority=False, by=ANI).position == 3
    staff.set_priority("DK 003", priority=True, reason=Favour.PREGNANT, by=ANI)
    assert staff.priority_reasons() == {"pregnant": 2}
    assert staff.call_next("1") is not None
    with pytest.raises(IllegalMove):
        staff.set_priority("DK 003", priority=False, by=ANI)


def test_an_alert_is_one_event_when_it_begins_and_one_when_it_ends_whoever_looks(
    staff: Lobby, clock: Clock, ask: Requests
) -> None:
    staff.issue("DK.kk", request_id=ask())
    clock.forward(minutes=25)  # ten past the promise of fifteen
    assert look(staff) == [("overdue", "DK.kk", AlertState.NEW)]
    assert look(staff) == [("overdue", "DK.kk", AlertState.NEW)]
    assert staff.acknowledge_alerts([(AlertKind.OVERDUE, "DK.kk"), (AlertKind.CLOCK, "")], by=ANI) == 1
    (alert,) = alerts(staff.queues())
    assert (alert.state, alert.acknowledged_by, alert.value) == (AlertState.KNOWN, "ani", 10)
    clock.forward(minutes=15)
    assert look(staff) == [("overdue", "DK.kk", AlertState.AGAIN)]
    staff.acknowledge_alerts([(AlertKind.OVERDUE, "DK.kk")], by=ANI)
    staff.call_next("2")
    assert look(staff) == []
    told = [event.kind for event in staff.events_after(0) if event.kind.startswith("alert_")]
    assert told == ["alert_raised", "alert_acknowledged", "alert_acknowledged", "alert_ended"]


def test_an_alert_that_flickers_goes_on_as_the_one_it_was(staff: Lobby, clock: Clock) -> None:
    disk = (AlertKind.DISK, "S1")
    staff.note_alerts([disk], [])
    staff.acknowledge_alerts([disk], by=ANI)
    for _ in range(3):
        staff.note_alerts([], [disk])
        clock.forward(minutes=2)
        staff.note_alerts([disk], [])
    (record,) = staff.queues().alert_records
    assert (record.ended_at, record.acknowledged_by) == (None, "ani")
    assert [event.kind for event in staff.events_after(0)].count("alert_raised") == 1
    staff.note_alerts([], [disk])
    clock.forward(minutes=20)
    assert staff.queues().alert_records == ()
    staff.note_alerts([disk], [])
    (record,) = staff.queues().alert_records
    assert (record.acknowledged_at, record.raised_at) == (None, clock.now)


def look(lobby: Lobby) -> list[tuple[str, str, AlertState]]:
    """Look as a screen does: compute, and say what is new and what is over."""
    overview = lobby.queues()
    found = alerts(overview, machine="S1")
    begun, ended = changes(found, overview.alert_records, "S1")
    if begun or ended:
        lobby.note_alerts(begun, ended)
    return [(each.kind.value, each.subject, each.state) for each in found]


def test_the_curve_of_a_day_beside_the_mean_of_those_weekdays_on_which_anybody_came(
    staff: Lobby, clock: Clock, ask: Requests
) -> None:
    for people in (2, 4):
        for _ in range(people):
            staff.issue("DK.ktp", request_id=ask())
        clock.forward(minutes=10)
        staff.call_next("1")
        clock.forward(minutes=50)
        staff.close_day()
        clock.forward(days=13, hours=23)
    staff.issue("DK.ktp", request_id=ask())
    clock.forward(minutes=35)
    curve = staff.waiting_curve()
    assert (curve.days, curve.today[18], curve.today[19], max(curve.today)) == (2, 1, 1, 19)
    assert [curve.usual[slot] for slot in (17, 18, 19, 20)] == [0, 3, 2, 0]
