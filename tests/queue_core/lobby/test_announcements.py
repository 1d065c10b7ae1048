"""A call is spoken once, by one board."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

from sqlalchemy import select

from queue_core import Lobby, Store
from queue_core.lobby.tables import ANNOUNCEMENT
from tests.support.house import Clock


def test_the_first_board_speaks_and_no_other(lobby: Lobby) -> None:
    assert lobby.claim_announcement(7, "B1")
    assert not lobby.claim_announcement(7, "B2")


def test_a_board_that_was_restarted_does_not_speak_again(lobby: Lobby) -> None:
    assert lobby.claim_announcement(7, "B1")
    assert not lobby.claim_announcement(7, "B1")


def test_each_call_is_claimed_by_itself(lobby: Lobby) -> None:
    assert lobby.claim_announcement(7, "B1")
    assert lobby.claim_announcement(8, "B2")


def test_of_many_boards_at_once_one_speaks(lobby: Lobby) -> None:
    with ThreadPoolExecutor(8) as boards:
        won = list(boards.map(lambda board: lobby.claim_announcement(7, f"B{board}"), range(8)))
    assert won.count(True) == 1


def test_a_claim_is_no_event_of_the_site(lobby: Lobby) -> None:
    before = lobby.board().seq
    lobby.claim_announcement(7, "B1")
    assert lobby.board().seq == before


def test_claims_are_erased_after_a_day(lobby: Lobby, store: Store, clock: Clock) -> None:
    lobby.claim_announcement(7, "B1")
    clock.forward(days=1, seconds=1)
    lobby.claim_announcement(8, "B1")
    with store.read() as connection:
        assert list(connection.scalars(select(ANNOUNCEMENT.c.seq))) == [8]
