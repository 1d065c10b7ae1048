"""What PostgreSQL takes for one number and one call: a server of its own, with its own promises, beside the source tree."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import psycopg

from bench.place import disk
from bench.replay import Replay, postgres_replay
from bench.store_times import call_against, issue_against
from bench.table import Row
from kiosk.settings import load, sample_path
from kiosk.shared.place import Place
from kiosk.wiring import House, build_house, make_if_absent
from queue_core import Actor, Lobby
from tests.support.postgres import find_binaries, running

Measure = Callable[[str, Lobby, House, Callable[[], Replay]], Iterator[Row]]
PROMISES = ("--fsync=on", "--synchronous_commit=on", "--full_page_writes=on", "--shared_buffers=128MB")
"""As PostgreSQL comes: what is committed is on the disk."""


def issue() -> Iterator[Row]:
    yield from _measured("issue a number, PostgreSQL", issue_against)


def call_next() -> Iterator[Row]:
    yield from _measured("call next and start, PostgreSQL", call_against)


def _measured(name: str, measure: Measure) -> Iterator[Row]:
    if find_binaries() is None:
        print("PostgreSQL is not installed: left out", file=sys.stderr)
        return
    with _postgres_lobby() as (lobby, house, url):

        def floor() -> Replay:
            house.store.close()  # a database is copied while nobody is in it
            _administer(url, "CREATE DATABASE floor TEMPLATE kiosk")
            return postgres_replay(url.format(database="floor"))

        yield from measure(name, lobby, house, floor)
        house.store.close()


@contextmanager
def _postgres_lobby() -> Iterator[tuple[Lobby, House, str]]:
    """A Lobby on a fresh PostgreSQL database of the sample's first site."""
    binaries = find_binaries()
    assert binaries is not None
    with TemporaryDirectory(prefix="bench-", dir=disk()) as name, running(binaries, *PROMISES) as server:
        url = server.url
        _administer(url, "CREATE DATABASE kiosk")
        settings = load(sample_path(), {"KIOSK_STORE_URL": url.format(database="kiosk")})
        house = build_house(settings, Place(sample_path(), Path(name)))
        make_if_absent(house, settings, Actor(machine="K1"))
        yield house.lobby(settings.site[0].id), house, url


def _administer(url: str, statement: str) -> None:
    with psycopg.connect(url.format(database="postgres"), autocommit=True) as connection:
        connection.execute(statement)
