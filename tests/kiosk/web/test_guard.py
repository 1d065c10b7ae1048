"""Who may ask."""

from __future__ import annotations

import pytest
from starlette.requests import Request

from kiosk.web import guard
from kiosk.web.guard import Guesses, address_of, is_operator


def request(client: str = "127.0.0.1", **headers: str) -> Request:
    pairs = [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]
    return Request({"type": "http", "client": (client, 1), "headers": pairs})


@pytest.mark.parametrize(
    ("asked", "token", "allowed"),
    [
        (request(), "", True),
        (request("::1"), "", True),
        (request("10.0.0.9"), "", False),
        (request(x_forwarded_for="10.0.0.9"), "", False),
        (request(forwarded="for=10.0.0.9"), "", False),
        (request("10.0.0.9", authorization="Bearer right"), "right", True),
        (request("10.0.0.9", authorization="Bearer wrong"), "right", False),
        (request(authorization="Bearer wrong"), "right", False),
        (request("10.0.0.9", authorization="Bearer "), "", False),
        (request(), "right", True),
        (request("testclient"), "", False),
    ],
)
def test_the_operator_is_this_computer_or_who_has_the_token(
    asked: Request, token: str, allowed: bool
) -> None:
    assert is_operator(asked, token) is allowed


def test_guesses_are_counted_by_the_minute() -> None:
    now = [0.0]
    guesses = Guesses(2, seconds=lambda: now[0])
    for _ in range(2):
        assert guesses.may_look("a")
        guesses.missed("a")
    assert not guesses.may_look("a")
    assert guesses.may_look("b")
    now[0] = 61.0
    assert guesses.may_look("a")


def test_a_note_is_taken_back_when_the_link_was_right() -> None:
    guesses = Guesses(1)
    for _ in range(3):
        assert guesses.may_look("a")
        guesses.missed("a")
        assert not guesses.may_look("a")
        guesses.found("a")
    assert len(guesses) == 0


def test_many_addresses_take_no_more_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guard, "MOST_ADDRESSES", 100)
    guesses = Guesses(5)
    for number in range(1000):
        guesses.missed(str(number))
    assert len(guesses) == 100


@pytest.mark.parametrize(
    ("client", "address"),
    [
        ("10.0.0.9", "10.0.0.9"),
        ("2001:db8:1:2:3:4:5:6", "2001:0db8:0001:0002"),
        ("2001:db8:1:2:ffff::1", "2001:0db8:0001:0002"),
        ("::ffff:10.0.0.9", "10.0.0.9"),
        ("unix", "unix"),
    ],
)
def test_a_phone_is_its_address_or_its_network(client: str, address: str) -> None:
    assert address_of(request(client)) == address
