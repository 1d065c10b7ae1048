"""PostgreSQL's side of copies: its own tools, pg_dump and pg_restore, which know what they do."""

from __future__ import annotations

import logging
import os
import re
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from shutil import which
from subprocess import PIPE
from typing import TYPE_CHECKING

from sqlalchemy import URL, Connection, text

from queue_core.errors import CopyFailed, StoreDamaged, StoreInUse, StoreUnready
from queue_core.store import postgres
from queue_core.store.before import Before, farther, of_rows
from queue_core.store.highwater import Reached

if TYPE_CHECKING:
    from queue_core.store.store import Store

_log = logging.getLogger(__name__)

_OTHERS = text(
    "SELECT count(*) FROM pg_stat_activity"
    " WHERE datname = current_database() AND application_name LIKE 'kiosk%' AND pid <> pg_backend_pid()"
)
_IS_UNDER_WAY = text("SELECT to_regclass('putting_back') IS NOT NULL")
_BEGIN = text("CREATE TABLE IF NOT EXISTS putting_back (site text, seq bigint, epoch int)")
_NOTED = text("SELECT site, seq, epoch FROM putting_back")
_NOTE = text("INSERT INTO putting_back VALUES (:site, :seq, :epoch)")
_END = text("DROP TABLE putting_back")
_VERSION = re.compile(r"COPY \S*alembic_version ")


def write(url: URL, target: Path) -> str:
    """Dump a database at one moment, prove the dump, give it its name last. Raises CopyFailed."""
    part = target.with_name(f"{target.name}.part")
    try:
        _run(url, target, "pg_dump", "--format=custom", "--no-owner", "--no-acl", f"--file={part}")
        revision = prove(part)
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)
    return revision


def prove(path: Path) -> str:
    """Read a dump through, all of its data unpacked, and return its schema's version. Raises CopyFailed."""
    if not path.is_file():
        raise CopyFailed(file=str(path), detail="no such file")
    revision, before = "", ""
    for line in _told(path, ["pg_restore", "--file=-", str(path)], {}):
        if _VERSION.match(before):
            revision = line.strip()
        before = line
    if not revision:
        raise CopyFailed(file=str(path), detail="no version")
    return revision


def put_back(store: Store, path: Path, prepare: Callable[[Store, Before], None]) -> None:
    """Put a dump in the place of what the database holds: all or nothing. Raises StoreInUse, CopyFailed.

    Until it is prepared a table of its own says so: cut off in between, no program begins, see `cut_off`.
    """
    with store.read() as connection:
        if connection.execute(_OTHERS).scalar_one():
            raise StoreInUse(store=store.url.render_as_string())
    before = _remember(store)
    store.close()
    options = ["--clean", "--if-exists", "--no-owner", "--no-acl", "--single-transaction"]
    try:
        _run(store.url, path, "pg_restore", *options, str(path), database="--dbname={}")
    except CopyFailed:
        _forget(store)
        raise
    store.migrate()
    prepare(store, before)
    _forget(store)


def cut_off(connection: Connection) -> bool:
    """Whether putting a copy back was cut off before its numbers began anew."""
    return bool(connection.scalar(_IS_UNDER_WAY))


def _remember(store: Store) -> Before:
    """Note in the database, beside its rows, how far they had come, also by an earlier try that was cut off."""
    before: Before = {}
    try:
        with store.read() as connection:
            before = of_rows(connection)
    except (StoreUnready, StoreDamaged):
        _log.info("the database does not tell how far it had come", exc_info=True)
    with store.engine().begin() as connection:
        connection.execute(_BEGIN)
        noted = connection.execute(_NOTED)
        before = farther(before, {row.site: Reached(row.seq, date.min, row.epoch) for row in noted})
        for site, reached in before.items():
            connection.execute(_NOTE, {"site": site, "seq": reached.seq, "epoch": reached.epoch})
    return before


def _forget(store: Store) -> None:
    with store.engine().begin() as connection:
        connection.execute(_END)


def _run(url: URL, file: Path, tool: str, *options: str, database: str = "{}") -> None:
    """Run a tool on a database; the password goes by the environment, where `ps` does not show it."""
    from psycopg.conninfo import make_conninfo

    address = make_conninfo(**postgres.options_of(url.set(password=None)))
    password = {"PGPASSWORD": str(url.password)} if url.password else {}
    for _ in _told(file, [tool, *options, database.format(address)], password):
        pass


def _told(file: Path, command: list[str], more: dict[str, str]) -> Iterator[str]:
    """Run a tool to its end and yield what it says, line by line: a dump may be larger than the memory."""
    if which(command[0]) is None:
        missing = f"{command[0]} is missing; on Debian: apt-get install postgresql-client"
        raise CopyFailed(file=str(file), detail=missing)
    with (
        tempfile.TemporaryFile("w+", errors="replace") as complaints,
        subprocess.Popen(
            command, env={**os.environ, **more}, stdout=PIPE, stderr=complaints, text=True, errors="replace"
        ) as tool,
    ):
        yield from tool.stdout or ()
        if tool.wait():
            complaints.seek(0)
            raise CopyFailed(
                file=str(file), detail=complaints.read().strip().partition("\n")[0] or command[0]
            )
