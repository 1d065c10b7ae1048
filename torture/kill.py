"""kill -9: programs, all of them at once, a server's connections, the server itself."""

from __future__ import annotations

import os
import random
import signal
import time
from contextlib import suppress
from pathlib import Path

from torture.crew import Crew
from torture.hall import apart, make
from torture.judge import judge
from torture.server import Server
from torture.tally import Tally


def kill_sqlite(seconds: float, seed: int, folder: Path) -> Tally:
    """Kill programs on one SQLite file; every fifteenth time all of them at once, and check the file cold."""
    tally, chance = Tally("kill sqlite", seed), random.Random(seed)
    url = f"sqlite:///{folder / 'kiosk.db'}"
    apart(make, url)
    end = time.monotonic() + seconds
    with Crew(url, folder / "diaries", chance) as crew:
        while time.monotonic() < end:
            time.sleep(chance.uniform(0, 0.4))
            if chance.random() < 1 / 15:
                crew.kill_all()
                tally.add("kills of all at once")
                crew.begin_all()
            else:
                crew.kill_one()
                tally.add("kills")
    return apart(judge, url, crew.diaries, tally)


def kill_postgres(seconds: float, seed: int, folder: Path) -> Tally:
    """Kill programs, connections (the server recovers from a crash then) and the server."""
    tally, chance = Tally("kill postgres", seed), random.Random(seed)
    try:
        server = Server()
    except FileNotFoundError as error:
        tally.left_out = str(error)
        return tally
    with server:
        apart(make, server.url)
        end = time.monotonic() + seconds
        with Crew(server.url, folder / "diaries", chance) as crew:
            while time.monotonic() < end:
                time.sleep(chance.uniform(0, 0.6))
                _one_kill(server, crew, chance, tally)
        server.start_if_dead()
        return apart(judge, server.url, crew.diaries, tally)


def _one_kill(server: Server, crew: Crew, chance: random.Random, tally: Tally) -> None:
    hit = chance.random()
    if hit < 0.9:
        crew.kill_one()
        tally.add("kills")
    elif hit < 0.97:
        children = server.children()
        if children:
            with suppress(ProcessLookupError):
                os.kill(chance.choice(children), signal.SIGKILL)
            tally.add("kills of the server's processes")
    else:
        server.kill()
        tally.add("kills of the server")
        server.start()
