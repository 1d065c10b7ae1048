"""Thirty-two processes give out numbers at once: how many a second, who waits how long, whether anybody is refused.

The floor are as many processes that do the very same statements with the bare driver, behind the same lock, on a copy.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import psycopg
from sqlalchemy import event

from bench.place import disk
from bench.race import Do, Raced, race
from bench.replay import recording
from bench.table import Row, against, median, quantile
from kiosk.settings import Settings, load, sample_path
from kiosk.shared.place import Place
from kiosk.wiring import House, build_house, make_if_absent, new_request_id
from queue_core import Actor
from tests.support import postgres

WORKERS, WARM, EACH, ROUNDS = 32, 5, 50, 3
"""A process's first numbers, by which it learns its statements, are left out."""
SERVICES = ("DK.ktp", "DK.kk", "PD.pbb", "BK.cek")
DURABLE = ("--fsync=on", "--synchronous_commit=on", "--full_page_writes=on", "--shared_buffers=128MB")
"""As a server comes, against what tests are content with."""

Statements = list[tuple[str, Any]]


def crowd() -> Iterator[Row]:
    """Both engines, each beside its floor, in turns."""
    for engine in (_sqlite, _postgres):
        with engine() as (name, floor, ours, driver):
            races: dict[str, list[Raced]] = {"floor": [], "ours": []}
            for number in range(ROUNDS):
                order = [("floor", floor), ("ours", ours)]
                for kind, opener in order if number % 2 else order[::-1]:
                    races[kind].append(race(partial(_of_round, opener, number), WORKERS, EACH, warm=WARM))
        yield from _rows(name, driver, races)


def _of_round(opener: Callable[[int, int], Do], number: int, who: int) -> Do:
    return opener(who, number)


def _rows(engine: str, driver: str, races: dict[str, list[Raced]]) -> Iterator[Row]:
    times, bare = ([ms for each in races[kind] for ms in each.times] for kind in ("ours", "floor"))
    name = f"{engine}, {WORKERS} processes issue"
    what = f"{WORKERS} processes with {driver}, the same statements"
    refused = sum(each.refused for each in races["ours"])
    yield Row(f"{name}: refused", refused, f"of {len(times)}", target="none", met=refused == 0)
    yield against(f"{name}: a second", speed(races["ours"]), "numbers", speed(races["floor"]), what)
    yield against(f"{name}: median", median(times), "ms", median(bare), what)
    tail = quantile(times, 0.99)
    yield against(f"{name}: p99", tail, "ms", quantile(bare, 0.99), what)
    yield Row(
        f"{name}: p99", tail, "ms", median(times), "its own median", "under 10 x", tail < 10 * median(times)
    )
    slow, fast = (median([pick(each.each) for each in races["ours"]]) for pick in (min, max))
    yield against(f"{name}: the slowest process, a second", slow, "numbers", fast, "the fastest process")


def speed(races: Sequence[Raced]) -> float:
    """Deeds a second, over all races."""
    return sum(len(each.times) for each in races) / sum(each.seconds for each in races)


# ----------------------------------------------------------------------------- what they do


def issues(url: str, base: Path, settings: Settings) -> Callable[[int, int], Do]:
    """Give out numbers as the touch screen does; each process opens the store itself."""

    def opener(who: int, _round: int) -> Do:
        house = house_at(url, base, settings)
        lobby = house.lobby(settings.site[0].id)
        lobby.offer()  # as a touch screen that is open has done

        def do(number: int) -> None:
            service = SERVICES[(who + number) % len(SERVICES)]
            lobby.issue(service, request_id=new_request_id(), printer=f"K{who}")

        return do

    return opener


def recorded_issues(house: House, site: str) -> list[list[Statements]]:
    """The statements of as many numbers as the processes will give out: by deed, by transaction."""
    lobby = house.lobby(site)
    lobby.issue(SERVICES[0], request_id=new_request_id(), printer="K1")  # the catalogue is read
    done = []
    for number in range(WORKERS * (WARM + EACH) * ROUNDS):
        with recording(house.store.engine()) as recorded:
            lobby.issue(SERVICES[number % len(SERVICES)], request_id=new_request_id(), printer="K1")
        done.append(recorded.transactions)
    return done


def _mine(deeds: Sequence[list[Statements]], who: int, of_round: int, number: int) -> list[Statements]:
    return deeds[(of_round * (WARM + EACH) + number) * WORKERS + who]


