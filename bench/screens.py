"""What a visitor feels: the first paint, and a touch until its new text; through a pseudo-terminal."""

from __future__ import annotations

import sys
from collections.abc import Iterator

from bench.place import KIOSK, ROOT, prepared_folder
from bench.pty_program import PtyProgram
from bench.table import Row, against, at_most, median, quantile
from kiosk.i18n import Words

BARE = (sys.executable, str(ROOT / "bench" / "bare.py"))
TOUCH = (*KIOSK, "touch")
WORDS = Words("id")
GREETING, PROMPT = WORDS("touch.hello"), WORDS("touch.preparing")
STARTS = 9
PRESSES = 200


def first_paint() -> Iterator[Row]:
    """From the start of the process to title and prompt, taken in turns with the bare program.

    The first ones are a splash; the screen that can be touched paints itself over them, and then fills its tiles.
    """
    ours, bare, painted, usable = [], [], [], []
    with prepared_folder() as folder:
        for _ in range(STARTS):
            with PtyProgram(BARE, cwd=folder) as program:
                bare.append(1000 * (program.wait_for("PILIH INSTANSI") - program.started))
            with PtyProgram(TOUCH, cwd=folder) as program:
                ours.append(
                    1000 * (max(program.wait_for(GREETING), program.wait_for(PROMPT)) - program.started)
                )
                painted.append(1000 * (program.wait_for(GREETING, times=2) - program.started))
                usable.append(1000 * (program.wait_for("Dukcapil") - program.started))
    floor = "a bare Textual program"
    yield against("touch screen: first paint, median", median(ours), "ms", median(bare), floor, limit=1.3)
    yield against("touch screen: painted by itself, median", median(painted), "ms", median(bare), floor)
    yield against("touch screen: tiles of the store on it, median", median(usable), "ms", median(bare), floor)


def press() -> Iterator[Row]:
    """A finger on an agency's tile, until its services can be read; and back."""
    with prepared_folder() as folder:
        with PtyProgram(BARE, cwd=folder) as program:
            bare = presses(program, "Instansi 0", "LAYAR KEDUA", "PILIH INSTANSI")
        with PtyProgram(TOUCH, cwd=folder) as program:
            program.wait_for("Dukcapil")
            ours = presses(program, "Dukcapil", "Kartu Keluarga", GREETING)
    floor = "a bare Textual program"
    for name, share, limit in (("p50", 0.5, 40.0), ("p99", 0.99, 80.0)):
        row = at_most("", quantile(ours, share), "ms", limit)
        yield Row(
            f"press to new text, {name}", row.value, "ms", quantile(bare, share), floor, row.target, row.met
        )


def presses(
    program: PtyProgram, tile: str, words: str, home: str, *, times_over: int = PRESSES
) -> list[float]:
    """Milliseconds from a finger on the tile until the words can be read, each time after going back home."""
    times = []
    program.wait_for(tile)
    program.settle(0.5)
    finger = program.touch(tile)
    for _ in range(times_over):
        sent = program.send(finger)
        times.append(1000 * (program.wait_for(words) - sent))
        program.settle(0.06)
        program.send(b"\x1b")
        program.wait_for(home)
        program.settle(0.06)
    return times
