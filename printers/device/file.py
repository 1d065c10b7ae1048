"""A device file such as /dev/usb/lp0: bytes go in, nothing is said."""

from __future__ import annotations

import os
import select
import time
from pathlib import Path

from printers.device.base import Feedback
from printers.errors import PrinterBusy, PrinterUnreachable

_PIECE = 4096
"""Most that is handed over at once: USB printers take it whole or make us wait."""


class FileDevice:
    """Appends raw bytes, unbuffered; never truncates, and never creates a file below /dev.

    (Printing to a /dev/usb/lp0 that is not there would otherwise fill the root disk with an ordinary file.)
    """

    def __init__(self, path: Path, *, timeout: float) -> None:
        self._path = path
        self._timeout = timeout
        self._file: int | None = None
        self.name = f"file {path}"
        self.feedback = Feedback.NONE

    def open(self) -> None:
        """Open for appending without waiting. Raises: PrinterUnreachable."""
        self.close()
        flags = os.O_WRONLY | os.O_APPEND | os.O_NONBLOCK | os.O_NOCTTY | os.O_CLOEXEC
        if not self._path.absolute().is_relative_to("/dev"):
            flags |= os.O_CREAT
        try:
            self._file = os.open(self._path, flags, 0o644)
        except OSError as error:
            raise PrinterUnreachable(str(error)) from error

    def send(self, data: bytes) -> None:
        """Write piece by piece; each piece may take the time limit. Raises: PrinterBusy, PrinterUnreachable."""
        if self._file is None:
            message = f"{self.name} is not open"
            raise PrinterUnreachable(message)
        at = 0
        try:
            while at < len(data):
                self._wait(self._file)
                at += os.write(self._file, data[at : at + _PIECE])
        except OSError as error:
            raise PrinterUnreachable(str(error)) from error

    def _wait(self, file: int) -> None:
        poll = select.poll()
        poll.register(file, select.POLLOUT)
        deadline = time.monotonic() + self._timeout
        while not any(event & select.POLLOUT for _, event in poll.poll(self._timeout * 1000)):
            if time.monotonic() >= deadline:
                message = f"{self.name} took no data for {self._timeout:g} s"
                raise PrinterBusy(message)
            if poll.poll(0):  # an error or a hang-up: writing tells which
                return

    def read(self, timeout: float) -> bytes:  # noqa: ARG002  # opened for writing only
        """Nothing."""
        return b""

    def close(self) -> None:
        """Close the file."""
        if self._file is not None:
            os.close(self._file)
            self._file = None
