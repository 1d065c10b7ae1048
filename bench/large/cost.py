"""What a command costs the engine itself: virtual-machine steps on SQLite, buffers that are looked at on PostgreSQL."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import event

from queue_core import Store

Cost = Callable[[Callable[[], object]], int]
"""Do something; return what it cost."""

_EXPLAIN = (
    "LOAD 'auto_explain'",
    "SET client_min_messages = log",
    "SET auto_explain.log_min_duration = 0",
    "SET auto_explain.log_analyze = on",
    "SET auto_explain.log_buffers = on",
    "SET auto_explain.log_timing = off",
    "SET auto_explain.log_nested_statements = on",
    "SET auto_explain.log_format = json",
)
"""EXPLAIN (ANALYZE, BUFFERS) of what is really executed, foreign keys looked up included; see PostgreSQL's auto_explain."""


@contextmanager
def costed(store: Store) -> Iterator[tuple[Store, Cost]]:
    """The same store opened once more, and what tells the cost of a command on it."""
    again = Store(store.url, busy_seconds=store.busy_seconds)
    try:
        yield again, _steps(again) if again.is_sqlite else _buffers(again)
    finally:
        again.close()


def _steps(store: Store) -> Cost:
    def cost(act: Callable[[], object]) -> int:
        raw = store.engine().raw_connection()  # the pool has this one connection for writing
        driver: Any = raw.driver_connection
        raw.close()
        steps: list[None] = []
        driver.set_progress_handler(lambda: steps.append(None), 1)
        try:
            act()
        finally:
            driver.set_progress_handler(None, 1)
        return len(steps)

    return cost


def _buffers(store: Store) -> Cost:
    told: list[int] = []

    def listen(driver: Any, _record: object) -> None:
        driver.add_notice_handler(lambda notice: told.append(_blocks(notice.message_primary)))
        with driver.cursor() as cursor:
            for words in _EXPLAIN:
                cursor.execute(words)
        driver.commit()

    event.listen(store.engine(), "connect", listen)

    def cost(act: Callable[[], object]) -> int:
        told.clear()
        act()
        return sum(told)

    return cost


def _blocks(message: str | None) -> int:
    head, found, plan = (message or "").partition("plan:\n")
    if not head.startswith("duration:") or not found:
        return 0
    top = json.loads(plan)["Plan"]
    return int(top["Shared Hit Blocks"]) + int(top["Shared Read Blocks"])
