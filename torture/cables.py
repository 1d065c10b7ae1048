"""Hosts on this machine: network namespaces, each on a cable of its own to the host, which can be pulled out."""

from __future__ import annotations

import ctypes
import os
import subprocess
from types import TracebackType
from typing import Self

CLONE_NEWNET = 0x40000000
"""setns(2)."""
NET = "169.254.{}.{}"
"""Link-local: never routed, and with luck used by nobody else here."""


class NotPermittedError(Exception):
    """This process may not make network namespaces."""


class Cable:
    """A namespace on a veth pair; `address` is this host's end, where a server listens."""

    def __init__(self, number: int) -> None:
        name = f"kt{os.getpid() % 10000}-{number}"
        self.namespace, self._ours, self._theirs = name, f"{name}a", f"{name}b"
        self.address, self._there = NET.format(200 + number, 1), NET.format(200 + number, 2)

    def __enter__(self) -> Self:
        try:
            _ip("netns", "add", self.namespace)
        except (OSError, subprocess.CalledProcessError) as error:
            raise NotPermittedError from error
        _ip("link", "add", self._ours, "type", "veth", "peer", "name", self._theirs, "netns", self.namespace)
        _ip("addr", "add", f"{self.address}/30", "dev", self._ours)
        _ip("link", "set", self._ours, "up")
        _ip("-n", self.namespace, "addr", "add", f"{self._there}/30", "dev", self._theirs)
        _ip("-n", self.namespace, "link", "set", self._theirs, "up")
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        _ip("netns", "del", self.namespace)  # the pair goes with it

    def pull(self) -> None:
        """Nothing gets through any more, and nobody is told."""
        _ip("link", "set", self._ours, "down")

    def plug(self) -> None:
        """It goes on."""
        _ip("link", "set", self._ours, "up")

    def move_in(self) -> None:
        """Let this process, and those that it starts, live behind the cable."""
        with open(f"/var/run/netns/{self.namespace}") as there:  # noqa: PTH123 - a handle, not a text
            if ctypes.CDLL(None, use_errno=True).setns(there.fileno(), CLONE_NEWNET):
                raise NotPermittedError


def _ip(*words: str) -> None:
    subprocess.run(["ip", *words], check=True, capture_output=True, timeout=20)
