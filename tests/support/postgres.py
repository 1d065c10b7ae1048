"""A PostgreSQL server in a temporary folder, for as long as the tests run."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

SETTINGS = (
    "-c listen_addresses='' -c max_connections=300 -c shared_buffers=32MB "
    "-c fsync=off -c synchronous_commit=off -c full_page_writes=off"
)
"""Nobody pulls the plug in a test, so nothing is forced to the disk."""


def find_binaries() -> Path | None:
    """Return the folder of initdb and pg_ctl: on PATH, or where Debian puts them, the newest first."""
    found = shutil.which("pg_ctl")
    if found and shutil.which("initdb"):
        return Path(found).parent
    folders = Path("/usr/lib/postgresql").glob("*/bin/pg_ctl")
    return next((path.parent for path in sorted(folders, key=_version, reverse=True)), None)


def _version(path: Path) -> int:
    name = path.parts[-3]
    return int(name) if name.isdecimal() else 0


def _unprivileged() -> dict[str, Any]:
    """What subprocess needs so that the server does not run as root, which it refuses."""
    if os.geteuid() != 0:
        return {}
    names = {entry.pw_name: entry for entry in pwd.getpwall()}
    entry = names.get("postgres") or names["nobody"]
    return {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}


@contextmanager
def server(binaries: Path) -> Iterator[str]:
    """Run a server; give the URL of its databases, with `{database}` to be filled in."""
    folder = Path(tempfile.mkdtemp(prefix="pg-"))  # short: a socket's path has 107 characters at most
    who = _unprivileged()
    if who:
        os.chown(folder, who["user"], who["group"])
    data, log = folder / "data", folder / "log"
    pg_ctl = str(binaries / "pg_ctl")
    try:
        _run(
            [str(binaries / "initdb"), "-D", str(data), "-U", "kiosk", "-A", "trust", "-N", "-E", "UTF8"], who
        )
        _run([pg_ctl, "-D", str(data), "-l", str(log), "-w", "-o", f"-k {folder} {SETTINGS}", "start"], who)
        try:
            yield f"postgresql://kiosk@/{{database}}?host={folder}"
        finally:
            _run([pg_ctl, "-D", str(data), "-m", "immediate", "-w", "stop"], who)
    finally:
        shutil.rmtree(folder)


def _run(command: list[str], who: dict[str, Any]) -> None:
    # not captured through a pipe: the server would inherit it, and waiting for its end would never end
    with tempfile.TemporaryFile() as said:
        done = subprocess.run(
            command, stdin=subprocess.DEVNULL, stdout=said, stderr=said, timeout=60, cwd="/", **who
        )
        if done.returncode:
            said.seek(0)
            raise RuntimeError(f"{command}: {said.read().decode(errors='replace')}")
