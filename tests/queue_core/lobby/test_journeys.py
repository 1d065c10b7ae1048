"""Journeys at the counters: the visit goes on by itself, staff change its way, nothing is a dead end."""

from __future__ import annotations

from typing import Any

import pytest

from queue_core import Lobby
from queue_core.errors import (
    JourneyRefused,
    NotAllowed,
    ServiceClosed,
    UnknownJourney,
    UnknownService,
    UnknownTicket,
)
from queue_core.events import Actor
from queue_core.lifecycle import Status
from queue_core.settings import Catalogue
from tests.support.house import Clock, Requests

SARI = Actor(staff="sari", machine="L1")


@pytest.fixture
def catalogue(catalogue: Catalogue) -> Catalogue:
    """The small site with a free journey beside the fixed one, and licences from 08.00 to 12.00 and 13.00 to 15.00."""
    raw: dict[str, Any] = catalogue.model_dump()
    raw["agency"][1]["service"][0]["hours"] = {"tue": ["08:00-12:00", "13:00-15:00"]}
    raw["journey"].append(
        {
            "id": "bebas",
            "name": {"id": "Bebas", "en": "Any order"},
            "order": "free",
            "credit_minutes": 60,
            "legs": [
                {"service": "DK.ktp"},
                {"service": "DK.kk", "optional": True},
                {"service": "BN.sim"},
            ],
        }
    )
    return Catalogue.model_validate(raw)


@pytest.fixture(autouse=True)
def _sari(lobby: Lobby) -> None:
    lobby.add_staff("sari", "Sari", "1470", "visitor_desk")


def serve(lobby: Lobby, counter: str, label: str) -> Any:
    """Call this visitor, begin and finish; return the answer."""
    assert lobby.call(counter, label).label == label
    lobby.start(counter)
    return lobby.complete(counter)


def kinds(lobby: Lobby, label: str) -> list[str]:
    return [event.kind for event in lobby.ticket_story(label).events]


def way(lobby: Lobby, token: str) -> list[tuple[str, str]]:
    """Each step: its status, or why it is gone, or nothing while it lies ahead."""
    legs = lobby.visit_status(token).legs
    return [(leg.service, leg.status.value if leg.status else leg.gone) for leg in legs]


def test_a_free_journey_begins_and_goes_on_where_it_is_shortest(
    lobby: Lobby, ask: Requests, clock: Clock
) -> None:
    for counter in ("1", "3"):
        lobby.open_counter(counter)
    for service in ("DK.ktp", "DK.ktp", "DK.ktp", "DK.ktp"):
        lobby.issue(service, request_id=ask())
    mine = lobby.start_journey("bebas", request_id=ask())
    assert (mine.ticket.label, mine.ticket.service) == ("BN 001", "BN.sim")
    assert [leg.service for leg in mine.legs] == ["BN.sim", "DK.ktp", "DK.kk"]
    lobby.open_counter("2")  # now somebody serves the family card, for which nobody waits
    done = serve(lobby, "3", "BN 001")
    assert done.onward.because == "shortest"
    assert (done.onward.leg.service, done.onward.leg.leg, done.onward.leg.legs) == ("DK.kk", 2, 3)
    assert done.onward.counters == (2,)
    last = serve(lobby, "2", "BN 001").onward
    assert (last.leg.service, last.because, last.counters) == ("DK.ktp", "order", (1, 2))
    assert serve(lobby, "1", "BN 001").onward is None
    story = lobby.ticket_story("BN 001")
    assert [ticket.service for ticket in story.tickets] == ["BN.sim", "DK.kk", "DK.ktp"]
    assert story.left_at == clock.now
    ended = story.events[-1]
    assert (ended.kind, ended.data["journey"], ended.data["whole"]) == ("journey_ended", "bebas", True)


