"""A disk that is full, that refuses, that fails to force: nothing acknowledged is lost, and all goes on afterwards."""

from __future__ import annotations

import os
import random
import resource
import shutil
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

from queue_core.errors import QueueError
from torture.crew import Crew
from torture.hall import apart, make, opened
from torture.judge import judge, longest_wait
from torture.people import Program, kiosk
from torture.tally import Tally

DISK = "24m"
PER_MILLE = {"FAIL_SYNC": 30, "FAIL_WRITE": 10}
SOURCE = Path(__file__).with_name("fail_io.c")
LONGEST_WAIT = 10.0
"""Seconds after which a command is refused when somebody holds the file; programs here have a patience of one second."""


@contextmanager
def _small_disk(folder: Path) -> Iterator[Path]:
    """A disk of its own with little room. Raises OSError, CalledProcessError when this process may not mount one."""
    folder.mkdir()
    subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={DISK}", "tmpfs", folder], check=True, capture_output=True
    )
    try:
        yield folder
    finally:
        subprocess.run(["umount", "-l", folder], check=True)


def full(seconds: float, seed: int, folder: Path) -> Tally:
    """The disk fills up and is emptied again, while programs work, are killed, and begin."""
    tally, chance = Tally("disk full", seed), random.Random(seed)
    try:
        with _small_disk(folder / "disk") as disk:
            url = f"sqlite:///{disk / 'kiosk.db'}"
            apart(make, url)
            with Crew(url, folder / "diaries", chance, kiosks=1) as crew:
                _fill_and_empty(disk, url, crew, seconds, chance, tally)
            return apart(judge, url, crew.diaries, tally)
    except (OSError, subprocess.CalledProcessError) as error:
        tally.left_out = f"no small disk can be made here ({error})"
        return tally


def _fill_and_empty(
    disk: Path, url: str, crew: Crew, seconds: float, chance: random.Random, tally: Tally
) -> None:
    ballast, end = disk / "ballast", time.monotonic() + seconds
    while time.monotonic() < end:
        time.sleep(chance.uniform(0.2, 1))
        with suppress(OSError), ballast.open("wb", buffering=0) as file:
            while True:
                file.write(bytes(chance.choice((512, 4096, 65536))))
        tally.add("times full")
        if chance.random() < 0.5:
            crew.kill_one()
            tally.add("kills while full")
        for told in apart(_look, url):
            tally.add(f"looks while full: {told}")
        time.sleep(chance.uniform(0.2, 1))
        ballast.unlink()


def _look(url: str) -> list[str]:
    """What a program that begins now is told."""
    told = []
    with opened(url) as (_, lobby):
        for look in (lobby.queues, lobby.board):
            try:
                look()
                told.append("answered")
            except QueueError as error:
                told.append(error.code)
    return told


def limit(seconds: float, seed: int, folder: Path) -> Tally:
    """No file may grow beyond a limit that comes and goes: a quota, in the middle of a transaction."""
    tally = Tally("disk limit", seed)
    url, diary = f"sqlite:///{folder / 'kiosk.db'}", folder / "kiosk-1.jsonl"
    apart(make, url)
    tally.add("times limited", apart(_limited, url, diary, seed, seconds))
    return apart(judge, url, [diary], tally)


def _limited(url: str, diary: Path, seed: int, seconds: float) -> int:
    """Lower the limit before some commands, and lift it when the store has said so."""
    program, times, end = Program(url, diary, seed, 1.0), 0, time.monotonic() + seconds / 3
    wal, most = Path(f"{url.removeprefix('sqlite:///')}-wal"), resource.getrlimit(resource.RLIMIT_FSIZE)[1]
    with opened(url) as (_, program.lobby):
        while time.monotonic() < end:
            kiosk(program)
            size = wal.stat().st_size
            resource.setrlimit(resource.RLIMIT_FSIZE, (size + program.chance.randrange(9000), most))
            try:
                program.lobby.issue("DK.ktp", request_id=f"limited-{times}")
            except QueueError as error:
                program.diary.note(away=error.code, waited=0)
            resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))
            program.asked(f"limited-{times}", "issue", "DK.ktp")
            times += 1
    return times


