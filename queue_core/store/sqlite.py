"""SQLite: how the file is opened, written by one at a time, and what its errors mean."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Engine, create_engine, event
from sqlalchemy.pool import QueuePool

from queue_core.errors import QueueError, StoreBusy, StoreUnreachable

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
_BROKEN = frozenset(
    {
        sqlite3.SQLITE_CANTOPEN,
        sqlite3.SQLITE_CORRUPT,
        sqlite3.SQLITE_FULL,
        sqlite3.SQLITE_IOERR,
        sqlite3.SQLITE_NOTADB,
        sqlite3.SQLITE_PERM,
        sqlite3.SQLITE_READONLY,
    }
)


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
    writer = create_engine(url, connect_args=options, poolclass=QueuePool, pool_size=1, max_overflow=0)
    reader = create_engine(url, connect_args=options, poolclass=QueuePool, pool_size=4, max_overflow=12)
    event.listen(writer, "connect", _open_for_writing)
    event.listen(reader, "connect", _open_for_reading)
    event.listen(writer, "begin", lambda connection: connection.exec_driver_sql("BEGIN IMMEDIATE"))
    event.listen(reader, "begin", lambda connection: connection.exec_driver_sql("BEGIN"))
    return writer, reader


def _open_for_writing(connection: Any, _record: object) -> None:
    connection.isolation_level = None  # the begin events above say BEGIN; the driver must not
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "journal_size_limit=67108864"):
        connection.execute(f"PRAGMA {pragma}")


def _open_for_reading(connection: Any, _record: object) -> None:
    connection.isolation_level = None
    connection.execute("PRAGMA query_only=ON")


def meaning(error: BaseException | None, busy_seconds: float) -> QueueError | None:
    """Return what a driver's error means to a caller; None for a fault of the program, which must stay loud."""
    code = getattr(error, "sqlite_errorcode", None)
    if not isinstance(code, int):
        return None
    primary = code & 0xFF
    if primary in _BUSY:
        return StoreBusy(seconds=busy_seconds)
    return StoreUnreachable(detail=str(error)) if primary in _BROKEN else None
