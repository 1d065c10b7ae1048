"""A PostgreSQL server in a temporary folder, for as long as the tests run."""

from __future__ import annotations

import ctypes
import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg

SETTINGS = [
    f"--{name}"
    for name in (
        "listen_addresses=",
        "max_connections=300",
        "shared_buffers=32MB",
        "fsync=off",
        "synchronous_commit=off",
        "full_page_writes=off",
    )
]
"""Nobody pulls the plug in a test, so nothing is forced to the disk."""

PR_SET_PDEATHSIG = 1
"""prctl(2)."""


def find_binaries() -> Path | None:
    """Return the folder of initdb and postgres: on PATH, or where Debian puts them, the newest first."""
    found = shutil.which("initdb")
    if found and (folder := Path(found).resolve().parent).joinpath("postgres").exists():
        return folder
    folders = Path("/usr/lib/postgresql").glob("*/bin/postgres")
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
    data = folder / "data"
    try:
        _run(
            [str(binaries / "initdb"), "-D", str(data), "-U", "kiosk", "-A", "trust", "-N", "-E", "UTF8"], who
        )
        command = [str(binaries / "postgres"), "-D", str(data), "-k", str(folder), *SETTINGS]
        with (folder / "log").open("wb") as log:
            process = subprocess.Popen(
                command,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                cwd="/",
                preexec_fn=_die_with_parent,
                **who,
            )
        try:
            url = f"postgresql://kiosk@/{{database}}?host={folder}"
            _wait_until_ready(process, url.format(database="postgres"), folder / "log")
            yield url
        finally:
            process.send_signal(signal.SIGQUIT)  # at once: nothing in it will be read again
            process.wait(30)
    finally:
        shutil.rmtree(folder)


def _die_with_parent() -> None:
    """Ask Linux to stop the server when the tests are killed and cannot stop it themselves."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGQUIT)


def _wait_until_ready(process: subprocess.Popen[bytes], url: str, log: Path) -> None:
    end = time.monotonic() + 60
    while True:
        try:
            psycopg.connect(url).close()
        except psycopg.OperationalError:
            if process.poll() is not None or time.monotonic() > end:
                raise RuntimeError(log.read_text(encoding="utf-8", errors="replace")) from None
            time.sleep(0.05)
        else:
            return


def _run(command: list[str], who: dict[str, Any]) -> None:
    done = subprocess.run(
        command,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=60,
        cwd="/",
        check=False,
        **who,
    )
    if done.returncode:
        raise RuntimeError(f"{command}: {done.stdout}{done.stderr}")
