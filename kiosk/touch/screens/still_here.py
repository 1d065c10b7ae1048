"""StillHere: nobody has touched the screen for a while."""

from __future__ import annotations

from textual import on
from textual.app import ComposeResult
from textual.message import Message
from textual.widgets import Static

from kiosk.shared.widgets import BigNumber, Tile
from kiosk.touch.scene import Scene
from kiosk.touch.screens.visitor import VisitorScreen
from kiosk.touch.widgets.saying import say


class StillHere(VisitorScreen):
    """Asks, counts down, and gives the screen to the next visitor."""

    class Yes(Message):
        """Somebody is there."""

    class No(Message):
        """Begin anew."""

    def compose_above(self) -> ComposeResult:
        """The question and the countdown."""
        yield Static(id="hello", markup=False)
        yield BigNumber(id="number")
        yield Static(id="prompt", markup=False)

    def compose_below(self) -> ComposeResult:
        """Two answers."""
        yield Tile(id="yes", classes="choice action -centred")
        yield Tile(id="home", classes="choice -centred")

    def compose_nav(self) -> ComposeResult:
        """None: both answers lead on."""
        return iter(())

    def present(self, scene: Scene) -> None:
        """Show how long it is still."""
        words = scene.words
        say(self, "hello", words("touch.still_here"))
        self.query_one("#number", BigNumber).text = str(scene.seconds)
        say(self, "prompt", words("touch.still_here_why"))
        self.query_one("#yes", Tile).say(words("touch.still_here_yes"))
        self.query_one("#home", Tile).say(words("touch.home"))

    @on(Tile.Chosen, "#yes")
    def _yes(self, event: Tile.Chosen) -> None:
        event.stop()
        self.post_message(self.Yes())

    @on(Tile.Chosen, "#home")
    def _no(self, event: Tile.Chosen) -> None:
        event.stop()
        self.post_message(self.No())

    def action_back(self) -> None:
        """Escape means that somebody is there."""
        self.post_message(self.Yes())
