"""How many statements a command takes: one more is a journey to the server more, and is put in by intent or not at all."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import Any

from sqlalchemy import event, update

from queue_core import Lobby, Store
from queue_core.lifecycle import Action
from queue_core.lobby.heads import read_heads
from queue_core.lobby.moves import move
from queue_core.lobby.tables import VISIT
from queue_core.lobby.tickets import at_counter, by_id, read_head
from tests.support.house import SITE, Clock, Requests


def executed(store: Store, act: Callable[[], object]) -> Counter[str]:
    """The statements of an action by their first word, but for the lock, which SQLite keeps beside the file."""
    counted: Counter[str] = Counter()
    engine = store.engine()

    def note(*given: Any) -> None:
        sql = str(given[2])
        counted["lock" if "FOR NO KEY UPDATE" in sql else sql.split(None, 1)[0]] += 1

    event.listen(engine, "before_cursor_execute", note)
    try:
        act()
    finally:
        event.remove(engine, "before_cursor_execute", note)
    assert counted.pop("lock", 0) == (0 if store.is_sqlite else 1)
    return counted


def test_a_number_takes_nine_statements(lobby: Lobby, store: Store, ask: Requests) -> None:
    """Three to look: the site, the lines, the counters. Six to write: series, visit, ticket, slip, event, site."""
    lobby.open_counter("1")
    lobby.issue("DK.ktp", request_id=ask(), printer="K1")
    seen = executed(store, lambda: lobby.issue("DK.ktp", request_id=ask(), printer="K1"))
    assert seen == {"SELECT": 3, "INSERT": 4, "UPDATE": 2}


def test_a_call_and_a_start(lobby: Lobby, store: Store, ask: Requests) -> None:
    for _ in range(3):
        lobby.open_counter("1")
        lobby.issue("DK.ktp", request_id=ask())
    lobby.call_next("1", request_id=ask())
    lobby.start("1", request_id=ask())
    called = executed(store, lambda: lobby.call_next("1", request_id=ask()))
    started = executed(store, lambda: lobby.start("1", request_id=ask()))
    assert called == {
        "SELECT": 4,
        "UPDATE": 6,
        "INSERT": 2,
    }  # it completes the one before, and a wait teaches
    assert started == {"SELECT": 2, "UPDATE": 3, "INSERT": 1}


def test_the_head_of_a_line_is_read_whole_whether_its_token_is_known_or_not(
    lobby: Lobby, store: Store, ask: Requests
) -> None:
    """A number of a kiosk that is cut off has no token here, so that the small index of tokens does not hold its visit."""
    lobby.open_counter("1")
    visits = [lobby.issue("DK.ktp", request_id=ask()).ticket.visit_id for _ in range(2)]
    with store.write(SITE) as connection:
        connection.execute(update(VISIT).where(VISIT.c.visit_id == visits[1]).values(token=visits[1]))
    for visit in visits:
        with lobby.turn() as turn:
            (head,) = read_heads(turn.connection, SITE, turn.today, 1)
            read = read_head(turn, head)
            known = by_id(turn.connection, SITE, head.ticket)
            assert read.visit_id == visit
            assert read._mapping == {**known._mapping, "cases": None}
        called = lobby.call_next("1")
        assert called is not None
        assert called.visit_id == visit
        lobby.start("1")


def test_a_ticket_that_moved_is_known_without_being_read(lobby: Lobby, ask: Requests) -> None:
    lobby.issue("DK.ktp", request_id=ask())
    lobby.call_next("1")
    with lobby.turn("complete") as turn:
        here = at_counter(turn.connection, SITE, 1)
        assert here is not None
        served = move(turn, here, Action.START, started_at=turn.now)
        told = dict(served._mapping)
        read = by_id(turn.connection, SITE, here.ticket_id)
        assert {name: told[name] for name in read._fields} == dict(read._mapping)


def test_a_line_of_any_length_is_read_by_the_same_few_statements(
    lobby: Lobby, store: Store, clock: Clock, ask: Requests
) -> None:
    """The driver keeps each text that it was ever given: a screen open for a day must not come to a hundred of them."""
    for _ in range(21):
        lobby.issue("DK.ktp", request_id=ask())
    clock.forward(hours=2)  # past the promise, so that the supervisor sees each of them
    lobby.open_counter("1")
    texts: set[str] = set()
    came_with = []
    with lobby.look() as look:
        engine = look.connection.engine
    for waiting in range(20, 0, -1):
        lobby.call_next("1")
        lobby.start("1")
        lobby.complete("1")
        seen: set[str] = set()

        def note(*given: Any, seen: set[str] = seen) -> None:
            seen.add(str(given[2]))

        event.listen(engine, "before_cursor_execute", note)
        try:
            assert len(lobby.counter_view("1").waiting) == waiting
            assert len(lobby.queues().late) == waiting
        finally:
            event.remove(engine, "before_cursor_execute", note)
        came_with += [waiting] if seen - texts else []
        texts |= seen
    assert came_with == [20, 16, 8, 4, 2, 1]
