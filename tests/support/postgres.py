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
from collections.abc import Iterator, Sequence
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


class Server:
    """A server in a folder of its own: it can be halted, killed and started again, as machines in a hall are."""

    def __init__(self, binaries: Path, folder: Path, settings: Sequence[str] = ()) -> None:
        """Make the files of a new server, unless they are there; nothing runs yet."""
        self.binaries, self.folder, self.data = binaries, folder, folder / "data"
        self.url = f"postgresql://kiosk@/{{database}}?host={folder}"
        self.settings = [*SETTINGS, *settings]
        self._who = _unprivileged()
        self._process: subprocess.Popen[bytes] | None = None
        self.own(folder)

    def own(self, folder: Path) -> None:
        """Give a folder to the server's user."""
        if self._who:
            os.chown(folder, self._who["user"], self._who["group"])

    def make(self) -> None:
        """Make a new server's files."""
        self.run("initdb", "-D", str(self.data), "-U", "kiosk", "-A", "trust", "-N", "-E", "UTF8")

    def run(self, tool: str, *options: str) -> None:
        """Run one of PostgreSQL's tools as the server's user."""
        _run([str(self.binaries / tool), *options], self._who)

    def start(self) -> None:
        """Start it, and wait until it takes connections."""
        command = [
            str(self.binaries / "postgres"),
            "-D",
            str(self.data),
            "-k",
            str(self.folder),
            *self.settings,
        ]
        with (self.folder / "log").open("ab") as log:
            self._process = subprocess.Popen(
                command,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                cwd="/",
                preexec_fn=_die_with_parent,
                **self._who,
            )
        _wait_until_ready(self._process, self.url.format(database="postgres"), self.folder / "log")

    def stop(self, how: signal.Signals = signal.SIGQUIT) -> None:
        """End it at once, or as `how` says: SIGINT lets it write down all that it knows."""
        if self._process is not None:
            self._process.send_signal(how)
            self._process.wait(60)
            self._process = None


@contextmanager
def server(binaries: Path) -> Iterator[str]:
    """Run a server; give the URL of its databases, with `{database}` to be filled in."""
    with running(binaries) as made:
        yield made.url


@contextmanager
def running(binaries: Path, *settings: str) -> Iterator[Server]:
    """Make and run a server in a temporary folder."""
    folder = Path(tempfile.mkdtemp(prefix="pg-"))  # short: a socket's path has 107 characters at most
    made = Server(binaries, folder, settings)
    try:
        made.make()
        made.start()
        yield made
    finally:
        made.stop()  # at once: nothing in it will be read again
        shutil.rmtree(folder)


@contextmanager
def lasting(binaries: Path, data: Path, *settings: str) -> Iterator[str]:
    """Run a server whose databases stay in `data`, and are there the next time; give their URL as `server` does."""
    folder = Path(tempfile.mkdtemp(prefix="pg-"))
    made = Server(binaries, folder, settings)
    made.data = data
    try:
        if not (data / "PG_VERSION").exists():
            data.mkdir(parents=True, exist_ok=True)
            made.own(data)
            made.make()
        made.start()
        yield made.url
    finally:
        made.stop(signal.SIGINT)
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
