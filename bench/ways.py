"""What people wait for: from the finger until the number can be read, from a counter's call until it stands on the board."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from bench.place import KIOSK, prepared_folder
from bench.programs import drain
from bench.pty_program import PtyProgram
from bench.screens import GREETING, TOUCH, WORDS
from bench.table import Row, at_most, quantile
from kiosk.settings import load
from kiosk.shared.place import Place
from kiosk.wiring import build_house, new_request_id
from queue_core import Lobby

NUMBERS, CALLS = 60, 20
COUNTERS = ("1", "2", "3")
PAUSE = 0.7
"""A second touch that comes sooner is taken for a double tap."""
HEADING = WORDS("touch.your_number")
CALL_ROWS = slice(3, 32)
"""Of a board of 40 rows: where the calls stand, without the clock and the advice below."""
BETWEEN_CALLS = 5.0
"""A call stands for some seconds before the next one takes its place, so that no visitor misses theirs."""


def touch_to_number() -> Iterator[Row]:
    """From the bytes of the last touch, on "regular", until the number has been written; the slip goes to the preview."""
    with prepared_folder() as folder:
        _hurried(folder / "config.toml")
        with PtyProgram(TOUCH, cwd=folder) as program:
            times = _numbers(program)
    yield from _rows("touch to number on the screen", times, 500)


def _hurried(config: Path) -> None:
    """A kiosk slows down whoever takes many numbers in a minute; here that is us."""
    text = config.read_text(encoding="utf-8")
    assert "tickets_a_minute = 6 " in text
    config.write_text(text.replace("tickets_a_minute = 6 ", "tickets_a_minute = 60 "), encoding="utf-8")


def _numbers(program: PtyProgram) -> list[float]:
    times = []
    program.wait_for("Dukcapil")
    for _ in range(NUMBERS):
        tap(program, "Dukcapil", "Kartu Keluarga")
        tap(program, "Kartu Keluarga", "REGULER")
        times.append(tap(program, "REGULER", HEADING))
        tap(program, "Selesai", GREETING)
    return times


def tap(program: PtyProgram, words: str, then: str, others: Sequence[PtyProgram] = ()) -> float:
    """Put a finger on words; return the milliseconds until others stand there. `others` are not kept waiting."""
    drain([program, *others], PAUSE)
    sent = program.send(program.touch(words))
    return 1000 * (program.wait_for(then) - sent)


def call_to_board() -> Iterator[Row]:
    """From the answer to the caller until the called number has been written on the hall's screen."""
    with prepared_folder() as folder:
        settings = load(folder / "config.toml", {})
        house = build_house(settings, Place(folder / "config.toml", folder))
        try:
            times = _called(
                house.lobby(settings.site[0].id),
                folder_program=lambda: PtyProgram((*KIOSK, "board"), cwd=folder, columns=120, rows=40),
            )
        finally:
            house.store.close()
    yield from _rows("call to board", times, 1000)


@dataclass
class _Call:
    """A call that is made in a thread of its own: when it was answered."""

    answered: float = 0.0


def _called(lobby: Lobby, folder_program: Callable[[], PtyProgram]) -> list[float]:
    for _ in range(CALLS + len(COUNTERS)):
        lobby.issue("DK.ktp", request_id=new_request_id())
    times = []
    with folder_program() as board:
        board.wait_for("AGENCY")
        for number in range(CALLS + 1):
            drain(
                [board], BETWEEN_CALLS + number * 0.0077 % 0.1
            )  # at no fixed place between two of its looks
            call, counter = _Call(), COUNTERS[number % len(COUNTERS)]
            thread = threading.Thread(target=_call, args=(lobby, counter, call), daemon=True)
            thread.start()
            seen = board.wait_for_change(CALL_ROWS)
            thread.join(10)
            times.append(1000 * (seen - call.answered))
            lobby.start(counter, request_id=new_request_id())
    return times[1:]  # the first one changes the whole screen


def _call(lobby: Lobby, counter: str, call: _Call) -> None:
    lobby.call_next(counter, request_id=new_request_id())
    call.answered = time.perf_counter()


def _rows(name: str, times: list[float], limit: float) -> Iterator[Row]:
    for share, said in ((0.5, "p50"), (0.99, "p99")):
        yield at_most(f"{name}, {said}", quantile(times, share), "ms", limit)