def test_board_events_and_a_new_slip_say_at_which_step(lobby: Lobby, ask: Requests) -> None:
    lobby.start_journey("pindah", request_id=ask())
    serve(lobby, "1", "DK 001")
    lobby.call("2", "DK 001")
    board = lobby.board().calls[0]
    assert (board.label, board.counter, board.leg, board.legs) == ("DK 001", "2", 2, 3)
    called = [event.data for event in lobby.ticket_story("DK 001").events if event.kind == "called"]
    assert [(data["leg"], data["legs"]) for data in called] == [(1, 3), (2, 3)]
    facts = lobby.reprint("DK 001", printer="K1", request_id=ask()).facts
    legs = facts["legs"]
    assert isinstance(legs, list)
    assert (facts["leg"], [leg["done"] for leg in legs]) == (2, [True, False, False])


def test_the_time_in_the_house_counts_in_the_next_line_up_to_half_of_its_promise(
    lobby: Lobby, ask: Requests, clock: Clock
) -> None:
    lobby.start_journey("bebas", request_id=ask(), skip=["DK.kk"])
    clock.forward(minutes=20)
    before = lobby.issue("BN.sim", request_id=ask())  # comes 20 minutes before the journey does
    clock.forward(minutes=10)
    after = lobby.issue("BN.sim", request_id=ask())
    clock.forward(minutes=10)
    leg = serve(lobby, "1", "DK 001").onward.leg
    assert (
        leg.credit.total_seconds() == 15 * 60
    )  # 40 minutes in the house, 60 allowed, half of a promise of 30
    assert (clock.now - leg.waiting_since, leg.joined_at) == (leg.credit, clock.now)
    assert leg.due_at > clock.now
    assert lobby.find("DK 001").position == 2
    called = [lobby.call("3", label).label for label in [lobby.line("BN.sim")[0].label]]
    assert called == [before.ticket.label]
    assert [each.label for each in lobby.line("BN.sim")] == ["DK 001", after.ticket.label]
    begun = [event for event in lobby.ticket_story("DK 001").events if event.kind == "leg_begun"]
    assert begun[0].data == {"leg": 2, "legs": 2, "because": "order", "credit": 15}


def test_a_wait_is_measured_from_the_joining_not_from_the_credit(
    lobby: Lobby, ask: Requests, clock: Clock
) -> None:
    lobby.start_journey("bebas", request_id=ask(), skip=["DK.kk"])
    clock.forward(minutes=30)
    serve(lobby, "1", "DK 001")
    clock.forward(minutes=4)
    lobby.call("3", "DK 001")
    (licences,) = [queue for queue in lobby.queues().queues if queue.service == "BN.sim"]
    assert licences.average_wait == 4 * 60


def test_a_closed_service_is_left_for_later_and_one_closed_for_the_day_is_given_up_and_told(
    lobby: Lobby, ask: Requests, clock: Clock
) -> None:
    clock.forward(hours=3, minutes=30)  # 12.30, a break for licences
    mine = lobby.start_journey("bebas", request_id=ask())
    assert [leg.service for leg in mine.legs] == ["DK.ktp", "DK.kk", "BN.sim"]
    onward = serve(lobby, "1", "DK 001").onward
    assert (onward.leg.service, onward.because) == ("DK.kk", "open")
    clock.forward(hours=3)  # licences have closed for the day
    done = serve(lobby, "2", "DK 001").onward
    assert (done.leg, [names["id"] for names in done.closed]) == (None, ["SIM"])
    status = lobby.visit_status(mine.token)
    assert (status.over, status.ticket.legs) == (True, 2)
    assert way(lobby, mine.token) == [("DK.ktp", "completed"), ("DK.kk", "completed"), ("BN.sim", "closed")]
    assert kinds(lobby, "DK 001")[-2:] == ["leg_dropped", "journey_ended"]
    assert lobby.ticket_story("DK 001").events[-1].data["whole"] is False


def test_a_step_closed_for_the_day_in_the_middle_does_not_keep_from_the_rest(
    lobby: Lobby, ask: Requests, clock: Clock
) -> None:
    lobby.issue("DK.ktp", request_id=ask())
    lobby.add_leg("DK 001", "BN.sim")
    lobby.add_leg("DK 001", "DK.kk")
    clock.forward(hours=7)
    onward = serve(lobby, "1", "DK 001").onward
    assert (onward.leg.service, onward.leg.leg, onward.leg.legs) == ("DK.kk", 2, 2)
    assert [names["id"] for names in onward.closed] == ["SIM"]
    assert serve(lobby, "2", "DK 001").onward is None