def sync(seconds: float, seed: int, folder: Path) -> Tally:
    """Forcing to the disk fails by chance, and writing by half; programs are killed and begin anew."""
    tally, chance = Tally("disk sync", seed), random.Random(seed)
    compiler = shutil.which("cc")
    if compiler is None:
        tally.left_out = "there is no C compiler for the faults"
        return tally
    library = folder / "fail_io.so"
    subprocess.run([compiler, "-O1", "-shared", "-fPIC", "-o", library, SOURCE, "-ldl"], check=True)
    url, diaries = f"sqlite:///{folder / 'kiosk.db'}", [folder / "kiosk-1.jsonl", folder / "counter-1.jsonl"]
    apart(make, url)
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        running = [_unlucky(library, url, diary, chance) for diary in diaries]
        _wait_until_both_work(diaries)
        time.sleep(chance.uniform(0.5, 3))
        for each in running:
            each.kill()
            each.wait()
        tally.add("kills", len(running))
    return apart(judge, url, diaries, tally)


def _wait_until_both_work(diaries: list[Path]) -> None:
    """Programs that were only starting would be killed for nothing on a slow machine."""
    before, end = [_size(each) for each in diaries], time.monotonic() + 30
    while any(_size(each) <= was for each, was in zip(diaries, before, strict=True)):
        if time.monotonic() > end:
            return
        time.sleep(0.05)


def _size(path: Path) -> int:
    return path.stat().st_size if path.exists() else 0


def _unlucky(library: Path, url: str, diary: Path, chance: random.Random) -> subprocess.Popen[bytes]:
    seed = chance.getrandbits(31)
    faults = {
        "FAIL_FILE": "kiosk.db",
        "FAIL_SEED": str(seed),
        **{key: str(n) for key, n in PER_MILLE.items()},
    }
    words = "import sys, pathlib; from torture.people import live; live(sys.argv[1], pathlib.Path(sys.argv[2]), int(sys.argv[3]))"
    return subprocess.Popen(
        [sys.executable, "-c", words, url, str(diary), str(seed)],
        env={**os.environ, **faults, "LD_PRELOAD": str(library)},
    )


def locked(seconds: float, seed: int, folder: Path) -> Tally:
    """Somebody else holds the file, or the lock beside it, for longer than programs wait."""
    tally, chance = Tally("disk locked", seed), random.Random(seed)
    url = f"sqlite:///{folder / 'kiosk.db'}"
    apart(make, url)
    end = time.monotonic() + seconds / 2
    with Crew(url, folder / "diaries", chance, kiosks=2) as crew:
        while time.monotonic() < end:
            time.sleep(chance.uniform(0.1, 0.8))
            how = chance.choice(("BEGIN IMMEDIATE", "BEGIN EXCLUSIVE", "flock"))
            apart(_hold, folder / "kiosk.db", how, chance.choice((0.3, 1.5, 3)))
            tally.add(f"held by {how}")
    wait = longest_wait(crew.diaries)
    tally.add("longest wait, seconds", round(wait))
    tally.must(f"waits of more than {LONGEST_WAIT:g} s", [wait] if wait > LONGEST_WAIT else [])
    return apart(judge, url, crew.diaries, tally)


def _hold(path: Path, how: str, seconds: float) -> None:
    if how == "flock":
        import fcntl

        with path.with_name(f"{path.name}.lock").open("r+b") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            time.sleep(seconds)
        return
    with closing(sqlite3.connect(path, isolation_level=None, timeout=30)) as file:
        file.execute(how)
        time.sleep(seconds)
        file.execute("ROLLBACK")
