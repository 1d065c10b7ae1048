"""StartScreen: the agencies, the most used first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import on
from textual.message import Message

from kiosk.shared.demonstration import PIN
from kiosk.shared.widgets import BigNumber, Tile, TileText
from kiosk.touch.scene import Scene
from kiosk.touch.screens.paged import PagedScreen
from kiosk.touch.widgets import Entry
from kiosk.touch.widgets.saying import say
from kiosk.touch.wording import closed, tile_state

if TYPE_CHECKING:
    from queue_core.views import AgencyOffer


class StartScreen(PagedScreen):
    """What a passer-by sees. Painted before anything is known; the tiles come with the first read."""

    class AgencyChosen(Message):
        """The visitor wants this agency."""

        def __init__(self, code: str) -> None:
            super().__init__()
            self.code = code

    def entries(self, scene: Scene) -> tuple[Entry, ...]:
        """One tile an agency."""
        if scene.offer is None or scene.at is None:
            return ()
        words, zone, at = scene.words, scene.zone, scene.at

        def detail(agency: AgencyOffer) -> str:  # larger letters need the room of the full name
            return "" if scene.comfort.large else words.pick(agency.names)

        return tuple(
            Entry(
                agency.code,
                TileText(agency.short, detail(agency), tile_state(agency, at, zone, words), agency.code),
                closed=not agency.opening.open,
            )
            for agency in scene.offer.agencies
        )

    def present(self, scene: Scene) -> None:
        """Greet, and fill the page."""
        words = scene.words
        self.query_one("#back", Tile).display = False
        self.query_one("#hero", BigNumber).text = words("touch.hero")
        say(self, "hello", words("touch.hello"))
        say(self, "prompt", _prompt(scene))
        say(self, "note", _note(scene))
        super().present(scene)

    def aside(self, scene: Scene) -> str:
        """Return the note, which has its own place on a wide screen."""
        return _note(scene)

    @on(Tile.Chosen, ".choice")
    def _chosen(self, event: Tile.Chosen) -> None:
        event.stop()
        self.post_message(self.AgencyChosen(event.value))


def _prompt(scene: Scene) -> str:
    words = scene.words
    if scene.offer is None or scene.at is None:
        return words("touch.preparing")
    if not scene.offer.opening.open:
        return closed(scene.offer.opening, scene.at, scene.zone, words)
    return words("touch.prompt_agency")


def _note(scene: Scene) -> str:
    """In a demonstration how to leave, so that nobody is trapped; else what is not asked for."""
    if scene.place.demonstration:
        return scene.words("touch.demonstration", pin=PIN)
    return scene.words("touch.privacy")
