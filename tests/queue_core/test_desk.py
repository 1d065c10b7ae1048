"""What staff do at a counter."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from queue_core import Actor, EventKind, Lobby, Status
from queue_core.errors import (
    CounterBusy,
    CounterIdle,
    CounterPaused,
    IllegalMove,
    Refused,
    ServiceClosed,
    UnknownCounter,
    UnknownTicket,
)
from queue_core.settings import Catalogue
from queue_core.views import EventView, TicketView
from tests.support.house import MORNING, Clock, Requests

SARI = Actor(staff="sari", machine="C1")

pytestmark = pytest.mark.usefixtures("sari")


@pytest.fixture
def wait(lobby: Lobby, ask: Requests, clock: Clock) -> Callable[..., str]:
    """Let somebody take a number, one minute after the one before; returns the label."""

    def come(service: str = "DK.ktp", *, priority: bool = False) -> str:
        clock.forward(minutes=1)
        return lobby.issue(service, request_id=ask(), priority=priority).ticket.label

    return come


def newest(lobby: Lobby, count: int = 1) -> list[EventView]:
    return list(lobby.events_after(0)[-count:])


def state(lobby: Lobby, counter: str) -> str:
    return lobby.counter_view(counter).counter.state


def called_in_order(lobby: Lobby, counter: str, count: int) -> list[str]:
    labels = []
    for _ in range(count):
        called = lobby.call_next(counter)
        assert called is not None
        labels.append(called.label)
        lobby.start(counter)
    return labels


# ----------------------------------------------------------------------------- call next


def test_next_calls_the_first_opens_the_counter_and_says_so(
    lobby: Lobby, wait: Callable[..., str], clock: Clock
) -> None:
    wait()
    clock.forward(minutes=4)
    called = lobby.call_next("1", by=SARI)
    assert called is not None
    assert (called.label, called.status, called.counter, called.calls) == ("DK 001", Status.CALLED, "1", 1)
    assert (called.called_at, called.why) == (clock.now, "order")
    opened, call = newest(lobby, 2)
    assert (opened.kind, call.kind) == (EventKind.COUNTER_OPENED, EventKind.CALLED)
    assert (call.label, call.service, call.counter, call.staff, call.machine) == (
        "DK 001",
        "DK.ktp",
        "1",
        "sari",
        "C1",
    )
    counter = lobby.counter_view("1").counter
    assert (counter.state, counter.staff, counter.last_action_at) == ("open", "sari", clock.now)


def test_an_empty_queue_is_an_answer(lobby: Lobby) -> None:
    assert lobby.call_next("1") is None
    assert state(lobby, "1") == "open"


def test_nobody_is_called_for_a_service_that_the_counter_does_not_take(
    lobby: Lobby, wait: Callable[..., str]
) -> None:
    wait("BN.sim")
    assert lobby.call_next("1") is None
    called = lobby.call_next("2")
    assert called is not None
    assert called.label == "BN 001"


def test_next_completes_the_visitor_who_was_started(
    lobby: Lobby, wait: Callable[..., str], clock: Clock
) -> None:
    wait()
    wait()
    lobby.call_next("1")
    lobby.start("1")
    clock.forward(minutes=7)
    called = lobby.call_next("1")
    assert called is not None
    assert called.label == "DK 002"
    before = lobby.find("DK 001")
    assert (before.status, before.finished_at) == (Status.COMPLETED, clock.now)
    assert [event.kind for event in newest(lobby, 2)] == ["completed", "called"]


def test_next_is_refused_while_a_called_visitor_is_neither_started_nor_marked(
    lobby: Lobby, wait: Callable[..., str]
) -> None:
    wait()
    wait()
    lobby.call_next("1")
    with pytest.raises(CounterBusy) as refused:
        lobby.call_next("1")
    assert refused.value.data == {"counter": "1", "label": "DK 001", "status": "called"}
    assert lobby.find("DK 002").status == Status.WAITING


def test_next_is_refused_on_break(lobby: Lobby, wait: Callable[..., str]) -> None:
    wait()
    lobby.open_counter("1")
    lobby.pause_counter("1")
    with pytest.raises(CounterPaused):
        lobby.call_next("1")


def test_two_counters_never_get_one_visitor(lobby: Lobby, wait: Callable[..., str]) -> None:
    wait()
    assert lobby.call_next("1") is not None
    assert lobby.call_next("2") is None


def test_a_counter_with_several_lines_takes_who_has_waited_longest(
    lobby: Lobby, wait: Callable[..., str]
) -> None:
    labels = [wait("BN.sim"), wait("DK.kk"), wait("BN.sim"), wait("DK.ktp")]
    assert called_in_order(lobby, "2", 4) == labels


def test_priority_visitors_go_first_each_class_in_order(lobby: Lobby, wait: Callable[..., str]) -> None:
    regular = [wait(), wait()]
    priority = [wait(priority=True), wait(priority=True)]
    assert called_in_order(lobby, "1", 4) == priority + regular


def test_at_most_two_priority_visitors_in_a_row_pass_a_late_regular_one(
    lobby: Lobby, wait: Callable[..., str], clock: Clock
) -> None:
    late = wait()
    clock.forward(minutes=31)
    priority = [wait(priority=True) for _ in range(3)]
    assert called_in_order(lobby, "1", 4) == [priority[0], priority[1], late, priority[2]]


def test_a_repeated_next_gives_the_same_visitor(lobby: Lobby, wait: Callable[..., str]) -> None:
    wait()
    wait()
    first = lobby.call_next("1", request_id="press")
    assert lobby.call_next("1", request_id="press") == first
    lobby.start("1")
    again = lobby.call_next("1", request_id="press")
    assert again is not None
    assert (again.label, again.status) == ("DK 001", Status.SERVING)


def test_a_repeated_next_that_found_nobody_completes_nobody_else(
    lobby: Lobby, wait: Callable[..., str]
) -> None:
    wait()
    lobby.call_next("1")
    lobby.start("1")
    assert lobby.call_next("1", request_id="press") is None
    wait()
    assert lobby.call_next("1", request_id="press") is None
    assert lobby.find("DK 002").status == Status.WAITING


# ----------------------------------------------------------------------------- call by label


def test_a_waiting_visitor_can_be_called_out_of_turn(lobby: Lobby, wait: Callable[..., str]) -> None:
    wait()
    wait()
    called = lobby.call("1", "dk-002", reason="sakit")
    assert (called.label, called.why) == ("DK 002", "by_number")
    assert newest(lobby)[0].data == {"why": "by_number", "reason": "sakit"}
    assert lobby.find("DK 001").status == Status.WAITING


def test_a_visitor_who_does_not_wait_cannot_be_called_and_nothing_else_happens(
    lobby: Lobby, wait: Callable[..., str]
) -> None:
    wait()
    wait()
    lobby.cancel("DK 002")
    lobby.call_next("1")
    lobby.start("1")
    seq = lobby.board().seq
    with pytest.raises(IllegalMove):
        lobby.call("1", "DK 002")
    assert lobby.find("DK 001").status == Status.SERVING
    assert lobby.board().seq == seq


def test_an_unknown_label_is_refused(lobby: Lobby) -> None:
    for label in ("DK 009", "XX", ""):
        with pytest.raises(UnknownTicket):
            lobby.call("1", label)


# ----------------------------------------------------------------------------- the visitor at the counter


def test_recall_counts_the_calls_and_keeps_the_end_of_the_wait(
    lobby: Lobby, wait: Callable[..., str], clock: Clock
) -> None:
    wait()
    first = lobby.call_next("1")
    assert first is not None
    clock.forward(seconds=40)
    again = lobby.recall("1")
    assert (again.status, again.calls, again.called_at) == (Status.CALLED, 2, first.called_at)
    assert lobby.board().calls[0].called_at == clock.now
    assert newest(lobby)[0].data == {"calls": 2}


def test_start_and_complete_keep_their_times_and_the_visitor_leaves(
    lobby: Lobby, wait: Callable[..., str], clock: Clock
) -> None:
    wait()
    lobby.call_next("1")
    started = lobby.start("1")
    clock.forward(minutes=9)
    done = lobby.complete("1")
    assert (done.status, done.started_at, done.finished_at) == (
        Status.COMPLETED,
        started.started_at,
        clock.now,
    )
    assert lobby.ticket_story("DK 001").left_at == clock.now
    assert lobby.counter_view("1").counter.current is None


def test_a_no_show_can_be_put_back_at_the_old_place(
    lobby: Lobby, wait: Callable[..., str], clock: Clock
) -> None:
    wait()
    wait()
    lobby.call_next("1")
    missed = lobby.no_show("1")
    assert (missed.status, missed.finished_at) == (Status.NO_SHOW, clock.now)
    assert lobby.ticket_story("DK 001").left_at == clock.now
    clock.forward(minutes=3)
    back = lobby.restore("DK 001")
    assert (back.status, back.counter, back.called_at, back.finished_at, back.calls) == (
        Status.WAITING,
        None,
        None,
        None,
        0,
    )
    assert back.position == 1
    assert lobby.ticket_story("DK 001").left_at is None
    assert called_in_order(lobby, "1", 2) == ["DK 001", "DK 002"]


def test_hold_frees_the_counter_and_resume_calls_to_another(lobby: Lobby, wait: Callable[..., str]) -> None:
    wait()
    wait()
    lobby.call_next("1")
    lobby.start("1")
    held = lobby.hold("1", reason="fotokopi")
    assert (held.status, held.reason, held.counter) == (Status.HELD, "fotokopi", "1")
    assert called_in_order(lobby, "1", 1) == ["DK 002"]
    with pytest.raises(CounterBusy):
        lobby.resume("1", "DK 001")
    resumed = lobby.resume("2", "DK 001", by=SARI)
    assert (resumed.status, resumed.counter, resumed.calls) == (Status.CALLED, "2", 2)
    assert state(lobby, "2") == "open"


def test_resume_is_refused_on_break(lobby: Lobby, wait: Callable[..., str]) -> None:
    wait()
    lobby.call_next("1")
    lobby.hold("1")
    lobby.pause_counter("1")
    with pytest.raises(CounterPaused):
        lobby.resume("1", "DK 001")


@pytest.mark.parametrize("started", [False, True])
def test_transfer_keeps_the_label_and_the_time_of_waiting(
    lobby: Lobby, wait: Callable[..., str], clock: Clock, *, started: bool
) -> None:
    wait()
    wait("BN.sim")
    lobby.call_next("1")
    if started:
        lobby.start("1")
    clock.forward(minutes=5)
    new = lobby.transfer("1", "bn.sim")
    assert (new.label, new.service, new.leg, new.legs, new.status) == (
        "DK 001",
        "BN.sim",
        2,
        2,
        Status.WAITING,
    )
    assert new.waiting_since == MORNING + timedelta(minutes=1)
    assert new.due_at == new.waiting_since + timedelta(minutes=30)
    old, _ = lobby.ticket_story("DK 001").tickets
    assert (old.status, old.finished_at) == (Status.TRANSFERRED, clock.now)
    assert called_in_order(lobby, "3", 2) == ["DK 001", "BN 001"]


def test_a_repeated_transfer_gives_the_same_new_leg(lobby: Lobby, wait: Callable[..., str]) -> None:
    wait()
    lobby.call_next("1")
    new = lobby.transfer("1", "BN.sim", request_id="press")
    assert lobby.transfer("1", "BN.sim", request_id="press") == new
    assert len(lobby.ticket_story("DK 001").tickets) == 2


def test_nobody_is_transferred_to_a_service_that_was_closed_for_good(
    lobby: Lobby, wait: Callable[..., str], catalogue: Catalogue
) -> None:
    wait()
    lobby.call_next("1")
    raw = catalogue.model_dump()
    raw["agency"][0]["service"].pop(1)
    lobby.apply_catalogue(Catalogue.model_validate({**raw, "journey": []}))
    with pytest.raises(ServiceClosed):
        lobby.transfer("1", "DK.kk")
    assert lobby.find("DK 001").status == Status.CALLED


# ----------------------------------------------------------------------------- journeys


def test_the_next_leg_of_a_journey_begins_in_the_moment_the_one_before_is_done(
    lobby: Lobby, ask: Requests, clock: Clock
) -> None:
    lobby.start_journey("pindah", request_id=ask())
    clock.forward(minutes=10)
    lobby.call_next("1")
    lobby.start("1")
    done = lobby.complete("1")
    assert (done.leg, done.status) == (1, Status.COMPLETED)
    following = lobby.find("DK 001")
    assert (following.leg, following.service, following.status) == (2, "DK.kk", Status.WAITING)
    assert following.joined_at == clock.now
    assert lobby.ticket_story("DK 001").left_at is None
    assert [event.kind for event in newest(lobby, 2)] == ["completed", "leg_begun"]


def test_a_journey_is_walked_to_its_end(lobby: Lobby, ask: Requests) -> None:
    lobby.start_journey("pindah", request_id=ask())
    for _ in range(3):
        lobby.call_next("2")
        lobby.start("2")
        lobby.complete("2")
    story = lobby.ticket_story("DK 001")
    assert [ticket.service for ticket in story.tickets] == ["DK.ktp", "DK.kk", "BN.sim"]
    assert story.left_at is not None
    assert lobby.call_next("2") is None


def test_a_transfer_to_a_planned_step_brings_it_forward_and_another_is_one_more(
    lobby: Lobby, ask: Requests
) -> None:
    lobby.start_journey("pindah", request_id=ask())
    lobby.call_next("1")
    new = lobby.transfer("1", "BN.sim")
    assert (new.leg, new.legs, new.service) == (2, 3, "BN.sim")
    lobby.call_next("3")
    once_more = lobby.transfer("3", "DK.ktp")
    assert (once_more.leg, once_more.legs) == (3, 4)
    for _ in range(2):
        lobby.call_next("2")
        lobby.start("2")
        lobby.complete("2")
    services = [ticket.service for ticket in lobby.ticket_story("DK 001").tickets]
    assert services == ["DK.ktp", "BN.sim", "DK.ktp", "DK.kk"]


def test_a_cancelled_journey_begins_no_further_leg(lobby: Lobby, ask: Requests) -> None:
    token = lobby.start_journey("pindah", request_id=ask()).token
    lobby.cancel("DK 001")
    assert lobby.visit_status(token).over


# ----------------------------------------------------------------------------- the counter itself


def test_opening_an_open_counter_changes_nothing_unless_somebody_else_does(lobby: Lobby) -> None:
    lobby.open_counter("1", by=SARI)
    seq = lobby.board().seq
    lobby.open_counter("1", by=SARI)
    lobby.open_counter("1")
    assert lobby.board().seq == seq
    lobby.open_counter("1", by=Actor(staff="budi"))
    assert lobby.counter_view("1").counter.staff == "budi"
    assert newest(lobby)[0].kind == EventKind.COUNTER_OPENED


def test_a_break_says_until_when_and_ends_by_opening(lobby: Lobby, clock: Clock) -> None:
    lobby.open_counter("1", by=SARI)
    back = clock.now + timedelta(minutes=15)
    lobby.pause_counter("1", back_at=back)
    counter = lobby.counter_view("1").counter
    assert (counter.state, counter.back_at, counter.staff) == ("paused", back, "sari")
    seq = lobby.board().seq
    lobby.pause_counter("1", back_at=back)
    assert lobby.board().seq == seq
    lobby.open_counter("1")
    counter = lobby.counter_view("1").counter
    assert (counter.state, counter.back_at, counter.staff) == ("open", None, "sari")


def test_closing_sends_staff_home_and_a_closed_counter_stays_closed_without_an_event(lobby: Lobby) -> None:
    lobby.open_counter("1", by=SARI)
    lobby.close_counter("1")
    counter = lobby.counter_view("1").counter
    assert (counter.state, counter.staff) == ("closed", "")
    seq = lobby.board().seq
    lobby.close_counter("1")
    assert lobby.board().seq == seq


@pytest.mark.parametrize("started", [False, True])
@pytest.mark.parametrize("verb", ["pause_counter", "close_counter"])
def test_a_counter_with_a_visitor_neither_pauses_nor_closes(
    lobby: Lobby, wait: Callable[..., str], verb: str, *, started: bool
) -> None:
    wait()
    lobby.call_next("1")
    if started:
        lobby.start("1")
    with pytest.raises(CounterBusy) as refused:
        getattr(lobby, verb)("1")
    assert refused.value.data["label"] == "DK 001"
    assert state(lobby, "1") == "open"


@pytest.mark.parametrize("verb", ["open_counter", "pause_counter", "close_counter", "call_next", "recall"])
@pytest.mark.parametrize("counter", ["4", "x", "-1", "", "0"])
def test_an_unknown_counter_is_refused(lobby: Lobby, verb: str, counter: str) -> None:
    with pytest.raises(UnknownCounter):
        getattr(lobby, verb)(counter)


@pytest.mark.parametrize("verb", ["recall", "start", "complete", "no_show", "hold"])
def test_a_verb_without_a_visitor_has_no_object(lobby: Lobby, verb: str) -> None:
    with pytest.raises(CounterIdle) as refused:
        getattr(lobby, verb)("1")
    assert refused.value.data == {"counter": "1", "action": verb}


def test_a_repeated_command_at_the_counter_happens_once(lobby: Lobby, wait: Callable[..., str]) -> None:
    wait()
    verbs: tuple[tuple[str, Callable[[str], object]], ...] = (
        ("open", lambda request: lobby.open_counter("1", request_id=request)),
        ("next", lambda request: lobby.call_next("1", request_id=request)),
        ("recall", lambda request: lobby.recall("1", request_id=request)),
        ("start", lambda request: lobby.start("1", request_id=request)),
        ("hold", lambda request: lobby.hold("1", request_id=request)),
        ("resume", lambda request: lobby.resume("1", "DK 001", request_id=request)),
        ("no_show", lambda request: lobby.no_show("1", request_id=request)),
        ("restore", lambda request: lobby.restore("DK 001", request_id=request)),
        ("call", lambda request: lobby.call("1", "DK 001", request_id=request)),
        ("cancel", lambda request: lobby.cancel("DK 001", request_id=request)),
        ("pause", lambda request: lobby.pause_counter("1", request_id=request)),
        ("close", lambda request: lobby.close_counter("1", request_id=request)),
    )
    for request, verb in verbs:
        first = verb(request)
        seq = lobby.board().seq
        assert verb(request) == first, request
        assert lobby.board().seq == seq, request


# ----------------------------------------------------------------------------- the table of moves

MOVES_AT_THE_COUNTER: dict[str, Callable[[Lobby], TicketView]] = {
    "call": lambda lobby: lobby.call("2", "DK 001"),
    "recall": lambda lobby: lobby.recall("1"),
    "start": lambda lobby: lobby.start("1"),
    "complete": lambda lobby: lobby.complete("1"),
    "no_show": lambda lobby: lobby.no_show("1"),
    "hold": lambda lobby: lobby.hold("1"),
    "resume": lambda lobby: lobby.resume("2", "DK 001"),
    "transfer": lambda lobby: lobby.transfer("1", "BN.sim"),
    "give_up": lambda lobby: lobby.no_show("1", label="DK 001"),
    "restore": lambda lobby: lobby.restore("DK 001"),
    "cancel": lambda lobby: lobby.cancel("DK 001"),
}
WAYS_TO: dict[Status, tuple[str, ...]] = {
    Status.WAITING: (),
    Status.CALLED: ("next",),
    Status.SERVING: ("next", "start"),
    Status.HELD: ("next", "hold"),
    Status.COMPLETED: ("next", "start", "complete"),
    Status.NO_SHOW: ("next", "no_show"),
    Status.CANCELLED: ("cancel",),
}
LEGAL = {
    Status.WAITING: {"call", "cancel"},
    Status.CALLED: {"recall", "start", "no_show", "hold", "transfer", "give_up", "cancel"},
    Status.SERVING: {"complete", "hold", "transfer"},
    Status.HELD: {"resume", "give_up", "cancel"},
    Status.COMPLETED: set[str](),
    Status.NO_SHOW: {"restore"},
    Status.CANCELLED: set[str](),
}


@pytest.mark.parametrize("move", MOVES_AT_THE_COUNTER)
@pytest.mark.parametrize("status", WAYS_TO)
def test_each_verb_does_what_the_table_of_moves_allows_and_else_changes_nothing(
    lobby: Lobby, wait: Callable[..., str], status: Status, move: str
) -> None:
    wait()
    for step in WAYS_TO[status]:
        lobby.call_next("1") if step == "next" else MOVES_AT_THE_COUNTER[step](lobby)
    assert lobby.find("DK 001").status == status
    seq = lobby.board().seq
    if move in LEGAL[status]:
        MOVES_AT_THE_COUNTER[move](lobby)
        assert lobby.board().seq > seq
    else:
        with pytest.raises(Refused):
            MOVES_AT_THE_COUNTER[move](lobby)
        assert (lobby.find("DK 001").status, lobby.board().seq) == (status, seq)
