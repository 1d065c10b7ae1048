"""Writing to and reading from a file descriptor that never blocks: device files and serial lines share it."""

from __future__ import annotations

import os
import select
import time

from printers.device.base import patience
from printers.errors import PrinterBusy, PrinterUnreachable

PIECE = 4096
"""Most that is handed over at once: printers take it whole or make us wait."""


class Stream:
    """An open, non-blocking file descriptor. `name` is for messages, `timeout` the seconds that one piece may take."""

    def __init__(self, file: int, name: str, timeout: float) -> None:
        self._file, self._name, self._timeout = file, name, timeout

    def write(self, data: bytes, *, ahead: float = 0.0) -> None:
        """Write all of `data`; what was written before may still take `ahead` seconds. Raises: PrinterBusy, PrinterUnreachable."""
        at, limit = 0, patience(data, self._timeout) + ahead
        try:
            while at < len(data):
                self._wait_for_room(limit)
                try:
                    at += os.write(self._file, data[at : at + PIECE])
                except BlockingIOError:
                    continue  # the room was taken between asking and writing
        except OSError as error:
            raise PrinterUnreachable(f"{self._name}: {error}") from error  # noqa: EM102  # the text is the error's

    def read(self, timeout: float) -> bytes:
        """What arrived within `timeout` seconds. Raises: PrinterUnreachable when the other end is gone."""
        try:
            poll = select.poll()
            poll.register(self._file, select.POLLIN)
            events = poll.poll(timeout * 1000)
            if not events:
                return b""
            data = os.read(self._file, PIECE)
        except BlockingIOError:
            return b""
        except OSError as error:
            raise PrinterUnreachable(f"{self._name}: {error}") from error  # noqa: EM102  # the text is the error's
        if not data and events[0][1] & (select.POLLHUP | select.POLLERR):
            message = f"{self._name}: the other end is gone"
            raise PrinterUnreachable(message)
        return data

    def close(self) -> None:
        """Close the file."""
        os.close(self._file)

    def _wait_for_room(self, limit: float) -> None:
        poll = select.poll()
        poll.register(self._file, select.POLLOUT)
        deadline = time.monotonic() + limit
        while True:
            left = deadline - time.monotonic()
            events = poll.poll(max(0.0, left) * 1000)
            if events:  # room, or an error that writing will tell
                return
            if left <= 0:
                message = f"{self._name} took no data for {limit:g} s"
                raise PrinterBusy(message)
