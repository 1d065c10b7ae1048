"""A printer on the network: raw TCP, usually port 9100. One connection for each job."""

from __future__ import annotations

import select
import socket
import threading
import time
from typing import NoReturn

from printers.device.base import Feedback
from printers.errors import PrinterBusy, PrinterUnreachable

SLOWEST = 480
"""Bytes a second that a printer is allowed at least: half of a 9600 baud line behind a print server."""
CONNECT_SECONDS = 0.9
"""A printer in the house answers within milliseconds. Who waits longer tells people too late that it is away."""
_PARTING = 0.2
"""Seconds to let the other side end the connection, so that no unread answer turns our goodbye into a reset."""

Address = tuple[socket.AddressFamily, tuple[object, ...]]


class NetworkDevice:
    """Writes and reads within `timeout` seconds each; looks its name up and connects sooner (`CONNECT_SECONDS`)."""

    def __init__(self, host: str, port: int, *, timeout: float) -> None:
        self._host, self._port, self._timeout = host, port, timeout
        self._socket: socket.socket | None = None
        self._slowest = SLOWEST
        self._lookup = _Lookup(host, port)
        self.name = f"network {host}:{port}"
        self.feedback = Feedback.STATUS

    def open(self) -> None:
        """Connect to the first address that answers. Raises: PrinterUnreachable."""
        self.close()
        limit = min(self._timeout, CONNECT_SECONDS)
        deadline = time.monotonic() + limit
        failure = "no address"
        for family, address in self._lookup.addresses(limit):
            connection = socket.socket(family, socket.SOCK_STREAM)
            try:
                connection.settimeout(max(0.05, deadline - time.monotonic()))
                connection.connect(address)
                connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            except OSError as error:
                connection.close()
                failure = str(error)
            else:
                self._socket = connection
                return
        message = f"{self.name}: {failure}"
        raise PrinterUnreachable(message)

    def send(self, data: bytes) -> None:
        """Raises: PrinterBusy when the printer took too little in time, PrinterUnreachable when the line is gone."""
        connection = self._connected()
        connection.settimeout(self._timeout + len(data) / self._slowest)
        try:
            connection.sendall(data)
        except TimeoutError as error:
            message = f"{self.name} takes no data"
            raise PrinterBusy(message) from error
        except OSError as error:
            self._lose(str(error), error)

    def read(self, timeout: float) -> bytes:
        """Raises: PrinterUnreachable when the other side has closed."""
        connection = self._connected()
        try:
            if not select.select([connection], [], [], timeout)[0]:
                return b""
            data = connection.recv(4096)
        except OSError as error:
            self._lose(str(error), error)
        if not data:
            self._lose("closed by the printer")
        return data

    def close(self) -> None:
        """End the connection without cutting off what is still on its way."""
        connection, self._socket = self._socket, None
        if connection is None:
            return
        try:
            connection.shutdown(socket.SHUT_WR)
            deadline = time.monotonic() + _PARTING
            while (left := deadline - time.monotonic()) > 0:
                connection.settimeout(left)
                if not connection.recv(4096):
                    break
        except OSError:
            return  # already gone: nothing to part from
        finally:
            connection.close()

    def _connected(self) -> socket.socket:
        if self._socket is None:
            self._lose("not connected")
        return self._socket

    def _lose(self, why: str, cause: OSError | None = None) -> NoReturn:
        message = f"{self.name}: {why}"
        raise PrinterUnreachable(message) from cause


class _Lookup:
    """Name lookup with a time limit, which the operating system does not offer: it runs in a thread of its own."""

    def __init__(self, host: str, port: int) -> None:
        self._host, self._port = host, port
        self._thread: threading.Thread | None = None
        self._found: list[Address] = []
        self._failure = ""

    def addresses(self, timeout: float) -> list[Address]:
        """Raises: PrinterUnreachable. A lookup that hangs is waited for again, never started twice."""
        if self._thread is None or not self._thread.is_alive():
            self._found, self._failure = [], ""
            self._thread = threading.Thread(target=self._ask, name="printer-name", daemon=True)
            self._thread.start()
        self._thread.join(timeout)
        if self._found:
            return self._found
        message = f"network {self._host}: {self._failure or 'the name lookup gives no answer'}"
        raise PrinterUnreachable(message)

    def _ask(self) -> None:
        try:
            found = socket.getaddrinfo(self._host, self._port, type=socket.SOCK_STREAM)
        except (OSError, UnicodeError) as error:
            self._failure = str(error)
        else:
            self._found = [(entry[0], entry[4]) for entry in found]
