"""How the visitor's screen divides itself at a size, and which page of tiles it shows. Pure arithmetic."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

Item = TypeVar("Item")

MOST_TILES = 6
"""A visitor chooses among at most so many at once."""


class Shape(StrEnum):
    """The three arrangements; the value is the class that the style sheet asks for."""

    PORTRAIT = "-portrait"  # 1080x1920 pixels at 24 points: 56 columns by 50 rows
    LANDSCAPE = "-landscape"  # 1920x1080 pixels at 24 points: 101 columns by 28 rows
    SMALL = "-small"  # 80 by 24, a plain terminal


def shape_of(width: int, height: int) -> Shape:
    """Return the arrangement for a terminal of this many columns and rows."""
    if height >= 36 and width <= 1.5 * height:
        return Shape.PORTRAIT
    if width >= 96 and height >= 27:
        return Shape.LANDSCAPE
    return Shape.SMALL


@dataclass(frozen=True, slots=True)
class TileGridSize:
    """Columns and rows of tiles on one page."""

    columns: int
    rows: int

    @property
    def tiles(self) -> int:
        """How many tiles a page holds."""
        return self.columns * self.rows


def tile_grid(shape: Shape, *, large: bool) -> TileGridSize:
    """Return the tiles of one page: larger text means fewer and wider ones.

    In portrait two rows are all that the lower half holds beside the pager and the comfort buttons.
    """
    return TileGridSize(1, 2) if large else TileGridSize(2, 2 if shape is Shape.PORTRAIT else 3)


def pages(count: int, per_page: int) -> int:
    """Return how many pages `count` items fill; one at the least."""
    return max(1, -(-count // per_page))


def page_of(items: tuple[Item, ...], page: int, per_page: int) -> tuple[Item, ...]:
    """Return the items of one page, counted from 0; a page past the end is the last one."""
    page = max(0, min(page, pages(len(items), per_page) - 1))
    return items[page * per_page : (page + 1) * per_page]


def upper_rows(height: int) -> int:
    """Return how many rows of a tall screen belong to its upper half, where nothing is touched."""
    return -(-height // 2)
