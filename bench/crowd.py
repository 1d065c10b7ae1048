"""Thirty-two processes give out numbers at once: how many a second, who waits how long, whether anybody is refused.

The floor are as many processes that do the very same statements with the bare driver, behind the same lock, on a copy.
"""

from __future__ import annotations

import fcntl
import multiprocessing
import os
import shutil
import sqlite3
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import psycopg

from bench.place import disk
from bench.replay import recording
from bench.table import Row, against, median, quantile
from kiosk.settings import Settings, load, sample_path
from kiosk.shared.place import Place
from kiosk.wiring import House, build_house, make_if_absent, new_request_id
from queue_core import Actor
from queue_core.errors import QueueError
from tests.support import postgres

WORKERS, EACH, ROUNDS = 32, 15, 2
SERVICES = ("DK.ktp", "DK.kk", "PD.pbb", "BK.cek")
PATIENCE = 120.0
DURABLE = ("--fsync=on", "--synchronous_commit=on", "--full_page_writes=on", "--shared_buffers=128MB")
"""As a server comes, against what tests are content with."""

Statements = list[tuple[str, Any]]
Do = Callable[[int], None]
Open = Callable[[int], Do]
"""Given the number of the worker, in its process: open what it needs; return what does its n-th deed."""
_FORK = multiprocessing.get_context("fork")


@dataclass(frozen=True)
class Ran:
    """What one worker did: when it began and ended (monotonic), milliseconds of each deed, what was refused."""

    begun: float
    ended: float
    times: list[float]
    refused: list[str]


def crowd() -> Iterator[Row]:
    """Both engines, each beside its floor, in turns."""
    for engine in (_sqlite, _postgres):
        with engine() as (name, floor, ours, driver):
            runs: dict[str, list[list[Ran]]] = {"floor": [], "ours": []}
            for number in range(ROUNDS):
                order = [("floor", floor), ("ours", ours)]
                for kind, opener in order if number % 2 else order[::-1]:
                    runs[kind].append(race(partial(_of_round, opener, number)))
        yield from _rows(name, driver, runs)


def _of_round(opener: Callable[[int, int], Do], number: int, who: int) -> Do:
    return opener(who, number)


def _rows(engine: str, driver: str, runs: dict[str, list[list[Ran]]]) -> Iterator[Row]:
    ours, floor = ([ran for each in runs[kind] for ran in each] for kind in ("ours", "floor"))
    times, bare = ([ms for ran in who for ms in ran.times] for who in (ours, floor))
    name, what = (
        f"{engine}, {WORKERS} processes issue",
        f"{WORKERS} processes with {driver}, the same statements",
    )
    refused = sum(len(ran.refused) for ran in ours)
    yield Row(f"{name}: refused", refused, "", target="none", met=refused == 0)
    yield against(f"{name}: a second", speed(runs["ours"]), "numbers", speed(runs["floor"]), what)
    yield against(f"{name}: median", median(times), "ms", median(bare), what)
    tail = quantile(times, 0.99)
    yield Row(
        f"{name}: p99", tail, "ms", median(times), "its own median", "under 10 x", tail < 10 * median(times)
    )
    least, most = (pick(len(ran.times) / (ran.ended - ran.begun) for ran in ours) for pick in (min, max))
    yield against(f"{name}: the slowest process, a second", least, "numbers", most, "the fastest process")


def speed(runs: Sequence[Sequence[Ran]]) -> float:
    """Deeds a second, from the first one's beginning to the last one's end, over all runs."""
    seconds = sum(max(ran.ended for ran in run) - min(ran.begun for ran in run) for run in runs)
    return sum(len(ran.times) for run in runs for ran in run) / seconds


