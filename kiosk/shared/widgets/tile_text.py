"""What stands on a tile, row by row. Pure: the words go in, rows of styled text come out."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from textwrap import wrap

from kiosk.shared.widgets.raster import can_draw, draw, fit

BADGE_PIXELS = 7
BADGE_ROOM = 30
"""Columns from which a tile has room for its badge beside the text."""
AIRY_ROWS = 5
TALLEST = 9
"""Rows of a title in raster letters at the most: two lines of the small size."""

Rows = tuple[tuple[tuple[str, str], ...], ...]


@dataclass(frozen=True, slots=True)
class TileText:
    """The words of one tile. Empty ones take no room.

    `badge` is a code of a few letters, drawn large beside the text; `title` is bold; `detail` is wrapped; `state` is the last
    row and always shown.
    """

    title: str
    detail: str = ""
    state: str = ""
    badge: str = ""


@lru_cache(maxsize=1024)
def tile_rows(
    text: TileText, width: int, height: int, *, large: bool = False, centre: bool = False, lines: int = 2
) -> Rows:
    """Return the rows of a tile of this size; `large` draws the title in raster letters where they fit.

    `lines` is the most rows that a long title may take; `centre` says how two lines of raster letters stand.
    """
    if large and (drawn := _large(text, width, height, centre=centre)):
        return drawn
    if text.badge and width >= BADGE_ROOM and height >= (BADGE_PIXELS + 1) // 2:
        return _with_badge(text, width, height, lines)
    return _words(text, width, _airy(height), lines)


def _airy(height: int) -> int:
    """A tile of five rows and more keeps one of them free."""
    return height - 1 if height >= AIRY_ROWS else height


def _large(text: TileText, width: int, height: int, *, centre: bool) -> Rows | None:
    """Raster letters, when they and every other word fit."""
    below = [(line, "tile--detail") for line in _wrapped(text.detail, width, height) if text.detail]
    below += [(line, "tile--state") for line in _wrapped(text.state, width, height)]
    room = height - len(below)
    drawable = room > 0 and can_draw(text.title)
    letters = fit(text.title, width, min(room, TALLEST), centre=centre) if drawable else ()
    if len(letters) < 2:
        return None
    return (*(((row, "tile--title"),) for row in letters), *((line,) for line in below))


def _with_badge(text: TileText, width: int, height: int, lines: int) -> Rows:
    badge = draw(text.badge, BADGE_PIXELS)
    gap = " " * (13 - len(badge[0])) if len(badge[0]) < 13 else "  "
    words = _words(text, width - len(badge[0]) - len(gap), _airy(height), lines)
    count = max(len(badge), len(words))
    rows = []
    for y in range(count):
        left = badge[y] if y < len(badge) else " " * len(badge[0])
        rows.append(((left, "tile--badge"), (gap, ""), *(words[y] if y < len(words) else ())))
    return tuple(rows)


def _words(text: TileText, width: int, height: int, lines: int) -> Rows:
    state = _wrapped(text.state, width, min(1, height - 1) if text.detail else height - 1)
    room = max(1, height - len(state))
    title = _wrapped(text.title, width, min(lines, room))
    detail = _wrapped(text.detail, width, room - len(title))
    return tuple(
        ((line, style),)
        for style, group in (("tile--title", title), ("tile--detail", detail), ("tile--state", state))
        for line in group
    )


def _wrapped(text: str, width: int, most: int) -> list[str]:
    """Wrap to at most so many lines; the last one ends in an ellipsis when words are left over."""
    if not text or most < 1 or width < 2:
        return []
    return wrap(text, width, max_lines=most, placeholder="…", break_long_words=True)
