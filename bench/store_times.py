"""What the store takes: one number, one call, and the news of it; SQLite with synchronous=FULL."""

from __future__ import annotations

import sqlite3
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Event, Thread

from sqlalchemy import event

from bench.place import prepared_lobby
from bench.table import Row, against, median, quantile
from kiosk.wiring import House, new_request_id
from queue_core import Lobby

TIMES = 300
WAITING = 20
"""People in line while calls are measured."""
NEWS = 60
SERVICES = ("DK.ktp", "DK.kk", "PD.pbb", "BK.cek")


def issue() -> Iterator[Row]:
    with prepared_lobby() as (lobby, house, _):
        turn = iter(range(10**6))

        def ours() -> None:
            lobby.issue(SERVICES[next(turn) % len(SERVICES)], request_id=new_request_id(), printer="K1")

        yield from _with_floor("issue a number", house, ours)


def call_next() -> Iterator[Row]:
    with prepared_lobby() as (lobby, house, _):
        for _ in range(WAITING + TIMES + 5):
            lobby.issue("DK.ktp", request_id=new_request_id())

        def ours() -> None:
            assert lobby.call_next("1", request_id=new_request_id()) is not None
            lobby.start("1", request_id=new_request_id())

        yield from _with_floor("call next and start", house, ours, commits=2)


def _with_floor(name: str, house: House, ours: Callable[[], None], commits: int = 1) -> Iterator[Row]:
    """Ours and the raw statements take turns, so that a slow moment of the disk meets both."""
    ours()
    statements = _statements(house, ours)
    raw = _raw(house.store.path.with_name("floor.db"), statements, commits)
    times: tuple[list[float], list[float]] = ([], [])
    for _ in range(TIMES):
        for kept, act in zip(times, (ours, raw), strict=True):
            begun = time.perf_counter()
            act()
            kept.append(1000 * (time.perf_counter() - begun))
    floor = f"raw sqlite3: {', '.join(f'{count} {verb}' for verb, count in sorted(statements.items()))}, {commits} commit"
    yield against(f"{name}, median", median(times[0]), "ms", median(times[1]), floor)
    yield against(f"{name}, p99", quantile(times[0], 0.99), "ms", quantile(times[1], 0.99), floor)


def _statements(house: House, act: Callable[[], None]) -> Counter[str]:
    """How many statements of each kind one action takes."""
    counted: Counter[str] = Counter()

    def count(*given: object) -> None:
        counted[str(given[2]).split(None, 1)[0].upper()] += 1

    engine = house.store.engine()
    event.listen(engine, "before_cursor_execute", count)
    act()
    event.remove(engine, "before_cursor_execute", count)
    return Counter(
        {verb: counted[verb] for verb in ("SELECT", "INSERT", "UPDATE", "DELETE") if counted[verb]}
    )


def _raw(path: Path, statements: Counter[str], commits: int) -> Callable[[], None]:
    """The same number of statements on a small table, in as many transactions, with the same promises."""
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=FULL")
    columns = ", ".join(f"c{n} TEXT" for n in range(10))
    connection.execute(f"CREATE TABLE t (id INTEGER PRIMARY KEY, {columns})")
    connection.execute("CREATE INDEX by_c0 ON t (c0)")
    insert = f"INSERT INTO t ({', '.join(f'c{n}' for n in range(10))}) VALUES ({', '.join('?' * 10)})"
    for n in range(1000):
        connection.execute(insert, [f"value {n}"] * 10)
    verbs: dict[str, Callable[[], object]] = {
        "SELECT": lambda: connection.execute("SELECT * FROM t WHERE c0 = ?", ["value 500"]).fetchall(),
        "INSERT": lambda: connection.execute(insert, ["another value"] * 10),
        "UPDATE": lambda: connection.execute("UPDATE t SET c1 = c1 || '' WHERE id = 1"),
        "DELETE": lambda: connection.execute("DELETE FROM t WHERE id = 0"),
    }

    def act() -> None:
        left = +statements
        for commit in range(commits, 0, -1):
            connection.execute("BEGIN IMMEDIATE")
            for verb, count in left.items():
                for _ in range(count // commit):
                    verbs[verb]()
            left -= Counter({verb: count // commit for verb, count in left.items()})
            connection.execute("COMMIT")

    return act


def feed() -> Iterator[Row]:
    """From the commit's return in one thread until `wait` returns in another that shares nothing but the file."""
    with prepared_lobby() as (lobby, house, _):
        ours = _latencies(house, lobby)
    yield Row(
        "news of a change, median", median(ours), "ms", target="at most 1000 ms", met=median(ours) <= 1000
    )
    yield Row(
        "news of a change, p99",
        quantile(ours, 0.99),
        "ms",
        target="at most 1000 ms",
        met=quantile(ours, 0.99) <= 1000,
    )


def _latencies(house: House, lobby: Lobby) -> list[float]:
    woken, ready, moments = Event(), Event(), []

    def listen() -> None:
        waiting = house.feed()
        for _ in range(NEWS):
            ready.set()
            while not waiting.wait(5):
                pass
            moments.append(time.perf_counter())
            woken.set()
        waiting.close()

    listener = Thread(target=listen, daemon=True)
    listener.start()
    times = []
    for n in range(NEWS):
        ready.wait()
        ready.clear()
        woken.clear()
        time.sleep(0.02 + n * 0.0077 % 0.1)  # at no fixed place between two of its looks
        lobby.issue("DK.ktp", request_id=new_request_id())
        begun = time.perf_counter()
        woken.wait(5)
        times.append(1000 * max(0.0, moments[-1] - begun))
    listener.join(5)
    return times
