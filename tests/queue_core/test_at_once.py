"""Threads of one program, and the same request from two places at once."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier
from typing import TypeVar

from sqlalchemy import select

from queue_core import Lobby, open_store
from queue_core.lobby.tables import TICKET
from queue_core.store import Store
from tests.support.crowd import lobby_of
from tests.support.house import SITE, Requests

Answer = TypeVar("Answer")


def at_once(count: int, work: Callable[[int], Answer]) -> list[Answer]:
    start = Barrier(count)

    def one(who: int) -> Answer:
        start.wait(30)
        return work(who)

    with ThreadPoolExecutor(count) as pool:
        return list(pool.map(one, range(count)))


def test_a_lobby_is_used_by_several_threads(lobby: Lobby) -> None:
    issued = at_once(12, lambda who: lobby.issue("DK.ktp", request_id=f"t{who}").ticket.number)
    assert sorted(issued) == list(range(1, 13))
    seen = at_once(8, lambda _: lobby.queues().queues[0].waiting)
    assert seen == [12] * 8


def test_a_double_tap_on_two_machines_gives_one_ticket(lobby: Lobby, store_url: str, tmp_path: Path) -> None:
    stores = [open_store(store_url, base=tmp_path) for _ in range(6)]
    lobbies = [lobby_of(store, SITE) for store in stores]
    answers = at_once(6, lambda who: lobbies[who].issue("DK.ktp", request_id="tap"))
    for store in stores:
        store.close()
    assert len({answer.ticket.ticket_id for answer in answers}) == 1
    assert sorted(answer.repeated for answer in answers) == [False] + [True] * 5
    assert [event.kind for event in lobby.events_after(0)].count("issued") == 1


def test_two_presses_of_next_with_one_request_call_one_visitor(lobby: Lobby, ask: Requests) -> None:
    for _ in range(3):
        lobby.issue("DK.ktp", request_id=ask())
    called = at_once(4, lambda _: lobby.call_next("1", request_id="press"))
    assert {ticket.label for ticket in called if ticket} == {"DK 001"}
    assert None not in called


def test_the_announced_wait_is_kept_to_be_compared_with_the_real_one(
    lobby: Lobby, store: Store, ask: Requests
) -> None:
    lobby.issue("DK.ktp", request_id=ask())
    lobby.open_counter("1")
    told = [lobby.issue("DK.ktp", request_id=ask()).wait for _ in range(2)]
    with store.read() as connection:
        kept = connection.execute(
            select(TICKET.c.wait_low, TICKET.c.wait_high).order_by(TICKET.c.waiting_since, TICKET.c.ticket_id)
        ).all()
    assert [tuple(row) for row in kept] == [(None, None), *((wait.low, wait.high) for wait in told if wait)]
    assert len(kept) == 3
