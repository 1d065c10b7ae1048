"""What is opened and left over and over, and what stays open for a long day: does it hold more and more?

Phones that open their page and leave, all together, again and again, on one web server; and one counter's screen at which
250 people are called, served and done with, key by key.
"""

from __future__ import annotations

import asyncio
import re
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import ExitStack

from bench.pages import PHONES, SERVICE, Phone, configure, wait_for_server
from bench.place import KIOSK, prepared_folder
from bench.programs import Use, drain, serving, use
from bench.pty_program import PtyProgram
from bench.soak import grown
from bench.table import Row
from kiosk.settings import load
from kiosk.shared.place import Place
from kiosk.wiring import build_house, new_request_id
from queue_core import Lobby

ROUNDS, FIRST_ROUND = 40, 3
CALLED, FIRST_CALLED = 250, 25
COUNTER = "1"
PATIENCE = 60.0


def visits_of_phones() -> Iterator[Row]:
    """All phones open their pages, are told where they stand, and leave; so many times over."""
    with ExitStack() as opened:
        folder = opened.enter_context(prepared_folder())
        port, settings = configure(folder), load(folder / "config.toml", {})
        house = build_house(settings, Place(folder / "config.toml", folder))
        opened.callback(house.store.close)
        lobby = house.lobby(settings.site[0].id)
        tokens = [lobby.issue(SERVICE, request_id=new_request_id()).token for _ in range(PHONES)]
        pid = opened.enter_context(serving((*KIOSK, "web"), folder))
        wait_for_server(port)
        held = []
        for number in range(ROUNDS):
            asyncio.run(_come_and_go(tokens, port))
            _until(lambda: _open_pages(port) == 0)
            held.append(use(pid))
            print(f"round {number + 1} of {ROUNDS}: {held[-1].resident / 1e6:.1f} MB", file=sys.stderr)
    name = f"web, {PHONES} phones that come and go"
    yield from grown(name, held[FIRST_ROUND - 1], held[-1], f"round {FIRST_ROUND} to {ROUNDS}")
    middle, connections = held[ROUNDS // 2 - 1], PHONES * (ROUNDS - ROUNDS // 2)
    more = (held[-1].private - middle.private) / connections
    yield Row(f"{name}: private, for each of the last {connections}", more, "bytes")


async def _come_and_go(tokens: list[str], port: int) -> None:
    pages = [Phone(token) for token in tokens]
    tasks = [asyncio.create_task(page.listen(port)) for page in pages]
    async with asyncio.timeout(PATIENCE):
        while not all(page.told for page in pages):  # noqa: ASYNC110  five hundred events would say no more
            await asyncio.sleep(0.01)
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)


def _open_pages(port: int) -> int:
    """How many pages the server holds a place for."""
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/metrics", timeout=30) as answer:
        found = re.search(rb"(?m)^kiosk_web_streams (\d+)", answer.read())
    assert found
    return int(found[1])


def day_at_a_counter() -> Iterator[Row]:
    """Next, begin, done: 250 times at one screen."""
    with ExitStack() as opened:
        folder = opened.enter_context(prepared_folder())
        settings = load(folder / "config.toml", {})
        house = build_house(settings, Place(folder / "config.toml", folder))
        opened.callback(house.store.close)
        lobby = house.lobby(settings.site[0].id)
        for _ in range(CALLED):
            lobby.issue(SERVICE, request_id=new_request_id())
        screen = opened.enter_context(
            PtyProgram((*KIOSK, "counter", COUNTER), cwd=folder, columns=120, rows=40)
        )
        screen.wait_for("PIN 2580")
        drain([screen], 1)
        screen.send(b"demo\r2580\r")
        _until(lambda: lobby.counter_view(COUNTER).counter.state == "open", screen)
        held = [_served(screen, lobby) for _ in range(CALLED)]
    span = f"call {FIRST_CALLED} to {CALLED}"
    yield from grown("counter, a day of calls", held[FIRST_CALLED - 1], held[-1], span)


def _served(screen: PtyProgram, lobby: Lobby) -> Use:
    """One person, from the call to the end; what the screen holds then."""
    for key, status in ((b" ", "called"), (b"m", "serving"), (b"s", "")):
        screen.send(key)
        _until(lambda status=status: _status(lobby) == status, screen)  # type: ignore[misc]
    return use(screen.pid)


def _status(lobby: Lobby) -> str:
    current = lobby.counter_view(COUNTER).counter.current
    return current.status.value if current else ""


def _until(true: Callable[[], bool], *screens: PtyProgram) -> None:
    """Wait; what the screens write in the meantime is taken in."""
    end = time.monotonic() + PATIENCE
    while not true():
        if time.monotonic() > end:
            raise TimeoutError("\n".join(each.text() for each in screens) or "it never became true")
        if screens:
            drain(screens, 0.05)
        else:
            time.sleep(0.05)
