"""ComfortBar: language, larger text, high contrast; one touch each, on every screen."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Container
from textual.widgets import Static

from kiosk.shared.widgets import Tile
from kiosk.touch.scene import Scene
from kiosk.touch.widgets.saying import say


class ComfortBar(Container):
    """Three tiles; each says what a touch will give. Their values name the wish."""

    def compose(self) -> ComposeResult:
        """Language, text, colours."""
        yield Static(id="aside", markup=False)
        for wish in ("language", "large", "contrast"):
            yield Tile(value=wish, id=wish, classes="control -centred")

    def show(self, scene: Scene, aside: str) -> None:
        """Relabel for what would come next; `aside` stands above where there is room."""
        say(self, "aside", aside)
        words, comfort = scene.words, scene.comfort
        self.query_one("#language", Tile).say(words(f"touch.language_{next_language(scene)}"))
        self.query_one("#large", Tile).say(
            words("touch.text_normal" if comfort.large else "touch.text_larger")
        )
        self.query_one("#contrast", Tile).say(
            words("touch.colours" if comfort.contrast else "touch.contrast")
        )


def next_language(scene: Scene) -> str:
    """Return the language that a touch gives; after the last comes the first."""
    languages = scene.languages
    at = languages.index(scene.comfort.language) if scene.comfort.language in languages else -1
    return languages[(at + 1) % len(languages)]
