"""A file that does not hold what was written to it: a torn log, pages with wrong bits. What is lost must be told."""

from __future__ import annotations

import os
import random
import shutil
import sqlite3
import time
from collections.abc import Callable
from contextlib import ExitStack, closing
from pathlib import Path

from queue_core import Lobby, Store
from queue_core.errors import QueueError, StoreError
from torture.hall import COUNTERS, SERVICES, apart, make, opened
from torture.judge import READS
from torture.tally import Tally

LOSS_TOLD = "changes_lost"
"""The event by which a store that was set back says so."""
Given = list[tuple[str, str]]
"""Labels and their tickets, as they were answered."""


def torn(seconds: float, seed: int, folder: Path) -> Tally:
    """A program is killed, its write-ahead log is cut or garbled, another program begins."""
    tally, chance = Tally("disk torn", seed), random.Random(seed)
    fresh, file = folder / "fresh.db", folder / "kiosk.db"
    apart(make, f"sqlite:///{fresh}")
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        _forget(file)
        shutil.copy(fresh, file)
        given = apart(_work_and_die, f"sqlite:///{file}", chance.randint(1, 40))
        harm = chance.choice((_cut, _garble, _blank, _remove))
        harm(file.with_name(f"{file.name}-wal"), chance)
        tally.add(f"logs {harm.__doc__}")
        _compare(tally, given, apart(_after, f"sqlite:///{file}"))
    return tally


def _forget(file: Path) -> None:
    for end in ("", "-wal", "-shm", ".lock"):
        file.with_name(file.name + end).unlink(missing_ok=True)


def _work(url: str, many: int) -> Given:
    """Give out numbers and call some; the file is closed in order."""
    with opened(url) as (_, lobby):
        return _give_out(lobby, many)


def _work_and_die(url: str, many: int) -> Given:
    """The same, but nothing is closed, as after a kill."""
    with ExitStack() as never:
        _, lobby = never.enter_context(opened(url))
        given = _give_out(lobby, many)
        _KEPT.append(never.pop_all())
    return given


_KEPT: list[ExitStack] = []
"""What is never closed: the process is killed when it has answered."""


def _give_out(lobby: Lobby, many: int) -> Given:
    given = [
        (issued.ticket.label, issued.ticket.ticket_id)
        for at in range(many)
        for issued in [lobby.issue(SERVICES[at % len(SERVICES)], request_id=f"before-{at}")]
    ]
    for counter in COUNTERS[: many // 4]:
        lobby.call_next(counter, request_id=f"call-{counter}")
    return given


def _cut(log: Path, chance: random.Random) -> None:
    """cut short"""  # noqa: D403, D415 - read out as a word of the table
    os.truncate(log, chance.randrange(log.stat().st_size))


def _garble(log: Path, chance: random.Random) -> None:
    """with wrong bytes"""  # noqa: D403, D415
    with log.open("r+b") as file:
        file.seek(chance.randrange(log.stat().st_size))
        file.write(chance.randbytes(chance.choice((1, 8, 512))))


def _blank(log: Path, chance: random.Random) -> None:
    """with an empty block"""  # noqa: D403, D415
    with log.open("r+b") as file:
        file.seek(chance.randrange(log.stat().st_size) // 4096 * 4096)
        file.write(bytes(4096))


def _remove(log: Path, _chance: random.Random) -> None:
    """gone"""  # noqa: D403, D415
    log.unlink()


def _after(url: str) -> dict[str, list[object]]:
    """What a program that begins now gives out, what it says is lost, and what the store holds and finds."""
    with opened(url) as (store, lobby):
        issued = [lobby.issue(service, request_id=f"after-{service}") for service in SERVICES]
        flaws = [*store.flaws(), *(f"{flaw.kind} {flaw.where} {flaw.detail}" for flaw in lobby.flaws())]
        told = [event.data for event in lobby.events_after(0) if event.kind == LOSS_TOLD]
    with closing(sqlite3.connect(url.removeprefix("sqlite:///"))) as file:
        kept = [(row[4], row[5]) for row in file.execute(READS["visits"])]
    new = [(each.ticket.label, each.ticket.ticket_id) for each in issued]
    return {"new": [*new], "kept": [*kept], "told": [*told], "flaws": [*flaws]}


def _compare(tally: Tally, given: Given, after: dict[str, list[object]]) -> None:
    lost = [each for each in given if each not in after["kept"]]
    labels = {label for label, _ in given}
    tally.add("numbers acknowledged", len(given))
    tally.add("of these lost with the log", len(lost))
    tally.add("losses told", len(after["told"]))
    tally.must("losses not told", lost[:1] if lost and not after["told"] else [])
    tally.must("numbers given out twice", [each for each in after["new"] if each[0] in labels])  # type: ignore[index]
    tally.must("flaws in the store", after["flaws"])


# ----------------------------------------------------------------------------- wrong bits


def flips(seconds: float, seed: int, folder: Path) -> Tally:
    """One bit of the file turns, or a page is empty; then the store is checked, and a program works on."""
    tally, chance = Tally("disk flips", seed), random.Random(seed)
    fresh, file = folder / "fresh.db", folder / "kiosk.db"
    apart(make, f"sqlite:///{fresh}")
    given = apart(_work, f"sqlite:///{fresh}", 60)
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        _forget(file)
        shutil.copy(fresh, file)
        empty = chance.random() < 0.2
        _turn(file, chance, empty=empty)
        tally.add("pages emptied" if empty else "bits turned")
        new, told = apart(_go_on, f"sqlite:///{file}")
        for each in told:
            tally.add(each)
        labels = {label for label, _ in given}
        tally.must("numbers given out twice", [label for label in new if label in labels])
        tally.must("answers that nobody promised", [each for each in told if each.startswith("unpromised")])
    return tally


def _turn(file: Path, chance: random.Random, *, empty: bool) -> None:
    size = file.stat().st_size
    with file.open("r+b") as bits:
        at = chance.randrange(100, size)  # the first hundred bytes are the header
        if empty:
            bits.seek(at // 4096 * 4096)
            bits.write(bytes(4096))
            return
        bits.seek(at)
        byte = bits.read(1)[0]
        bits.seek(at)
        bits.write(bytes([byte ^ 1 << chance.randrange(8)]))


def _go_on(url: str) -> tuple[list[str], list[str]]:
    """The labels that are given out, and what is said on the way."""
    new: list[str] = []
    told: list[str] = []
    with opened(url) as (store, lobby):
        try:
            store.check()
        except StoreError as error:  # no program begins then
            return new, [f"told {error.code} at the start"]
        _try(
            told, lambda: told.append("found by a check" if _found(store, lobby) else "not found by a check")
        )
        for at, service in enumerate(SERVICES * 2):
            _try(told, lambda: new.append(lobby.issue(service, request_id=f"after-{at}").ticket.label))  # noqa: B023
        for counter in COUNTERS:
            _try(told, lambda: lobby.call_next(counter, request_id=f"call-after-{counter}"))  # noqa: B023
        _try(told, lobby.queues)
    return new, told


def _found(store: Store, lobby: Lobby) -> bool:
    try:
        return bool(store.flaws() or lobby.flaws())
    except QueueError:
        return True


def _try(told: list[str], act: Callable[[], object]) -> None:
    try:
        act()
        told.append("commands and looks answered")
    except QueueError as error:
        told.append(f"told {error.code}")
    except Exception as error:  # what the Lobby does not promise is a find
        told.append(f"unpromised {error!r}"[:300])
