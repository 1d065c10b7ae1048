"""Words for paper: into code page 437, without anything that a printer could take for a command, and wrapped. Pure."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

CODE_PAGE = "cp437"
_SPELLED = str.maketrans(
    {
        **dict.fromkeys("‐‑‒–—―−", "-"),
        **dict.fromkeys("‘’‚‛′´", "'"),
        **dict.fromkeys("“”„‟″", '"'),
        "…": "...",
        "•": "*",
        "€": "EUR",
        "×": "x",
        "✓": "v",
        "№": "No.",
        "Ø": "O",
        "ø": "o",
        "Ł": "L",
        "ł": "l",
        "Đ": "D",
        "đ": "d",
        "\u3000": " ",
    }
)


def printable(text: str) -> str:
    """Spell `text` with the characters of code page 437, control characters left out, blanks run together.

    Accents stay where the page has them; pictographs vanish; a run of other script becomes one question mark.
    """
    if text.isascii() and text.isprintable():
        return " ".join(text.split())
    kept: list[str] = []
    for char in unicodedata.normalize("NFC", text.translate(_SPELLED)):
        spelled = _spell(char)
        if spelled == "?" and char != "?" and kept and kept[-1] == "?":
            continue
        kept.append(spelled)
    return " ".join("".join(kept).split())


def _spell(char: str) -> str:
    category = unicodedata.category(char)
    if category[0] == "Z" or char in "\t\n\r":
        return " "
    if category[0] == "C" or (category in {"Mn", "Me", "So", "Sk"} and not _on_page(char)):
        return ""  # control and format characters, combining marks left over, emoji and their modifiers
    if _on_page(char):
        return char
    plain = "".join(part for part in unicodedata.normalize("NFKD", char) if not unicodedata.combining(part))
    return plain if plain and all(map(_on_page, plain)) else "?"


def _on_page(char: str) -> bool:
    try:
        code = char.encode(CODE_PAGE)[0]
    except UnicodeEncodeError:
        return False
    return code >= 0x20 and code != 0x7F


@lru_cache(maxsize=512)  # most of a slip's texts are on the next one too
def wrap(text: str, columns: int, lines: int) -> tuple[str, ...]:
    """Break printable `text` into at most `lines` lines of at most `columns`, between words where it can.

    The lines come out about equally long, so that no last word stands alone. A word longer than a line is broken;
    what does not fit is cut and ends in three dots.
    """
    rows = _fill(text, columns)
    if len(rows) > lines:
        return (*rows[: lines - 1], rows[lines - 1][: columns - 3].rstrip() + "...")
    narrower = columns
    while len(rows) > 1 and len(balanced := _fill(text, narrower := narrower - 1)) == len(rows):
        rows = balanced
    return tuple(rows)


def _fill(text: str, columns: int) -> list[str]:
    rows: list[str] = []
    row = ""
    for word in _pieces(text, columns):
        if row and len(row) + 1 + len(word) > columns:
            rows.append(row)
            row = word
        else:
            row = f"{row} {word}" if row else word
    return [*rows, row] if row else rows


def _pieces(text: str, columns: int) -> list[str]:
    return [word[at : at + columns] for word in text.split() for at in range(0, len(word), columns)]
