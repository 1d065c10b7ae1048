"""The wake-up: it comes when something changed, and only says "look again"."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from queue_core import Feed, Lobby, open_feed, open_store
from queue_core.errors import StoreUnreachable
from tests.support.house import Requests

SOON = 10.0
"""An upper bound for a machine under load; each wait ends as soon as it is told."""


@pytest.fixture
def other(store_url: str, tmp_path: Path, lobby: Lobby) -> Iterator[Feed]:
    """A feed of another program."""
    store = open_store(store_url, base=tmp_path)
    feed = open_feed(store)
    yield feed
    feed.close()
    store.close()


def drained(feed: Feed) -> None:
    """What was committed before may still be told."""
    while feed.wait(0.3):
        pass


def test_a_change_wakes_and_then_there_is_silence(other: Feed, lobby: Lobby, ask: Requests) -> None:
    drained(other)
    lobby.issue("DK.ktp", request_id=ask())
    assert other.wait(SOON)
    drained(other)
    assert not other.wait(0.1)


def test_a_change_while_nobody_waited_is_not_missed(other: Feed, lobby: Lobby, ask: Requests) -> None:
    drained(other)
    for _ in range(3):
        lobby.issue("DK.ktp", request_id=ask())
    assert other.wait(0)


def test_a_change_during_the_wait_ends_it(other: Feed, lobby: Lobby, ask: Requests) -> None:
    drained(other)
    press = threading.Timer(0.1, lambda: lobby.issue("DK.ktp", request_id=ask()))
    press.start()
    assert other.wait(SOON)
    press.join()


def test_nothing_is_told_of_what_was_refused_or_changed_nothing(other: Feed, lobby: Lobby) -> None:
    lobby.open_counter("1")
    drained(other)
    assert lobby.call_next("1") is None
    lobby.open_counter("1")
    assert not other.wait(0.2)


def test_closing_ends_a_wait_that_is_under_way(other: Feed) -> None:
    drained(other)
    answers: list[bool] = []
    waiting = threading.Thread(target=lambda: answers.append(other.wait(60)))
    waiting.start()
    threading.Timer(0.1, other.close).start()
    waiting.join(SOON)
    assert answers == [False]
    assert not other.wait(60), "a closed feed answers at once"


def test_a_file_that_is_not_there_is_unreachable_and_is_not_made(tmp_path: Path) -> None:
    store = open_store("sqlite:///kiosk.db", base=tmp_path)
    with pytest.raises(StoreUnreachable):
        open_feed(store)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.postgres
def test_a_lost_connection_is_made_anew_and_that_wakes(postgres_url: str, tmp_path: Path) -> None:
    store = open_store(postgres_url, base=tmp_path)
    feed = open_feed(store)
    with psycopg.connect(postgres_url, autocommit=True) as killer:
        killer.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            "WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
        assert feed.wait(SOON)
        drained(feed)
        killer.execute("NOTIFY queue_core")
        assert feed.wait(SOON)
    feed.close()
    store.close()


@pytest.mark.postgres
def test_a_server_that_is_away_ends_no_program(tmp_path: Path) -> None:
    store = open_store(f"postgresql://kiosk@/kiosk?host={tmp_path}", base=tmp_path)
    feed = open_feed(store)
    assert not feed.wait(0.2)
    feed.close()
    store.close()


@pytest.mark.postgres
def test_a_wake_up_that_fails_fails_no_command(
    store_url: str,
    lobby: Lobby,
    ask: Requests,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    monkeypatch.setattr("queue_core.store.postgres.WAKE", "NOTIFY not a name")
    for number in range(1, 9):
        assert lobby.issue("DK.ktp", request_id=ask()).ticket.number == number
    if store_url.startswith("postgresql"):
        assert "could not wake the feeds" in caplog.text
