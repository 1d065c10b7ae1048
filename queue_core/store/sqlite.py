"""SQLite: how the file is opened, written by one at a time, and what its errors mean."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, MetaData, PoolProxiedConnection, create_engine, event
from sqlalchemy.pool import QueuePool

from queue_core.errors import QueueError, StoreBusy, StoreDamaged, StoreFull, StoreUnreachable
from queue_core.store.json_text import plain_json
from queue_core.store.sqlite_values import prove_values

NETWORK_FILE_SYSTEMS = frozenset(
    {
        "nfs",
        "nfs4",
        "cifs",
        "smb3",
        "smbfs",
        "9p",
        "afs",
        "ncpfs",
        "ceph",
        "glusterfs",
        "fuse.sshfs",
        "fuse.glusterfs",
    }
)
"""On these, SQLite's write-ahead log and kernel locks do not hold between machines (sqlite.org/wal.html)."""

_BUSY = frozenset({sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED})
_DAMAGED = frozenset({sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB})
_CONTRADICTION = frozenset({sqlite3.SQLITE_CONSTRAINT_UNIQUE, sqlite3.SQLITE_CONSTRAINT_PRIMARYKEY})
"""With one writer at a time nobody writes what is there already, unless the rows that told so have changed by themselves."""
_BROKEN = frozenset(
    {
        sqlite3.SQLITE_CANTOPEN,
        sqlite3.SQLITE_IOERR,
        sqlite3.SQLITE_PERM,
        sqlite3.SQLITE_READONLY,
    }
)

_A_YEAR_OR_TWO = {
    ("ticket", "ticket"): "100000 100000 1",
    ("ticket", "ix_ticket_day"): "100000 100000 250 20",
    ("ticket", "ix_ticket_waiting"): "100 100 100 20 15 1 1",
    ("ticket", "uq_ticket_standing"): "20 20 1",
    ("ticket", "sqlite_autoindex_ticket_2"): "100000 100000 2 1",
    ("visit", "visit"): "90000 90000 1",
    ("visit", "ix_visit_label"): "90000 90000 220 1",
    ("visit", "sqlite_autoindex_visit_2"): "90000 90000 220 1",
    ("visit", "sqlite_autoindex_visit_3"): "90000 90000 9000 9000 30 1",
    ("visit_leg", "visit_leg"): "9000 9000 3 1",
    ("event", "event"): "500000 500000 1",
    ("event", "ix_event_visit"): "500000 500000 5",
    ("event", "uq_event_request"): "400000 400000 1",
    ("print_job", "print_job"): "100000 100000 1",
    ("print_job", "ix_print_job_ticket"): "100000 100000 1",
    ("print_job", "ix_print_job_open"): "10 10 5 1 1",
    ("number_series", "number_series"): "10000 10000 500 400 1",
    ("site", "site"): "3 1",
    ("agency", "agency"): "20 20 1",
    ("service", "service"): "50 50 1",
    ("counter", "counter"): "30 30 1",
    ("counter_service", "counter_service"): "60 60 2 1",
}
"""Table and index to its rows, then to the rows that share its first column, its first two, and so on.

What a mall's store holds after a year or two, told to the planner from the first day: left to guess, it takes the primary
key of a site for selective and reads all that ever happened there. See sqlite.org/optoverview.html, "Manual control of
query plans using SQLITE_STAT tables". A test counts the steps of every look and command.
"""


def teach_planner(connection: Connection) -> None:
    """Tell SQLite how much each index narrows, within the caller's transaction."""
    connection.exec_driver_sql("ANALYZE")  # makes the table of statistics, empty as the store may be
    connection.exec_driver_sql("DELETE FROM sqlite_stat1")
    connection.exec_driver_sql(
        "INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES (?, ?, ?)",
        [(table, index, rows) for (table, index), rows in _A_YEAR_OR_TWO.items()],
    )
    connection.exec_driver_sql(
        "ANALYZE sqlite_schema"
    )  # this connection reads them now, others when they open


