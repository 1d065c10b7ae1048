"""PostgreSQL's side of copies: its own tools, pg_dump and pg_restore, which know what they do."""

from __future__ import annotations

import os
import re
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path
from shutil import which
from subprocess import PIPE
from typing import TYPE_CHECKING

from sqlalchemy import URL, text

from queue_core.errors import CopyFailed, StoreInUse
from queue_core.store import postgres

if TYPE_CHECKING:
    from queue_core.store.store import Store

_OTHERS = text(
    "SELECT count(*) FROM pg_stat_activity"
    " WHERE datname = current_database() AND application_name LIKE 'kiosk%' AND pid <> pg_backend_pid()"
)
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


def put_back(store: Store, path: Path) -> None:
    """Put a dump in the place of what the database holds: all or nothing. Raises StoreInUse, CopyFailed."""
    with store.read() as connection:
        if connection.execute(_OTHERS).scalar_one():
            raise StoreInUse(store=store.url.render_as_string())
    store.close()
    options = ["--clean", "--if-exists", "--no-owner", "--no-acl", "--single-transaction"]
    _run(store.url, path, "pg_restore", *options, str(path), database="--dbname={}")


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
