"""A cable that can be cut: a relay on the way to a server that stops passing bytes on and says nothing of it."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress


class Relay:
    """Passes each connection to `port` on to a server's socket. Cut, it takes what it is given and keeps it."""

    def __init__(self, target: str) -> None:
        """Listen on this computer; `target` is the path of the server's socket."""
        self._target = target
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listening.getsockname()[1]
        self._whole = threading.Event()
        self._whole.set()
        self._ends: list[socket.socket] = []
        threading.Thread(target=self._accept, daemon=True).start()

    def cut(self) -> None:
        """Pass nothing on from now on; nobody is told."""
        self._whole.clear()

    def mend(self) -> None:
        """Pass everything on again, also what came meanwhile."""
        self._whole.set()

    def close(self) -> None:
        """End all connections."""
        self.mend()
        for each in (self._listening, *self._ends):
            with suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)
            each.close()

    def _accept(self) -> None:
        with suppress(OSError):  # until it is closed
            while True:
                near, _ = self._listening.accept()
                far = socket.socket(socket.AF_UNIX)
                self._ends += [near, far]
                threading.Thread(target=self._join, args=(near, far), daemon=True).start()

    def _join(self, near: socket.socket, far: socket.socket) -> None:
        with suppress(OSError):
            self._whole.wait()
            far.connect(self._target)
            threading.Thread(target=self._pass, args=(far, near), daemon=True).start()
            self._pass(near, far)

    def _pass(self, source: socket.socket, sink: socket.socket) -> None:
        with suppress(OSError):
            while data := source.recv(65536):
                self._whole.wait()
                sink.sendall(data)
            sink.shutdown(socket.SHUT_WR)


@contextmanager
def relay(target: str) -> Iterator[Relay]:
    """A relay for as long as it is needed."""
    made = Relay(target)
    try:
        yield made
    finally:
        made.close()
