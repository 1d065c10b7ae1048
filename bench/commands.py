"""How soon a command line answers."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterator

from bench.place import KIOSK, prepared_folder
from bench.table import Row, against, at_most, median

STARTS = 15
TYPER = (sys.executable, "-c", "import typer; typer.run(lambda: None)", "--help")


def help_start() -> Iterator[Row]:
    ours, bare = [], []
    for _ in range(STARTS):
        ours.append(_run([*KIOSK, "--help"]))
        bare.append(_run(list(TYPER)))
    row = at_most("kiosk --help, median", median(ours), "ms", 500)
    yield Row(
        row.name, row.value, row.unit, median(bare), "a typer program of one command", row.target, row.met
    )


def issue_start() -> Iterator[Row]:
    """A whole command in a process of its own, as a push button would run it."""
    with prepared_folder() as folder:
        times = [_run([*KIOSK, "issue", "DK.ktp", "--json"], cwd=str(folder)) for _ in range(STARTS)]
    bare = [_run([sys.executable, "-c", "import sqlalchemy, pydantic"]) for _ in range(STARTS)]
    yield against(
        "kiosk issue (process, store, paper), median",
        median(times),
        "ms",
        median(bare),
        "importing SQLAlchemy and pydantic",
    )


def _run(argv: list[str], cwd: str | None = None) -> float:
    begun = time.perf_counter()
    subprocess.run(argv, check=True, capture_output=True, cwd=cwd)
    return 1000 * (time.perf_counter() - begun)
