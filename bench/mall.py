"""Five kiosks and thirty counters on one store, ten commands a second: how long somebody who presses a key waits.

Each is a process of its own, and does something every three and a half seconds: a kiosk gives out a number, a counter calls a
visitor and then starts to serve. A very full hour of a large mall.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.crowd import SERVICES, ask, house_at, made_at, server
from bench.place import disk
from bench.race import Do, Raced, race
from bench.table import Row, against, median, quantile
from kiosk.settings import Settings, load, sample_path
from kiosk.wiring import new_request_id
from queue_core.settings import CounterSettings

KIOSKS, COUNTERS = 5, 30
EACH, EVERY = 17, 3.5
"""Commands of each program, and the seconds from one to the next: ten a second of all of them, for a minute."""
WARM = 4
WAITING = 400
"""People in line at the beginning, for there are more counters than kiosks."""
GOLDEN = 0.618034


def mall() -> Iterator[Row]:
    """Both engines, one after the other."""
    for engine, name in ((_sqlite, "SQLite"), (_postgres, "PostgreSQL")):
        with engine() as opener:
            told = race(opener, KIOSKS + COUNTERS, EACH, warm=WARM, due=_due)
        yield from _rows(name, told)


def _due(who: int, number: int) -> float:
    """No two programs begin at the same moment."""
    return EVERY * (number + who * GOLDEN % 1)


def _rows(engine: str, told: Raced) -> Iterator[Row]:
    name = f"{engine}, {KIOSKS} kiosks and {COUNTERS} counters"
    times = [ms for run in told.runs for ms in run.times]
    yield Row(f"{name}: refused", told.refused, f"of {len(times)}", target="none", met=told.refused == 0)
    yield Row(f"{name}: commands", len(times) / (EACH * EVERY), "a second")
    yield Row(f"{name}: a command, median", median(times), "ms")
    yield against(f"{name}: a command, p99", quantile(times, 0.99), "ms", median(times), "its own median")


def _opener(url: str, base: Path, settings: Settings) -> Callable[[int], Do]:
    def opener(who: int) -> Do:
        lobby = house_at(url, base, settings).lobby(settings.site[0].id)
        lobby.offer()  # as a program that is open has done
        counter = str(who - KIOSKS + 1)

        def give_out(number: int) -> None:
            lobby.issue(
                SERVICES[(who + number) % len(SERVICES)], request_id=new_request_id(), printer=f"K{who}"
            )

        def serve(number: int) -> None:
            if number % 2:
                lobby.start(counter, request_id=new_request_id())
            else:
                assert lobby.call_next(counter, request_id=new_request_id()) is not None

        return give_out if who < KIOSKS else serve

    return opener


def _large() -> Settings:
    """The sample, with thirty counters that serve all."""
    settings = load(sample_path(), {})
    takes = sorted({f"{service.partition('.')[0]}.*" for service in SERVICES})
    counters = [CounterSettings(number=n, services=takes) for n in range(1, COUNTERS + 1)]
    first = settings.site[0].model_copy(update={"counter": counters})
    return settings.model_copy(update={"site": [first, *settings.site[1:]]})


def _filled(url: str, base: Path, settings: Settings) -> None:
    house = made_at(url, base, settings)
    lobby = house.lobby(settings.site[0].id)
    for number in range(COUNTERS):
        lobby.open_counter(str(number + 1), request_id=new_request_id())
    for number in range(WAITING):
        lobby.issue(SERVICES[number % len(SERVICES)], request_id=new_request_id())
    house.store.close()


@contextmanager
def _sqlite() -> Iterator[Callable[[int], Do]]:
    settings = _large()
    with TemporaryDirectory(prefix="bench-", dir=disk()) as name:
        _filled("sqlite:///kiosk.db", Path(name), settings)
        yield _opener("sqlite:///kiosk.db", Path(name), settings)


@contextmanager
def _postgres() -> Iterator[Callable[[int], Do]]:
    settings = _large()
    with server() as address:
        url = address.format(database="mall")
        ask(address.format(database="postgres"), "CREATE DATABASE mall")
        _filled(url, disk(), settings)
        yield _opener(url, disk(), settings)
