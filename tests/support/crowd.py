"""A crowd: processes that take numbers and processes that call them, all at once, on one store.

Run as a program, so that it may fork before anything is opened: `python -m tests.support.crowd URL SITE ISSUERS CALLERS
EACH`. Prints one JSON object: how many were called, and every refusal.
"""

from __future__ import annotations

import json
import multiprocessing
import secrets
import sys
import time
import traceback
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from queue_core import Lobby, Store, open_feed, open_store
from queue_core.errors import QuotaReached
from queue_core.ids import id_maker

WANTED = ("DK.ktp", "DK.kk", "BN.sim")
LONGEST_SECONDS = 170.0
PATIENCE = 60.0
"""Seconds that each waits for its turn: who is refused shall have starved, not met a slow machine."""


def lobby_of(store: Store, site: str) -> Lobby:
    return Lobby(
        store,
        site,
        clock=lambda: datetime.now(UTC),
        new_id=id_maker(secrets.token_bytes),
        random_bytes=secrets.token_bytes,
    )


def take_numbers(lobby: Lobby, _store: Store, who: int, each: int, _called: Any, _all: int) -> None:
    for turn in range(each):
        service = WANTED[(who + turn) % len(WANTED)]
        with suppress(QuotaReached):
            lobby.issue(service, request_id=f"{who}-{turn}", priority=(who + turn) % 5 == 0)


def call_them(lobby: Lobby, store: Store, who: int, _each: int, called: Any, total: int) -> None:
    feed, end = open_feed(store), time.monotonic() + LONGEST_SECONDS
    try:
        while called.value < total and time.monotonic() < end:
            if lobby.call_next(str(who + 1)) is None:
                feed.wait(0.05)
                continue
            with called.get_lock():
                called.value += 1
            lobby.start(str(who + 1))
    finally:
        feed.close()


def one(work: Callable[..., None], start: Any, refused: Any, url: str, site: str, *numbers: Any) -> None:
    store = open_store(url, base=Path("/"), busy_seconds=PATIENCE)
    try:
        lobby = lobby_of(store, site)
        start.wait(60)
        work(lobby, store, *numbers)
    except Exception:
        refused.put(traceback.format_exc()[-1000:])  # short: nobody reads the pipe before the end
    finally:
        store.close()


def main(url: str, site: str, issuers: int, callers: int, each: int) -> None:
    context = multiprocessing.get_context("fork")
    start, refused, called = context.Barrier(issuers + callers), context.SimpleQueue(), context.Value("i", 0)
    jobs = [(take_numbers, who) for who in range(issuers)] + [(call_them, who) for who in range(callers)]
    processes = [
        context.Process(target=one, args=(work, start, refused, url, site, who, each, called, issuers * each))
        for work, who in jobs
    ]
    for process in processes:
        process.start()
    end = time.monotonic() + LONGEST_SECONDS + 20
    for process in processes:
        process.join(max(0.1, end - time.monotonic()))
        process.kill()
        process.join()
    failures = []
    while not refused.empty():
        failures.append(refused.get())
    said = {"called": called.value, "refused": failures, "ended": [process.exitcode for process in processes]}
    sys.stdout.write(json.dumps(said))


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], *(int(number) for number in sys.argv[3:6]))
