"""SQLite's side of copies: its own backup interface, its own integrity check, and files moved in one step."""

from __future__ import annotations

import fcntl
import os
import sqlite3
from collections.abc import Callable
from contextlib import closing, suppress
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from queue_core.errors import CopyFailed, StoreInUse
from queue_core.store.before import Before, of_file, of_rows

if TYPE_CHECKING:
    from queue_core.store.store import Store

_SHARED_FIRST, _SHARED_SIZE = 0x40000002, 510
"""The bytes that every open connection in WAL mode holds a shared lock on (sqlite.org/src, os.h: SHARED_FIRST)."""
_BESIDE = ("-wal", "-shm")


def write(source: Path, target: Path) -> str:
    """Copy a database at one moment, prove the copy, give it its name last; return its schema's version.

    Raises CopyFailed.
    """
    part = target.with_name(f"{target.name}.part")
    try:
        _copy(source, part)
        revision = prove(part)
        _sync(part)
        part.replace(target)
        _sync(target.parent)
    except (sqlite3.Error, OSError) as error:
        raise CopyFailed(file=str(target), detail=str(error)) from error
    finally:
        part.unlink(missing_ok=True)
    return revision


def prove(path: Path) -> str:
    """Read a copy through and return its schema's version. Raises CopyFailed when it is not whole."""
    if not path.is_file():
        raise CopyFailed(file=str(path), detail="no such file")
    try:
        with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True)) as copy:
            flaws = integrity(copy)
            row = copy.execute("SELECT version_num FROM alembic_version").fetchone()
    except sqlite3.Error as error:
        raise CopyFailed(file=str(path), detail=str(error)) from error
    if flaws or row is None:
        raise CopyFailed(file=str(path), detail="; ".join(flaws) or "no version")
    return str(row[0])


def integrity(connection: sqlite3.Connection) -> list[str]:
    """Return what SQLite itself finds wrong: pages, indexes, rows that point nowhere. Reads the whole file."""
    try:
        said = [str(row[0]) for row in connection.execute("PRAGMA integrity_check(20)")]
        lost = connection.execute("PRAGMA foreign_key_check").fetchmany(20)
    except sqlite3.DatabaseError as error:  # so damaged that not even a list can be made
        return [str(error)]
    return [line for line in said if line != "ok"] + [
        f"{table} points at a missing {parent}" for table, _, parent, _ in lost
    ]


def put_back(
    store: Store, copy: Path, now: datetime, prepare: Callable[[Store, Before], None]
) -> Path | None:
    """Make the new file ready beside the old one, then change their names. See copies.put_back."""
    path, new = store.path, store.path.with_name(f"{store.path.name}.restoring")
    _refuse_in_use(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        _remove(new)
        _copy(copy, new)
        with closing(store.beside(new)) as fresh:
            fresh.migrate()
            with fresh.read() as connection:
                sites = of_rows(connection).keys()
            prepare(fresh, of_file(path, sites))
        _refuse_in_use(path)
        return _change_names(path, new, path.with_name(f"{path.name}.before-{now:%Y%m%dT%H%M%SZ}"))
    except (sqlite3.Error, OSError) as error:
        raise CopyFailed(file=str(copy), detail=str(error)) from error
    finally:
        _remove(new)


def _copy(source: Path, target: Path) -> None:
    target.unlink(missing_ok=True)
    with closing(sqlite3.connect(source)) as old, closing(sqlite3.connect(target)) as new:
        old.execute("PRAGMA query_only=ON")
        old.backup(new)  # in one step: one moment; who reads or writes the store is not held up
        new.execute("PRAGMA journal_mode=DELETE")  # a copy is one file; the store turns its log on again


def _refuse_in_use(path: Path) -> None:
    """Raise StoreInUse when a program has the store open. Only for a process that has not: closing drops its own locks."""
    if not path.exists():
        return
    with path.open("r+b") as file:
        try:
            fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB, _SHARED_SIZE, _SHARED_FIRST)
        except OSError as error:
            raise StoreInUse(store=str(path)) from error


def _change_names(path: Path, new: Path, aside: Path) -> Path | None:
    """Move the old file and its log out of the way, and the new one in.

    The log goes even where there is no file: left by a change of names that was cut off, it would be read into the new one.
    """
    old = aside if path.exists() else None
    for end in ("", *_BESIDE):
        with suppress(FileNotFoundError):
            path.with_name(path.name + end).replace(aside.with_name(aside.name + end))
    new.replace(path)
    _sync(path.parent)
    return old


def cut_off(path: Path) -> bool:
    """Whether putting a copy back was cut off between the two names: the old file is away, the new one not in its place."""
    return not path.exists() and path.with_name(f"{path.name}.restoring").exists()


def _remove(path: Path) -> None:
    for end in ("", ".lock", *_BESIDE):
        path.with_name(path.name + end).unlink(missing_ok=True)


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
