"""PagedScreen: choosing one of many, page by page."""

from __future__ import annotations

from textual import on
from textual.app import ComposeResult
from textual.widgets import Static

from kiosk.shared.widgets import BigNumber, Tile
from kiosk.touch.layout import page_of, pages, tile_grid
from kiosk.touch.scene import Scene
from kiosk.touch.screens.visitor import VisitorScreen
from kiosk.touch.widgets import Entry, TileGrid


class PagedScreen(VisitorScreen):
    """A heading, a prompt, a page of tiles, and large buttons to turn the page. Subclasses say which and what they mean."""

    def __init__(self) -> None:
        super().__init__()
        self.page = 0

    def compose_above(self) -> ComposeResult:
        """Heading and prompt."""
        yield BigNumber(id="hero")
        yield Static(id="hello", markup=False)
        yield Static(id="prompt", markup=False)
        yield Static(id="note", markup=False)

    def compose_below(self) -> ComposeResult:
        """The tiles."""
        yield TileGrid(id="tiles")

    def compose_nav(self) -> ComposeResult:
        """Back and the pages."""
        yield from super().compose_nav()
        yield Tile(id="previous", classes="control -centred")
        yield Tile(id="next", classes="control -centred")

    def entries(self, scene: Scene) -> tuple[Entry, ...]:
        """All that can be chosen."""
        raise NotImplementedError

    def present(self, scene: Scene) -> None:
        """Fill the page."""
        entries, large = self.entries(scene), scene.comfort.large
        size = tile_grid(self.shape, large=large)
        count = pages(len(entries), size.tiles)
        self.page = min(self.page, count - 1)
        self.query_one(TileGrid).fill(page_of(entries, self.page, size.tiles), size, large=large)
        self._turnable(scene, count)

    def _turnable(self, scene: Scene, count: int) -> None:
        words = scene.words
        page = words("touch.page", page=self.page + 1, pages=count)
        for name, at_the_end in (("previous", self.page == 0), ("next", self.page == count - 1)):
            tile = self.query_one(f"#{name}", Tile)
            tile.display = count > 1
            tile.disabled = at_the_end
            tile.say(words(f"touch.{name}"), page if not at_the_end else "")

    @on(Tile.Chosen, "#previous")
    def _previous(self, event: Tile.Chosen) -> None:
        event.stop()
        self.turn(-1)

    @on(Tile.Chosen, "#next")
    def _next(self, event: Tile.Chosen) -> None:
        event.stop()
        self.turn(1)

    def key_pageup(self) -> None:
        """Turn back."""
        self.turn(-1)

    def key_pagedown(self) -> None:
        """Turn on."""
        self.turn(1)

    def turn(self, by: int) -> None:
        """Turn the page; never before the first (the last is kept by `present`)."""
        self.page = max(0, self.page + by)
        self.show(self.scene)
