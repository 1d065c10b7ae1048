"""Title and prompt on the terminal while the screen itself is still being imported: a kiosk shows its face at once."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TextIO

from kiosk.i18n import LANGUAGES, Words

GROUND, TITLE, PROMPT = "#001b3a", "#ffd400", "#ffffff"
"""The visitor's theme; a test compares them with it, for importing it would import Textual."""

_ENTER, _LEAVE = "\x1b[?1049h\x1b[?25l", "\x1b[0m\x1b[?25h\x1b[?1049l"


@contextmanager
def splash(out: TextIO) -> Iterator[None]:
    """Paint on the terminal's second screen, where the program will paint too; on an error give the first one back.

    Writes nothing where there is no terminal that could show it.
    """
    if not out.isatty() or os.environ.get("TERM", "dumb") == "dumb":
        yield
        return
    out.write(_ENTER + painted(os.get_terminal_size(out.fileno())))
    out.flush()
    try:
        yield
    except BaseException:
        out.write(_LEAVE)
        out.flush()
        raise


def painted(size: os.terminal_size) -> str:
    """Return the control sequences of a ground with a greeting and a prompt in its middle."""
    words = Words(LANGUAGES[0])
    middle = max(1, size.lines // 2)
    rows = ((middle - 1, words("touch.hello"), TITLE), (middle + 1, words("touch.preparing"), PROMPT))
    return f"{_colour(48, GROUND)}\x1b[2J" + "".join(_line(*row, size.columns) for row in rows)


def _line(row: int, text: str, colour: str, columns: int) -> str:
    column = max(1, (columns - len(text)) // 2 + 1)
    return f"\x1b[{max(1, row)};{column}H{_colour(38, colour)}{text[:columns]}"


def _colour(layer: int, colour: str) -> str:
    red, green, blue = bytes.fromhex(colour[1:])
    return f"\x1b[{layer};2;{red};{green};{blue}m"