def race(opener: Open, workers: int = WORKERS, each: int = EACH) -> list[Ran]:
    """Let so many processes begin together, and do so many deeds each."""
    ready, answers = _FORK.Barrier(workers), _FORK.Queue()
    processes = [
        _FORK.Process(target=_work, args=(opener, who, each, ready, answers), daemon=True)
        for who in range(workers)
    ]
    for process in processes:
        process.start()
    told = [answers.get(timeout=PATIENCE) for _ in processes]
    for process in processes:
        process.join(PATIENCE)
    return told


def _work(opener: Open, who: int, each: int, ready: Any, answers: Any) -> None:
    do = opener(who)
    ready.wait(PATIENCE)
    times, refused, begun = [], [], time.monotonic()
    for number in range(each):
        at = time.perf_counter()
        try:
            do(number)
        except QueueError as error:
            refused.append(error.code)
        else:
            times.append(1000 * (time.perf_counter() - at))
    answers.put(Ran(begun, time.monotonic(), times, refused))


# ----------------------------------------------------------------------------- what they do


def issues(url: str, base: Path, settings: Settings) -> Callable[[int, int], Do]:
    """Give out numbers as the touch screen does; each process opens the store itself."""

    def opener(who: int, _round: int) -> Do:
        house = _house(url, base, settings)
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
    for number in range(WORKERS * EACH * ROUNDS):
        with recording(house.store.engine()) as recorded:
            lobby.issue(SERVICES[number % len(SERVICES)], request_id=new_request_id(), printer="K1")
        done.append(recorded.transactions)
    return done


def _mine(deeds: Sequence[list[Statements]], who: int, of_round: int, number: int) -> list[Statements]:
    return deeds[(of_round * EACH + number) * WORKERS + who]


@contextmanager
def _sqlite() -> Iterator[tuple[str, Any, Any, str]]:
    with TemporaryDirectory(prefix="bench-", dir=disk()) as name:
        base, url, settings = Path(name), "sqlite:///kiosk.db", load(sample_path(), {})
        (base / "ours").mkdir()
        _made(url, base / "ours", settings).store.close()
        for each in ("floor", "recorded"):
            shutil.copytree(base / "ours", base / each)
        house = _house(url, base / "recorded", settings)
        deeds = recorded_issues(house, settings.site[0].id)
        house.store.close()

        def floor(who: int, of_round: int) -> Do:
            act = _sqlite_replay(base / "floor" / "kiosk.db")
            return lambda number: act(_mine(deeds, who, of_round, number))

        yield "SQLite", floor, issues(url, base / "ours", settings), "sqlite3"


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
    binaries, settings = postgres.find_binaries(), load(sample_path(), {})
    if binaries is None:
        message = "PostgreSQL's initdb and postgres are not installed"
        raise FileNotFoundError(message)
    data = disk() / f"postgres-{os.getpid()}"
    try:
        with postgres.lasting(binaries, data, *DURABLE) as server:
            urls = {name: server.format(database=name) for name in ("postgres", "ours", "floor", "recorded")}
            _ask(urls["postgres"], "CREATE DATABASE ours")
            _made(urls["ours"], disk(), settings).store.close()
            for each in ("floor", "recorded"):
                _ask(urls["postgres"], f"CREATE DATABASE {each} TEMPLATE ours")
            house = _house(urls["recorded"], disk(), settings)
            deeds = recorded_issues(house, settings.site[0].id)
            house.store.close()

            def floor(who: int, of_round: int) -> Do:
                act = _postgres_replay(urls["floor"])
                return lambda number: act(_mine(deeds, who, of_round, number))

            yield "PostgreSQL", floor, issues(urls["ours"], disk(), settings), "psycopg"
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


def _ask(url: str, statement: str) -> None:
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(statement)


def _house(url: str, base: Path, settings: Settings) -> House:
    section = settings.store.model_copy(update={"url": url})
    return build_house(settings.model_copy(update={"store": section}), Place(sample_path(), base))


def _made(url: str, base: Path, settings: Settings) -> House:
    house = _house(url, base, settings)
    make_if_absent(house, settings, Actor(machine="K1"))
    return house
