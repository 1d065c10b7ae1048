"""What the store takes: one number, one call, and the news of it; SQLite with synchronous=FULL."""

from __future__ import annotations

import sqlite3
import time
from collections import Counter, deque
from collections.abc import Callable, Iterator
from pathlib import Path
from queue import Queue
from threading import Event, Thread

from sqlalchemy import event

from bench.place import prepared_lobby
from bench.table import Row, against, at_most, median, quantile
from kiosk.wiring import House, new_request_id
from queue_core import Feed, Lobby

TIMES = 300
WAITING = 20
"""People in line while numbers are given out and calls are made: an ordinary hour."""
NEWS = 60
SERVICES = ("DK.ktp", "DK.kk", "PD.pbb", "BK.cek")


def issue() -> Iterator[Row]:
    with prepared_lobby() as (lobby, house, _):
        turn, line = iter(range(10**6)), deque[str]()

        def ours() -> None:
            service = SERVICES[next(turn) % len(SERVICES)]
            line.append(lobby.issue(service, request_id=new_request_id(), printer="K1").ticket.label)

        def tidy() -> None:
            while len(line) > WAITING:
                lobby.cancel(line.popleft(), request_id=new_request_id())

        yield from _with_floor("issue a number", house, ours, tidy)


def call_next() -> Iterator[Row]:
    with prepared_lobby() as (lobby, house, _):
        for _ in range(WAITING + TIMES + 5):
            lobby.issue("DK.ktp", request_id=new_request_id())

        def ours() -> None:
            assert lobby.call_next("1", request_id=new_request_id()) is not None
            lobby.start("1", request_id=new_request_id())

        yield from _with_floor("call next and start", house, ours, lambda: None, commits=2)


def _with_floor(
    name: str, house: House, ours: Callable[[], None], tidy: Callable[[], None], commits: int = 1
) -> Iterator[Row]:
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
        tidy()
    floor = f"raw sqlite3: {', '.join(f'{count} {verb}' for verb, count in sorted(statements.items()))}, {commits} commit"
    yield against(f"{name}, median", median(times[0]), "ms", median(times[1]), floor)
    added = 1000 * (median(times[0]) - median(times[1]))
    yield at_most(f"{name}, added to the floor", added, "us", 250 * commits)
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
    """From a command's beginning in one thread until `wait` returns in another that shares nothing but the file."""
    with prepared_lobby() as (lobby, house, _):
        ours = latencies(house.feed, lobby)
        eager = latencies(lambda: Eager(house.store.path), lobby)
    floor = "a connection that asks for data_version every millisecond"
    for name, share in (("median", 0.5), ("p99", 0.99)):
        row = at_most(f"news of a change, {name}", quantile(ours, share), "ms", 1000)
        yield Row(row.name, row.value, "ms", quantile(eager, share), floor, row.target, row.met)


class Eager:
    """The floor for news: looks as often as it can, whatever that costs."""

    def __init__(self, path: Path) -> None:
        self._connection = sqlite3.connect(path, isolation_level=None)
        self._seen = self._version()

    def wait(self, timeout: float) -> bool:
        end = time.perf_counter() + timeout
        while time.perf_counter() < end:
            seen = self._version()
            if seen != self._seen:
                self._seen = seen
                return True
            time.sleep(0.001)
        return False

    def close(self) -> None:
        self._connection.close()

    def _version(self) -> int:
        return int(self._connection.execute("PRAGMA data_version").fetchone()[0])


def latencies(open_feed: Callable[[], Feed], lobby: Lobby) -> list[float]:
    """A wake-up may come twice or for nothing: the first one after each command's beginning counts."""
    heard: Queue[float] = Queue()
    listening, over = Event(), Event()

    def listen() -> None:
        waiting = open_feed()
        listening.set()
        while not over.is_set():
            if waiting.wait(0.5):
                heard.put(time.perf_counter())
        waiting.close()

    listener = Thread(target=listen, daemon=True)
    listener.start()
    assert listening.wait(5)
    times = []
    for n in range(NEWS):
        time.sleep(0.1 + n * 0.0077 % 0.1)  # at no fixed place between two of its looks
        begun = time.perf_counter()
        lobby.issue("DK.ktp", request_id=new_request_id())
        moment = heard.get(timeout=5)
        while moment < begun:
            moment = heard.get(timeout=5)
        times.append(1000 * (moment - begun))
    over.set()
    listener.join(5)
    return times
