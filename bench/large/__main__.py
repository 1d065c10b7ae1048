"""Today beside ten million stored tickets: `python -m bench.large [sqlite] [postgres] [--tickets N] [--small N] [--folder F]`.

The stores are made once, in `.large/` beside the source tree, and kept: about 11 GB on SQLite and 10 GB on PostgreSQL
for ten million tickets, filled in five to ten minutes each. Remove the folder when you have done.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

from bench.__main__ import machine
from bench.large import measure
from bench.large.fill import size
from bench.large.stores import FOLDER, postgres_house, postgres_server, room_for, sqlite_house
from bench.table import Row, table

TICKETS, SMALL = 10_000_000, 10_000
BYTES_A_TICKET = 1_150


def main(arguments: list[str]) -> int:
    """Measure what is asked for; print one table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("engines", nargs="*", help="sqlite, postgres; both when none is named")
    parser.add_argument("--tickets", type=int, default=TICKETS)
    parser.add_argument("--small", type=int, default=SMALL)
    parser.add_argument("--folder", type=Path, default=FOLDER)
    asked = parser.parse_args(arguments)
    unknown = set(asked.engines) - {"sqlite", "postgres"}
    if unknown:
        parser.error(f"no such engine: {', '.join(sorted(unknown))}")
    rows: list[Row] = []
    for engine in asked.engines or ["sqlite", "postgres"]:
        print(f"measuring {engine} …", file=sys.stderr)
        rows += rows_of(engine, asked.folder.resolve(), asked.tickets, asked.small)
    print(f"{machine().replace('python -m bench', 'python -m bench.large')}\n\n{table(rows)}")
    return 0


def rows_of(engine: str, folder: Path, tickets: int, small: int) -> Iterator[Row]:
    """Fill what is missing, then measure one engine."""
    with ExitStack() as opened:
        if engine == "sqlite":
            _room(folder, folder / f"sqlite-{tickets}" / "full", tickets)
            large, settings, seconds = opened.enter_context(sqlite_house(folder, tickets))
            little, _, _ = opened.enter_context(sqlite_house(folder, small))
        else:
            _room(folder, folder / "postgres" / "PG_VERSION", tickets)
            server = opened.enter_context(postgres_server(folder))
            large, settings, seconds = opened.enter_context(postgres_house(server, tickets))
            little, _, _ = opened.enter_context(postgres_house(server, small))
        name = "SQLite" if engine == "sqlite" else "PostgreSQL"
        if seconds:
            yield Row(f"{name}: filling {tickets:,} tickets", seconds, "s")
        yield Row(f"{name}: {tickets:,} tickets on the disk", size(large.store) / 1e9, "GB")
        pair = measure.Pair(large.store, little.store, settings.site[0].id, name)
        yield from measure.costs(pair)
        yield from measure.times(pair)
        yield from measure.reports(pair)


def _room(folder: Path, made: Path, tickets: int) -> None:
    room_for(folder, 0 if made.exists() else tickets * BYTES_A_TICKET)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
