"""What the supervisor sees of the announced waits."""

from __future__ import annotations

from datetime import timedelta

from queue_core import Lobby
from queue_core.lobby.reads.accuracy import DAYS
from queue_core.views import AccuracyView
from tests.support.house import Clock, Requests


def _visit(lobby: Lobby, clock: Clock, ask: Requests, minutes: int) -> None:
    lobby.issue("DK.ktp", request_id=ask())
    clock.forward(minutes=minutes)
    lobby.call_next("1")
    lobby.start("1")
    lobby.complete("1")


def test_the_last_days_are_told_line_by_line_and_older_ones_no_more(
    lobby: Lobby, clock: Clock, ask: Requests
) -> None:
    assert lobby.queues().accuracy == ()
    lobby.open_counter("1")
    first = clock.now.date()
    _visit(lobby, clock, ask, 2)
    assert lobby.queues().accuracy == (AccuracyView(first, "DK.ktp", told=1, kept=1, sooner=0),)
    clock.forward(days=1)
    lobby.open_counter("1")
    _visit(lobby, clock, ask, 90)
    second = first + timedelta(days=1)
    assert lobby.queues().accuracy == (
        AccuracyView(second, "DK.ktp", told=1, kept=0, sooner=0),
        AccuracyView(first, "DK.ktp", told=1, kept=1, sooner=0),
    )
    clock.forward(days=DAYS - 1)
    assert [row.business_date for row in lobby.queues().accuracy] == [second]


def test_seconds_past_the_announced_range_are_not_cut_off(lobby: Lobby, clock: Clock, ask: Requests) -> None:
    lobby.open_counter("1")
    lobby.issue("DK.ktp", request_id=ask())  # "at once": kept within five minutes
    clock.forward(minutes=5, seconds=59)
    lobby.call_next("1")
    (row,) = lobby.queues().accuracy
    assert (row.told, row.kept, row.sooner) == (1, 0, 0)
