"""What a visitor waits for: from the finger until the number can be read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from bench.hall import rows
from bench.place import prepared_folder
from bench.programs import drain
from bench.pty_program import PtyProgram
from bench.screens import GREETING, TOUCH, WORDS
from bench.table import Row

NUMBERS = 100
PAUSE = 0.45
"""A second touch that comes within 0.3 s at the same place is taken for a double tap."""
HEADING = WORDS("touch.your_number")


def touch_to_number() -> Iterator[Row]:
    """From the bytes of the last touch, on "regular", until the number has been written; the slip goes to the preview."""
    with prepared_folder() as folder:
        _hurried(folder / "config.toml")
        with PtyProgram(TOUCH, cwd=folder) as program:
            times = _numbers(program)
    yield from rows("touch to number on the screen", times, 500)


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
