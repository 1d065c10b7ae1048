"""What each program costs while nobody does anything, all of them together on one store: processor and memory."""

from __future__ import annotations

import os
import re
import select
import subprocess
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from bench.pages import configure
from bench.place import KIOSK, prepared_folder
from bench.pty_program import PtyProgram, end_with_parent
from bench.screens import BARE
from bench.table import Row, at_most

BARE_NAME = "a bare Textual program"
SCREENS: dict[str, Sequence[str]] = {
    BARE_NAME: BARE,
    "touch": (*KIOSK, "touch"),
    "counter": (*KIOSK, "counter", "1"),
    "supervisor": (*KIOSK, "supervisor"),
    "board": (*KIOSK, "board"),
}
SERVERS: dict[str, Sequence[str]] = {"web": (*KIOSK, "web"), "spool": (*KIOSK, "spool")}
WARM, MEASURED = 15.0, 20.0
READY = {"touch": "Dukcapil", "counter": "PIN 2580"}
TICK = 1000 / os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Use:
    """Milliseconds of processor since the start, with its children; bytes in memory: all, with its share of what is shared
    counted once, and without any that is shared."""

    cpu: float
    resident: int
    proportional: int
    private: int


def idle() -> Iterator[Row]:
    """Each program is open and at rest: the counter signed in, the board and the supervisor on an empty hall."""
    used, memory = _measured()
    bare = used.pop(BARE_NAME)
    for name, cpu in used.items():
        row = at_most(f"{name} at rest: processor, a second", cpu, "ms", 30)
        yield Row(row.name, cpu, "ms", bare, BARE_NAME, row.target, row.met)
    least = memory.pop(BARE_NAME)
    for name, use in memory.items():
        own, whole = use.proportional / 1e6, use.resident / 1e6
        yield Row(f"{name}: memory of its own", own, "MB", least.proportional / 1e6, BARE_NAME)
        yield Row(f"{name}: resident", whole, "MB", least.resident / 1e6, BARE_NAME)


def _measured() -> tuple[dict[str, float], dict[str, Use]]:
    with all_open() as (screens, pids):
        drain(screens.values(), WARM)
        before = {name: use(pid) for name, pid in pids.items()}
        begun = time.perf_counter()
        drain(screens.values(), MEASURED)
        seconds = time.perf_counter() - begun
        after = {name: use(pid) for name, pid in pids.items()}
    return {name: (after[name].cpu - before[name].cpu) / seconds for name in pids}, after


@contextmanager
def all_open() -> Iterator[tuple[dict[str, PtyProgram], dict[str, int]]]:
    """All programs on one new store: those with a screen, and the process ids of all."""
    with prepared_folder() as folder, ExitStack() as opened:
        configure(folder)
        pids = {name: opened.enter_context(serving(argv, folder)) for name, argv in SERVERS.items()}
        screens = {}
        for name, argv in SCREENS.items():
            screens[name] = opened.enter_context(PtyProgram(argv, cwd=folder, columns=120, rows=40))
            pids[name] = screens[name].pid
            if name in READY:
                screens[name].wait_for(READY[name])
        drain(screens.values(), 1)
        screens["counter"].send(b"demo\r2580\r")
        yield screens, pids


@contextmanager
def serving(argv: Sequence[str], folder: Path) -> Iterator[int]:
    """A program without a screen; its process id."""
    nowhere = subprocess.DEVNULL
    server = subprocess.Popen(argv, cwd=folder, stdout=nowhere, stderr=nowhere, preexec_fn=end_with_parent)
    try:
        yield server.pid
    finally:
        server.terminate()
        server.wait(30)


def drain(screens: Iterable[PtyProgram], seconds: float) -> None:
    """Take in what the programs write, so that none of them waits for its terminal."""
    end, watched = time.perf_counter() + seconds, list(set(screens))
    while (left := end - time.perf_counter()) > 0:
        for program in select.select(watched, [], [], left)[0]:
            program.take()


def use(pid: int) -> Use:
    """What a process has used by now. Linux tells it in /proc."""
    proc = Path("/proc", str(pid))
    stat = proc.joinpath("stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    rollup = proc.joinpath("smaps_rollup").read_text(encoding="utf-8")
    sizes = dict(re.findall(r"(?m)^(Rss|Pss|Private_Clean|Private_Dirty):\s+(\d+) kB$", rollup))
    return Use(
        cpu=TICK * sum(map(int, stat[11:15])),  # utime, stime, and those of children that ended
        resident=1024 * int(sizes["Rss"]),
        proportional=1024 * int(sizes["Pss"]),
        private=1024 * (int(sizes["Private_Clean"]) + int(sizes["Private_Dirty"])),
    )