def test_a_journey_that_cannot_be_walked_today_is_not_begun(
    lobby: Lobby, ask: Requests, clock: Clock
) -> None:
    clock.forward(hours=7)  # 16.00
    with pytest.raises(ServiceClosed) as refused:
        lobby.start_journey("pindah", request_id=ask())
    assert refused.value.data["service"] == "BN.sim"


def test_staff_leave_a_step_out_that_lies_ahead_or_the_one_that_is_waited_for(
    lobby: Lobby, ask: Requests
) -> None:
    mine = lobby.start_journey("pindah", request_id=ask())
    with pytest.raises(NotAllowed):
        lobby.skip_leg("DK 001", "DK.kk", by=Actor(staff="nobody"))
    kept = lobby.skip_leg("DK 001", "dk.kk", by=SARI, request_id="skip")
    assert (kept.service, kept.legs, kept.position) == ("DK.ktp", 2, 1)
    assert lobby.skip_leg("DK 001", "dk.kk", request_id="skip") == kept
    assert way(lobby, mine.token)[1:] == [("BN.sim", ""), ("DK.kk", "skipped")]
    left = lobby.skip_leg("DK 001", "DK.ktp")
    assert (left.status, left.onward and left.onward.leg and left.onward.leg.service) == (
        Status.TRANSFERRED,
        "BN.sim",
    )
    for service, reason in (("BN.sim", "last_leg"), ("DK.kk", "no_such_leg")):
        with pytest.raises(JourneyRefused) as refused:
            lobby.skip_leg("DK 001", service)
        assert refused.value.data == {"label": "DK 001", "reason": reason, "service": service}
    serve(lobby, "3", "DK 001")
    story = lobby.ticket_story("DK 001")
    dropped = [event for event in story.events if event.kind == "leg_dropped"]
    assert [(event.data["step"], event.data["reason"], event.staff) for event in dropped] == [
        ("DK.kk", "skipped", "sari"),
        ("DK.ktp", "skipped", ""),
    ]
    assert story.events[-1].data["whole"] is True  # what is not needed is not missing
    with pytest.raises(JourneyRefused) as refused:
        lobby.skip_leg("DK 001", "BN.sim")
    assert refused.value.data["reason"] == "over"


def test_staff_add_a_step_to_a_plain_ticket_and_a_visitor_at_the_counter_goes_on_to_it(
    lobby: Lobby, ask: Requests
) -> None:
    mine = lobby.issue("DK.ktp", request_id=ask())
    lobby.call_next("1")
    lobby.start("1")
    added = lobby.add_leg(mine.token, "BN.sim", by=SARI, request_id="add")
    assert (added.leg, added.legs, added.status) == (1, 2, Status.SERVING)
    assert lobby.add_leg(mine.token, "BN.sim", request_id="add") == added
    assert [(leg.service, leg.counters) for leg in lobby.counter_view("1").way] == [
        ("DK.ktp", ()),
        ("BN.sim", ()),
    ]
    lobby.open_counter("3")
    assert lobby.counter_view("1").way[1].counters == (3,)
    for service in ("BN.sim", "DK.ktp"):
        with pytest.raises(JourneyRefused) as refused:
            lobby.add_leg("DK 001", service)
        assert refused.value.data["reason"] == "has_leg"
    with pytest.raises(UnknownService):
        lobby.add_leg("DK 001", "DK.none")
    with pytest.raises(UnknownTicket):
        lobby.add_leg("DK 999", "BN.sim")
    assert lobby.complete("1").onward is not None
    assert serve(lobby, "3", "DK 001").onward is None
    assert kinds(lobby, "DK 001")[-1] == "completed"  # steps that staff added are no journey


