"""Tile: what a finger or a key chooses. Large, with words of its own, and a dead gap around it."""

from __future__ import annotations

from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Offset, Region
from textual.message import Message
from textual.reactive import reactive

from kiosk.shared.widgets.painted import Painted, Row
from kiosk.shared.widgets.tile_text import TileText, tile_rows

PRESSED_SECONDS = 0.15
"""A press is shown for at least this long: some terminals report a finger only when it lifts."""
SLIP_COLUMNS, SLIP_ROWS = 2, 1
"""A finger may drift this far off the tile, which is its dead gap, and still means it."""


class Tile(Painted, can_focus=True):
    """Shows a `TileText`; posts `Chosen` once for each tap, Enter or Space. A touch never moves the focus."""

    FOCUS_ON_CLICK = False
    COMPONENT_CLASSES: ClassVar[set[str]] = {"tile--title", "tile--detail", "tile--state", "tile--badge"}
    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter,space", "choose", show=False)]
    DEFAULT_CSS = """
    Tile {
        width: 1fr;
        height: 5;
        padding: 0 2;
        content-align: left middle;
        background: $surface;
        color: $foreground;
        &.-centred { content-align: center middle; }
        & > .tile--title { text-style: bold; }
        & > .tile--badge { text-style: bold; }
        &:focus { background: $primary; color: $background; }
        &:disabled { opacity: 60%; }
    }
    """

    text: reactive[TileText] = reactive(TileText(""))
    large: reactive[bool] = reactive(default=False)

    class Chosen(Message):
        """A tile was chosen; `value` is what it stands for."""

        def __init__(self, tile: Tile) -> None:
            super().__init__()
            self.tile = tile
            self.value = tile.value

        @property
        def control(self) -> Tile:
            """The tile, for `@on(Tile.Chosen, "#id")`."""
            return self.tile

    def __init__(
        self,
        title: str = "",
        *,
        value: str = "",
        lines: int = 2,
        id: str | None = None,  # noqa: A002 - Textual's name
        classes: str | None = None,
    ) -> None:
        """Begin with a title; `lines` is the most rows that a long title may take."""
        super().__init__(id=id, classes=classes)
        self.value = value
        self._lines = lines
        self._pressed = False
        self.set_reactive(Tile.text, TileText(title))

    def say(self, title: str, detail: str = "", state: str = "", *, badge: str = "") -> None:
        """Put words on the tile."""
        self.text = TileText(title, detail, state, badge)

    def paint(self, width: int, height: int) -> list[Row]:
        """Return the rows of this size."""
        centre = self.has_class("-centred")
        rows = tile_rows(self.text, width, height, large=self.large, centre=centre, lines=self._lines)
        return [list(row) for row in rows]

    def action_choose(self) -> None:
        """Choose this tile, as a finger does."""
        if not self.disabled:
            self.post_message(self.Chosen(self))

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Light up, and follow the finger until it lifts."""
        event.stop()
        self._release()
        if self._near(event.offset):  # else a lift was lost and this finger is elsewhere
            self._pressed = True
            self.capture_mouse()
            self.add_class("-pressed")

    def on_mouse_up(self, event: events.MouseUp) -> None:
        """Choose, unless the finger has left."""
        event.stop()
        if self._pressed:
            self._release()
            if self._near(event.offset):
                self.action_choose()

    def watch_disabled(self, disabled: bool) -> None:  # noqa: FBT001 - Textual's signature
        """Let go of a finger that rests on a tile which was just disabled."""
        super().watch_disabled(disabled)
        if disabled:
            self._release()

    def _near(self, offset: Offset) -> bool:
        box = Region(0, 0, self.outer_size.width, self.outer_size.height)
        return box.grow((SLIP_ROWS, SLIP_COLUMNS, SLIP_ROWS, SLIP_COLUMNS)).contains_point(offset)

    def _release(self) -> None:
        if self._pressed:
            self._pressed = False
            self.release_mouse()
            self.set_timer(PRESSED_SECONDS, lambda: self.remove_class("-pressed"))
