"""An agency that leaves before its time: who waits for it is told, or moved with number and time."""

from __future__ import annotations

from datetime import timedelta

import pytest

from queue_core import Actor, Lobby, Status
from queue_core.errors import CannotRestore, NotAllowed, PersonalData, ServiceClosed, UnknownService
from queue_core.views import AgencyLeftView
from tests.support.house import Clock, Requests

SARI, BUDI = Actor("sari", "C1"), Actor("budi", "C1")

pytestmark = pytest.mark.usefixtures("sari")


@pytest.fixture
def hall(lobby: Lobby, ask: Requests, clock: Clock) -> Lobby:
    """One who is served, one on hold, two who wait, of whom one is on a journey; and somebody of another agency."""
    for service in ("DK.ktp", "DK.ktp", "DK.kk", "BN.sim"):
        lobby.issue(service, request_id=ask())
        clock.forward(minutes=1)
    lobby.start_journey("pindah", request_id=ask())
    lobby.call_next("1")
    lobby.hold("1", until=clock.now + timedelta(hours=1))
    lobby.call_next("1")
    lobby.start("1")
    lobby.open_counter("2")
    return lobby


def statuses(lobby: Lobby) -> dict[str, str]:
    labels = ("DK 001", "DK 002", "DK 003", "DK 004", "BN 001")
    return {label: lobby.find(label).status.value for label in labels}


def test_those_who_wait_are_told_why_and_a_journey_goes_on(hall: Lobby, ask: Requests) -> None:
    left = hall.agency_leaves("dk", reason="rapat dinas", by=SARI, request_id="press")
    assert left == AgencyLeftView("DK", told=3, moved=0, to="", closed=(), serving=(1,))
    assert hall.agency_leaves("dk", reason="rapat dinas", by=SARI, request_id="press") == left
    assert statuses(hall) == {
        "DK 001": "cancelled", "DK 002": "serving", "DK 003": "cancelled", "DK 004": "waiting", "BN 001": "waiting",
    }  # fmt: skip
    token = hall.ticket_story("DK 003").token
    told = hall.visit_status(token)
    assert (told.over, told.ticket.reason) == (True, "rapat dinas")
    following = hall.find("DK 004")
    assert following.service == "BN.sim"
    with pytest.raises(ServiceClosed):
        hall.issue("DK.kk", request_id=ask())
    assert hall.complete("1").status is Status.COMPLETED  # who is being served is served to the end


def test_those_who_wait_are_moved_with_number_and_time(hall: Lobby) -> None:
    since = {label: hall.find(label).waiting_since for label in ("DK 001", "DK 003")}
    hall.complete("1")
    left = hall.agency_leaves("DK", move_to="BN.sim")
    assert (left.moved, left.to, left.closed, left.serving) == (3, "BN.sim", (1,), ())
    for label, waiting_since in since.items():
        moved = hall.find(label)
        assert (moved.service, moved.status, moved.waiting_since) == ("BN.sim", Status.WAITING, waiting_since)
    assert [ticket.label for ticket in hall.line("BN.sim")][:2] == ["DK 001", "DK 003"]
    assert hall.counter_view("2").counter.state == "open"  # it serves another agency, too


def test_it_is_a_supervisors_word_and_a_clean_one(hall: Lobby) -> None:
    before = statuses(hall)
    for refusal, agency, given in (
        (NotAllowed, "DK", {"by": BUDI}),
        (PersonalData, "DK", {"reason": "telp 081234567890"}),
        (UnknownService, "XX", {}),
        (ServiceClosed, "DK", {"move_to": "DK.kk"}),
    ):
        with pytest.raises(refusal):
            hall.agency_leaves(agency, **given)
    assert statuses(hall) == before


def test_nobody_is_sent_to_an_agency_that_has_left(hall: Lobby, clock: Clock) -> None:
    hall.call_next("3")
    hall.no_show("3")
    hall.agency_leaves("BN", by=SARI)
    hall.close_counter("2")
    for send in (
        lambda: hall.transfer("1", "BN.sim"),
        lambda: hall.agency_leaves("DK", move_to="BN.sim", by=SARI),
    ):
        with pytest.raises(ServiceClosed) as closed:
            send()
        assert closed.value.data["reason"] == "by_hand"
    assert statuses(hall)["DK 003"] == "waiting"
    with pytest.raises(CannotRestore) as left:
        hall.restore("BN 001", by=BUDI)
    assert left.value.data == {"label": "BN 001", "reason": "left"}
    hall.open_counter("2")  # somebody serves there after all
    assert hall.restore("BN 001", by=BUDI).status is Status.WAITING
    assert hall.transfer("1", "BN.sim").service == "BN.sim"


def test_a_line_that_is_closed_to_newcomers_takes_who_is_sent_on(hall: Lobby, clock: Clock) -> None:
    hall.close_service("BN", by=SARI)
    hall.open_counter("3")
    assert hall.transfer("1", "BN.sim").service == "BN.sim"
    hall.call_next("1")
    hall.close_counter("3")
    hall.close_counter("2")
    hall.close_service("BN", until=clock.now + timedelta(hours=1), by=SARI)
    assert hall.transfer("1", "BN.sim").service == "BN.sim"  # it opens again today
