"""Holds that end, late tickets, notes, walk-ins, and who sits at a counter."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from queue_core import Actor, Lobby, Status, Store
from queue_core.errors import (
    CannotRecall,
    CannotRestore,
    CounterBusy,
    CounterIdle,
    CounterTakesNot,
    IllegalMove,
    NotAllowed,
    PersonalData,
)
from queue_core.ids import NewId, RandomBytes
from queue_core.lifecycle import Action
from queue_core.settings import Catalogue
from queue_core.views import EventView
from tests.support.house import SITE, Clock, Requests

SARI, BUDI, IBU = Actor("sari", "C1"), Actor("budi", "C1"), Actor("ibu", "C9")
Rules = Callable[..., None]

pytestmark = pytest.mark.usefixtures("sari")


@pytest.fixture
def rules(lobby: Lobby, catalogue: Catalogue) -> Rules:
    """Give the site other rules for its counters."""

    def put(**desk: Any) -> None:
        raw = catalogue.model_dump()
        raw["site"][0]["desk"].update(desk)
        lobby.apply_catalogue(Catalogue.model_validate(raw))

    return put


@pytest.fixture
def wait(lobby: Lobby, ask: Requests, clock: Clock) -> Callable[..., str]:
    """Let somebody take a number, one minute after the one before; returns the label."""

    def come(service: str = "DK.ktp", *, priority: bool = False) -> str:
        clock.forward(minutes=1)
        return lobby.issue(service, request_id=ask(), priority=priority).ticket.label

    return come


def newest(lobby: Lobby, count: int = 1) -> list[EventView]:
    return list(lobby.events_after(0)[-count:])


def line(lobby: Lobby) -> list[str]:
    return [ticket.label for ticket in lobby.line("DK.ktp")]


# ----------------------------------------------------------------------------- recall


def test_a_number_is_called_three_times_and_not_in_one_breath(
    lobby: Lobby, wait: Callable[..., str], rules: Rules, clock: Clock
) -> None:
    rules(calls=3, call_gap_seconds=10)
    wait()
    lobby.call_next("1")
    clock.forward(seconds=4)
    with pytest.raises(CannotRecall) as hasty:
        lobby.recall("1")
    assert hasty.value.data == {"label": "DK 001", "reason": "too_soon", "seconds": 6}
    clock.forward(seconds=6)
    lobby.recall("1")
    clock.forward(seconds=10)
    assert lobby.recall("1").calls == 3
    clock.forward(seconds=10)
    with pytest.raises(CannotRecall) as used_up:
        lobby.recall("1")
    assert used_up.value.data == {"label": "DK 001", "reason": "used_up", "calls": 3}
    assert lobby.counter_view("1").rules.calls == 3
    assert lobby.no_show("1").status is Status.NO_SHOW


# ----------------------------------------------------------------------------- hold


def test_who_is_on_hold_waits_again_in_time_at_the_old_place(
    lobby: Lobby, wait: Callable[..., str], clock: Clock
) -> None:
    for _ in range(3):
        wait()
    first = lobby.call_next("1")
    assert first is not None
    lobby.start("1")
    until = clock.now + timedelta(minutes=10)
    held = lobby.hold("1", reason="fotokopi", until=until)
    assert (held.reason, held.held_until) == ("fotokopi", until)
    assert newest(lobby)[0].data == {"reason": "fotokopi", "until": until.isoformat()}
    clock.forward(minutes=9)
    lobby.bring_back()
    assert lobby.find("DK 001").status is Status.HELD
    clock.forward(minutes=1)
    back = lobby.call_next("2", by=SARI)  # whatever comes next sees to it first
    assert back is not None
    assert (back.label, back.status, back.counter, back.calls, back.reason) == (
        "DK 001", Status.CALLED, "2", 1, "",
    )  # fmt: skip
    assert back.called_at == first.called_at  # the wait had ended then
    ended = next(event for event in lobby.events_after(0) if event.kind == "hold_ended")
    assert (ended.label, ended.counter, ended.staff) == ("DK 001", "1", "")
    assert line(lobby) == ["DK 002", "DK 003"]


def test_a_counter_that_was_moved_still_sees_whom_it_set_aside(
    lobby: Lobby, wait: Callable[..., str], clock: Clock
) -> None:
    for _ in range(3):
        wait()
    lobby.call_next("1")
    lobby.hold("1", until=clock.now + timedelta(minutes=10))
    lobby.call_next("1")
    lobby.no_show("1")
    lobby.move_counter("1", ["BN.sim"])
    seen = lobby.counter_view("1")
    assert ([each.label for each in seen.held], [each.label for each in seen.missed]) == (
        ["DK 001"],
        ["DK 002"],
    )
    assert seen.waiting == ()
    assert lobby.counter_view("3").held == ()
    gone = lobby.cancel("DK 001")  # away, and gives the number back
    assert gone.held_until is None
    assert lobby.counter_view("1").held == ()


def test_a_visitor_on_hold_who_never_comes_back_is_a_no_show(
    lobby: Lobby, wait: Callable[..., str], clock: Clock
) -> None:
    wait()
    lobby.call_next("1")
    lobby.hold("1", until=clock.now + timedelta(minutes=5))
    missed = lobby.no_show("1", label="dk 1", by=SARI)
    assert (missed.status, missed.held_until) == (Status.NO_SHOW, None)
    assert lobby.ticket_story("DK 001").left_at == clock.now
    clock.forward(minutes=6)
    lobby.bring_back()
    assert lobby.find("DK 001").status is Status.NO_SHOW


def test_a_reason_holds_no_identity_number(lobby: Lobby, wait: Callable[..., str]) -> None:
    wait()
    lobby.call_next("1")
    with pytest.raises(PersonalData):
        lobby.hold("1", reason="NIK 5371012304890001")
    assert lobby.find("DK 001").status is Status.CALLED


# ----------------------------------------------------------------------------- late tickets


@pytest.mark.parametrize(
    ("place", "after", "expected"),
    [
        ("old", 2, ["DK 001", "DK 002", "DK 003", "DK 004"]),
        ("after", 2, ["DK 002", "DK 003", "DK 001", "DK 004"]),
        ("after", 9, ["DK 002", "DK 003", "DK 004", "DK 001"]),
        ("end", 2, ["DK 002", "DK 003", "DK 004", "DK 001"]),
    ],
)
def test_a_late_ticket_stands_where_the_rules_say(
    lobby: Lobby, wait: Callable[..., str], rules: Rules, place: str, after: int, expected: list[str]
) -> None:
    rules(late_place=place, late_after=after)
    for _ in range(4):
        wait()
    lobby.call_next("1")
    missed = lobby.no_show("1")
    back = lobby.restore("DK 001")
    assert line(lobby) == expected
    assert back.position == expected.index("DK 001") + 1
    assert back.due_at - back.waiting_since == missed.due_at - missed.waiting_since
    assert newest(lobby)[0].data["place"] == place


def test_a_late_ticket_counts_within_the_hour_and_twice_unless_a_supervisor_says_so(
    lobby: Lobby, wait: Callable[..., str], rules: Rules, clock: Clock
) -> None:
    rules(late_minutes=60, late_times=1)
    lobby.add_staff("ibu", "Ibu", "1836", "supervisor")
    wait()
    lobby.call_next("1")
    lobby.no_show("1")
    clock.forward(minutes=61)
    with pytest.raises(CannotRestore) as late:
        lobby.restore("DK 001")
    assert late.value.data == {"label": "DK 001", "reason": "too_late", "minutes": 60}
    with pytest.raises(NotAllowed):
        lobby.restore("DK 001", override=True, by=BUDI)
    lobby.restore("DK 001", override=True, by=IBU)
    assert (newest(lobby)[0].staff, newest(lobby)[0].data["override"]) == ("ibu", True)
    lobby.call_next("1")
    lobby.no_show("1")
    with pytest.raises(CannotRestore) as again:
        lobby.restore("DK 001")
    assert again.value.data == {"label": "DK 001", "reason": "used_up", "times": 1}
    lobby.restore("DK 001", override=True)  # a script of the house
    assert lobby.find("DK 001").status is Status.WAITING


# ----------------------------------------------------------------------------- notes


def test_a_note_goes_with_the_visitor_to_the_next_counter(lobby: Lobby, wait: Callable[..., str]) -> None:
    wait()
    lobby.call_next("1")
    noted = lobby.note("dk 1", "  berkas lengkap ", by=SARI)
    assert noted.note == "berkas lengkap"
    lobby.transfer("1", "BN.sim")
    called = lobby.call_next("3")
    assert called is not None
    assert called.note == "berkas lengkap"
    current = lobby.counter_view("3").counter.current
    assert current is not None
    assert current.note == "berkas lengkap"
    with pytest.raises(PersonalData):
        lobby.note("DK 001", "hp 081234567890")
    assert lobby.note("DK 001", "").note == ""


# ----------------------------------------------------------------------------- without paper


def test_a_walk_in_is_called_at_once_where_that_passes_nobody(
    lobby: Lobby, ask: Requests, clock: Clock
) -> None:
    served = lobby.walk_in("2", "DK.kk", request_id="press", by=SARI)
    assert (served.ticket.label, served.ticket.status, served.ticket.counter, served.job) == (
        "DK 001", Status.CALLED, "2", None,
    )  # fmt: skip
    assert (served.ticket.why, newest(lobby)[0].data["why"]) == ("walk_in", "walk_in")
    again = lobby.walk_in("2", "DK.kk", request_id="press", by=SARI)
    assert (again.ticket.label, again.repeated) == ("DK 001", True)
    waits = lobby.walk_in("2", "DK.kk", request_id=ask(), printer="K1")
    assert (waits.ticket.status, waits.ahead, waits.job is None) == (Status.WAITING, 0, False)
    lobby.start("2")
    lobby.complete("2")
    third = lobby.walk_in("2", "DK.ktp", request_id=ask())  # the counter is free, but DK 002 waits
    assert third.ticket.status is Status.WAITING
    elsewhere = lobby.walk_in("1", "BN.sim", request_id=ask())  # which that counter does not take
    assert (elsewhere.ticket.label, elsewhere.ticket.status) == ("BN 001", Status.WAITING)
    lobby.pause_counter("3")
    assert lobby.walk_in("3", "BN.sim", request_id=ask()).ticket.status is Status.WAITING


# ----------------------------------------------------------------------------- who sits here


def test_a_counter_passes_to_a_colleague_with_the_visitor(
    lobby: Lobby, wait: Callable[..., str], clock: Clock
) -> None:
    lobby.open_counter("1", by=SARI)
    opened = clock.now
    wait()
    lobby.call_next("1", by=SARI)
    lobby.start("1", by=SARI)
    clock.forward(minutes=5)
    lobby.hand_over("1", by=BUDI)
    view = lobby.counter_view("1").counter
    assert (view.staff, view.state, view.since) == ("budi", "open", clock.now)
    handed = newest(lobby)[0]
    assert (handed.kind, handed.label, handed.counter, handed.staff) == (
        "counter_handed_over", "DK 001", "1", "budi",
    )  # fmt: skip
    assert handed.data == {"was": "sari", "since": opened.isoformat()}
    assert lobby.complete("1", by=BUDI).status is Status.COMPLETED
    with pytest.raises(CounterIdle):
        lobby.hand_over("1", by=Actor())


def test_leaving_says_first_what_becomes_of_who_stands_there(lobby: Lobby, wait: Callable[..., str]) -> None:
    for _ in range(3):
        wait()
    for settle, status in ((Action.HOLD, Status.HELD), (Action.NO_SHOW, Status.NO_SHOW)):
        called = lobby.call_next("1", by=SARI)
        assert called is not None
        with pytest.raises(CounterBusy):
            lobby.close_counter("1", by=SARI)
        lobby.close_counter("1", settle=settle, by=SARI, request_id=f"close {settle}")
        lobby.close_counter("1", settle=settle, by=SARI, request_id=f"close {settle}")
        assert (lobby.find(called.label).status, lobby.counter_view("1").counter.state) == (status, "closed")
    lobby.call_next("1")
    with pytest.raises(IllegalMove):
        lobby.close_counter("1", settle=Action.COMPLETE)
    assert lobby.counter_view("1").counter.state == "open"


# ----------------------------------------------------------------------------- before closing


def test_a_counter_is_told_before_closing_how_many_can_still_be_served(
    store: Store, clock: Clock, new_id: NewId, random_bytes: RandomBytes, catalogue: Catalogue, ask: Requests
) -> None:
    raw = catalogue.model_dump()
    raw["site"][0]["hours"] = {"tue": ["08:00-12:00"]}  # it is Tuesday, nine o'clock
    lobby = Lobby(store, SITE, clock=clock, new_id=new_id, random_bytes=random_bytes)
    lobby.apply_catalogue(Catalogue.model_validate(raw))
    lobby.open_counter("1")
    clock.forward(minutes=140)
    for _ in range(6):
        lobby.issue("DK.ktp", request_id=ask())
    assert lobby.counter_view("1").closing is None
    clock.forward(minutes=15)
    closing = lobby.counter_view("1").closing
    assert closing is not None
    assert (closing.minutes, closing.waiting) == (25, 6)
    assert 1 <= closing.can_serve < 4  # ten minutes each
    assert lobby.counter_view("3").closing is None  # nobody waits there
    raw["site"][0]["hours"] = {"tue": ["08:00-15:00"]}
    raw["agency"][0]["service"][0]["hours"] = {"tue": ["08:00-12:00"]}
    lobby.apply_catalogue(Catalogue.model_validate(raw))
    lobby.issue("BN.sim", request_id=ask())  # a line of counter 2 that stays open longer
    closing = lobby.counter_view("2").closing
    assert closing is not None
    assert (closing.minutes, closing.waiting) == (25, 6)
    assert lobby.counter_view("3").closing is None


# ----------------------------------------------------------------------------- to a counter


def test_a_ticket_that_is_aimed_at_a_counter_is_left_to_it_while_somebody_sits_there(
    lobby: Lobby, wait: Callable[..., str], clock: Clock
) -> None:
    wait("DK.kk")
    since = lobby.find("DK 001").waiting_since
    wait()
    lobby.call_next("2")
    lobby.open_counter("1")
    with pytest.raises(CounterTakesNot) as refused:
        lobby.transfer("2", "DK.kk", aim="1")
    assert refused.value.data == {"counter": "1", "service": "DK.kk"}
    sent = lobby.transfer("2", aim="1", by=SARI)
    assert (sent.service, sent.aimed, sent.waiting_since, sent.label) == ("DK.ktp", "1", since, "DK 001")
    transferred = next(event for event in lobby.events_after(0) if event.kind == "transferred")
    assert transferred.data["aim"] == 1
    assert [ticket.label for ticket in lobby.counter_view("1").waiting] == ["DK 001", "DK 002"]
    seen = lobby.counter_view("2")
    assert ([ticket.label for ticket in seen.waiting], seen.waiting_count) == (["DK 002"], 1)
    passed_by = lobby.call_next("2")
    assert passed_by is not None
    assert passed_by.label == "DK 002"
    lobby.start("2")
    assert lobby.call_next("2") is None
    lobby.close_counter("1")  # nobody sits there any more: whoever is free calls
    called = lobby.call_next("2")
    assert called is not None
    assert called.label == "DK 001"


def test_hall_and_phone_are_told_until_when_a_counter_rests_and_which_agency_left(
    lobby: Lobby, wait: Callable[..., str], clock: Clock
) -> None:
    wait()
    token = lobby.ticket_story("DK 001").token
    lobby.open_counter("1")
    back = clock.now + timedelta(minutes=30)
    lobby.pause_counter("1", back_at=back)
    assert [(each.counter_number, each.agency, each.back_at) for each in lobby.board().breaks] == [
        (1, "DK", back)
    ]
    assert lobby.visit_status(token).back_at == back
    lobby.open_counter("2")
    assert lobby.visit_status(token).back_at is None  # another counter takes this line
    clock.forward(minutes=30)
    assert lobby.board().breaks == ()
    lobby.agency_leaves("BN", reason="rapat")
    (early,) = lobby.board().early
    assert (early.agency, early.reason["id"]) == ("BN", "rapat")