def file_system(path: Path, mounts: Iterable[str]) -> str:
    """Return the type of the file system that holds `path`, from the lines of /proc/mounts; '' if none does."""
    best, kind = -1, ""
    for line in mounts:
        fields = line.split()
        if len(fields) < 3:
            continue
        mount = Path(fields[1].encode().decode("unicode_escape"))  # a space is written \040
        if path.is_relative_to(mount) and len(mount.parts) >= best:
            best, kind = len(mount.parts), fields[2]
    return kind


def refuse_network(path: Path, mounts: Path = Path("/proc/mounts")) -> None:
    """Raise StoreUnreachable when the file would lie on a network file system."""
    if not mounts.exists():
        return
    kind = file_system(path.resolve(), mounts.read_text(encoding="utf-8", errors="replace").splitlines())
    if kind in NETWORK_FILE_SYSTEMS:
        raise StoreUnreachable(
            detail=f"{path} lies on a network file system ({kind}); SQLite needs a local disk"
        )


def engines(path: Path, busy_seconds: float) -> tuple[Engine, Engine]:
    """Return the writer (one connection, BEGIN IMMEDIATE) and the readers (plain BEGIN, cannot write)."""
    url = URL.create("sqlite", database=str(path))
    options = {"timeout": busy_seconds, "check_same_thread": False}
    shared: dict[str, Any] = {
        "connect_args": options,
        "poolclass": QueuePool,
        "json_serializer": plain_json,
    }
    writer = create_engine(url, **shared, pool_size=1, max_overflow=0)
    reader = create_engine(url, **shared, pool_size=4, max_overflow=12)
    for engine, words in ((writer, "BEGIN IMMEDIATE"), (reader, "BEGIN")):
        prove_values(engine)
        _begin_with(engine, words)
    event.listen(writer, "connect", _open_for_writing)
    event.listen(reader, "connect", _open_for_reading)
    return writer, reader


def _begin_with(engine: Engine, words: str) -> None:
    """Let the engine begin and commit in the driver's own words; what the driver answers is read by `meaning`."""
    dialect = engine.dialect

    def begin(connection: PoolProxiedConnection) -> None:
        connection.dbapi_connection.execute(words)  # type: ignore[union-attr]

    def commit(connection: PoolProxiedConnection) -> None:
        connection.dbapi_connection.commit()  # type: ignore[union-attr]

    dialect.do_begin, dialect.do_commit = begin, commit  # type: ignore[assignment]


def _open_for_writing(connection: Any, _record: object) -> None:
    connection.isolation_level = None  # _begin_with says BEGIN; the driver must not
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "journal_size_limit=67108864"):
        connection.execute(f"PRAGMA {pragma}")


def _open_for_reading(connection: Any, _record: object) -> None:
    connection.isolation_level = None
    connection.execute("PRAGMA query_only=ON")


_COLUMNS = (
    "SELECT t.name, c.name FROM sqlite_schema t JOIN pragma_table_info(t.name) c WHERE t.type = 'table'"
)


def missing_columns(connection: Connection, wanted: MetaData) -> list[str]:
    """Return the columns that the file's own description of itself has lost: no integrity check reads it."""
    found = {f"{table}.{column}" for table, column in connection.exec_driver_sql(_COLUMNS)}
    needed = {f"{table.name}.{column.name}" for table in wanted.tables.values() for column in table.columns}
    return sorted(needed - found)


def meaning(error: BaseException | None, busy_seconds: float) -> QueueError | None:
    """Return what a driver's error means to a caller; None for a fault of the program, which must stay loud."""
    code = getattr(error, "sqlite_errorcode", None)
    if not isinstance(code, int):
        return None
    primary = code & 0xFF
    if primary in _BUSY:
        return StoreBusy(seconds=busy_seconds)
    if primary in _DAMAGED or code in _CONTRADICTION:
        return StoreDamaged(detail=str(error))
    if primary == sqlite3.SQLITE_FULL:
        return StoreFull(detail=str(error))
    return StoreUnreachable(detail=str(error)) if primary in _BROKEN else None
