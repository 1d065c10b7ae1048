"""What the store takes: one number, one call, and the news of it; SQLite with synchronous=FULL, and PostgreSQL."""

from __future__ import annotations

import sqlite3
import time
from collections import deque
from collections.abc import Callable, Iterator
from pathlib import Path
from queue import Queue
from threading import Event, Thread

from bench.place import prepared_lobby
from bench.replay import Recorded, Replay, copy_of, recording, sqlite_replay
from bench.table import Row, against, at_most, median, quantile
from kiosk.wiring import House, new_request_id
from queue_core import Feed, Lobby

TIMES = 300
WAITING = 20
"""People in line while numbers are given out and calls are made: an ordinary hour."""
NEWS = 60
SERVICES = ("DK.ktp", "DK.kk", "PD.pbb", "BK.cek")
MakeFloor = Callable[[], Replay]
"""Copies the store as it is, and returns what does recorded statements again on the copy."""
COUNTERS = ("1", "2", "3", "4", "5")


def issue() -> Iterator[Row]:
    with prepared_lobby() as (lobby, house, _):
        yield from issue_against(
            "issue a number", lobby, house, lambda: sqlite_replay(copy_of(house.store.path))
        )


def call_next() -> Iterator[Row]:
    with prepared_lobby() as (lobby, house, _):
        yield from call_against(
            "call next and start", lobby, house, lambda: sqlite_replay(copy_of(house.store.path))
        )


def issue_against(name: str, lobby: Lobby, house: House, floor: MakeFloor) -> Iterator[Row]:
    """Numbers of four services, one after the other, while as many cancel as come."""
    turn, line, asked = iter(range(10**6)), deque[str](), deque([new_request_id()])

    def ours() -> None:
        service = SERVICES[next(turn) % len(SERVICES)]
        line.append(lobby.issue(service, request_id=asked.popleft(), printer="K1").ticket.label)

    def tidy() -> None:
        asked.append(new_request_id())  # the screen makes it, before it asks
        while len(line) > WAITING:
            lobby.cancel(line.popleft(), request_id=new_request_id())

    _ordinary_hour(lobby)
    for _ in range(2 * WAITING):
        ours()
        tidy()
    yield from _with_floor(name, house, (ours, tidy), floor)


def call_against(name: str, lobby: Lobby, house: House, floor: MakeFloor) -> Iterator[Row]:
    """The visitor at the counter is done, the next one is called and started; and one more comes."""

    asked = deque([new_request_id(), new_request_id()])

    def ours() -> None:
        assert lobby.call_next("1", request_id=asked.popleft()) is not None
        lobby.start("1", request_id=asked.popleft())

    def tidy() -> None:
        asked.extend((new_request_id(), new_request_id()))
        lobby.issue("DK.ktp", request_id=new_request_id())

    _ordinary_hour(lobby)
    for _ in range(WAITING):
        tidy()
    yield from _with_floor(name, house, (ours, tidy), floor, commits=2)


def _ordinary_hour(lobby: Lobby) -> None:
    """Counters are open, and some waits have taught something."""
    for counter in COUNTERS:
        lobby.open_counter(counter, request_id=new_request_id())
    for n in range(2 * WAITING):
        for service in SERVICES:
            lobby.issue(service, request_id=new_request_id())
        if n % 2:
            for counter in COUNTERS:
                while lobby.call_next(counter, request_id=new_request_id()) is not None:
                    lobby.start(counter, request_id=new_request_id())


def _with_floor(
    name: str, house: House, acts: tuple[Callable[[], None], ...], make_floor: MakeFloor, commits: int = 1
) -> Iterator[Row]:
    """Ours and the raw statements take turns, so that a slow moment of the disk meets both."""
    raw = make_floor()
    recorded = [[_recorded(house, each) for each in acts] for _ in range(TIMES)]
    ours, tidy = acts
    times: tuple[list[float], list[float]] = ([], [])
    processor: tuple[list[float], list[float]] = ([], [])
    for action, tidying in recorded:
        for at, act in enumerate((ours, lambda action=action: raw(action))):  # type: ignore[misc]
            taken = _timed(act)
            times[at].append(taken[0])
            processor[at].append(taken[1])
        tidy()
        raw(tidying)
    floor = f"{raw.name}: {recorded[-1][0].count()}"
    yield against(f"{name}, median", median(times[0]), "ms", median(times[1]), floor, limit=1.25)
    added = 1000 * (median(times[0]) - median(times[1]))
    if house.store.is_sqlite:
        yield at_most(f"{name}, added to the floor", added, "us", 250 * commits)
    at_work = 1000 * (median(processor[0]) - median(processor[1]))
    yield Row(f"{name}, processor time added", at_work, "us")
    yield against(f"{name}, p99", quantile(times[0], 0.99), "ms", quantile(times[1], 0.99), floor)


def _recorded(house: House, act: Callable[[], None]) -> Recorded:
    with recording(house.store.engine()) as recorded:
        act()
    return recorded


def _timed(act: Callable[[], None]) -> tuple[float, float]:
    """Milliseconds on the wall, and of the processor: on a machine that is shared the latter tells more."""
    begun, worked = time.perf_counter(), time.thread_time()
    act()
    return 1000 * (time.perf_counter() - begun), 1000 * (time.thread_time() - worked)


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
