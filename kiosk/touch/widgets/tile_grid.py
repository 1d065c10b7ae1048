"""TileGrid: one page of tiles, always the same widgets, filled anew."""

from __future__ import annotations

from dataclasses import dataclass

from textual.app import ComposeResult
from textual.containers import Grid

from kiosk.shared.widgets import Tile, TileText
from kiosk.touch.layout import MOST_TILES, TileGridSize


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing to choose; `closed` ones look so and can be chosen too, to read why."""

    value: str
    text: TileText
    closed: bool = False


class TileGrid(Grid):
    """Shows up to `MOST_TILES` entries; a tile's `Chosen` bubbles with the entry's value."""

    def compose(self) -> ComposeResult:
        """All the tiles that any page needs."""
        for place in range(MOST_TILES):
            yield Tile(id=f"tile-{place}", classes="choice")

    def fill(self, entries: tuple[Entry, ...], size: TileGridSize, *, large: bool) -> None:
        """Show one page of entries; what it does not need is hidden."""
        self.styles.grid_size_columns = size.columns
        self.styles.grid_size_rows = size.rows
        for place, tile in enumerate(self.query(Tile)):
            entry = entries[place] if place < len(entries) else None
            tile.display = entry is not None
            tile.disabled = entry is None
            if entry is not None:
                tile.value = entry.value
                tile.text = entry.text
                tile.large = large
                tile.set_class(entry.closed, "-closed")
