"""Five hundred phones on one line while calls go on: how soon each is told, whether any is missed; and pages a second."""

from __future__ import annotations

import asyncio
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from bench.place import KIOSK, ROOT, prepared_folder
from bench.table import Row, against, at_most, quantile
from kiosk.settings import load
from kiosk.shared.place import Place
from kiosk.wiring import build_house, new_request_id
from queue_core import Lobby

PHONES = 500
CALLS = 100
SECONDS_BETWEEN = 0.4
REQUESTS, AT_ONCE = 4_000, 16
SERVICE, COUNTERS = "DK.ktp", ("1", "2", "3", "6")
PATIENCE = 30.0


CALLED = -1
"""Stands for the number of people ahead of somebody who is called."""


@dataclass
class Phone:
    """An open page: when it was told how many are ahead."""

    token: str
    told: list[tuple[float, int]] = field(default_factory=list)

    async def listen(self, port: int) -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", port, limit=1 << 20)
        writer.write(f"GET /T/{self.token}/stream HTTP/1.1\r\nHost: bench\r\n\r\n".encode())
        try:
            while line := await reader.readline():
                if line.startswith(b"data: "):
                    found = re.search(rb'class=\\"big\\">(\d+)<', line)
                    self.told.append((time.monotonic(), int(found[1]) if found else CALLED))
        finally:
            writer.close()

    def heard(self, ahead: int) -> float | None:
        """When it was first told that so many are ahead, or fewer."""
        return next((at for at, people in self.told if people <= ahead), None)


def phones() -> Iterator[Row]:
    with prepared_folder() as folder:
        port = configure(folder)
        settings = load(folder / "config.toml", {})
        house = build_house(settings, Place(folder / "config.toml", folder))
        try:
            lobby = house.lobby(settings.site[0].id)
            tokens = [lobby.issue(SERVICE, request_id=new_request_id()).token for _ in range(PHONES)]
            with running([*KIOSK, "web"], folder, port):
                pushed, missed = asyncio.run(_push(lobby, tokens, port))
                ours = asyncio.run(_load(port, f"/T/{tokens[-1]}"))
        finally:
            house.store.close()
        bare_port = free_port()
        with running(
            [sys.executable, str(ROOT / "bench" / "bare_page.py"), str(bare_port)], folder, bare_port
        ):
            bare = asyncio.run(_load(bare_port, "/"))
    name = f"{PHONES} phones, {CALLS} calls"
    yield Row(f"{name}: changes missed", missed, "", target="none", met=missed == 0)
    yield Row(f"{name}: call to push, p50", 1000 * quantile(pushed, 0.5), "ms")
    yield at_most(f"{name}: call to push, p99", 1000 * quantile(pushed, 0.99), "ms", 1000)
    floor = "a bare page of the same server"
    yield against("phone page, time a request", 1000 / ours, "ms", 1000 / bare, floor)


async def _push(lobby: Lobby, tokens: list[str], port: int) -> tuple[list[float], int]:
    """Call while all listen; a change that a phone should have been told of and was not is missed."""
    pages = [Phone(token) for token in tokens]
    tasks = [asyncio.create_task(page.listen(port)) for page in pages]
    async with asyncio.timeout(PATIENCE):
        while not all(page.told for page in pages):  # noqa: ASYNC110  five hundred events would say no more
            await asyncio.sleep(0.01)
    calls = []
    for number in range(CALLS):
        counter = COUNTERS[number % len(COUNTERS)]
        if number >= len(COUNTERS):
            await asyncio.to_thread(lobby.start, counter)
        await asyncio.to_thread(lobby.call_next, counter)
        calls.append(time.monotonic())
        await asyncio.sleep(SECONDS_BETWEEN)
    await asyncio.sleep(2)
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    return _judge(pages, calls)


def _judge(pages: list[Phone], calls: list[float]) -> tuple[list[float], int]:
    """Each call moves all who stand behind: from the answer to the caller until each was told of it, or of a later one."""
    pushed, missed = [], 0
    for number, done in enumerate(calls):
        for place, page in enumerate(pages[number:]):
            at = page.heard(place - 1)
            if at is None:
                missed += 1
            else:
                pushed.append(max(0.0, at - done))
    return pushed, missed


async def _load(port: int, path: str) -> float:
    """Ask for a page again and again over connections that stay open; return pages a second."""
    request = f"GET {path} HTTP/1.1\r\nHost: bench\r\n\r\n".encode()

    async def client(count: int) -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        for _ in range(count):
            writer.write(request)
            head = await reader.readuntil(b"\r\n\r\n")
            assert head.startswith(b"HTTP/1.1 200"), head
            length = re.search(rb"content-length: (\d+)", head, re.IGNORECASE)
            assert length
            await reader.readexactly(int(length[1]))
        writer.close()

    await client(200)  # what is built at the first request is built
    begun = time.monotonic()
    await asyncio.gather(*(client(REQUESTS // AT_ONCE) for _ in range(AT_ONCE)))
    return REQUESTS / (time.monotonic() - begun)


def configure(folder: Path) -> int:
    """Give the web server of this folder a free port; return it."""
    path, port = folder / "config.toml", free_port()
    text = path.read_text(encoding="utf-8")
    path.write_text(re.sub(r"(?m)^port = 8080$", f"port = {port}", text), encoding="utf-8")
    return port


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port: int = listener.getsockname()[1]
        return port


def wait_for_server(port: int) -> None:
    """Return when something answers on this port."""
    end = time.monotonic() + PATIENCE
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
            return
        except OSError:
            if time.monotonic() > end:
                raise
            time.sleep(0.05)


@contextmanager
def running(command: list[str], folder: Path, port: int) -> Iterator[None]:
    """A server, once it answers on its port."""
    server = subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        wait_for_server(port)
        yield
    finally:
        server.terminate()
        server.wait(PATIENCE)
