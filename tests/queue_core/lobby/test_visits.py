"""One visit, found by whatever is on its paper."""

from __future__ import annotations

import pytest

from queue_core import Lobby
from queue_core.errors import UnknownTicket
from queue_core.events import EventKind
from queue_core.lifecycle import Status
from tests.support.house import Clock, Requests


@pytest.mark.parametrize("spelling", ["DK 001", "dk001", "DK-1", " dk 001\n"])
def test_a_ticket_is_found_by_its_label_in_any_spelling(lobby: Lobby, ask: Requests, spelling: str) -> None:
    issued = lobby.issue("DK.ktp", request_id=ask())
    assert lobby.find(spelling).ticket_id == issued.ticket.ticket_id


@pytest.mark.parametrize(
    "scanned",
    ["{0}", "HTTPS://ANTRE.EXAMPLE/T/{0}", "https://antre.example/t/{0}/", "https://a.example/t/{0}?lang=en", "  {0}\r\n"],
)  # fmt: skip
def test_a_ticket_is_found_by_its_code(lobby: Lobby, ask: Requests, scanned: str) -> None:
    issued = lobby.issue("DK.ktp", request_id=ask())
    assert lobby.find(scanned.format(issued.token)).label == "DK 001"
    assert lobby.find(scanned.format(issued.token.lower())).label == "DK 001"


@pytest.mark.parametrize(
    "text", ["", "DK 002", "BN 001", "nonsense", "https://antre.example/t/" + "A" * 26, "A" * 26]
)
def test_what_nobody_has_is_unknown(lobby: Lobby, ask: Requests, text: str) -> None:
    lobby.issue("DK.ktp", request_id=ask())
    with pytest.raises(UnknownTicket):
        lobby.find(text)


def test_yesterdays_number_is_not_todays(lobby: Lobby, clock: Clock, ask: Requests) -> None:
    old = lobby.issue("DK.ktp", request_id=ask())
    clock.forward(days=1)
    with pytest.raises(UnknownTicket):
        lobby.find("DK 001")
    with pytest.raises(UnknownTicket):
        lobby.visit_status(old.token)
    new = lobby.issue("DK.ktp", request_id=ask())
    assert lobby.find("DK 001").ticket_id == new.ticket.ticket_id


def test_the_story_of_a_number_goes_back_a_week_and_prefers_today(
    lobby: Lobby, clock: Clock, ask: Requests
) -> None:
    old = lobby.issue("DK.ktp", request_id=ask())
    clock.forward(days=7)
    assert lobby.ticket_story("DK 001").token == old.token
    new = lobby.issue("DK.ktp", request_id=ask())
    assert lobby.ticket_story("dk1").token == new.token
    clock.forward(days=8)
    with pytest.raises(UnknownTicket):
        lobby.ticket_story("DK 001")


def test_the_latest_leg_is_the_one_that_is_found(lobby: Lobby, ask: Requests) -> None:
    lobby.issue("DK.ktp", request_id=ask())
    lobby.call_next("1")
    lobby.transfer("1", "DK.kk")
    found = lobby.find("DK 001")
    assert (found.service, found.status, found.leg, found.legs) == ("DK.kk", Status.WAITING, 2, 2)
    assert (found.agency_names["en"], found.service_names["en"]) == ("Civil Registry", "Family card")


def test_a_position_is_told_only_to_those_who_wait(lobby: Lobby, ask: Requests) -> None:
    for _ in range(3):
        lobby.issue("DK.ktp", request_id=ask())
    assert [lobby.find(f"DK {number}").position for number in (1, 2, 3)] == [1, 2, 3]
    lobby.call_next("1")
    assert [lobby.find(f"DK {number}").position for number in (1, 2, 3)] == [None, 1, 2]


def test_the_holder_of_a_token_sees_the_line_grow_short(lobby: Lobby, ask: Requests) -> None:
    lobby.issue("DK.ktp", request_id=ask())
    mine = lobby.issue("DK.ktp", request_id=ask(), language="en")
    status = lobby.visit_status(mine.token)
    assert (status.label, status.language, status.ahead, status.wait, status.open_counters) == (
        *("DK 002", "en", 1, None, 0),
    )
    lobby.call_next("1")
    status = lobby.visit_status(mine.token)
    assert (status.ahead, status.open_counters, status.over) == (0, 1, False)
    lobby.start("1")
    lobby.call_next("1")
    status = lobby.visit_status(mine.token)
    assert (status.ticket.status, status.ticket.counter, status.ticket.position) == (Status.CALLED, "1", None)
    assert (status.ahead, status.wait) == (0, None)


def test_a_visit_is_over_when_nothing_more_can_happen(lobby: Lobby, ask: Requests) -> None:
    done, gone, away = (lobby.issue("DK.ktp", request_id=ask()) for _ in range(3))
    lobby.call_next("1")
    lobby.start("1")
    lobby.complete("1")
    lobby.cancel("DK 002")
    lobby.call_next("1")
    lobby.no_show("1")
    assert lobby.visit_status(done.token).over
    assert lobby.visit_status(gone.token).over
    assert not lobby.visit_status(away.token).over  # who turns up late is put back in line


def test_a_journey_shows_the_steps_done_and_the_steps_ahead(lobby: Lobby, ask: Requests) -> None:
    mine = lobby.start_journey("pindah", request_id=ask())
    lobby.call_next("1")
    lobby.start("1")
    lobby.complete("1")
    status = lobby.visit_status(mine.token)
    assert [(leg.leg, leg.service, leg.optional, leg.status) for leg in status.legs] == [
        (1, "DK.ktp", False, Status.COMPLETED),
        (2, "DK.kk", True, Status.WAITING),
        (3, "BN.sim", False, None),
    ]
    assert not status.over


def test_the_story_tells_all_that_happened_in_order(lobby: Lobby, clock: Clock, ask: Requests) -> None:
    arrived = clock.now
    lobby.issue("DK.ktp", request_id=ask())
    lobby.issue("DK.ktp", request_id=ask())
    lobby.call_next("1")
    lobby.recall("1")
    lobby.start("1")
    left = clock.forward(minutes=4)
    lobby.complete("1")
    story = lobby.ticket_story("DK 001")
    assert [event.kind for event in story.events] == [
        EventKind.ISSUED,
        EventKind.CALLED,
        EventKind.RECALLED,
        EventKind.STARTED,
        EventKind.COMPLETED,
    ]
    assert (story.arrived_at, story.left_at, len(story.tickets)) == (arrived, left, 1)
    assert {event.label for event in story.events} == {"DK 001"}
