"""VisitorScreen: the frame that all screens of a visit share. Data down (`show`), messages up."""

from __future__ import annotations

from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container
from textual.geometry import Size
from textual.message import Message
from textual.screen import Screen

from kiosk.shared.steering import steer
from kiosk.shared.widgets import Tile
from kiosk.touch.careful import Careful
from kiosk.touch.layout import Shape, shape_of, upper_rows
from kiosk.touch.scene import Scene
from kiosk.touch.widgets import ComfortBar, HealthLine, Masthead

MASTHEAD_ROWS = {Shape.PORTRAIT: 3, Shape.LANDSCAPE: 3, Shape.SMALL: 1}


class VisitorScreen(Careful, Screen[None]):
    """Masthead, what the screen is about (`#above`), what is touched (`#below`), back and pages, comfort, health.

    In portrait everything that is touched lies in the lower half, within reach from a wheelchair.
    """

    AUTO_FOCUS = ""
    BINDINGS: ClassVar[list[BindingType]] = [
        *(Binding(key, f"steer('{key}')", show=False) for key in ("up", "down", "left", "right")),
        Binding("escape,backspace", "back", show=False),
        *(Binding(str(digit), f"choose({digit})", show=False) for digit in range(1, 10)),
    ]

    class Back(Message):
        """The visitor wants one step back."""

    class Wish(Message):
        """The visitor wants another language, text or contrast; `what` is the tile's value."""

        def __init__(self, what: str) -> None:
            super().__init__()
            self.what = what

    def __init__(self) -> None:
        super().__init__()
        self.scene = Scene()
        self.shape = Shape.SMALL
        self._arranged = Size(0, 0)
        self._built = False

    # ------------------------------------------------------------------ composition
    def compose(self) -> ComposeResult:
        """Build the frame; subclasses fill it."""
        self._take_shape()  # before there are widgets to style twice
        yield Masthead(id="masthead")
        with Container(id="body"):
            with Container(id="content"):
                with Container(id="above"):
                    yield from self.compose_above()
                with Container(id="below"):
                    yield from self.compose_below()
            with Container(id="nav"):
                yield from self.compose_nav()
            yield ComfortBar(id="comfort")
        yield HealthLine(id="health")

    def compose_above(self) -> ComposeResult:
        """What the screen is about."""
        return iter(())

    def compose_below(self) -> ComposeResult:
        """What is touched."""
        return iter(())

    def compose_nav(self) -> ComposeResult:
        """The way back."""
        yield Tile(id="back", classes="control -centred")

    # ------------------------------------------------------------------ showing
    def show(self, scene: Scene) -> None:
        """Show a scene; cheap when little changed. Before the widgets are there it is kept for them."""
        self.scene = scene
        if self._built:
            self.set_class(scene.comfort.large, "-large")
            self.query_one(Masthead).scene = scene
            self.query_one(HealthLine).scene = scene
            self.query_one(ComfortBar).show(scene, self.aside(scene))
            for back in self.query("#back").results(Tile):
                back.say(scene.words("touch.back"))
            self.present(scene)
            self._spread_nav()

    def _spread_nav(self) -> None:
        """Share the row among the tiles that are shown."""
        nav = self.query_one("#nav")
        shown = sum(tile.display for tile in nav.query(Tile))
        nav.set_class(shown == 0, "-empty")
        nav.display = (
            shown > 0 or self.shape is Shape.SMALL
        )  # there, an empty half keeps comfort at the right
        nav.styles.grid_size_columns = max(1, shown)

    def present(self, scene: Scene) -> None:
        """Fill this screen's own part."""

    def aside(self, scene: Scene) -> str:  # noqa: ARG002 - for those that have something to say
        """Return what a wide screen says above the comfort tiles."""
        return ""

    def on_mount(self) -> None:
        """Show what was given before the widgets were there."""
        self._built = True  # Textual's `is_mounted` turns true only after this
        self._halve()
        self.show(self.scene)

    def on_resize(self) -> None:
        """Arrange for the new size; Textual tells the first one several times."""
        if self.app.size != self._arranged:
            self._take_shape()
            self._halve()
            self.show(self.scene)

    def _take_shape(self) -> None:
        self._arranged = self.app.size
        self.shape = shape_of(*self._arranged)
        for shape in Shape:
            self.set_class(shape is self.shape, shape.value)

    def _halve(self) -> None:
        above = self.query_one("#above")
        if self.shape is Shape.PORTRAIT and self.keeps_halves:
            above.styles.height = upper_rows(self._arranged.height) - MASTHEAD_ROWS[self.shape]
        else:
            above.styles.clear_rule("height")

    keeps_halves: ClassVar[bool] = True
    """In portrait `#above` ends with the upper half; False where `#above` has all the room there is."""

    # ------------------------------------------------------------------ touching
    @on(Tile.Chosen, "#back")
    def _back(self, event: Tile.Chosen) -> None:
        event.stop()
        self.action_back()

    @on(Tile.Chosen, "ComfortBar > Tile")
    def _comfort(self, event: Tile.Chosen) -> None:
        event.stop()
        self.post_message(self.Wish(event.value))

    def action_back(self) -> None:
        """Ask for one step back."""
        self.post_message(self.Back())

    def action_steer(self, direction: str) -> None:
        """Move the focus to the nearest tile in a direction; the first key shows where it is."""
        steer(self, direction)

    def action_choose(self, digit: int) -> None:
        """Choose the tile of that place, counted from 1."""
        tiles = [tile for tile in self.query(Tile) if tile.has_class("choice") and tile.display]
        if digit <= len(tiles):
            tiles[digit - 1].action_choose()

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """A touch beside the tiles does nothing."""
        event.stop()
