"""The hall that suffers, the way in to it as programs open it, and processes that touch a store for others.

The process that tells a story forks, so it never opens a store itself: see `apart`.
"""

from __future__ import annotations

import multiprocessing
import secrets
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, ParamSpec, TypeVar, cast

from kiosk.shared.clock import passed_seconds
from queue_core import Lobby, Store, open_store
from queue_core.ids import id_maker
from queue_core.settings import Catalogue

Given = ParamSpec("Given")
Answer = TypeVar("Answer")

SITE = "mpp"
"""As in the sample's configuration: `kiosk check` asks about the site of its file."""
SERVICES = ("DK.ktp", "DK.kk", "BN.sim", "PA.air")
COUNTERS = ("1", "2", "3", "4")
LONGEST_SECONDS = 180.0
FORK = multiprocessing.get_context("fork")


def quiet_zone(now: datetime) -> str:
    """Return a time zone where no new day, with its numbers from 1, begins for hours: here it does at 04:00, 20:00 UTC."""
    return "UTC" if 15 <= now.hour < 20 else "Asia/Makassar"


def catalogue(time_zone: str) -> Catalogue:
    """Three agencies, four services, four counters, open at all hours."""
    agencies = [("DK", ["ktp", "kk"]), ("BN", ["sim"]), ("PA", ["air"])]
    counters = [["DK.*"], ["DK.ktp", "BN.sim"], ["BN.sim", "PA.air"], ["DK.*", "BN.sim", "PA.air"]]
    return Catalogue.model_validate(
        {
            "site": [
                {
                    "id": SITE,
                    "name": {"id": "Aula"},
                    "time_zone": time_zone,
                    "agencies": [code for code, _ in agencies],
                    "counter": [
                        {"number": at, "services": services} for at, services in enumerate(counters, start=1)
                    ],
                }
            ],
            "agency": [
                {
                    "code": code,
                    "name": {"id": code},
                    "short": code,
                    "service": [{"id": each, "name": {"id": each}, "minutes": 5} for each in services],
                }
                for code, services in agencies
            ],
        }
    )


def real_now() -> datetime:
    """Return the moment, as kiosk.wiring does for SQLite."""
    return datetime.now(UTC)


def lobby_of(store: Store, clock: Callable[[], datetime] = real_now) -> Lobby:
    """Return the way in, as kiosk.wiring builds it."""
    return Lobby(
        store,
        SITE,
        clock=clock,
        new_id=id_maker(secrets.token_bytes),
        random_bytes=secrets.token_bytes,
        seconds=passed_seconds,
    )


@contextmanager
def opened(url: str, busy_seconds: float = 1.0) -> Iterator[tuple[Store, Lobby]]:
    """Open a store as a program does."""
    store = open_store(url, base=Path("/"), busy_seconds=busy_seconds)
    try:
        yield store, lobby_of(store)
    finally:
        store.close()


def make(url: str, time_zone: str = "") -> None:
    """Make the store and bring the hall in."""
    time_zone = time_zone or quiet_zone(real_now())
    with opened(url, busy_seconds=30) as (store, lobby):
        store.create()
        lobby.apply_catalogue(catalogue(time_zone))


def apart(do: Callable[Given, Answer], *given: Given.args, **named: Given.kwargs) -> Answer:
    """Do something in a process of its own, and return its answer. Raises RuntimeError with what went wrong there."""
    here, there = FORK.Pipe(duplex=False)
    process = FORK.Process(target=_answer, args=(there, lambda: do(*given, **named)))
    process.start()
    there.close()
    try:
        well, answer = here.recv() if here.poll(LONGEST_SECONDS) else (False, "no answer")
    except EOFError:
        well, answer = False, "it died"
    process.kill()
    process.join()
    if not well:
        raise RuntimeError(answer)
    return cast("Answer", answer)


def _answer(there: Any, do: Callable[[], object]) -> None:
    try:
        there.send((True, do()))
    except BaseException:
        there.send((False, traceback.format_exc()))
