"""What the hall, a counter and the supervisor see."""

from __future__ import annotations

import pytest

from queue_core import Lobby
from queue_core.errors import UnknownCounter
from queue_core.lifecycle import Status
from tests.support.house import Clock, Requests


def labels(tickets: object) -> list[str]:
    return [ticket.label for ticket in tickets]  # type: ignore[attr-defined]


# ----------------------------------------------------------------------------- the hall


def test_the_board_shows_the_newest_calls_first(lobby: Lobby, clock: Clock, ask: Requests) -> None:
    for service in ("DK.ktp", "DK.kk", "BN.sim", "BN.sim"):
        lobby.issue(service, request_id=ask())
    for counter in ("1", "2", "3"):
        lobby.call_next(counter)
        clock.forward(seconds=10)
    board = lobby.board(last=2)
    assert [(call.label, call.counter, call.counter_number) for call in board.calls] == [
        ("BN 001", "3", 3),
        ("DK 002", "2", 2),
    ]
    assert board.waiting == 1


def test_a_call_repeated_moves_to_the_top_of_the_board(lobby: Lobby, clock: Clock, ask: Requests) -> None:
    lobby.issue("DK.ktp", request_id=ask())
    lobby.issue("BN.sim", request_id=ask())
    lobby.call_next("1")
    clock.forward(seconds=10)
    lobby.call_next("3")
    again = clock.forward(seconds=10)
    lobby.recall("1")
    first = lobby.board().calls[0]
    assert (first.label, first.calls, first.called_at) == ("DK 001", 2, again)


def test_the_board_is_empty_in_the_morning(lobby: Lobby, clock: Clock, ask: Requests) -> None:
    lobby.issue("DK.ktp", request_id=ask())
    lobby.call_next("1")
    clock.forward(days=1)
    assert (lobby.board().calls, lobby.board().waiting) == ((), 0)


def test_events_are_read_on_from_a_cursor_without_a_gap(lobby: Lobby, ask: Requests) -> None:
    start = lobby.board().seq
    for _ in range(5):
        lobby.issue("DK.ktp", request_id=ask())
    first = lobby.events_after(start, limit=2)
    rest = lobby.events_after(first[-1].seq)
    assert [event.seq for event in (*first, *rest)] == list(range(start + 1, start + 6))
    assert lobby.board().seq == start + 5
    assert lobby.events_after(start + 5) == ()


# ----------------------------------------------------------------------------- a counter


def test_a_counter_sees_who_waits_in_the_order_of_its_calls(
    lobby: Lobby, clock: Clock, ask: Requests
) -> None:
    for service, priority in [
        ("DK.ktp", False),
        ("BN.sim", False),
        ("DK.ktp", True),
        ("DK.kk", False),
        ("BN.sim", True),
        ("DK.ktp", True),
    ]:
        lobby.issue(service, request_id=ask(), priority=priority)
        clock.forward(seconds=1)
    clock.forward(minutes=31)
    view = lobby.counter_view("2")
    expected = labels(view.waiting)
    assert view.waiting_count == 6
    called = []
    while (ticket := lobby.call_next("2")) is not None:
        called.append(ticket.label)
        lobby.start("2")
    assert expected == called


def test_a_counter_sees_only_the_lines_that_it_serves(lobby: Lobby, ask: Requests) -> None:
    for service in ("DK.ktp", "DK.kk", "BN.sim"):
        lobby.issue(service, request_id=ask())
    assert labels(lobby.counter_view("3").waiting) == ["BN 001"]
    assert [service.id for service in lobby.counter_view("2").services] == ["DK.ktp", "DK.kk", "BN.sim"]


def test_places_are_counted_in_the_line_of_each_service(lobby: Lobby, ask: Requests) -> None:
    for service in ("DK.ktp", "DK.kk", "DK.ktp", "BN.sim"):
        lobby.issue(service, request_id=ask())
    waiting = lobby.counter_view("2").waiting
    assert [(ticket.service, ticket.position) for ticket in waiting] == [
        ("DK.ktp", 1),
        ("DK.kk", 1),
        ("DK.ktp", 2),
        ("BN.sim", 1),
    ]
    assert all(lobby.find(ticket.label).position == ticket.position for ticket in waiting)


def test_a_counter_shows_fifty_and_counts_all(lobby: Lobby, ask: Requests) -> None:
    for _ in range(52):
        lobby.issue("DK.ktp", request_id=ask())
    view = lobby.counter_view("1")
    assert (len(view.waiting), view.waiting_count, view.waiting[49].position) == (50, 52, 50)


