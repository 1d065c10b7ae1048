"""LiveTable: rows that are compared by their key, so a change costs the cells that changed and the cursor stays."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Self

from rich.text import Text
from textual.geometry import Region
from textual.widgets import DataTable


@dataclass(frozen=True, slots=True)
class Cell:
    """What one cell says; `tone` names a colour of the theme (empty: plain)."""

    text: str
    tone: str = ""
    bold: bool = False


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its key, its title and its width; the one of width 0 takes what the others leave."""

    key: str
    title: str
    width: int
    right: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """A row: its key, and a cell for each column's key; what the table has no column for is left out."""

    key: str
    cells: Mapping[str, Cell]


class LiveTable(DataTable[Text]):
    """A table that is shown again and again."""

    MINIMUM = 8
    """Columns of characters that the flexible column keeps at the least."""
    _writing = False

    def __init__(self, name: str) -> None:
        """Begin with no columns."""
        super().__init__(id=name, cursor_type="row", cursor_foreground_priority="renderable")
        self._columns: Sequence[Column] = ()
        self._shape: Sequence[Column] = ()
        self._shown: Sequence[Line] = ()
        self._lines: dict[str, Mapping[str, Cell]] = {}
        self._drawn_for = 0

    def on_resize(self) -> None:
        """Fit the flexible column to the new width."""
        self.shape(self._columns)
        self.show(self._shown)

    def shape(self, columns: Sequence[Column]) -> None:
        """Set the columns; the rows are shown again at the next `show`. Does nothing when they are the same."""
        self._columns = columns
        fitted = self._fitted(columns)
        if fitted == self._shape:
            return
        self._shape = fitted
        self._lines = {}
        self.clear(columns=True)
        for column in fitted:
            title = Text(column.title, justify="right" if column.right else "left")
            self.add_column(title, width=column.width, key=column.key)

    def show(self, lines: Sequence[Line]) -> None:
        """Show rows in this order: remove who left, add who came, change what changed. The cursor keeps its row."""
        self._shown = lines
        chosen = self.chosen
        wanted = {line.key: line.cells for line in lines}
        for key in self._lines.keys() - wanted.keys():
            self.remove_row(key)
        for key, cells in wanted.items():
            self._put(key, cells)
        order = {key: place for place, key in enumerate(wanted)}
        if list(order) != [row.key.value for row in self.ordered_rows]:
            self.sort(key=lambda cells: order.get(_key_of(cells), 0))
        self._lines = wanted
        if chosen in order and self.cursor_row != order[chosen]:
            self.move_cursor(row=order[chosen], animate=False)
        self._forget_old_pictures()

    def _forget_old_pictures(self) -> None:
        """Let go of what was drawn for earlier contents.

        Textual's key of a drawn cell holds the count of changes, so none is found again after one; ten thousand are kept.
        """
        if self._update_count == self._drawn_for:
            return
        self._drawn_for = self._update_count
        for drawn in (
            self._cell_render_cache, self._row_render_cache, self._row_renderable_cache, self._line_cache,
        ):  # fmt: skip
            drawn.clear()

    @property
    def chosen(self) -> str:
        """The key of the row under the cursor; empty when there is none."""
        rows = self.ordered_rows
        return str(rows[self.cursor_row].key.value) if 0 <= self.cursor_row < len(rows) else ""

    def _put(self, key: str, cells: Mapping[str, Cell]) -> None:
        old = self._lines.get(key)
        if old is None:
            self.add_row(*(self._text(key, column, cells[column.key]) for column in self._shape), key=key)
            return
        others = [column for column in self._shape if cells[column.key] != old[column.key]]
        self._writing = True
        for column in others:
            text = self._text(key, column, cells[column.key])
            self.update_cell(key, column.key, text, update_width=False)
        self._writing = False
        if others:
            self.refresh_row(self.get_row_index(key))

    def refresh(
        self, *regions: Region, repaint: bool = True, layout: bool = False, recompose: bool = False
    ) -> Self:
        """Paint again; while a row is written not the whole table, as DataTable would for each cell, but that row after it."""
        if self._writing:
            return self
        return super().refresh(*regions, repaint=repaint, layout=layout, recompose=recompose)

    def _text(self, key: str, column: Column, cell: Cell) -> Text:
        colour = self.app.theme_variables.get(cell.tone, "") if cell.tone else ""
        style = f"bold {colour}" if cell.bold else colour
        justify = "right" if column.right else "left"
        return _Keyed(key, cell.text, style, justify)

    def _fitted(self, columns: Sequence[Column]) -> list[Column]:
        """Give the flexible column what the others leave of the width."""
        padding = 2 * self.cell_padding * len(columns)
        rest = self.content_size.width - padding - sum(column.width for column in columns)
        rest -= self.styles.scrollbar_size_vertical  # it may come with the next row
        return [
            column
            if column.width
            else Column(column.key, column.title, max(self.MINIMUM, rest), column.right)
            for column in columns
        ]


class _Keyed(Text):
    """A cell that knows its row, since DataTable sorts by what is in the cells."""

    def __init__(self, key: str, text: str, style: str, justify: str) -> None:
        super().__init__(text, style=style, no_wrap=True, overflow="ellipsis")
        self.justify = "right" if justify == "right" else "left"
        self.row_key = key


def _key_of(cells: tuple[Text, ...]) -> str:
    first = cells[0]
    return first.row_key if isinstance(first, _Keyed) else ""
