"""Programs say that they run, sparsely and without an event."""

from __future__ import annotations

from queue_core import Lobby
from queue_core.views import MachineView
from tests.support.house import MORNING, Clock


def test_a_program_is_heard_of_at_most_once_a_minute_and_no_event_tells_of_it(
    lobby: Lobby, clock: Clock
) -> None:
    seq = lobby.board().seq
    assert lobby.counter_view("3").counter.seen_at is None
    lobby.beat("counter:3")
    lobby.beat("board:K1")
    clock.forward(seconds=20)
    lobby.beat("counter:3")
    assert lobby.machines() == (MachineView("board:K1", MORNING), MachineView("counter:3", MORNING))
    now = clock.forward(seconds=40)
    lobby.beat("counter:3")
    assert [each.last_seen for each in lobby.machines()] == [MORNING, now]
    assert lobby.counter_view("3").counter.seen_at == now
    assert [each.seen_at for each in lobby.queues().counters] == [None, None, now]
    assert lobby.board().seq == seq