def test_a_counters_day(lobby: Lobby, clock: Clock, ask: Requests) -> None:
    for _ in range(4):
        lobby.issue("DK.ktp", request_id=ask())
    lobby.call_next("1")
    lobby.start("1")
    lobby.complete("1")
    lobby.call_next("1")
    lobby.hold("1", reason="fotokopi")
    lobby.call_next("1")
    lobby.no_show("1")
    opened = lobby.counter_view("1")
    assert (labels(opened.held), labels(opened.missed), opened.done_today) == (["DK 002"], ["DK 003"], 1)
    assert (opened.held[0].reason, opened.counter.state, opened.counter.current) == ("fotokopi", "open", None)
    lobby.call_next("1")
    now = lobby.counter_view("1").counter
    assert now.current is not None
    assert (now.current.label, now.current.status, now.agency, now.last_action_at) == (
        *("DK 004", Status.CALLED, "DK", clock.now),
    )
    assert lobby.counter_view("2").done_today == 0
    assert labels(lobby.counter_view("2").missed) == ["DK 003"]  # it serves that line as well


def test_a_counter_that_is_none_is_unknown(lobby: Lobby) -> None:
    with pytest.raises(UnknownCounter) as refusal:
        lobby.counter_view("33")
    assert refusal.value.data == {"counter": "33", "nearest": "3"}


# ----------------------------------------------------------------------------- the supervisor


def test_the_supervisor_sees_each_line_and_its_day(lobby: Lobby, clock: Clock, ask: Requests) -> None:
    for number in range(6):
        lobby.issue("DK.kk", request_id=ask(), priority=number == 5)
    clock.forward(minutes=4)
    lobby.call_next("2")  # the priority visitor, after four minutes
    lobby.start("2")
    clock.forward(minutes=6)
    lobby.call_next("2")  # one is completed, one called after ten minutes
    lobby.no_show("2")
    lobby.cancel("DK 002")
    lobby.call_next("2")
    lobby.start("2")
    lobby.transfer("2", "DK.ktp")
    clock.forward(minutes=6)
    lines = {line.service: line for line in lobby.queues().queues}
    kk = lines["DK.kk"]
    assert (kk.waiting, kk.waiting_priority, kk.serving, kk.held) == (2, 0, 0, 0)
    assert (kk.issued, kk.completed, kk.no_show, kk.cancelled, kk.transferred) == (6, 1, 1, 1, 1)
    assert (kk.longest_wait, kk.average_wait) == (16 * 60, (4 + 10 + 10) * 60 // 3)
    assert (kk.over_limit, kk.target_minutes, kk.open_counters) == (2, 15, 1)
    assert (lines["DK.ktp"].waiting, lines["BN.sim"].issued, lines["BN.sim"].average_wait) == (1, 0, 0)


def test_the_supervisor_sees_who_is_late_worst_first(lobby: Lobby, clock: Clock, ask: Requests) -> None:
    lobby.issue("DK.ktp", request_id=ask())  # late after 30 minutes
    clock.forward(minutes=10)
    lobby.issue("DK.kk", request_id=ask())  # late after 15
    lobby.issue("BN.sim", request_id=ask())
    clock.forward(minutes=22)
    overview = lobby.queues()
    assert [(ticket.label, ticket.position) for ticket in overview.late] == [("DK 002", 1), ("DK 001", 1)]


def test_the_supervisor_sees_all_counters_and_who_stands_there(lobby: Lobby, ask: Requests) -> None:
    lobby.issue("BN.sim", request_id=ask())
    lobby.call_next("3")
    lobby.open_counter("1")
    lobby.pause_counter("1")
    counters = lobby.queues().counters
    assert [(counter.number, counter.state) for counter in counters] == [
        (1, "paused"),
        (2, "closed"),
        (3, "open"),
    ]
    assert [counter.current.label if counter.current else "" for counter in counters] == ["", "", "BN 001"]


def test_yesterday_is_no_part_of_today(lobby: Lobby, clock: Clock, ask: Requests) -> None:
    lobby.issue("DK.ktp", request_id=ask())
    lobby.issue("DK.ktp", request_id=ask())
    lobby.call_next("1")
    clock.forward(days=1)
    overview = lobby.queues()
    assert {(line.waiting, line.issued, line.longest_wait) for line in overview.queues} == {(0, 0, 0)}
    assert overview.late == ()
