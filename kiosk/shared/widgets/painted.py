"""Painted: a widget that draws whole rows itself. Quick to repaint, and one widget where a composition needs five."""

from __future__ import annotations

from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip
from textual.widget import Widget

Part = tuple[str, str]
"""A text, and the name of the component class that styles it (empty: the widget's own style)."""
Row = list[Part]


class Painted(Widget):
    """Subclasses say what to paint for a width and height; this aligns it (`content-align`) and styles it."""

    COMPONENT_CLASSES: ClassVar[set[str]] = set()

    def paint(self, width: int, height: int) -> list[Row]:
        """Return the rows of a block of at most this size, top to bottom."""
        raise NotImplementedError

    def render_line(self, y: int) -> Strip:
        """Return one line of the content region."""
        width, height = self.size
        plain = self.rich_style
        rows = self._rows(width, height)
        if not 0 <= y < len(rows):
            return Strip.blank(width, plain)
        segments = [Segment(text, self._style_of(name)) for text, name in rows[y] if text]
        return Strip(segments).crop(0, width).extend_cell_length(width, plain)

    def _style_of(self, name: str) -> Style:
        return self.get_component_rich_style(name) if name else self.rich_style

    def _rows(self, width: int, height: int) -> list[Row]:
        """The painted rows, moved to where `content-align` wants them."""
        rows = self.paint(width, height)[:height]
        space = height - len(rows)
        above = {"top": 0, "middle": (space + 1) // 2}.get(self.styles.content_align_vertical, space)
        return [[] for _ in range(above)] + [self._aligned(row, width) for row in rows]

    def _aligned(self, row: Row, width: int) -> Row:
        space = max(0, width - sum(len(text) for text, _ in row))
        left = {"left": 0, "center": space // 2}.get(self.styles.content_align_horizontal, space)
        return [(" " * left, ""), *row] if left else row
