"""A command whose answer was lost is the same command when it is asked for again."""

from __future__ import annotations

import itertools
from collections.abc import Callable

import pytest

from kiosk.shared.again import TRIES, Again
from queue_core.errors import NotAllowed, StoreUnreachable


@pytest.fixture
def again() -> Again:
    """With request_ids 1, 2 …"""
    numbers = itertools.count(1)
    return Again(lambda: str(next(numbers)))


def losing(sent: list[str], times: int) -> Callable[[str], str]:
    """What arrives, and whose answer is lost so many times."""

    def send(request_id: str) -> str:
        sent.append(request_id)
        if len(sent) <= times:
            raise StoreUnreachable(detail="cut")
        return request_id

    return send


def test_it_is_sent_again_under_the_same_id_by_itself_and_by_who_asks_once_more(again: Again) -> None:
    sent: list[str] = []
    with pytest.raises(StoreUnreachable):
        again.once("leave", losing(sent, TRIES))
    assert again.once("leave", losing(sent, TRIES)) == "1"
    assert sent == ["1"] * (TRIES + 1)
    assert again.once("leave", losing([], 0)) == "2", "answered: the next time is another time"


def test_something_else_in_between_or_a_refusal_makes_it_a_new_one(again: Again) -> None:
    with pytest.raises(StoreUnreachable):
        again.once("leave", losing([], TRIES))
    assert again.once("stay", losing([], 0)) == "2"
    assert again.once("leave", losing([], 0)) == "3"

    def refuse(_: str) -> str:
        raise NotAllowed(reason="role")

    with pytest.raises(NotAllowed):
        again.once("leave", refuse)
    assert again.once("leave", losing([], 0)) == "5"