def test_a_plain_ticket_becomes_a_journey_and_does_nothing_twice(lobby: Lobby, ask: Requests) -> None:
    mine = lobby.issue("DK.kk", request_id=ask())
    made = lobby.make_journey("DK 001", "pindah", by=SARI, request_id="make")
    assert (made.label, made.leg, made.legs, made.journey) == ("DK 001", 1, 3, "pindah")
    assert lobby.make_journey("DK 001", "pindah", request_id="make") == made
    assert way(lobby, mine.token) == [("DK.kk", "waiting"), ("DK.ktp", ""), ("BN.sim", "")]
    begun = lobby.ticket_story("DK 001").events[-1]
    assert (begun.kind, begun.staff) == ("journey_begun", "sari")
    assert begun.data["services"] == ["DK.kk", "DK.ktp", "BN.sim"]
    for journey, error in (("pindah", JourneyRefused), ("bebas", JourneyRefused), ("no", UnknownJourney)):
        with pytest.raises(error):
            lobby.make_journey("DK 001", journey)
    for counter in ("2", "1", "3"):
        serve(lobby, counter, "DK 001")
    assert kinds(lobby, "DK 001")[-1] == "journey_ended"


def test_a_ticket_that_wants_all_of_a_journey_already_does_not_become_one(
    lobby: Lobby, ask: Requests
) -> None:
    lobby.issue("DK.ktp", request_id=ask())
    for service in ("DK.kk", "BN.sim"):
        lobby.add_leg("DK 001", service)
    with pytest.raises(JourneyRefused) as refused:
        lobby.make_journey("DK 001", "pindah")
    assert refused.value.data["reason"] == "nothing_to_add"


def test_a_step_whose_agency_leaves_before_its_time_is_lost_and_the_rest_goes_on(
    lobby: Lobby, ask: Requests
) -> None:
    mine = lobby.start_journey("pindah", request_id=ask())
    serve(lobby, "1", "DK 001")
    lobby.add_staff("ibu", "Ibu", "2946", "supervisor")
    lobby.skip_leg(mine.token, "DK.kk")
    last = lobby.issue("DK.ktp", request_id=ask())
    lobby.make_journey(last.token, "pindah")
    lobby.agency_leaves("DK", reason="rapat", by=Actor(staff="ibu"), request_id=ask())
    status = lobby.visit_status(last.token)
    assert (status.ticket.service, status.ticket.status) == ("BN.sim", Status.WAITING)
    for label in ("DK 001", "DK 002"):
        serve(lobby, "3", label)
    ended = [event.data["whole"] for event in lobby.events_after(0, 500) if event.kind == "journey_ended"]
    assert ended == [True, False]


def test_a_no_show_ends_the_visit_and_restoring_brings_its_whole_way_back(
    lobby: Lobby, ask: Requests
) -> None:
    mine = lobby.start_journey("pindah", request_id=ask())
    lobby.call_next("1")
    lobby.no_show("1")
    assert lobby.ticket_story("DK 001").left_at is not None
    with pytest.raises(JourneyRefused):
        lobby.add_leg("DK 001", "DK.kk")
    lobby.restore("DK 001")
    assert way(lobby, mine.token) == [("DK.ktp", "waiting"), ("DK.kk", ""), ("BN.sim", "")]
    assert lobby.ticket_story("DK 001").left_at is None
    assert serve(lobby, "1", "DK 001").onward.leg.service == "DK.kk"


def test_who_cancels_or_stays_until_the_end_of_the_day_gives_up_the_whole_way(
    lobby: Lobby, ask: Requests
) -> None:
    gone = lobby.start_journey("pindah", request_id=ask())
    late = lobby.start_journey("pindah", request_id=ask())
    lobby.cancel(gone.token)
    lobby.close_day()
    for token, status in ((gone.token, "cancelled"), (late.token, "expired")):
        assert way(lobby, token) == [("DK.ktp", status)]
        assert lobby.visit_status(token).over
    assert "journey_ended" not in kinds(lobby, "DK 001") + kinds(lobby, "DK 002")
