"""Painted: a widget that draws whole rows itself. Quick to repaint, and one widget where a composition needs five."""

from __future__ import annotations

from typing import ClassVar, Self

from rich.segment import Segment
from rich.style import Style
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget

Part = tuple[str, str]
"""A text, and the name of the component class that styles it (empty: the widget's own style)."""
Row = list[Part]


class Painted(Widget):
    """Subclasses say what to paint for a width and height; this aligns it (`content-align`) and styles it.

    Lines are asked for one by one, so what was painted is kept until the next `refresh`.
    """

    COMPONENT_CLASSES: ClassVar[set[str]] = set()
    _kept: tuple[tuple[int, int], list[Row]] | None = None
    _own_style: Style | None = None

    def paint(self, width: int, height: int) -> list[Row]:
        """Return the rows of a block of at most this size, top to bottom."""
        raise NotImplementedError

    def refresh(
        self, *regions: Region, repaint: bool = True, layout: bool = False, recompose: bool = False
    ) -> Self:
        """Paint again at the next occasion."""
        self._kept = None
        return super().refresh(*regions, repaint=repaint, layout=layout, recompose=recompose)

    def freshen(self) -> None:
        """Paint again if it would look otherwise: for what moves with the time."""
        if self._kept is not None:
            size, rows = self._kept
            if self._rows(*size) == rows:
                return
        self.refresh()

    def notify_style_update(self) -> None:
        """Forget what was painted for another alignment."""
        self._kept = None
        super().notify_style_update()

    def render_lines(self, crop: Region) -> list[Strip]:
        """Return the lines of a part; the widget's own style, which asks all that stand around it, is the same for them all."""
        self._own_style = self.rich_style
        try:
            return super().render_lines(crop)
        finally:
            self._own_style = None

    def render_line(self, y: int) -> Strip:
        """Return one line of the content region."""
        width, height = self.size
        plain = self._own_style or self.rich_style
        rows = self._kept_rows(width, height)
        if not 0 <= y < len(rows):
            return Strip.blank(width, plain)
        segments = [
            Segment(text, self.get_component_rich_style(name) if name else plain)
            for text, name in rows[y]
            if text
        ]
        return Strip(segments).crop(0, width).extend_cell_length(width, plain)

    def _kept_rows(self, width: int, height: int) -> list[Row]:
        if self._kept is None or self._kept[0] != (width, height):
            self._kept = (width, height), self._rows(width, height)
        return self._kept[1]

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
