"""A program on a pseudo-terminal, timed from outside: from bytes sent to words on the screen."""

from __future__ import annotations

import ctypes
import fcntl
import os
import pty
import re
import select
import signal
import struct
import subprocess
import termios
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

import pyte

PATIENCE = 20.0
_ESCAPES = re.compile(rb"\x1b(\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(\x07|\x1b\\)|P[^\x1b]*\x1b\\|[@-Z\\-_])")
_UNKNOWN_TO_PYTE = re.compile(rb"\x1b\[[<>=?][0-9;]*[upq$]+[a-z]?")


_LIBC = ctypes.CDLL(None)
_PDEATHSIG = 1  # prctl(2)


def end_with_parent() -> None:
    """Ask Linux to end this process when the measuring one is killed and cannot do it itself."""
    _LIBC.prctl(_PDEATHSIG, signal.SIGKILL)


class PtyProgram:
    """Start it; wait for words; send bytes. Words are looked for in what was written since the last `send`."""

    def __init__(
        self,
        argv: Sequence[str],
        *,
        cwd: Path,
        columns: int = 101,
        rows: int = 28,
        env: Mapping[str, str] | None = None,
    ) -> None:
        self._screen = pyte.Screen(columns, rows)
        self._stream = pyte.ByteStream(self._screen)
        self._written, self._read_at = b"", 0.0
        self._fd, child = pty.openpty()
        fcntl.ioctl(child, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        plain = {key: value for key, value in os.environ.items() if not key.startswith("KIOSK_")}
        looks = {"TERM": "xterm-256color", "COLORTERM": "truecolor", "TEXTUAL_ANIMATIONS": "none"}
        self.started = time.perf_counter()
        self._process = subprocess.Popen(
            argv, cwd=cwd, env={**plain, **looks, **(env or {})}, stdin=child, stdout=child, stderr=child,
            start_new_session=True, preexec_fn=end_with_parent,
        )  # fmt: skip
        os.close(child)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._process.send_signal(signal.SIGKILL)
        self._process.wait(timeout=PATIENCE)
        os.close(self._fd)

    @property
    def pid(self) -> int:
        """Of the program, whose session has no other."""
        return self._process.pid

    def fileno(self) -> int:
        """What becomes readable when it has written something."""
        return self._fd

    def wait_for(self, words: str, times: int = 1) -> float:
        """Return the moment (perf_counter) when the words had been written so often since the last `send`."""
        wanted, end = words.encode(), time.perf_counter() + PATIENCE
        if _ESCAPES.sub(b"", self._written).count(wanted) >= times:
            return self._read_at
        while True:
            left = end - time.perf_counter()
            if left <= 0 or not select.select([self._fd], [], [], left)[0]:
                break
            try:
                data = os.read(self._fd, 1 << 16)
            except OSError:
                break
            self._read_at = time.perf_counter()
            self._written += data
            if _ESCAPES.sub(b"", self._written).count(wanted) >= times:
                return self._read_at
        message = f"never saw {words!r}; the screen was:\n{self.text()}"
        raise TimeoutError(message)

    def take(self) -> float:
        """Take in what it has written by now; return the moment."""
        self._written += os.read(self._fd, 1 << 16)
        self._read_at = time.perf_counter()
        return self._read_at

    def shows(self, *words: str) -> bool:
        """Whether all these words can be read now."""
        seen = self.text()
        return all(each in seen for each in words)

    def forget(self) -> None:
        """Let go of what was written and is looked for by nobody."""
        self._written = b""

    def wait_for_change(self, rows: slice) -> float:
        """Return the moment when other characters had been written into these rows than stand there now."""
        self._feed()
        before, end = self._screen.display[rows], time.perf_counter() + PATIENCE
        while (left := end - time.perf_counter()) > 0 and select.select([self._fd], [], [], left)[0]:
            moment = self.take()
            self._feed()
            if self._screen.display[rows] != before:
                return moment
        message = f"nothing changed; the screen was:\n{self.text()}"
        raise TimeoutError(message)

    def settle(self, seconds: float = 0.15) -> None:
        """Take in what still comes until it is quiet for so long."""
        while select.select([self._fd], [], [], seconds)[0]:
            try:
                self._written += os.read(self._fd, 1 << 16)
            except OSError:
                return

    def send(self, data: bytes) -> float:
        """Send bytes as the terminal would; return the moment."""
        self._feed()
        at = time.perf_counter()
        os.write(self._fd, data)
        return at

    def touch(self, words: str) -> bytes:
        """Return the bytes of a finger on the middle of the words, as a terminal reports it (SGR 1006)."""
        self._feed()
        for row, line in enumerate(self._screen.display):
            column = line.find(words)
            if column >= 0:
                place = f"{column + len(words) // 2 + 1};{row + 1}"
                return f"\x1b[<0;{place}M\x1b[<0;{place}m".encode()
        message = f"{words!r} is not on the screen:\n{self.text()}"
        raise LookupError(message)

    def text(self) -> str:
        """What a person sees now."""
        self._feed()
        return "\n".join(line.rstrip() for line in self._screen.display)

    def _feed(self) -> None:
        """pyte is slow, so it is fed only between measures."""
        self._stream.feed(_UNKNOWN_TO_PYTE.sub(b"", self._written))
        self._written = b""
