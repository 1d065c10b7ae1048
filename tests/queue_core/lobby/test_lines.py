"""Who is before whom, counted for a newcomer and played out for all who wait: both must say the same."""

from __future__ import annotations

from itertools import product

import pytest

from queue_core import Lobby
from queue_core.lobby.lines import ahead_of_newcomer, order_of
from queue_core.views import WaitRange
from tests.support.house import Clock, Requests


@pytest.mark.parametrize(
    ("line", "late"), list(product(["", "r", "p", "rrp", "pprrr", "rpprprp", "rrrppppp"], [False, True]))
)
@pytest.mark.parametrize("priority", [False, True])
def test_a_newcomer_is_told_the_place_that_they_get(
    lobby: Lobby, clock: Clock, ask: Requests, line: str, late: bool, priority: bool
) -> None:
    for kind in line:
        lobby.issue("DK.ktp", request_id=ask(), priority=kind == "p")
        clock.forward(seconds=1)
    clock.forward(minutes=31 if late else 0)
    with lobby.look() as look:
        told = ahead_of_newcomer(look, "DK.ktp", priority=priority)
    issued = lobby.issue("DK.ktp", request_id=ask(), priority=priority)
    with lobby.look() as look:
        order = order_of(look, "DK.ktp")
    assert issued.ahead == told == order.index(issued.ticket.ticket_id)
    assert issued.ticket.position == told + 1


def test_the_place_counts_priority_visitors_that_already_went_past(
    lobby: Lobby, clock: Clock, ask: Requests
) -> None:
    lobby.issue("DK.ktp", request_id=ask())
    clock.forward(minutes=31)
    for _ in range(3):
        lobby.issue("DK.ktp", request_id=ask(), priority=True)
    for _ in range(2):
        lobby.call_next("1")
        lobby.start("1")
    newcomer = lobby.issue("DK.ktp", request_id=ask(), priority=True)
    assert newcomer.ahead == 2  # the third of them, and the late regular visitor, who is owed the next call
    lobby.call_next("2")
    assert lobby.find(newcomer.ticket.label).position == 2


def test_no_minutes_are_promised_while_no_counter_is_open(lobby: Lobby, ask: Requests) -> None:
    issued = lobby.issue("DK.ktp", request_id=ask())
    assert (issued.wait, issued.open_counters) == (None, 0)


def test_a_free_counter_means_at_once_and_a_busy_one_does_not(lobby: Lobby, ask: Requests) -> None:
    lobby.open_counter("1")
    first = lobby.issue("DK.ktp", request_id=ask())
    assert (first.wait, first.open_counters) == (WaitRange(0, 0), 1)
    lobby.call_next("1")
    second = lobby.issue("DK.ktp", request_id=ask())
    assert second.wait == WaitRange(0, 10)  # half of ten minutes: 3.9 to 7.5
    third = lobby.issue("DK.ktp", request_id=ask())
    assert third.wait == WaitRange(10, 25)  # 15: 11.6 to 22.5


def test_the_other_lines_of_a_shared_counter_are_waited_for_too(lobby: Lobby, ask: Requests) -> None:
    lobby.open_counter("2")  # takes DK.* and BN.sim
    lobby.issue("BN.sim", request_id=ask())
    lobby.call_next("2")
    for _ in range(2):
        lobby.issue("BN.sim", request_id=ask())
    issued = lobby.issue("DK.kk", request_id=ask())
    assert issued.ahead == 0
    assert issued.wait == WaitRange(25, 50)  # two licences of 15 and half a visit of 5: 32.5


def test_a_look_sees_one_moment_though_others_go_on(lobby: Lobby, ask: Requests) -> None:
    for _ in range(2):
        lobby.issue("DK.ktp", request_id=ask())
    with lobby.look() as look:
        before = order_of(look, "DK.ktp")
        lobby.call_next("1")
        lobby.issue("DK.ktp", request_id=ask())
        assert order_of(look, "DK.ktp") == before
    assert len(before) == 2
