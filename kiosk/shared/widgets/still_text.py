"""StillText: a text that costs nothing while it says the same."""

from __future__ import annotations

from rich.cells import cell_len
from textual.content import Content
from textual.visual import VisualType
from textual.widget import Widget
from textual.widgets import Static


class StillText(Static):
    """A Static for screens that write everything again each second: Static lays the whole screen out anew for each text.

    Here the same text does nothing, and another one of the same extent only paints itself.
    """

    def update(self, content: VisualType = "", *, layout: bool = True) -> None:
        """Show a text; `layout` False promises that its extent stays."""
        before = self.content
        if not _is_same(before, content):
            super().update(
                content, layout=layout and self._may_move(self._plain(before), self._plain(content))
            )

    def _plain(self, content: VisualType) -> str | None:
        """The text as it is written; None where that cannot be told."""
        if isinstance(content, Content):
            return content.plain
        return content if isinstance(content, str) and not self._render_markup else None

    def _may_move(self, before: str | None, after: str | None) -> bool:
        """Whether the other text may need more or less room."""
        if before is None or after is None or "\n" in before + after:
            return True
        longest = max(cell_len(before), cell_len(after))
        if self.styles.is_auto_width and cell_len(before) != cell_len(after):
            return True
        return self.styles.is_auto_height and (not before or not after or longest > self.content_size.width)


def _is_same(before: VisualType, after: VisualType) -> bool:
    if isinstance(before, Content) and isinstance(after, Content):
        return before.is_same(after)
    return isinstance(before, str) and isinstance(after, str) and before == after


def entitle(widget: Widget, title: str) -> None:
    """Write a title into a border, unless it stands there: Textual paints all of the widget again for each."""
    if widget.border_title != title:
        widget.border_title = title
