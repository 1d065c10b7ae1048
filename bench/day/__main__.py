"""Play the scripted day by hand: `python -m bench.day [--visits 750] [--seed 1] [--url postgresql://…]`.

Without a URL a new SQLite file beside the checkout is used and removed again; a PostgreSQL database must be empty.
"""

from __future__ import annotations

import argparse
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.day.play import play
from bench.day.player import VISITS
from bench.place import disk
from kiosk.wiring import dice
from queue_core import open_store


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--visits", type=int, default=VISITS)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--url", default="")
    asked = parser.parse_args()
    with TemporaryDirectory(prefix="day-", dir=disk()) as name:
        store = open_store(asked.url or "sqlite:///day.db", base=Path(name))
        store.create()
        begun = time.monotonic()
        players = play(store, dice(asked.seed), visits=asked.visits, look_every=100)
        seconds = time.monotonic() - begun
        store.close()
    waits = [len(visit.waits) for visit in players.account.visits.values()]
    print(
        f"{len(waits)} visits, {sum(waits)} waits, {players.done.total()} commands, {players.account.seq} events"
    )
    print(f"until {players.clock():%H:%M} UTC of the played day, in {seconds:.0f} s")
    print("done:    " + ", ".join(f"{verb} {count}" for verb, count in sorted(players.done.items())))
    print("refused: " + ", ".join(f"{verb} {count}" for verb, count in sorted(players.refused.items())))
    print("All screens, the figures and the account from the events agreed at each look; no cap was broken.")


if __name__ == "__main__":
    main()
