"""A switch on this machine with one wire for each host, a network namespace of its own: wires are cut, slow, lossy, one-way.

The kernel's own means for this (tc netem) are not in every kernel, so a process of ours carries the frames between tap
devices: it can drop, delay, double and shuffle them, in one direction or in both.
"""

from __future__ import annotations

import ctypes
import fcntl
import heapq
import os
import random
import select
import struct
import subprocess
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from multiprocessing.connection import Connection
from multiprocessing.context import ForkProcess
from pathlib import Path
from types import TracebackType
from typing import Self

from torture.cables import CLONE_NEWNET, NotPermittedError
from torture.hall import FORK

TUNSETIFF, IFF_TAP, IFF_NO_PI = 0x400454CA, 0x0002, 0x1000
TUNSETCARRIER = 0x400454E2
"""linux/if_tun.h."""
DEVICE = "wire"
FRAME = 65536
NET = "10.201.77.{}"
"""Seen within the namespaces only, so it is nobody else's here."""


@dataclass(frozen=True, slots=True)
class Wire:
    """What one wire does now: shares of frames lost on the way to the host and away from it, seconds, shares.

    `carrier` is what the host is told: a plug that was pulled out is seen at once, a switch that drops frames never.
    """

    lost_to: float = 0.0
    lost_from: float = 0.0
    delay: float = 0.0
    doubled: float = 0.0
    shuffled: float = 0.0
    carrier: bool = True


WELL = Wire()
SILENT = Wire(lost_to=1.0, lost_from=1.0)
"""Nothing gets through, and nobody is told."""
PULLED = Wire(lost_to=1.0, lost_from=1.0, carrier=False)
"""The plug is out, and the host sees it."""


class Switch:
    """Hosts by name, each with an address; made by entering, taken down by leaving. Raises NotPermittedError."""

    def __init__(self, hosts: Sequence[str], seed: int) -> None:
        self._hosts = {name: at for at, name in enumerate(hosts, start=1)}
        self._pid, self._seed = os.getpid(), seed
        self._process: ForkProcess | None = None
        self._orders: Connection | None = None

    def address(self, host: str) -> str:
        """Return where a host is reached by the others."""
        return NET.format(self._hosts[host])

    def namespace(self, host: str) -> str:
        """Return the name under which `ip netns` knows a host."""
        return f"kt{self._pid}-{host}"

    def __enter__(self) -> Self:
        try:
            for host in self._hosts:
                ip("netns", "add", self.namespace(host))
        except (OSError, subprocess.CalledProcessError) as error:
            self._forget()
            raise NotPermittedError from error
        here, there = FORK.Pipe()
        self._orders = here
        self._process = FORK.Process(target=self._carry, args=(there,), daemon=True)
        self._process.start()
        there.close()
        if not here.poll(20) or here.recv() != "ready":
            self.__exit__(None, None, None)
            raise NotPermittedError
        for host in self._hosts:
            name = self.namespace(host)
            ip("-n", name, "addr", "add", f"{self.address(host)}/24", "dev", DEVICE)
            ip("-n", name, "link", "set", "lo", "up")
            ip("-n", name, "link", "set", DEVICE, "up")
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.join()
        self._forget()

    def set(self, host: str, wire: Wire) -> None:
        """Let a host's wire be like this from now on; returns when it is."""
        assert self._orders
        self._orders.send((host, asdict(wire)))
        if not self._orders.poll(20):
            raise TimeoutError(host)
        self._orders.recv()

    @contextmanager
    def inside(self, host: str) -> Iterator[None]:
        """What this thread starts meanwhile lives on that host."""
        with Path("/proc/thread-self/ns/net").open() as home:
            enter(self.namespace(host))
            try:
                yield
            finally:
                _setns(home.fileno())

    def _forget(self) -> None:
        for host in self._hosts:
            with suppress(OSError, subprocess.CalledProcessError):
                ip("netns", "del", self.namespace(host))

    def _carry(self, orders: Connection) -> None:
        try:
            taps = {host: _tap(self.namespace(host)) for host in self._hosts}
        except (OSError, NotPermittedError):
            orders.send("not permitted")
            return
        orders.send("ready")
        _Carrier(taps, orders, random.Random(self._seed)).run()


class _Carrier:
    """Carries frames for ever, each to the host whose address it bears, or to all."""

    def __init__(self, taps: dict[str, int], orders: Connection, chance: random.Random) -> None:
        self._taps, self._orders, self._chance = taps, orders, chance
        self._wires = dict.fromkeys(taps, WELL)
        self._lives_at: dict[bytes, str] = {}
        self._late: list[tuple[float, int, str, bytes]] = []
        self._count = 0

    def run(self) -> None:
        hosts, orders = {tap: host for host, tap in self._taps.items()}, self._orders.fileno()
        while True:
            pause = max(0.0, self._late[0][0] - time.monotonic()) if self._late else 1.0
            ready, _, _ = select.select([*hosts, orders], [], [], pause)
            for each in ready:
                if each == orders:
                    self._obey()
                else:
                    self._take(hosts[each], os.read(each, FRAME))
            self._deliver()

    def _obey(self) -> None:
        host, wire = self._orders.recv()
        self._wires[host] = Wire(**wire)
        fcntl.ioctl(self._taps[host], TUNSETCARRIER, struct.pack("i", self._wires[host].carrier))
        self._orders.send(host)

    def _take(self, host: str, frame: bytes) -> None:
        wire, chance = self._wires[host], self._chance
        self._lives_at[frame[6:12]] = host
        if chance.random() < wire.lost_from:
            return
        known = self._lives_at.get(frame[:6])
        for other in [known] if known else [each for each in self._taps if each != host]:
            for _ in range(2 if chance.random() < wire.doubled else 1):
                late = wire.delay + self._wires[other].delay
                late += chance.uniform(0, 0.1) if chance.random() < wire.shuffled else 0
                self._count += 1
                heapq.heappush(self._late, (time.monotonic() + late, self._count, other, frame))

    def _deliver(self) -> None:
        while self._late and self._late[0][0] <= time.monotonic():
            _, _, host, frame = heapq.heappop(self._late)
            if self._chance.random() >= self._wires[host].lost_to:
                with suppress(OSError):  # the device of a host that is down takes nothing
                    os.write(self._taps[host], frame)


def enter(namespace: str) -> None:
    """Let this thread live there from now on."""
    with Path(f"/var/run/netns/{namespace}").open() as there:
        _setns(there.fileno())


def _setns(file: int) -> None:
    if ctypes.CDLL(None, use_errno=True).setns(file, CLONE_NEWNET):
        raise NotPermittedError


def _tap(namespace: str) -> int:
    enter(namespace)
    tap = os.open("/dev/net/tun", os.O_RDWR | os.O_NONBLOCK)
    fcntl.ioctl(tap, TUNSETIFF, struct.pack("16sH22s", DEVICE.encode(), IFF_TAP | IFF_NO_PI, b""))
    return tap


def ip(*words: str) -> None:
    """Run iproute2."""
    subprocess.run(["ip", *words], check=True, capture_output=True, timeout=20)
