"""The first server dies, its standby is promoted by hand, and nobody tells the programs: they find it."""

from __future__ import annotations

import random
import signal
import tempfile
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from shutil import rmtree

import psycopg

from tests.support.postgres import Server, find_binaries
from torture.crew import Crew
from torture.diary import lines
from torture.hall import apart, make
from torture.judge import judge
from torture.tally import Tally

ROUND_SECONDS = 6.0
"""A failover each so many seconds; making the next standby takes about one."""
PATIENCE = 60.0
SETTINGS = (
    "--fsync=on",
    "--full_page_writes=on",
    "--synchronous_commit=on",
    "--hot_standby=on",
    "--wal_level=replica",
)


def failover(seconds: float, seed: int, folder: Path) -> Tally:
    """Commits wait for the standby (`synchronous_standby_names`), so nothing that was acknowledged may be lost."""
    tally, chance = Tally("failover postgres", seed), random.Random(seed)
    binaries = find_binaries()
    if binaries is None:
        tally.left_out = "PostgreSQL's initdb and postgres are not installed"
        return tally
    places = [Path(tempfile.mkdtemp(prefix="pg-")) for _ in range(2)]
    url = f"postgresql://kiosk@/postgres?host={places[0]},{places[1]}"
    first = Server(binaries, places[0], SETTINGS)
    try:
        first.make()
        first.start()
        apart(make, url)
        with Crew(url, folder / "diaries", chance) as crew:
            end = time.monotonic() + seconds
            while time.monotonic() < end:
                first = _fail_over(first, next(each for each in places if each != first.folder), chance)
                tally.add("primaries killed")
                _go_on(crew, tally)
        return apart(judge, url, crew.diaries, tally)
    finally:
        first.stop()
        for each in places:
            rmtree(each, ignore_errors=True)


def _fail_over(first: Server, place: Path, chance: random.Random) -> Server:
    """Make a standby that commits wait for, kill the primary, promote; the old one never comes back as it was."""
    rmtree(place / "data", ignore_errors=True)
    second = Server(first.binaries, place, SETTINGS)
    copy = ["-D", str(second.data), "-R", "-X", "stream", "-c", "fast", "-h", str(first.folder)]
    second.run("pg_basebackup", *copy, "-d", "user=kiosk application_name=standby")
    second.start()
    with psycopg.connect(first.url.format(database="postgres"), autocommit=True) as admin:
        admin.execute("ALTER SYSTEM SET synchronous_standby_names = 'standby'")
        admin.execute("SELECT pg_reload_conf()")
        _until(
            lambda: admin.execute("SELECT 1 FROM pg_stat_replication WHERE sync_state = 'sync'").fetchone()
        )
    time.sleep(chance.uniform(0, ROUND_SECONDS))
    first.stop(signal.SIGKILL)
    second.run("pg_ctl", "promote", "-D", str(second.data))
    with psycopg.connect(second.url.format(database="postgres"), autocommit=True) as admin:
        admin.execute("ALTER SYSTEM RESET synchronous_standby_names")
        admin.execute("SELECT pg_reload_conf()")
    return second


def _go_on(crew: Crew, tally: Tally) -> None:
    """Wait until each program has been answered again, by itself."""
    before = {diary: _answers(diary) for diary in crew.diaries if diary.stem.startswith("kiosk")}
    began = time.monotonic()
    _until(lambda: all(_answers(diary) > many for diary, many in before.items()))
    longest = "slowest program to go on by itself, in milliseconds"
    tally.counts[longest] = max(tally.counts[longest], round(1000 * (time.monotonic() - began)))


def _answers(diary: Path) -> int:
    with suppress(FileNotFoundError):
        return sum("ack" in line for line in lines(diary))
    return 0


def _until(fact: Callable[[], object]) -> None:
    end = time.monotonic() + PATIENCE
    while not fact():
        if time.monotonic() > end:
            raise TimeoutError
        time.sleep(0.05)