@contextmanager
def _sqlite() -> Iterator[tuple[str, Any, Any, str]]:
    with TemporaryDirectory(prefix="bench-", dir=disk()) as name:
        base, url, settings = Path(name), "sqlite:///kiosk.db", load(sample_path(), {})
        (base / "ours").mkdir()
        made_at(url, base / "ours", settings).store.close()
        for each in ("floor", "recorded"):
            shutil.copytree(base / "ours", base / each)
        house = house_at(url, base / "recorded", settings)
        event.listen(house.store.engine(), "connect", _in_haste)
        deeds = recorded_issues(house, settings.site[0].id)
        house.store.close()

        def floor(who: int, of_round: int) -> Do:
            act = _sqlite_replay(base / "floor" / "kiosk.db")
            return lambda number: act(_mine(deeds, who, of_round, number))

        yield "SQLite", floor, issues(url, base / "ours", settings), "sqlite3"


def _in_haste(connection: Any, _record: object) -> None:
    """What is only recorded need not be forced to the disk."""
    connection.execute("PRAGMA synchronous=OFF")


def _sqlite_replay(path: Path) -> Callable[[list[Statements]], None]:
    connection = sqlite3.connect(path, isolation_level=None, timeout=60)
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
        connection.execute(f"PRAGMA {pragma}")
    lock = os.open(path.with_name("floor.lock"), os.O_RDWR | os.O_CREAT, 0o600)

    def act(transactions: list[Statements]) -> None:
        for statements in transactions:
            fcntl.flock(lock, fcntl.LOCK_EX)
            connection.execute("BEGIN IMMEDIATE")
            for sql, values in statements:
                connection.execute(sql, values).fetchall()
            connection.execute("COMMIT")
            fcntl.flock(lock, fcntl.LOCK_UN)

    return act


@contextmanager
def _postgres() -> Iterator[tuple[str, Any, Any, str]]:
    settings = load(sample_path(), {})
    with server() as address:
        urls = {name: address.format(database=name) for name in ("postgres", "ours", "floor", "recorded")}
        ask(urls["postgres"], "CREATE DATABASE ours")
        made_at(urls["ours"], disk(), settings).store.close()
        for each in ("floor", "recorded"):
            ask(urls["postgres"], f"CREATE DATABASE {each} TEMPLATE ours")
        ask(urls["postgres"], "ALTER DATABASE recorded SET synchronous_commit = off")
        house = house_at(urls["recorded"], disk(), settings)
        deeds = recorded_issues(house, settings.site[0].id)
        house.store.close()

        def floor(who: int, of_round: int) -> Do:
            act = _postgres_replay(urls["floor"])
            return lambda number: act(_mine(deeds, who, of_round, number))

        yield "PostgreSQL", floor, issues(urls["ours"], disk(), settings), "psycopg"


@contextmanager
def server() -> Iterator[str]:
    """A PostgreSQL server on this computer's disk, which forgets nothing; its address, with `{database}` to be filled in."""
    binaries = postgres.find_binaries()
    if binaries is None:
        message = "PostgreSQL's initdb and postgres are not installed"
        raise FileNotFoundError(message)
    data = disk() / f"postgres-{os.getpid()}"
    try:
        with postgres.lasting(binaries, data, *DURABLE) as address:
            yield address
    finally:
        shutil.rmtree(data, ignore_errors=True)


def _postgres_replay(url: str) -> Callable[[list[Statements]], None]:
    connection = psycopg.connect(url, autocommit=True)

    def act(transactions: list[Statements]) -> None:
        for statements in transactions:
            with connection.transaction():
                for sql, values in statements:
                    connection.execute(sql, values)
        connection.execute("NOTIFY queue_core")

    return act


def ask(url: str, statement: str) -> None:
    """Say one statement, by itself."""
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(statement)


def house_at(url: str, base: Path, settings: Settings) -> House:
    """The store and all that stands on it."""
    section = settings.store.model_copy(update={"url": url})
    return build_house(settings.model_copy(update={"store": section}), Place(sample_path(), base))


def made_at(url: str, base: Path, settings: Settings) -> House:
    """A store with the catalogue in it."""
    house = house_at(url, base, settings)
    make_if_absent(house, settings, Actor(machine="K1"))
    return house
