"""A relay on loopback between programs and a server, in a process of its own, which loses what it carries at random.

`socat` and its like pass bytes on; none of them cuts, resets, stalls and swallows answers at a random moment.
"""

from __future__ import annotations

import random
import socket
import struct
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from multiprocessing.context import ForkProcess
from typing import Any

from torture.hall import FORK
from torture.server import free_port

FAULTS = ("cut", "reset", "swallow answers", "stall", "refuse")
PIECE = 65536
_RESET = struct.pack("ii", 1, 0)  # SO_LINGER without waiting: closing sends RST


class Link:
    """One connection through the relay."""

    def __init__(self, client: socket.socket, server: socket.socket, relay: Relay) -> None:
        self._relay = relay
        self._ends = (client, server)
        for source, sink, answers in ((client, server, False), (server, client, True)):
            threading.Thread(
                target=self._carry, args=(source, sink), kwargs={"answers": answers}, daemon=True
            ).start()

    def _carry(self, source: socket.socket, sink: socket.socket, *, answers: bool) -> None:
        with suppress(OSError):
            while piece := source.recv(PIECE):
                self._relay.flowing.wait()
                if not (answers and self._relay.swallows):
                    sink.sendall(piece)
        self.end()

    def end(self, *, reset: bool = False) -> None:
        """Close both ends."""
        for each in self._ends:
            with suppress(OSError):
                if reset:
                    each.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET)
                    each.close()
                else:
                    each.shutdown(socket.SHUT_RDWR)


class Relay:
    """Runs in its own process; `counts` has one number for each of FAULTS."""

    def __init__(self, port: int, target: tuple[str, int], seed: int, counts: Any) -> None:
        self._listener = socket.create_server(("127.0.0.1", port))
        self._target, self._chance, self._counts = target, random.Random(seed), counts
        self._links: list[Link] = []
        self.flowing = threading.Event()
        self.flowing.set()
        self.swallows = self._refuses = False

    def run(self, longest_stall: float) -> None:
        """Carry, and do harm now and then, for ever; one stall lasts longer than anybody should wait."""
        threading.Thread(target=self._accept, daemon=True).start()
        harm: dict[str, Callable[[], None]] = {
            "cut": self._end_all,
            "reset": lambda: self._end_all(reset=True),
            "swallow answers": self._swallow,
            "stall": lambda: self._stall(self._chance.uniform(0.2, 2)),
            "refuse": self._refuse,
        }
        time.sleep(2)
        self._stall(longest_stall)
        while True:
            time.sleep(self._chance.uniform(0.2, 1.5))
            at = self._chance.randrange(len(FAULTS))
            self._counts[at] += 1
            harm[FAULTS[at]]()

    def _accept(self) -> None:
        while True:
            client, _ = self._listener.accept()
            try:
                if self._refuses:
                    raise ConnectionRefusedError
                server = socket.create_connection(self._target, 5)
                server.settimeout(None)
            except OSError:
                client.close()
                continue
            self._links.append(Link(client, server, self))

    def _end_all(self, *, reset: bool = False) -> None:
        links, self._links = self._links, []
        for link in links:
            link.end(reset=reset)

    def _swallow(self) -> None:
        """Commands arrive and are done; nobody hears of it."""
        self.swallows = True
        time.sleep(self._chance.uniform(0.05, 0.5))
        self._end_all()
        self.swallows = False

    def _stall(self, seconds: float) -> None:
        self.flowing.clear()
        time.sleep(seconds)
        self.flowing.set()

    def _refuse(self) -> None:
        self._refuses = True
        self._end_all()
        time.sleep(self._chance.uniform(0.05, 1))
        self._refuses = False


class RelayProcess:
    """The relay from outside; stopped by leaving."""

    def __init__(self, target: tuple[str, int], seed: int, longest_stall: float) -> None:
        self.port = free_port()
        self.counts = FORK.Array("l", len(FAULTS))
        self._process: ForkProcess = FORK.Process(
            target=self._run, args=(target, seed, longest_stall), daemon=True
        )

    def _run(self, target: tuple[str, int], seed: int, longest_stall: float) -> None:
        Relay(self.port, target, seed, self.counts).run(longest_stall)

    def __enter__(self) -> RelayProcess:
        self._process.start()
        end = time.monotonic() + 20
        while time.monotonic() < end:
            with suppress(OSError):
                socket.create_connection(("127.0.0.1", self.port), 1).close()
                return self
            time.sleep(0.05)
        message = "the relay did not begin"
        raise TimeoutError(message)

    def __exit__(self, *_: object) -> None:
        self._process.kill()
        self._process.join()
