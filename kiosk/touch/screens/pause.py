"""PauseScreen: many numbers were taken in a minute; the next one comes by itself in a moment."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.widgets import Static

from kiosk.shared.widgets import BigNumber
from kiosk.touch.scene import Scene
from kiosk.touch.screens.visitor import VisitorScreen
from kiosk.touch.widgets.saying import say


class PauseScreen(VisitorScreen):
    """A countdown; the choice is kept, and Back gives it up."""

    def compose_above(self) -> ComposeResult:
        """The countdown and why."""
        yield Static(id="hello", markup=False)
        yield BigNumber(id="number")
        yield Static(id="prompt", markup=False)

    def present(self, scene: Scene) -> None:
        """Show how long it is still."""
        say(self, "hello", scene.words("touch.pause"))
        self.query_one("#number", BigNumber).text = str(scene.seconds) if scene.seconds else ""
        why = "touch.taking" if scene.taking else "touch.pause_why"
        say(self, "prompt", scene.words(why, seconds=scene.seconds))
