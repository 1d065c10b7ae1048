"""Taking back the last action at a counter: everything is as before, and an event says so."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from queue_core import Actor, Lobby, Status
from queue_core.errors import CannotUndo
from queue_core.settings import Catalogue
from tests.support.house import Clock, Requests

SARI = Actor("sari", "C1")

pytestmark = pytest.mark.usefixtures("sari")

WAYS: dict[str, tuple[Callable[[Lobby], object], ...]] = {
    "call": (lambda lobby: lobby.call_next("1"),),
    "call_by_number": (lambda lobby: lobby.call("1", "DK 002"),),
    "recall": (lambda lobby: lobby.call_next("1"), lambda lobby: lobby.recall("1")),
    "start": (lambda lobby: lobby.call_next("1"), lambda lobby: lobby.start("1")),
    "no_show": (lambda lobby: lobby.call_next("1"), lambda lobby: lobby.no_show("1")),
    "hold": (lambda lobby: lobby.call_next("1"), lambda lobby: lobby.hold("1", reason="fotokopi")),
    "resume": (
        lambda lobby: lobby.call_next("1"),
        lambda lobby: lobby.hold("1"),
        lambda lobby: lobby.resume("1", "DK 001"),
    ),
    "give_up": (
        lambda lobby: lobby.call_next("1"),
        lambda lobby: lobby.hold("1"),
        lambda lobby: lobby.no_show("1", label="DK 001"),
    ),
    "complete": (
        lambda lobby: lobby.call_next("1"),
        lambda lobby: lobby.start("1"),
        lambda lobby: lobby.complete("1"),
    ),
    "transfer": (lambda lobby: lobby.call_next("1"), lambda lobby: lobby.transfer("1", "BN.sim")),
    "skip_leg": (lambda lobby: lobby.call_next("1"), lambda lobby: lobby.skip_leg("DK 001", "BN.sim")),
    "add_leg_to_a_plain_one": (
        lambda lobby: lobby.call("1", "DK 002"),
        lambda lobby: lobby.start("1"),
        lambda lobby: lobby.add_leg("DK 002", "BN.sim"),
    ),
    "make_journey": (
        lambda lobby: lobby.call("1", "DK 002"),
        lambda lobby: lobby.make_journey("DK 002", "pindah"),
    ),
    "next_after_a_served_one": (
        lambda lobby: lobby.call_next("1"),
        lambda lobby: lobby.start("1"),
        lambda lobby: lobby.call_next("1"),
    ),
}
"""Each way ends with the action that is taken back."""


def everything(lobby: Lobby) -> object:
    """All that a person can see of the tickets, the plan, the lines and the board."""
    stories = [lobby.ticket_story(label) for label in ("DK 001", "DK 002", "DK 003")]
    return (
        [(story.tickets, story.left_at) for story in stories],
        [lobby.visit_status(story.token).legs for story in stories],
        [[ticket.label for ticket in lobby.line(service)] for service in ("DK.ktp", "DK.kk", "BN.sim")],
        lobby.board().calls,
        lobby.counter_view("1").counter.current,
    )


@pytest.fixture
def hall(lobby: Lobby, ask: Requests, clock: Clock) -> Lobby:
    """A journey and two single visits."""
    lobby.open_counter("1")
    lobby.start_journey("pindah", request_id=ask())
    for _ in range(2):
        clock.forward(minutes=1)
        lobby.issue("DK.ktp", request_id=ask())
    clock.forward(minutes=1)
    return lobby


@pytest.mark.parametrize("way", WAYS)
def test_after_undo_everything_is_as_it_was(hall: Lobby, clock: Clock, way: str) -> None:
    *steps, last = WAYS[way]
    for step in steps:
        step(hall)
        clock.forward(seconds=3)
    before, seq = everything(hall), hall.board().seq
    last(hall)
    after = everything(hall)
    assert after != before
    done = hall.events_after(seq)
    shown = hall.counter_view("1").undo
    assert shown is not None
    clock.forward(seconds=10)
    undone = hall.undo("1", by=SARI, request_id="z")
    assert shown.label == undone.label
    assert everything(hall) == before
    back = hall.events_after(done[-1].seq)
    assert [(each.kind, each.data["undone"], each.label, each.staff) for each in back] == [
        ("undone", each.kind, each.label, "sari") for each in reversed(done)
    ]
    assert hall.undo("1", request_id="z").label == undone.label
    assert hall.counter_view("1").undo is None
    with pytest.raises(CannotUndo) as nothing:
        hall.undo("1")
    assert nothing.value.data == {"counter": "1", "reason": "nothing"}
    last(hall)  # it can be done again, and then looks the same but for the times
    assert hall.find(undone.label).leg == (2 if way in {"complete", "transfer"} else undone.leg)


def test_who_was_passed_is_owed_no_more_for_a_call_that_was_taken_back(
    lobby: Lobby, ask: Requests, clock: Clock
) -> None:
    lobby.issue("DK.ktp", request_id=ask())
    clock.forward(minutes=31)
    for _ in range(3):
        lobby.issue("DK.ktp", request_id=ask(), priority=True)
    for _ in range(5):
        lobby.call_next("1")
        lobby.undo("1")
    called = []
    for _ in range(4):
        ticket = lobby.call_next("1")
        assert ticket is not None
        called.append(ticket.label)
        lobby.start("1")
    assert called == ["DK 002", "DK 003", "DK 001", "DK 004"]


@pytest.mark.parametrize(
    ("policy", "order"),
    [
        ({"rule": "ratio"}, "DK 003, DK 004, DK 001, DK 005, BN 001, DK 002"),
        ({"rule": "arrival", "shares": {"DK.ktp": 2}}, "DK 001, BN 001, DK 002, DK 003, DK 004, DK 005"),
    ],
    ids=["ratio", "shares"],
)
def test_what_a_policy_remembers_of_a_call_is_taken_back_with_it(
    lobby: Lobby, ask: Requests, clock: Clock, catalogue: Catalogue, policy: dict[str, object], order: str
) -> None:
    raw = catalogue.model_dump()
    raw["site"][0]["policy"] = policy
    lobby.apply_catalogue(Catalogue.model_validate(raw))
    for service, first in (("DK.ktp", 0), ("BN.sim", 0), ("DK.ktp", 0), *[("DK.ktp", 1)] * 3):
        lobby.issue(service, request_id=ask(), priority=bool(first))
        clock.forward(seconds=1)
    called = []
    for _ in range(6):
        for _ in range(3):
            lobby.call_next("2")
            lobby.undo("2")
        ticket = lobby.call_next("2")
        assert ticket is not None
        called.append(ticket.label)
        lobby.no_show("2")
    assert ", ".join(called) == order


def test_a_hold_that_has_ended_meanwhile_is_no_longer_taken_back(hall: Lobby, clock: Clock) -> None:
    hall.call_next("1")
    hall.hold("1", until=clock.now + timedelta(seconds=5))
    clock.forward(seconds=7)
    with pytest.raises(CannotUndo) as touched:
        hall.undo("1")
    assert touched.value.data["reason"] == "touched"
    hall.bring_back()
    assert hall.find("DK 001").status is Status.WAITING


def test_a_late_ticket_that_was_put_back_at_a_counter_is_a_no_show_again(hall: Lobby, clock: Clock) -> None:
    hall.call_next("1")
    hall.no_show("1")
    hall.call_next("1")
    clock.forward(seconds=2)
    before = everything(hall)
    hall.restore("DK 001", counter="1", request_id="late")
    hall.restore("DK 001", counter="1", request_id="late")
    shown = hall.counter_view("1").undo
    assert shown is not None
    assert (shown.kind, shown.label) == ("restored", "DK 001")
    assert hall.undo("1").status is Status.NO_SHOW
    assert everything(hall) == before


def test_a_change_of_the_way_is_the_last_action_where_that_visitor_stands(hall: Lobby) -> None:
    """Whoever made it: the counter that has the visitor takes back what was last, and not what was before it."""
    hall.call("1", "DK 002")
    hall.hold("1")
    hall.call_next("2")  # on a journey
    hall.no_show("2", label="DK 002")
    token = hall.ticket_story("DK 001").token
    hall.skip_leg("DK 001", "BN.sim", by=Actor("sari", "desk"))
    assert [leg.gone for leg in hall.visit_status(token).legs] == ["", "", "skipped"]
    assert hall.undo("2").label == "DK 001"
    assert [leg.gone for leg in hall.visit_status(token).legs] == ["", "", ""]
    assert hall.find("DK 002").status is Status.NO_SHOW
    with pytest.raises(CannotUndo):
        hall.undo("2")


def test_a_change_of_the_way_of_somebody_who_waits_is_no_counters_to_take_back(hall: Lobby) -> None:
    hall.add_leg("DK 002", "BN.sim", by=SARI)
    for counter in ("1", "2"):
        with pytest.raises(CannotUndo) as nothing:
            hall.undo(counter, by=SARI)
        assert nothing.value.data["reason"] == "nothing"


def test_a_number_without_paper_that_waits_is_the_last_action(hall: Lobby, ask: Requests) -> None:
    hall.call_next("1")
    hall.walk_in("1", "DK.ktp", request_id=ask())
    with pytest.raises(CannotUndo) as nothing:
        hall.undo("1")
    assert nothing.value.data["reason"] == "nothing"
    assert hall.find("DK 001").status is Status.CALLED


def test_too_late_or_gone_on_with_elsewhere_is_refused(hall: Lobby, clock: Clock) -> None:
    hall.call_next("1")
    clock.forward(seconds=11)
    assert hall.counter_view("1").undo is None
    with pytest.raises(CannotUndo) as late:
        hall.undo("1")
    assert late.value.data == {"counter": "1", "reason": "too_late", "seconds": 10}
    hall.hold("1")
    hall.resume("2", "DK 001")
    with pytest.raises(CannotUndo) as touched:
        hall.undo("1")
    assert touched.value.data == {"counter": "1", "reason": "touched", "label": "DK 001"}
    assert hall.find("DK 001").counter == "2"
    hall.note("DK 001", "berkas lengkap")
    assert hall.undo("2").status is Status.HELD  # a note changes nothing of this


def test_a_break_or_the_end_of_work_is_the_last_action_and_is_ended_by_its_own_key(hall: Lobby) -> None:
    hall.call_next("1")
    hall.no_show("1")
    hall.pause_counter("1")
    with pytest.raises(CannotUndo):
        hall.undo("1")


def test_a_site_may_do_without(hall: Lobby, catalogue: Catalogue) -> None:
    raw = catalogue.model_dump()
    raw["site"][0]["desk"]["undo_seconds"] = 0
    hall.apply_catalogue(Catalogue.model_validate(raw))
    hall.call_next("1")
    with pytest.raises(CannotUndo):
        hall.undo("1")


def test_a_next_step_that_was_begun_and_called_by_one_key_is_taken_back_whole(
    lobby: Lobby, ask: Requests
) -> None:
    """Counter 2 serves the first two steps of the journey; nobody else waits, so that one key ends one and calls the other."""
    label = lobby.start_journey("pindah", request_id=ask()).ticket.label
    lobby.call_next("2")
    lobby.start("2")
    second = lobby.call_next("2")
    assert second is not None
    assert (second.label, second.leg) == (label, 2)
    lobby.undo("2")
    story = lobby.ticket_story(label)
    assert [(ticket.leg, ticket.status.value) for ticket in story.tickets] == [(1, "serving")]
    again = lobby.call_next("2")
    assert again is not None
    assert (again.label, again.leg) == (label, 2)
