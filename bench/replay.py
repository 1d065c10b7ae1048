"""The floor of a command: the very statements that it made, with the same values, by the bare driver.

They are recorded while the command runs, on a store of which a copy was made before, and are done again on that copy: the same
tables, rows, indexes, constraints and texts, in the same order, in as many transactions, each behind the same lock. All
that is left out is what the program thinks.
"""

from __future__ import annotations

import fcntl
import os
import sqlite3
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psycopg
from sqlalchemy import Engine, event

_PLAIN = {str: str, int: int, float: float}


@dataclass
class Recorded:
    """What one action did, transaction by transaction."""

    transactions: list[list[tuple[str, Any]]] = field(default_factory=list)

    def count(self) -> str:
        """Say how many statements of each kind there are."""
        verbs = Counter(sql.split(None, 1)[0] for each in self.transactions for sql, _ in each)
        told = ", ".join(f"{count} {verb}" for verb, count in sorted(verbs.items()))
        return f"{told}, {len(self.transactions)} commit"


@contextmanager
def recording(engine: Engine) -> Iterator[Recorded]:
    """Record what is executed on an engine meanwhile."""
    recorded = Recorded()

    def note(*given: Any) -> None:
        _, _, sql, values, _, many = given
        for each in values if many else (values,):
            recorded.transactions[-1].append((sql, plain(each)))

    def begin(_connection: object) -> None:
        recorded.transactions.append([])

    event.listen(engine, "begin", begin)
    event.listen(engine, "before_cursor_execute", note)
    try:
        yield recorded
    finally:
        event.remove(engine, "before_cursor_execute", note)
        event.remove(engine, "begin", begin)


def plain(values: Any) -> Any:
    """Return values as a driver's user would write them: an enum's text as plain text."""
    if isinstance(values, dict):
        return {name: _plain(value) for name, value in values.items()}
    return tuple(_plain(value) for value in values)


def _plain(value: Any) -> Any:
    kind = next(
        (kind for kind in _PLAIN if isinstance(value, kind) and type(value) not in (kind, bool)), None
    )
    return value if kind is None else kind.__str__(value) if kind is str else _PLAIN[kind](value)


def copy_of(path: Path) -> Path:
    """Copy a store as it is now."""
    target = path.with_name("floor.db")
    with sqlite3.connect(path) as here, sqlite3.connect(target) as there:
        here.backup(there)
    here.close()
    there.close()
    return target


@dataclass(frozen=True)
class Replay:
    """Does recorded statements again."""

    name: str
    act: Callable[[Recorded], None]

    def __call__(self, recorded: Recorded) -> None:
        self.act(recorded)


def sqlite_replay(path: Path) -> Replay:
    """Return what does recorded statements again on a SQLite file, with the promises of the product."""
    connection = sqlite3.connect(path, isolation_level=None)
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
        connection.execute(f"PRAGMA {pragma}")
    lock = os.open(path.with_name("floor.lock"), os.O_RDWR | os.O_CREAT, 0o600)

    def act(recorded: Recorded) -> None:
        for statements in recorded.transactions:
            fcntl.flock(lock, fcntl.LOCK_EX)
            connection.execute("BEGIN IMMEDIATE")
            for sql, values in statements:
                connection.execute(sql, values).fetchall()
            connection.execute("COMMIT")
            fcntl.flock(lock, fcntl.LOCK_UN)

    return Replay("raw sqlite3, the same statements and lock", act)


def postgres_replay(url: str) -> Replay:
    """Return what does recorded statements again by one psycopg connection, which prepares them as psycopg does."""
    connection = psycopg.connect(url)

    def act(recorded: Recorded) -> None:
        for statements in recorded.transactions:
            for sql, values in statements:
                cursor = connection.execute(sql, values)
                if cursor.description:
                    cursor.fetchall()
            connection.commit()

    return Replay("raw psycopg, the same statements", act)
