"""A PostgreSQL server of our own on this machine, which forces to the disk what it promises, and which may be killed."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Self

from tests.support.postgres import _die_with_parent, _run, _unprivileged, find_binaries

NEW_SECONDS = 60.0


class Server:
    """Listens on one address; started by entering, stopped and forgotten by leaving."""

    def __init__(self, address: str = "127.0.0.1") -> None:
        binaries = find_binaries()
        if binaries is None:
            message = "PostgreSQL's initdb and postgres are not installed"
            raise FileNotFoundError(message)
        self._binaries, self.address, self.port = binaries, address, free_port()
        self.folder = Path(tempfile.mkdtemp(prefix="torture-pg-"))
        self._who = _unprivileged()
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        """The database's address."""
        return self.url_by(self.address, self.port)

    def url_by(self, host: str, port: int) -> str:
        """The database's address by another way, such as a relay."""
        return f"postgresql://kiosk@{host}:{port}/postgres"

    @property
    def ready_at(self) -> str:
        """Where it is asked whether it answers."""
        return self.address

    def __enter__(self) -> Self:
        if self._who:
            os.chown(self.folder, self._who["user"], self._who["group"])
        data = self.folder / "data"
        _run(
            [str(self._binaries / "initdb"), "-D", str(data), "-U", "kiosk", "-A", "trust", "-E", "UTF8"],
            self._who,
        )
        with (data / "pg_hba.conf").open("a") as rules:
            rules.write("host all all samenet trust\n")
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._process and self._process.poll() is None:
            self._process.send_signal(signal.SIGQUIT)
            self._process.wait(30)
        shutil.rmtree(self.folder, ignore_errors=True)

    def start(self) -> None:
        """Start, and again while the last one's memory is not let go of yet; return when it answers."""
        end = time.monotonic() + NEW_SECONDS
        while time.monotonic() < end:
            self._process = self._launch()
            while self._process.poll() is None and time.monotonic() < end:
                if self._answers():
                    return
                time.sleep(0.1)
            time.sleep(0.3)
        raise TimeoutError((self.folder / "log").read_text(errors="replace")[-2000:])

    def start_if_dead(self) -> None:
        """Let it answer, whatever was done to it."""
        if self._process is None or self._process.poll() is not None:
            self.start()
        end = time.monotonic() + NEW_SECONDS
        while not self._answers():
            if time.monotonic() > end:
                raise TimeoutError((self.folder / "log").read_text(errors="replace")[-2000:])
            time.sleep(0.1)

    def kill(self) -> None:
        """SIGKILL to the server; its children end by themselves when they notice."""
        assert self._process
        self._process.kill()
        self._process.wait(30)

    def children(self) -> list[int]:
        """The processes of its connections and of its own work."""
        assert self._process
        pid = self._process.pid
        with suppress(OSError):
            return [int(each) for each in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
        return []

    def _launch(self) -> subprocess.Popen[bytes]:
        words = ["-D", self.folder / "data", "-k", self.folder, "-p", self.port]
        settings = [f"--listen_addresses={self.address}", "--max_connections=60", "--shared_buffers=32MB"]
        with (self.folder / "log").open("ab") as log:
            return subprocess.Popen(
                [str(self._binaries / "postgres"), *map(str, words), *settings],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                cwd="/",
                preexec_fn=_die_with_parent,
                **self._who,
            )

    def _answers(self) -> bool:
        ready = [str(self._binaries / "pg_isready"), "-q", "-h", self.ready_at, "-p", str(self.port)]
        return subprocess.run(ready, check=False).returncode == 0


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        return int(taken.getsockname()[1])
