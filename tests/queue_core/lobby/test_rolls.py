"""Pre-printed rolls: numbers of their own, in line as they were torn off, on both engines."""

from __future__ import annotations

import pytest

from queue_core import Lobby
from queue_core.errors import RollInUse, RollRange, UnknownRoll, UnknownService, UnknownTicket
from queue_core.events import EventKind
from tests.support.house import Clock, Requests


def test_a_new_roll_lets_nobody_wait_until_numbers_are_handed_out(lobby: Lobby) -> None:
    roll = lobby.start_roll("dk", 1, 100)
    assert (roll.agency, roll.origin, roll.service, roll.first, roll.last, roll.given) == (
        *("DK", "R1", "DK.ktp", 1, 100, 0),
    )
    assert lobby.line("DK.ktp") == ()
    assert lobby.rolls() == (roll,)


def test_who_was_given_a_number_waits_in_the_order_of_the_numbers(
    lobby: Lobby, clock: Clock, ask: Requests
) -> None:
    lobby.issue("DK.ktp", request_id=ask())
    lobby.start_roll("DK", 1, 100)
    clock.forward(seconds=1)
    assert lobby.hand_out("DK", 12).given == 12
    clock.forward(seconds=1)
    assert lobby.hand_out("dk", 14).given == 14
    labels = [ticket.label for ticket in lobby.line("DK.ktp")]
    assert labels == ["DK 001", *(f"DK R1-{number:03d}" for number in range(1, 15))]


def test_a_counter_simply_calls_the_next_one_and_the_board_shows_it(lobby: Lobby) -> None:
    lobby.start_roll("DK", 41, 60)
    lobby.hand_out("DK", 42)
    called = lobby.call_next("1")
    assert called is not None
    assert (called.label, called.number) == ("DK R1-041", 41)
    assert [call.label for call in lobby.board().calls] == ["DK R1-041"]
    assert [queue.waiting for queue in lobby.queues().queues if queue.service == "DK.ktp"] == [1]
    assert lobby.print_jobs() == ()


@pytest.mark.parametrize("text", ["57", "DK 57", "dk057", "DK R1-057"])
def test_a_counter_calls_by_the_plain_number_on_the_paper(lobby: Lobby, text: str) -> None:
    lobby.start_roll("DK", 56, 60)
    lobby.hand_out("DK", 58)
    assert lobby.call("1", text).label == "DK R1-057"


def test_the_plain_number_finds_a_visit_that_has_nothing_else(lobby: Lobby) -> None:
    lobby.start_roll("DK", 1, 9)
    lobby.hand_out("DK", 2)
    assert lobby.find("DK 2").label == "DK R1-002"
    with pytest.raises(UnknownTicket):
        lobby.find("DK 3")


def test_a_kiosks_own_number_goes_before_the_rolls(lobby: Lobby, ask: Requests) -> None:
    own = lobby.issue("DK.ktp", request_id=ask()).ticket
    lobby.start_roll("DK", 1, 9)
    lobby.hand_out("DK", 1)
    assert lobby.find("DK 1").visit_id == own.visit_id
    assert lobby.find("DK R1-1").visit_id != own.visit_id


def test_a_kiosk_that_comes_back_goes_on_with_its_own_numbers(lobby: Lobby, ask: Requests) -> None:
    lobby.issue("DK.ktp", request_id=ask())
    lobby.start_roll("DK", 1, 9)
    lobby.hand_out("DK", 5)
    assert lobby.issue("DK.ktp", request_id=ask()).ticket.label == "DK 002"


def test_a_roll_may_serve_one_service(lobby: Lobby) -> None:
    lobby.start_roll("dk.kk", 1, 5)
    lobby.hand_out("DK", 1)
    assert [ticket.label for ticket in lobby.line("DK.kk")] == ["DK R1-001"]


def test_a_second_roll_has_a_series_of_its_own(lobby: Lobby, clock: Clock) -> None:
    lobby.start_roll("DK", 1, 2)
    lobby.hand_out("DK", 2)
    clock.forward(minutes=1)
    with pytest.raises(RollInUse):
        lobby.start_roll("DK", 1, 2)
    lobby.stop_roll("DK")
    lobby.start_roll("DK", 1, 2)
    lobby.hand_out("DK", 1)
    assert [ticket.label for ticket in lobby.line("DK.ktp")] == ["DK R1-001", "DK R1-002", "DK R2-001"]
    assert lobby.find("DK 1").label == "DK R2-001"


def test_what_a_roll_does_not_have_is_refused(lobby: Lobby) -> None:
    with pytest.raises(UnknownRoll):
        lobby.hand_out("DK", 1)
    with pytest.raises(UnknownService):
        lobby.start_roll("XX", 1, 5)
    with pytest.raises(ValueError, match="5"):
        lobby.start_roll("DK", 5, 1)
    lobby.start_roll("DK", 10, 20)
    lobby.hand_out("DK", 12)
    for number in (9, 12, 21):
        with pytest.raises(RollRange) as refused:
            lobby.hand_out("DK", number)
        assert (refused.value.data["next"], refused.value.data["last"]) == (13, 20)
    lobby.stop_roll("DK")
    with pytest.raises(UnknownRoll):
        lobby.stop_roll("DK")


def test_the_same_request_hands_out_once(lobby: Lobby) -> None:
    lobby.start_roll("DK", 1, 9, request_id="start")
    lobby.start_roll("DK", 1, 9, request_id="start")
    first = lobby.hand_out("DK", 3, request_id="three")
    assert lobby.hand_out("DK", 3, request_id="three") == first
    assert len(lobby.line("DK.ktp")) == 3


def test_a_roll_belongs_to_its_day(lobby: Lobby, clock: Clock) -> None:
    lobby.start_roll("DK", 1, 9)
    lobby.hand_out("DK", 3)
    clock.forward(days=1)
    assert lobby.rolls() == ()
    assert lobby.start_roll("DK", 1, 9).origin == "R1"


def test_the_events_tell_who_was_given_a_number(lobby: Lobby) -> None:
    before = lobby.board().seq
    lobby.start_roll("DK", 1, 9)
    lobby.hand_out("DK", 2)
    lobby.stop_roll("DK")
    assert [(event.kind, event.label) for event in lobby.events_after(before)] == [
        (EventKind.ROLL_STARTED, ""),
        (EventKind.ISSUED, "DK R1-001"),
        (EventKind.ISSUED, "DK R1-002"),
        (EventKind.ROLL_HANDED_OUT, ""),
        (EventKind.ROLL_STOPPED, ""),
    ]
