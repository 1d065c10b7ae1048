"""When the server is away: every wait ends, and all goes on by itself when it is back."""

from __future__ import annotations

import re
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from queue_core import Lobby, Store, migrations, open_feed, open_store
from queue_core.errors import StoreError, StoreNewer, StoreUnreachable
from queue_core.store import postgres
from tests.support.house import SITE, Requests
from tests.support.relay import Relay, relay

PATIENCE = 60.0
"""Seconds; a bound, not a pace."""


def come_true(fact: Callable[[], Any]) -> None:
    """Wait for a fact; a store that does not answer makes it false."""
    end = time.monotonic() + PATIENCE
    while not _is_true(fact):
        assert time.monotonic() < end, "it did not become true"
        time.sleep(0.02)


def _is_true(fact: Callable[[], Any]) -> bool:
    try:
        return bool(fact())
    except StoreError:
        return False


def answers(store: Store) -> bool:
    store.check()
    return True


@pytest.fixture
def cable(postgres_url: str) -> Iterator[Relay]:
    """A cable to the server that can be cut."""
    folder = postgres_url.partition("host=")[2]
    with relay(f"{folder}/.s.PGSQL.5432") as made:
        yield made


@pytest.fixture
def far(postgres_url: str, cable: Relay, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    """The store at the other end of that cable, for a program of little patience."""
    monkeypatch.setattr("queue_core.store.patient.ANSWER_SECONDS", 0.5)
    monkeypatch.setitem(
        postgres._CONNECTION, "connect_timeout", 2
    )  # the least that PostgreSQL's library takes
    monkeypatch.setattr("queue_core.store.listener.SILENCE_SECONDS", 0.1)
    database = re.sub(r".*/(\w+)\?.*", r"\1", postgres_url)
    store = open_store(f"postgresql://kiosk@127.0.0.1:{cable.port}/{database}", base=tmp_path)
    yield store
    cable.mend()
    store.close()


@pytest.mark.postgres
def test_a_cable_that_is_cut_without_a_word_ends_every_wait_and_mended_it_carries_all_again(
    far: Store, cable: Relay, postgres_url: str, tmp_path: Path
) -> None:
    feed = open_feed(far)
    come_true(lambda: answers(far))
    cable.cut()
    with pytest.raises(StoreUnreachable):
        far.check()
    with pytest.raises(StoreUnreachable), far.write(SITE):
        pytest.fail("there is no server")
    cable.mend()
    come_true(lambda: answers(far))
    near = open_store(postgres_url, base=tmp_path)

    def wakes() -> bool:
        with near.write(SITE) as connection:
            connection.execute(text("SELECT 1"))
        return feed.wait(0.5)

    for _ in range(5):  # the first ones may be woken by the new connection alone
        come_true(wakes)
    feed.close()
    near.close()


@pytest.mark.postgres
def test_a_command_whose_answer_does_not_come_is_given_up_and_its_connection_with_it(
    postgres_url: str, tmp_path: Path
) -> None:
    store = open_store(postgres_url, base=tmp_path)

    def wait_for_ever() -> None:
        with store.write(SITE) as connection:
            connection.execute(text("SET LOCAL statement_timeout = 0"))
            connection.connection.driver_connection.longest = 0.2  # type: ignore[union-attr]
            connection.execute(text("SELECT pg_sleep(3600)"))

    with pytest.raises(StoreUnreachable, match="not answered"):
        wait_for_ever()
    store.check()
    store.close()


LISTENING = (
    "SELECT count(*) FROM pg_stat_activity"
    " WHERE datname = current_database() AND application_name = 'kiosk listens'"
)


@pytest.mark.postgres
def test_a_process_listens_once_however_many_read_in_it(postgres_url: str, tmp_path: Path) -> None:
    store, other = (open_store(postgres_url, base=tmp_path) for _ in range(2))
    feeds = [open_feed(store) for _ in range(3)]

    def listening() -> int:
        with other.read() as connection:
            return int(connection.scalar(text(LISTENING)) or 0)

    come_true(lambda: listening() == 1)
    with other.write(SITE) as connection:
        connection.execute(text("SELECT 1"))
    assert [feed.wait(PATIENCE) for feed in feeds] == [True] * 3
    feeds[0].close()
    assert not feeds[0].wait(PATIENCE), "a closed feed answers at once"
    with other.write(SITE) as connection:
        connection.execute(text("SELECT 1"))
    assert feeds[1].wait(PATIENCE)
    assert listening() == 1
    for feed in feeds:
        feed.close()
    come_true(lambda: listening() == 0)
    store.close()
    other.close()


@pytest.mark.parametrize(
    "address",
    [
        "postgresql://kiosk@/mall?host=a,b&port=5432,5433",
        "postgresql+psycopg://kiosk@/mall?host=a:5432&host=b:5433",
        "postgresql://kiosk@/mall?host=a,b&port=5432,5433&target_session_attrs=read-write",
    ],
)
def test_of_several_servers_the_one_that_takes_changes_is_meant(address: str, tmp_path: Path) -> None:
    store = open_store(address, base=tmp_path)
    assert postgres.options_of(store.url) == {
        "user": "kiosk",
        "dbname": "mall",
        "host": "a,b",
        "port": "5432,5433",
        "target_session_attrs": "read-write",
    }


# ----------------------------------------------------------------------------- another version


def another_version(store: Store, *changes: str) -> None:
    """Do what a newer program's `kiosk migrate` does while this one runs."""
    with store.engine().connect() as connection:
        for each in (*changes, "UPDATE alembic_version SET version_num = '9999'"):
            connection.execute(text(each))
        connection.commit()


def test_a_program_goes_on_when_the_store_gets_more_than_it_knows_but_does_not_start_on_it(
    store: Store, lobby: Lobby, ask: Requests
) -> None:
    lobby.issue("DK.ktp", request_id=ask())
    another_version(store, "ALTER TABLE ticket ADD COLUMN mood INTEGER", "CREATE TABLE moods (mood INTEGER)")
    assert lobby.issue("DK.ktp", request_id=ask()).ticket.number == 2
    assert lobby.call_next("1")
    with pytest.raises(StoreNewer):
        store.check()
    with pytest.raises(StoreNewer):
        store.migrate()


def test_a_program_whose_store_no_longer_fits_says_so(store: Store, lobby: Lobby, ask: Requests) -> None:
    lobby.issue("DK.ktp", request_id=ask())
    another_version(store, "ALTER TABLE ticket RENAME COLUMN priority TO precedence")
    with pytest.raises(StoreNewer) as refused:
        lobby.issue("DK.ktp", request_id=ask())
    assert refused.value.data == {"found": "9999", "needed": migrations.head()}
    with pytest.raises(StoreNewer):
        lobby.queues()


def test_two_who_make_a_store_at_once_make_one(store_url: str, store: Store, tmp_path: Path) -> None:
    from alembic import command

    with store.engine().connect() as connection:
        command.downgrade(migrations.configuration(connection), "base")
        connection.commit()
    stores = [open_store(store_url, base=tmp_path, busy_seconds=PATIENCE) for _ in range(2)]
    failed: list[BaseException] = []

    def make(each: Store) -> None:
        try:
            each.create()
        except BaseException as error:
            failed.append(error)

    threads = [threading.Thread(target=make, args=(each,)) for each in stores]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []
    for each in (store, *stores):
        each.check()
    for each in stores:
        each.close()
