"""Network cuts between programs and PostgreSQL: each command is repeated with its request_id until it is answered."""

from __future__ import annotations

import random
import time
from pathlib import Path

from torture.cables import Cable, NotPermittedError
from torture.crew import Crew
from torture.hall import apart, make
from torture.judge import judge, longest_wait
from torture.relay import FAULTS, RelayProcess
from torture.server import Server
from torture.tally import Tally

LONGEST_STALL = 25.0
LONGEST_WAIT = 20.0
"""Seconds after which a command has to be answered or refused, whatever the network does."""


def relay(seconds: float, seed: int, folder: Path) -> Tally:
    """A relay that cuts, resets, stalls, refuses, and swallows the answers to what was done."""
    tally, chance = Tally("cuts relay", seed), random.Random(seed)
    try:
        server = Server()
    except FileNotFoundError as error:
        tally.left_out = str(error)
        return tally
    with server:
        apart(make, server.url)
        stall = min(LONGEST_STALL, seconds / 2)
        with RelayProcess((server.address, server.port), seed, stall) as between:
            with Crew(server.url_by("127.0.0.1", between.port), folder / "diaries", chance) as crew:
                _work(crew, seconds, chance, tally)
            for fault, many in zip(FAULTS, between.counts[:], strict=True):
                tally.add(fault, many)
        return _judged(server, crew, tally)


def _work(crew: Crew, seconds: float, chance: random.Random, tally: Tally) -> None:
    """Now and then a program is killed as well, so that one ends in the middle of a cut."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        time.sleep(chance.uniform(0, 10))
        crew.kill_one()
        tally.add("kills")


def cables(seconds: float, seed: int, folder: Path) -> Tally:
    """Two hosts, each a network namespace, whose cables are pulled out and put in again."""
    tally, chance = Tally("cuts cables", seed), random.Random(seed)
    try:
        with Cable(1) as first, Cable(2) as second, Server("*") as server:
            apart(make, server.url_by("127.0.0.1", server.port))
            crews = [
                Crew(server.url_by(cable.address, server.port), folder / str(at), chance, cable=cable)
                for at, cable in enumerate((first, second))
            ]
            with crews[0], crews[1]:
                _pull((first, second), seconds, chance, tally)
            return _judged(server, crews[0], tally, more=crews[1:])
    except (NotPermittedError, FileNotFoundError) as error:
        tally.left_out = str(error) or "this process may not make network namespaces"
        return tally


def _pull(cables: tuple[Cable, ...], seconds: float, chance: random.Random, tally: Tally) -> None:
    end = time.monotonic() + seconds
    longest = min(LONGEST_STALL, seconds / 3)
    while time.monotonic() < end:
        time.sleep(chance.uniform(0.2, 2))
        cable = chance.choice(cables)
        cable.pull()
        tally.add("cables pulled")
        time.sleep(chance.choice((0.1, 0.5, 2, longest)))
        cable.plug()


def _judged(server: Server, crew: Crew, tally: Tally, more: list[Crew] | None = None) -> Tally:
    diaries = [path for each in (crew, *(more or [])) for path in each.diaries]
    url = server.url_by("127.0.0.1", server.port)
    wait = longest_wait(diaries)
    tally.add("longest wait, seconds", round(wait))
    tally.must(f"waits of more than {LONGEST_WAIT:g} s", [wait] if wait > LONGEST_WAIT else [])
    return apart(judge, url, diaries, tally)
