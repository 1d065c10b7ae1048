"""Raster letters in half blocks: a text drawn as large as it fits. Pure; the glyphs are a table (bench/draw_glyphs.py)."""

from __future__ import annotations

import json
from functools import cache, lru_cache
from pathlib import Path

Glyph = tuple[int, tuple[int, ...]]
"""Width in pixels, and one number a row; the highest bit is the left-most pixel."""

_HALVES = {(0, 0): " ", (1, 0): "▀", (0, 1): "▄", (1, 1): "█"}
_WIDE_GAP = 20
"""From this height in pixels on, letters stand two pixels apart."""


@cache
def _table() -> dict[int, dict[str, Glyph]]:
    stored = json.loads((Path(__file__).parent / "glyphs.json").read_text(encoding="ascii"))
    return {
        int(size): {
            character: (width, tuple(int(row, 16) for row in rows.split(",")))
            for character, (width, rows) in glyphs.items()
        }
        for size, glyphs in stored.items()
    }


def sizes() -> tuple[int, ...]:
    """Return the heights in pixels, the tallest first; the largest drawn ones also doubled and tripled."""
    drawn = sorted(_table())
    return tuple(sorted({*drawn, *(size * by for size in drawn[-3:] for by in (2, 3))}, reverse=True))


def _glyphs(size: int) -> tuple[dict[str, Glyph], int]:
    """The table to draw a size with, and by how much to enlarge it."""
    table = _table()
    if size in table:
        return table[size], 1
    by = next(by for by in (2, 3) if size % by == 0 and size // by in table)
    return table[size // by], by


@lru_cache(maxsize=512)
def draw(text: str, size: int) -> tuple[str, ...]:
    """Return the rows of one line of text, `size` pixels high (two pixels a row).

    A character that has no glyph leaves a gap; `can_draw` tells beforehand.
    """
    glyphs, by = _glyphs(size)
    height = size // by
    pixels: list[list[int]] = [[] for _ in range(height)]
    for place, character in enumerate(text.upper()):
        width, rows = glyphs.get(character, (max(2, height // 4), (0,) * height))
        gap = 0 if place == 0 else 2 if height >= _WIDE_GAP else 1
        for row, bits in zip(pixels, rows, strict=True):
            row.extend([0] * gap)
            row.extend(bits >> shift & 1 for shift in range(width - 1, -1, -1))
    return _half_blocks(_enlarged(pixels, by))


@lru_cache(maxsize=2048)
def columns(text: str, size: int) -> int:
    """Return how wide `draw` makes a text, without drawing it."""
    glyphs, by = _glyphs(size)
    height = size // by
    widths = [
        glyphs[character][0] if character in glyphs else max(2, height // 4) for character in text.upper()
    ]
    gap = 2 if height >= _WIDE_GAP else 1
    return by * (sum(widths) + gap * max(0, len(widths) - 1))


def _enlarged(pixels: list[list[int]], by: int) -> list[list[int]]:
    return [[pixel for pixel in row for _ in range(by)] for row in pixels for _ in range(by)]


def _half_blocks(pixels: list[list[int]]) -> tuple[str, ...]:
    if len(pixels) % 2:
        pixels = [*pixels, [0] * len(pixels[0])]
    pairs = zip(pixels[::2], pixels[1::2], strict=True)
    return tuple("".join(_HALVES[pair] for pair in zip(*both, strict=True)) for both in pairs)


def can_draw(text: str) -> bool:
    """Tell whether every character has a glyph."""
    smallest = next(iter(_table().values()))
    return all(character in smallest or character == " " for character in text.upper())


@lru_cache(maxsize=512)
def fit(text: str, width: int, height: int, *, stack: bool = True, centre: bool = True) -> tuple[str, ...]:
    """Return a text drawn as large as fits `width` columns and `height` rows; the plain text when nothing does.

    Args:
        text: letters, digits, space, `-`, `.`, `:`, `/` and `+`.
        width: columns.
        height: rows.
        stack: allow two lines, when that makes the letters larger.
        centre: put the shorter of two lines in the middle; else at the left.
    """
    if not text or not can_draw(text):
        return (text,)
    for size in sizes():
        for lines in _layouts(text, stack=stack):
            if _fits(lines, size, width, height):
                return _stacked([draw(line, size) for line in lines], _gap(size), centre=centre)
    return (text,)


def _layouts(text: str, *, stack: bool) -> list[tuple[str, ...]]:
    """One line, or each way to break it into two."""
    words = text.split()
    breaks = range(1, len(words)) if stack else ()
    return [(text,), *((" ".join(words[:at]), " ".join(words[at:])) for at in breaks)]


def _fits(lines: tuple[str, ...], size: int, width: int, height: int) -> bool:
    rows = (size + 1) // 2
    if rows * len(lines) + _gap(size) * (len(lines) - 1) > height:
        return False
    return all(columns(line, size) <= width for line in lines)


def _gap(size: int) -> int:
    """Empty rows between two lines; an odd height leaves half a row free by itself."""
    return 1 - size % 2


def _stacked(blocks: list[tuple[str, ...]], gap: int, *, centre: bool) -> tuple[str, ...]:
    width = max(len(block[0]) for block in blocks)
    rows: list[str] = []
    for block in blocks:
        rows.extend([""] * gap if rows else [])
        rows.extend(row.center(width) if centre else row for row in block)
    return tuple(row.ljust(width) for row in rows)
