"""The end of a day, and clocks that cannot be right."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from queue_core import Actor, Lobby, Status
from queue_core.errors import ClockSuspect, UnknownTicket
from tests.support.house import Clock, Requests

SARI = Actor(staff="sari")

pytestmark = pytest.mark.usefixtures("sari")


def leave_somebody_in_each_state(lobby: Lobby, ask: Requests) -> None:
    """DK 001 held, DK 002 called at 1, DK 003 served at 2, DK 004 waiting; counter 3 open."""
    for _ in range(4):
        lobby.issue("DK.ktp", request_id=ask())
    lobby.call_next("1")
    lobby.hold("1")
    lobby.call_next("1")
    lobby.call_next("2")
    lobby.start("2")
    lobby.open_counter("3")


def statuses(lobby: Lobby) -> list[Status]:
    return [lobby.ticket_story(f"DK 00{number}").tickets[-1].status for number in (1, 2, 3, 4)]


def test_the_first_command_of_a_new_day_ends_the_last_one(lobby: Lobby, ask: Requests, clock: Clock) -> None:
    leave_somebody_in_each_state(lobby, ask)
    seq = lobby.board().seq
    clock.forward(days=1)
    lobby.open_counter("1", by=SARI)
    assert statuses(lobby) == [Status.EXPIRED] * 4
    events = lobby.events_after(seq)
    assert [event.kind for event in events] == [
        *["expired"] * 4,
        *["counter_closed"] * 3,
        "day_closed",
        "counter_opened",
    ]
    assert events[-2].data == {"business_date": "2026-11-24", "expired": 4}
    assert [event.staff for event in events] == [""] * 8 + ["sari"], "it is nobody's doing that a day ends"
    assert [lobby.counter_view(counter).counter.state for counter in "123"] == ["open", "closed", "closed"]


def test_a_day_that_nobody_waited_in_ends_as_well(lobby: Lobby, ask: Requests, clock: Clock) -> None:
    lobby.cancel(lobby.issue("DK.ktp", request_id=ask()).ticket.label)
    seq = lobby.board().seq
    clock.forward(days=3)
    lobby.issue("DK.ktp", request_id=ask())
    assert [event.kind for event in lobby.events_after(seq)] == ["day_closed", "issued"]
    clock.forward(minutes=1)
    lobby.issue("DK.ktp", request_id=ask())
    assert lobby.events_after(0)[-1].kind == "issued"


def test_nobody_of_yesterday_is_called_or_found_today(lobby: Lobby, ask: Requests, clock: Clock) -> None:
    lobby.issue("DK.ktp", request_id=ask())
    clock.forward(days=1)
    assert lobby.call_next("1") is None
    with pytest.raises(UnknownTicket):
        lobby.call("1", "DK 001")


def test_a_request_repeated_after_midnight_still_gives_its_ticket(lobby: Lobby, clock: Clock) -> None:
    first = lobby.issue("DK.ktp", request_id="tap")
    clock.forward(days=1)
    again = lobby.issue("DK.ktp", request_id="tap")
    assert (again.ticket.ticket_id, again.repeated, again.business_date) == (
        first.ticket.ticket_id,
        True,
        first.business_date,
    )


def test_closing_the_day_by_hand_leaves_those_who_are_being_served(lobby: Lobby, ask: Requests) -> None:
    leave_somebody_in_each_state(lobby, ask)
    assert lobby.close_day(by=SARI) == 3
    assert statuses(lobby) == [Status.EXPIRED, Status.EXPIRED, Status.SERVING, Status.EXPIRED]
    assert [lobby.counter_view(counter).counter.state for counter in "123"] == ["closed", "open", "closed"]
    assert lobby.complete("2").status == Status.COMPLETED
    assert lobby.events_after(0)[-1].kind == "completed"


def test_closing_a_closed_day_changes_nothing(lobby: Lobby, ask: Requests) -> None:
    leave_somebody_in_each_state(lobby, ask)
    lobby.close_day()
    seq = lobby.board().seq
    assert lobby.close_day() == 0
    assert lobby.board().seq == seq


def test_an_expired_journey_begins_no_further_leg(lobby: Lobby, ask: Requests, clock: Clock) -> None:
    lobby.start_journey("pindah", request_id=ask())
    lobby.close_day()
    story = lobby.ticket_story("DK 001")
    assert (story.left_at, len(story.tickets)) == (clock.now, 1)


def test_a_clock_that_went_back_a_day_is_refused_and_numbers_go_on_when_it_is_mended(
    lobby: Lobby, ask: Requests, clock: Clock
) -> None:
    right = clock.now
    lobby.issue("DK.ktp", request_id=ask())
    clock.forward(days=-1)
    with pytest.raises(ClockSuspect) as refused:
        lobby.issue("DK.ktp", request_id=ask())
    assert refused.value.data == {"reason": "backwards", "now": clock.now, "last": right}
    clock.now = right
    assert lobby.issue("DK.ktp", request_id=ask()).ticket.number == 2


def test_a_clock_without_a_battery_is_refused(lobby: Lobby, ask: Requests, clock: Clock) -> None:
    clock.now = datetime(2000, 1, 1, tzinfo=UTC)
    with pytest.raises(ClockSuspect):
        lobby.issue("DK.ktp", request_id=ask())


def test_a_clock_that_goes_back_within_a_day_is_borne(lobby: Lobby, ask: Requests, clock: Clock) -> None:
    lobby.issue("DK.ktp", request_id=ask())
    clock.forward(minutes=-20)
    assert lobby.issue("DK.ktp", request_id=ask()).ticket.number == 2
