"""From a counter's call until it stands in the hall: on the board in a terminal, and on the page of a television."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from bench.pages import configure, running
from bench.place import KIOSK, prepared_folder
from bench.programs import drain
from bench.pty_program import PtyProgram
from bench.quick_board import ARGV as QUICK_BOARD
from bench.table import Row, at_most, quantile
from kiosk.settings import load
from kiosk.shared.place import Place
from kiosk.wiring import build_house, new_request_id
from queue_core import Lobby

CALLS = 100
COUNTERS = ("1", "2", "3")
SERVICE = "DK.ktp"
CALL_ROWS = slice(3, 32)
"""Of a board of 40 rows: where the calls stand, without the clock and the advice below."""
BETWEEN_CALLS = 0.8
PATIENCE = 20.0


def call_to_board() -> Iterator[Row]:
    """From the answer to the caller until the called number has been written on the hall's screen."""
    with _hall() as (folder, lobby), PtyProgram(QUICK_BOARD, cwd=folder, columns=120, rows=40) as board:
        board.wait_for("AGENCY")
        times = [
            _until_seen(lobby, number, lambda: board.wait_for_change(CALL_ROWS), lambda s: drain([board], s))
            for number in range(CALLS + 1)
        ]
    yield from rows("call to board", times[1:], 1000)  # the first one changes the whole screen


def call_to_page() -> Iterator[Row]:
    """The same until the open page of the board has been told."""
    with _hall() as (folder, lobby):
        port = configure(folder)
        with running([*KIOSK, "web"], folder, port), socket.create_connection(("127.0.0.1", port)) as page:
            page.settimeout(PATIENCE)
            page.sendall(b"GET /board/stream HTTP/1.1\r\nHost: bench\r\n\r\n")
            told = page.makefile("rb")
            while not told.readline().startswith(b"data: "):
                pass
            times = []
            for number in range(CALLS):
                label = f'"label":"DK {number + 1:03}"'.encode()
                times.append(_until_seen(lobby, number, lambda label=label: _told(told, label), time.sleep))  # type: ignore[misc]
    yield from rows("call to the board's page", times, 1000)


def rows(name: str, times: list[float], limit: float) -> Iterator[Row]:
    """The median and the ninety-ninth percentile, and of how many."""
    for share, said in ((0.5, "p50"), (0.99, "p99")):
        yield at_most(f"{name}, {said} of {len(times)}", quantile(times, share), "ms", limit)


@contextmanager
def _hall() -> Iterator[tuple[Path, Lobby]]:
    """A folder whose boards do not speak, with enough people in one line."""
    with prepared_folder() as folder:
        config = folder / "config.toml"
        text = config.read_text(encoding="utf-8")
        assert "voice = true " in text
        config.write_text(text.replace("voice = true ", "voice = false "), encoding="utf-8")
        settings = load(config, {})
        house = build_house(settings, Place(config, folder))
        try:
            lobby = house.lobby(settings.site[0].id)
            for _ in range(CALLS + 1):
                lobby.issue(SERVICE, request_id=new_request_id())
            yield folder, lobby
        finally:
            house.store.close()


@dataclass
class _Call:
    """A call that is made in a thread of its own: when it was answered."""

    answered: float = 0.0


def _until_seen(
    lobby: Lobby, number: int, seen: Callable[[], float], pause: Callable[[float], object]
) -> float:
    """Let the hall be quiet for a while; call the next; return the milliseconds until `seen` returns its moment."""
    pause(BETWEEN_CALLS + number * 0.0077 % 0.1)  # at no fixed place between two looks
    call, counter = _Call(), COUNTERS[number % len(COUNTERS)]
    thread = threading.Thread(target=_call, args=(lobby, counter, call), daemon=True)
    thread.start()
    moment = seen()
    thread.join(PATIENCE)
    lobby.start(counter, request_id=new_request_id())
    return 1000 * max(0.0, moment - call.answered)


def _call(lobby: Lobby, counter: str, call: _Call) -> None:
    lobby.call_next(counter, request_id=new_request_id())
    call.answered = time.perf_counter()


def _told(stream: Iterator[bytes], label: bytes) -> float:
    """The moment when a message with the label had been read."""
    for line in stream:
        if label in line:
            return time.perf_counter()
    message = f"the page was never told of {label!r}"
    raise TimeoutError(message)
