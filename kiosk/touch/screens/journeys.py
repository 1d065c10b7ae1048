"""JourneysScreen: several services in one visit, with one number."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import on
from textual.message import Message

from kiosk.shared.openings import closed_line
from kiosk.shared.widgets import BigNumber, Tile, TileText
from kiosk.touch.scene import Scene
from kiosk.touch.screens.paged import PagedScreen
from kiosk.touch.way import closed_by, stages, stops_of, wanted
from kiosk.touch.widgets import Entry
from kiosk.touch.widgets.saying import say

if TYPE_CHECKING:
    from queue_core.views import JourneyOffer


class JourneysScreen(PagedScreen):
    """The journeys of this site, one tile each."""

    class JourneyChosen(Message):
        """The visitor wants this journey."""

        def __init__(self, journey: str) -> None:
            super().__init__()
            self.journey = journey

    def entries(self, scene: Scene) -> tuple[Entry, ...]:
        """One tile a journey: its name, where it leads, how many steps."""
        journeys = scene.offer.journeys if scene.offer else ()
        return tuple(_entry(scene, journey) for journey in journeys)

    def present(self, scene: Scene) -> None:
        """Say what it is about, and fill the page."""
        self.query_one("#hero", BigNumber).text = scene.words("touch.journeys_hero")
        say(self, "hello", scene.words("touch.journeys"))
        say(self, "prompt", scene.words("touch.prompt_journey"))
        say(self, "note", "")
        super().present(scene)

    @on(Tile.Chosen, ".choice")
    def _chosen(self, event: Tile.Chosen) -> None:
        event.stop()
        self.post_message(self.JourneyChosen(event.value))


def _entry(scene: Scene, journey: JourneyOffer) -> Entry:
    assert scene.offer is not None
    assert scene.at is not None
    words = scene.words
    stops = stops_of(scene.offer, journey, scene.at, scene.zone)
    way = " → ".join(
        " + ".join(dict.fromkeys(stop.agency.short for stop in together)) for together in stages(stops)
    )
    shut = closed_by(wanted(stops, frozenset()))
    state = closed_line(shut, scene.at, scene.zone, words) if shut else words("touch.steps", count=len(stops))
    detail = "" if scene.comfort.large else way
    return Entry(journey.id, TileText(words.pick(journey.names), detail, state), closed=shut is not None)
