"""Copies of the store: made while it is in use, proved before they count, put back with nothing thrown away."""

from __future__ import annotations

import fcntl
import os
import re
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from queue_core import migrations
from queue_core.errors import CopyFailed, StoreNewer
from queue_core.store import postgres_copies, sqlite_copies
from queue_core.store.before import farther, of_list, of_rows, write_down

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from queue_core.store.before import Before
    from queue_core.store.store import Store

    Prepare = Callable[[Store, Before], None]

_NAME = re.compile(r"kiosk-\d{8}T\d{6}Z\.(db|dump)")
"""Only files of this form are ever removed: what was put beside them by hand stays."""


@dataclass(frozen=True, slots=True)
class Copy:
    """A copy that was read through and found whole."""

    path: Path
    bytes: int
    revision: str


def make_copy(store: Store, folder: Path, now: datetime) -> Copy:
    """Copy the store as it is at one moment, while others go on reading and writing it, and prove the copy.

    Raises:
        CopyFailed: it could not be written, the store itself is damaged, another copy is being made there, or PostgreSQL's
            own tools are missing.
    """
    path = folder / f"kiosk-{now:%Y%m%dT%H%M%SZ}.{'db' if store.is_sqlite else 'dump'}"
    with _alone(folder, path):
        if store.is_sqlite:
            revision = sqlite_copies.write(store.path, path)
        else:
            revision = postgres_copies.write(store.url, path)
        return Copy(path, path.stat().st_size, revision)


@contextmanager
def _alone(folder: Path, path: Path) -> Iterator[None]:
    """Be the only one who makes a copy in this folder, so that what others have left half made may go."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    except OSError as error:
        raise CopyFailed(file=str(path), detail=str(error)) from error
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        for part in folder.glob("kiosk-*.part"):
            part.unlink()
        yield
    except BlockingIOError as error:
        raise CopyFailed(file=str(path), detail="another copy is being made") from error
    finally:
        os.close(handle)


def copies(folder: Path) -> list[Path]:
    """Return the copies in a folder, oldest first."""
    return sorted(path for path in folder.glob("kiosk-*") if _NAME.fullmatch(path.name))


def forget_old_copies(folder: Path, keep: int) -> list[Path]:
    """Remove all but the newest `keep` copies and return those that are gone."""
    old = copies(folder)[:-keep] if keep else []
    for path in old:
        path.unlink()
    return old


def put_back(store: Store, path: Path, now: datetime, prepare: Prepare) -> Path | None:
    """Put a copy in the place of the store, which nobody may have open, and return where the old one now lies.

    Args:
        store: where to; not used by this process before.
        path: the copy; it is proved first and stays as it is.
        now: for the name that the old file gets.
        prepare: what has to be done to the store before anybody may use it, told how far each site had come in the one
            before: see `Lobby.begin_epoch`.

    Returns:
        The old SQLite file. None where there was none, and on PostgreSQL, of which a copy is made by `make_copy`.

    Raises:
        CopyFailed: the file is no copy, is damaged, or could not be put back; the store is as it was.
        StoreInUse: another program has the store open.
        StoreNewer: the copy was made by a newer program.
    """
    earlier = of_list(path.parent)

    def begin(fresh: Store, before: Before) -> None:
        prepare(fresh, farther(earlier, before))
        with fresh.read() as connection:
            write_down(path.parent, path.name, of_rows(connection))

    if store.is_sqlite:
        _refuse_newer(sqlite_copies.prove(path))
        return sqlite_copies.put_back(store, path, now, begin)
    _refuse_newer(postgres_copies.prove(path))
    postgres_copies.put_back(store, path, begin)
    return None


def _refuse_newer(revision: str) -> None:
    if revision not in migrations.known():
        raise StoreNewer(found=revision, needed=migrations.head())
