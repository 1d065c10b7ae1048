"""A printer on a port of this computer, in a thread: as able as the best, or mute, or as slow as an old serial line."""

from __future__ import annotations

import contextlib
import queue
import re
import socket
import threading
import time
from types import TracebackType
from typing import Self

CUT = b"\x1dVB\x00"
_ASKED = re.compile(
    rb"(?P<state>\x10\x04[\x01-\x04])|(?P<clear>\x10\x14\x08\x01\x03\x14\x01\x06\x02\x08)"
    rb"|(?P<mark>\x1d\(H\x06\x0000(?P<id>[\x20-\x7e]{4}))|(?P<count>\x1dg2\x002\x00)|(?P<cut>\x1dVB\x00)"
)
LONGEST_QUESTION = 12


class LoopbackPrinter:
    """`last_bytes` gets the moment (perf_counter) at which each slip's cut arrived."""

    def __init__(self, *, mute: bool = False, bytes_a_second: int = 0) -> None:
        self._mute, self._rate = mute, bytes_a_second
        self._cuts = 0
        self._ending = threading.Event()
        self._server = socket.create_server(("127.0.0.1", 0))
        if bytes_a_second:  # else the kernel would take a whole slip in at once
            self._server.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1024)
        self._server.settimeout(0.2)
        self.port: int = self._server.getsockname()[1]
        self.last_bytes: queue.Queue[float] = queue.Queue()
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._ending.set()
        self._thread.join(5)
        self._server.close()

    def _serve(self) -> None:
        while not self._ending.is_set():
            with contextlib.suppress(TimeoutError):
                connection, _ = self._server.accept()
                with connection, contextlib.suppress(OSError):
                    connection.settimeout(0.2)
                    self._talk(connection)

    def _talk(self, connection: socket.socket) -> None:
        rest = b""
        while not self._ending.is_set():
            try:
                data = connection.recv(96 if self._rate else 65536)
            except TimeoutError:
                continue
            if not data:
                return
            arrived = time.perf_counter()
            if self._rate:
                self._ending.wait(len(data) / self._rate)
            rest = self._answer(connection, rest + data, arrived)

    def _answer(self, connection: socket.socket, data: bytes, arrived: float) -> bytes:
        """Answer what was asked, and return what may be the beginning of a question."""
        end = 0
        for asked in _ASKED.finditer(data):
            end = asked.end()
            if asked["cut"]:
                self._cuts += 1
                self.last_bytes.put(arrived)
            elif not self._mute:
                connection.sendall(self._reply(asked))
        return data[max(end, len(data) - LONGEST_QUESTION) :]

    def _reply(self, asked: re.Match[bytes]) -> bytes:
        if asked["state"]:
            return b"\x12"
        if asked["clear"]:
            return b"7%\0"
        return b'7"' + asked["id"] + b"\0" if asked["mark"] else f"_{self._cuts}\0".encode()
