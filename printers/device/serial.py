"""A printer on a serial line (RS-232, or a USB adapter): set up with the system's own calls, no library needed."""

from __future__ import annotations

import fcntl
import os
import struct
import termios
import time
from pathlib import Path
from typing import Any, Literal

from printers.device.base import Feedback, patience
from printers.device.stream import PIECE, Stream
from printers.errors import PrinterBusy, PrinterUnreachable

FlowControl = Literal["none", "xonxoff", "rtscts"]
_DRAIN_STEP = 0.01


class SerialDevice:
    """8 data bits, no parity, one stop bit; the printer's own switches say which speed and flow control it wants.

    Without flow control a printer that is full loses bytes: `none` is for lines that are slower than the printer.
    """

    def __init__(self, path: Path, *, baud: int, flow: FlowControl, timeout: float) -> None:
        self._path, self._baud, self._flow, self._timeout = path, baud, flow, timeout
        self._file: int | None = None
        self._stream: Stream | None = None
        self._drain = 0.0  # seconds that what was sent last may take to leave
        self.name = f"serial {path}"
        self.feedback = Feedback.STATUS

    def open(self) -> None:
        """Take the line for ourselves and set it up. Raises: PrinterUnreachable."""
        self.close()
        try:
            file = os.open(self._path, os.O_RDWR | os.O_NOCTTY | os.O_NONBLOCK | os.O_CLOEXEC)
        except OSError as error:
            raise PrinterUnreachable(str(error)) from error
        try:
            fcntl.ioctl(file, termios.TIOCEXCL)
            termios.tcsetattr(file, termios.TCSANOW, self._raw(termios.tcgetattr(file)))
            termios.tcflush(file, termios.TCIFLUSH)
        except (OSError, termios.error) as error:
            os.close(file)
            message = f"{self.name} is no serial line: {error}"
            raise PrinterUnreachable(message) from error
        self._file, self._drain = file, 0.0
        # A piece may take what its bytes need on the wire, ten bits each.
        self._stream = Stream(file, self.name, self._timeout + PIECE * 10 / self._baud)

    def _raw(self, now: list[Any]) -> list[Any]:
        """The settings of a line that changes nothing on its way."""
        speed = getattr(termios, f"B{self._baud}")
        incoming = termios.IXON | termios.IXOFF if self._flow == "xonxoff" else 0
        control = termios.CS8 | termios.CREAD | termios.CLOCAL
        if self._flow == "rtscts":
            control |= termios.CRTSCTS
        characters = list(now[6])
        characters[termios.VMIN], characters[termios.VTIME] = 0, 0
        return [incoming, 0, control, 0, speed, speed, characters]

    def send(self, data: bytes) -> None:
        """Raises: PrinterBusy when flow control holds the line for the time limit; PrinterUnreachable."""
        stream = self._opened()
        try:
            stream.write(data, ahead=self._on_the_wire())
        except PrinterBusy:
            self._drain = 0.0
            raise
        self._drain = max(self._drain, patience(data, self._timeout))

    def read(self, timeout: float) -> bytes:
        """What arrived. Raises: PrinterUnreachable when the adapter was pulled out."""
        return self._opened().read(timeout)

    def close(self) -> None:
        """Let what is still in the line's buffer out, for the time limit at most; the system would wait for 30 s.

        A line that has just taken nothing for its time limit is not waited for.
        """
        file, self._file, self._stream = self._file, None, None
        if file is None:
            return
        try:
            deadline = time.monotonic() + self._drain
            while time.monotonic() < deadline and _pending(file):
                time.sleep(_DRAIN_STEP)
            termios.tcflush(file, termios.TCOFLUSH)
            fcntl.ioctl(file, termios.TIOCNXCL)
        except (OSError, termios.error):
            return  # the adapter was pulled out: nothing is left to wait for
        finally:
            os.close(file)

    def _on_the_wire(self) -> float:
        """How many seconds the line needs for what it has taken already."""
        try:
            return 0.0 if self._file is None else _pending(self._file) * 10 / self._baud
        except OSError as error:
            message = f"{self.name}: {error}"
            raise PrinterUnreachable(message) from error

    def _opened(self) -> Stream:
        if self._stream is None:
            message = f"{self.name} is not open"
            raise PrinterUnreachable(message)
        return self._stream


def _pending(file: int) -> int:
    """How many bytes wait in the system's buffer."""
    waiting: int = struct.unpack("i", fcntl.ioctl(file, termios.TIOCOUTQ, b"\0\0\0\0"))[0]
    return waiting
