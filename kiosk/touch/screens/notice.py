"""NoticeScreen: no ticket now, why, and what to do next. Never an error text."""

from __future__ import annotations

from textual import on
from textual.app import ComposeResult
from textual.message import Message
from textual.widgets import Static

from kiosk.shared.openings import closed_line
from kiosk.shared.widgets import BigNumber, Tile
from kiosk.touch.scene import Scene
from kiosk.touch.screens.visitor import VisitorScreen
from kiosk.touch.widgets.saying import say


class NoticeScreen(VisitorScreen):
    """A heading, what to do, "try again" where that helps, and the way to the start."""

    class Again(Message):
        """The visitor wants to try the same again."""

    class Home(Message):
        """The visitor wants to begin anew."""

    def compose_above(self) -> ComposeResult:
        """What is the matter."""
        yield BigNumber(id="hero")
        yield Static(id="hello", markup=False)
        yield Static(id="prompt", markup=False)
        yield Static(id="note", markup=False)

    def compose_below(self) -> ComposeResult:
        """What to touch."""
        yield Tile(id="again", classes="choice action -centred")
        yield Tile(id="home", classes="choice -centred")

    def compose_nav(self) -> ComposeResult:
        """None: the way home is a choice here."""
        return iter(())

    def present(self, scene: Scene) -> None:
        """Show the notice."""
        words, notice = scene.words, scene.notice
        if notice is None:
            return
        self.query_one("#hero", BigNumber).text = words(f"touch.hero_{notice.kind}")
        say(self, "hello", words(f"touch.notice_{notice.kind}"))
        say(self, "prompt", _what_to_do(scene))
        say(self, "note", _by_itself(scene))
        again = self.query_one("#again", Tile)
        again.display, again.disabled = notice.retry, scene.taking
        again.say(words("touch.again"))
        home = self.query_one("#home", Tile)
        home.display = notice.kind != "connecting"
        home.say(words("touch.home"))

    @on(Tile.Chosen, "#again")
    def _again(self, event: Tile.Chosen) -> None:
        event.stop()
        self.post_message(self.Again())

    @on(Tile.Chosen, "#home")
    def _home(self, event: Tile.Chosen) -> None:
        event.stop()
        self.post_message(self.Home())

    def action_back(self) -> None:
        """Escape means home."""
        self.post_message(self.Home())


def _what_to_do(scene: Scene) -> str:
    words, notice = scene.words, scene.notice
    if notice is None:
        return ""
    do = words(f"touch.notice_{notice.kind}_do")
    if notice.opening is None or scene.at is None:
        return do
    return f"{closed_line(notice.opening, scene.at, scene.zone, words)}. {do}"


def _by_itself(scene: Scene) -> str:
    if scene.notice is None or scene.seconds == 0:
        return ""
    key = "touch.again_in" if scene.notice.retry or scene.notice.kind == "connecting" else "touch.home_in"
    return scene.words(key, seconds=scene.seconds)
