"""A device file such as /dev/usb/lp0: bytes go in, and with `answers` also come out."""

from __future__ import annotations

import os
from pathlib import Path

from printers.device.base import Feedback
from printers.device.stream import Stream
from printers.errors import PrinterUnreachable


class FileDevice:
    """Appends raw bytes, unbuffered; never truncates, and never creates a file below /dev.

    (Printing to a /dev/usb/lp0 that is not there would otherwise fill the root disk with an ordinary file.)
    """

    def __init__(self, path: Path, *, timeout: float, answers: bool = False) -> None:
        """`answers`: the driver lets us read too, as Linux' usblp does for printers with a way back."""
        self._path = path
        self._timeout = timeout
        self._stream: Stream | None = None
        self.name = f"file {path}"
        self.feedback = Feedback.STATUS if answers else Feedback.NONE

    def open(self) -> None:
        """Open without waiting. Raises: PrinterUnreachable."""
        self.close()
        way = os.O_RDWR if self.feedback is Feedback.STATUS else os.O_WRONLY | os.O_APPEND
        flags = way | os.O_NONBLOCK | os.O_NOCTTY | os.O_CLOEXEC
        if not self._path.absolute().is_relative_to("/dev"):
            flags |= os.O_CREAT
        try:
            file = os.open(self._path, flags, 0o644)
        except OSError as error:
            raise PrinterUnreachable(str(error)) from error
        self._stream = Stream(file, self.name, self._timeout)

    def send(self, data: bytes) -> None:
        """Write piece by piece; each piece may take the time limit. Raises: PrinterBusy, PrinterUnreachable."""
        self._opened().write(data)

    def read(self, timeout: float) -> bytes:
        """What the printer said; nothing where it has no way back. Raises: PrinterUnreachable."""
        return self._opened().read(timeout) if self.feedback is Feedback.STATUS else b""

    def close(self) -> None:
        """Close the file."""
        if self._stream:
            self._stream.close()
            self._stream = None

    def _opened(self) -> Stream:
        if self._stream is None:
            message = f"{self.name} is not open"
            raise PrinterUnreachable(message)
        return self._stream
