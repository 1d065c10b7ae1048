"""Do to a hall whatever may happen to it, and count: `python -m torture [STORY …] [--seconds N] [--seed N] [--engine …]`.

Exit code 1 when any promise was broken. Everything happens in a temporary folder, on loopback, and ends by itself.
"""

from __future__ import annotations

import argparse
import os
import platform
import secrets
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from torture import clocks, cuts, damage, disk, failover, hosts, kill, offline
from torture.tally import Tally, table, verdict

Story = Callable[[float, int, Path], Tally]
STORIES: dict[str, dict[str, Story]] = {
    "kill": {"sqlite": kill.kill_sqlite, "postgres": kill.kill_postgres},
    "cuts": {"postgres": cuts.relay, "cables": cuts.cables},
    "offline": {"sqlite": offline.offline_sqlite, "postgres": offline.offline_postgres},
    "hosts": {"postgres": hosts.hosts},
    "failover": {"postgres": failover.failover},
    "disk": {
        "full": disk.full,
        "limit": disk.limit,
        "sync": disk.sync,
        "torn": damage.torn,
        "flips": damage.flips,
        "locked": disk.locked,
    },
    "clock": {"sqlite": clocks.steps, "faketime": clocks.faketime},
}
DEFAULT_SECONDS = 20.0


def main(arguments: list[str]) -> int:
    """Run the stories; print the table and the verdict."""
    given = _parser().parse_args(arguments)
    tallies = []
    for name in given.story or list(STORIES):
        for kind, story in STORIES[name].items():
            if given.engine in ("", kind):
                tallies.append(_run(f"{name} {kind}", story, given.seconds, given.seed))
    print(f"\n{_machine(given.seconds)}\n\n{table(tallies)}\n\n{verdict(tallies)}")
    return 1 if any(tally.broken for tally in tallies) else 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m torture", description=__doc__)
    parser.add_argument("story", nargs="*", choices=[*STORIES, []], help="all when none is named")
    parser.add_argument("--seconds", type=float, default=DEFAULT_SECONDS, help="how long a story lasts")
    parser.add_argument("--seed", type=int, default=secrets.randbits(32), help="the same seed, the same dice")
    kinds = sorted({kind for kinds in STORIES.values() for kind in kinds})
    parser.add_argument("--engine", "--kind", choices=kinds, default="", help="only this kind of the story")
    return parser


def _run(name: str, story: Story, seconds: float, seed: int) -> Tally:
    print(f"{name}: {seconds:g} s, seed {seed} …", file=sys.stderr, flush=True)
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="torture-") as folder:
        tally = story(seconds, seed, Path(folder))
    said = tally.left_out or f"{len(tally.broken)} broken"
    print(f"{name}: {said}, {time.monotonic() - began:.0f} s", file=sys.stderr, flush=True)
    return tally


def _machine(seconds: float) -> str:
    load = ", ".join(f"{each:.2f}" for each in os.getloadavg())
    return (
        f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC · `make torture`, {seconds:g} s a story · {os.cpu_count()} cores, load {load} at the end"
        f" · {platform.system()} {platform.release()} · Python {platform.python_version()} · SQLite {sqlite3.sqlite_version}"
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
