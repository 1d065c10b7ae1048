"""From what happened to calls: none is missed, however the reading is interrupted."""

from __future__ import annotations

import pytest

from kiosk.board.reading import Reader
from queue_core import Lobby
from queue_core.errors import StoreUnreachable
from tests.support.house import Clock, Requests


def called(lobby: Lobby, ask: Requests, *counters: str) -> None:
    """Somebody comes for each counter and is called at once."""
    for counter in counters:
        lobby.issue("BN.sim" if counter == "3" else "DK.ktp", request_id=ask(), language="en")
        lobby.call_next(counter)
        lobby.start(counter)
        lobby.complete(counter)


def labels(reader: Reader) -> list[str]:
    return [call.label for call in reader.taken()]


def test_two_calls_in_one_moment_are_two_calls(lobby: Lobby, ask: Requests) -> None:
    reader = Reader(lobby, ())
    reader.look()
    called(lobby, ask, "1", "2")
    reader.look()
    assert labels(reader) == ["DK 001", "DK 002"]


def test_a_call_knows_where_to_and_in_which_language(lobby: Lobby, ask: Requests) -> None:
    reader = Reader(lobby, ())
    reader.look()
    called(lobby, ask, "3")
    reader.look()
    (call,) = reader.taken()
    assert (call.counter, call.agency, call.short, call.language) == (3, "BN", "Polri", "en")


def test_each_call_is_told_once(lobby: Lobby, ask: Requests) -> None:
    reader = Reader(lobby, ())
    called(lobby, ask, "1")
    for _ in range(3):
        reader.look()
    assert labels(reader) == ["DK 001"]


def test_a_recall_is_a_call_again(lobby: Lobby, ask: Requests) -> None:
    reader = Reader(lobby, ())
    lobby.issue("DK.ktp", request_id=ask())
    lobby.call_next("1")
    lobby.recall("1")
    reader.look()
    assert [(call.label, call.again) for call in reader.taken()] == [("DK 001", False), ("DK 001", True)]


def test_what_was_called_long_before_the_start_is_known_and_not_new(
    lobby: Lobby, clock: Clock, ask: Requests
) -> None:
    called(lobby, ask, "1", "2")
    clock.forward(minutes=5)
    called(lobby, ask, "3")
    reader = Reader(lobby, ())
    reader.look()
    assert [call.label for call in reader.earlier] == ["DK 001", "DK 002"]
    assert labels(reader) == ["BN 001"]


def test_a_zone_hears_of_its_own_agencies_only(lobby: Lobby, ask: Requests) -> None:
    reader = Reader(lobby, ["BN"])
    called(lobby, ask, "1", "3", "2")
    seen = reader.look()
    assert labels(reader) == ["BN 001"]
    assert [agency.code for agency in seen.agencies] == ["BN"]


def test_a_store_that_fails_in_the_middle_costs_no_call_and_tells_none_twice(
    lobby: Lobby, ask: Requests, monkeypatch: pytest.MonkeyPatch
) -> None:
    reader = Reader(lobby, ())
    reader.look()
    called(lobby, ask, "1")
    with monkeypatch.context() as broken:
        broken.setattr(lobby, "events_after", _unreachable)
        with pytest.raises(StoreUnreachable):
            reader.look()
    called(lobby, ask, "2")
    reader.look()
    assert labels(reader) == ["DK 001", "DK 002"]


def _unreachable(*_: object) -> None:
    raise StoreUnreachable(detail="gone")


def test_more_events_than_one_page_are_all_read(
    lobby: Lobby, ask: Requests, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kiosk.board.reading.PAGE", 3)
    reader = Reader(lobby, ())
    reader.look()
    called(lobby, ask, *"12" * 5)
    reader.look()
    assert labels(reader) == [f"DK {number:03d}" for number in range(1, 11)]
