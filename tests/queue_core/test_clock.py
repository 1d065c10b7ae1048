"""On PostgreSQL the time is the server's, whatever the machine's own clock says."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, timedelta
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import Connection

from queue_core import Store, open_store
from queue_core.errors import StoreUnreachable
from queue_core.store.clock import ASK_AGAIN_SECONDS, ServerClock


@dataclass
class Counted:
    """A store that counts how often it is looked at, and can go away."""

    store: Store
    looks: int = 0
    away: bool = False

    @contextmanager
    def read(self) -> Iterator[Connection]:
        if self.away:
            raise StoreUnreachable(detail="pulled")
        self.looks += 1
        with self.store.read() as connection:
            yield connection


@dataclass
class Seconds:
    """A monotonic clock that is moved by hand."""

    at: float = field(default=100.0)

    def __call__(self) -> float:
        return self.at


@pytest.fixture
def counted(postgres_url: str, tmp_path: Path) -> Iterator[Counted]:
    store = open_store(postgres_url, base=tmp_path)
    yield Counted(store)
    store.close()


@pytest.mark.postgres
def test_the_servers_moment_is_asked_once_and_moved_on_by_the_machine(
    counted: Counted, postgres_url: str
) -> None:
    seconds = Seconds()
    clock = ServerClock(counted, seconds)  # type: ignore[arg-type]
    first = clock()
    with psycopg.connect(postgres_url) as connection:
        row = connection.execute("SELECT clock_timestamp()").fetchone()
        assert row is not None
        assert abs(row[0] - first) < timedelta(seconds=30)
    assert first.tzinfo is UTC
    seconds.at += 7.5
    assert clock() - first == timedelta(seconds=7.5)
    assert counted.looks == 1


@pytest.mark.postgres
def test_it_is_asked_again_after_a_while_and_goes_on_while_the_server_is_away(counted: Counted) -> None:
    seconds = Seconds()
    clock = ServerClock(counted, seconds)  # type: ignore[arg-type]
    first = clock()
    seconds.at += ASK_AGAIN_SECONDS
    second = clock()
    assert counted.looks == 2
    counted.away = True
    seconds.at += ASK_AGAIN_SECONDS
    assert clock() == second + timedelta(seconds=ASK_AGAIN_SECONDS)
    assert second >= first


@pytest.mark.postgres
def test_before_the_first_answer_there_is_no_time(counted: Counted) -> None:
    counted.away = True
    with pytest.raises(StoreUnreachable):
        ServerClock(counted)()  # type: ignore[arg-type]
