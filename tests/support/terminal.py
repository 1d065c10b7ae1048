"""A terminal that a story looks at and touches: a program on a pseudo-terminal, its screen kept by pyte."""

from __future__ import annotations

import os
import re
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

import pexpect
import pyte
from PIL import Image

PATIENCE = 20.0
"""Seconds to wait for a thing before the story fails; a bound, not a pace."""


class Terminal:
    """One program on a screen of `columns` x `rows` cells."""

    def __init__(
        self,
        argv: Sequence[str],
        *,
        cwd: Path,
        columns: int = 101,
        rows: int = 28,
        env: Mapping[str, str] | None = None,
    ) -> None:
        """Start the program; `env` is added to a plain environment for a colour terminal."""
        surroundings = {
            **{key: value for key, value in os.environ.items() if not key.startswith("KIOSK_")},
            "TERM": "xterm-256color",
            "COLORTERM": "truecolor",
            "TEXTUAL_ANIMATIONS": "none",
            **(env or {}),
        }
        self.screen = pyte.Screen(columns, rows)
        self._stream = pyte.ByteStream(self.screen)
        self.process = pexpect.spawn(
            argv[0],
            list(argv[1:]),
            cwd=str(cwd),
            env=surroundings,
            dimensions=(rows, columns),
            timeout=PATIENCE,
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.process.close(force=True)

    def text(self) -> str:
        """What a person sees now, line by line."""
        return "\n".join(line.rstrip() for line in self.screen.display)

    def look(self, seconds: float = 0.2) -> None:
        """Take in what the program has written; returns at once when there is news, at the latest after `seconds`."""
        try:
            # Private sequences that pyte would print as text: keyboard protocol, in-band resize, mode queries.
            data = self.process.read_nonblocking(1 << 16, timeout=seconds)
        except (pexpect.TIMEOUT, pexpect.EOF):
            return
        self._stream.feed(re.sub(rb"\x1b\[[<>=?][0-9;]*[upq$]+[a-z]?", b"", data))

    def wait_until(self, seen: Callable[[str], bool], what: str) -> str:
        """Look until `seen(text)` holds; fail with the screen when patience ends."""
        end = time.monotonic() + PATIENCE
        while not seen(self.text()):
            if time.monotonic() > end:
                message = f"never saw {what}; the screen was:\n{self.text()}"
                raise AssertionError(message)
            self.look()
        return self.text()

    def wait_for(self, words: str) -> str:
        """Look until the words are on the screen."""
        return self.wait_until(lambda text: words in text, repr(words))

    def tap(self, words: str) -> None:
        """Touch the middle of the words: button down and up as a terminal reports a finger (SGR 1006)."""
        self.wait_for(words)
        for row, line in enumerate(self.screen.display):
            column = line.find(words)
            if column >= 0:
                self.tap_at(column + len(words) // 2, row)
                return

    def tap_at(self, column: int, row: int) -> None:
        """Touch a cell, counted from 0."""
        place = f"{column + 1};{row + 1}"
        self.process.send(f"\x1b[<0;{place}M\x1b[<0;{place}m")

    def picture(self, scale: int = 8) -> Image.Image:
        """The screen in black and white: two halves a cell, exact for half blocks, each `scale` pixels wide and high."""
        picture = Image.new("L", (self.screen.columns, self.screen.lines * 2), 255)
        for row in range(self.screen.lines):
            for column in range(self.screen.columns):
                cell = self.screen.buffer[row][column]
                ink, ground = (cell.bg, cell.fg) if cell.reverse else (cell.fg, cell.bg)
                halves = {"▀": (ink, ground), "▄": (ground, ink), "█": (ink, ink)}.get(
                    cell.data, (ground, ground)
                )
                for half, colour in enumerate(halves):
                    picture.putpixel((column, row * 2 + half), _grey(colour))
        return picture.resize((picture.width * scale, picture.height * scale), Image.Resampling.NEAREST)

    def press(self, keys: str) -> None:
        """Type."""
        self.process.send(keys)

    def ended(self) -> int | None:
        """Return the exit status once the program has ended, else None."""
        self.look(0.05)
        return None if self.process.isalive() else self.process.exitstatus


def _grey(colour: str) -> int:
    """Black or white, whichever is nearer; a colour that has only a name is the terminal's own ground."""
    try:
        red, green, blue = (int(colour[at : at + 2], 16) for at in (0, 2, 4))
    except ValueError:
        return 0
    return 255 if red * 299 + green * 587 + blue * 114 > 127_000 else 0
