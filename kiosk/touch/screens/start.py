"""StartScreen: the agencies, the most used first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import on
from textual.message import Message

from kiosk.shared.demonstration import PIN
from kiosk.shared.openings import opens_again, sentence, why_closed
from kiosk.shared.widgets import BigNumber, Tile, TileText
from kiosk.touch.layout import tile_grid
from kiosk.touch.scene import Scene
from kiosk.touch.screens.paged import PagedScreen
from kiosk.touch.widgets import Entry
from kiosk.touch.widgets.saying import say
from kiosk.touch.wording import tile_state

if TYPE_CHECKING:
    from queue_core.views import AgencyOffer

JOURNEYS = "*"
"""The value of the tile for several services at once; no agency has this code."""


class StartScreen(PagedScreen):
    """What a passer-by sees. Painted before anything is known; the tiles come with the first read."""

    class JourneysWanted(Message):
        """The visitor wants several services in one visit."""

    class AgencyChosen(Message):
        """The visitor wants this agency."""

        def __init__(self, code: str) -> None:
            super().__init__()
            self.code = code

    def entries(self, scene: Scene) -> tuple[Entry, ...]:
        """One tile an agency; on the first page, last, the one for several services at once."""
        if scene.offer is None:
            return ()

        agencies = tuple(
            Entry(
                agency.code,
                _tile(scene, agency),
                closed=not agency.opening.open,
            )
            for agency in scene.offer.agencies
        )
        if not scene.offer.journeys:
            return agencies
        first = tile_grid(self.shape, large=scene.comfort.large).tiles - 1
        return (*agencies[:first], _journeys(scene), *agencies[first:])

    def present(self, scene: Scene) -> None:
        """Greet, and fill the page."""
        words = scene.words
        self.query_one("#back", Tile).display = False
        self.set_class(bool(scene.clock_fault) or not scene.is_open, "-closed")
        self.query_one("#hero", BigNumber).text = words(_hero(scene))
        say(self, "hello", _hello(scene))
        say(self, "prompt", _prompt(scene))
        say(self, "note", _note(scene))
        super().present(scene)

    def aside(self, scene: Scene) -> str:
        """Return the note, which has its own place on a wide screen."""
        return _note(scene)

    @on(Tile.Chosen, ".choice")
    def _chosen(self, event: Tile.Chosen) -> None:
        event.stop()
        wants = self.JourneysWanted() if event.value == JOURNEYS else self.AgencyChosen(event.value)
        self.post_message(wants)


def _journeys(scene: Scene) -> Entry:
    words = scene.words
    names = " · ".join(words.pick(journey.names) for journey in scene.offer.journeys) if scene.offer else ""
    detail = "" if scene.comfort.large else names
    return Entry(JOURNEYS, TileText(words("touch.journeys"), detail, words("touch.journeys_state")))


def _tile(scene: Scene, agency: AgencyOffer) -> TileText:
    """Larger letters need the room of the full name, and so does a reason; that of the whole site stands above."""
    words, at = scene.words, scene.at
    if at is None or (not agency.opening.open and agency.opening.level == "site" and not scene.is_open):
        state, named = words("common.why_hours"), True
    else:
        state, named = tile_state(agency, at, scene.zone, words, alone=scene.cut_off), agency.opening.open
    detail = words.pick(agency.names) if named and not scene.comfort.large else ""
    return TileText(agency.short, detail, state, agency.code)


def _hero(scene: Scene) -> str:
    if scene.clock_fault:
        return "touch.hero_clock"
    return "touch.hero" if scene.is_open else "touch.hero_site_closed"


def _hello(scene: Scene) -> str:
    """Greet; or say why no numbers are given out."""
    if scene.clock_fault:
        return scene.words("touch.notice_clock")
    if scene.offer is None or scene.is_open:
        return scene.words("touch.hello")
    return why_closed(scene.offer.opening, scene.zone, scene.words)


def _prompt(scene: Scene) -> str:
    words = scene.words
    if scene.offer is None or scene.at is None:
        return words("touch.preparing")
    if scene.clock_fault:
        return words("touch.notice_clock_do")
    if scene.is_open:
        return words("touch.prompt_agency")
    opens_at = scene.offer.opening.opens_at
    if opens_at is None:
        return words("touch.notice_site_closed_do")
    return sentence(opens_again(opens_at, scene.at, scene.zone, words))


def _note(scene: Scene) -> str:
    """That the queue goes on; in a demonstration how to leave, so that nobody is trapped; else what is not asked for."""
    if scene.cut_off:
        return scene.words("touch.cut_off")
    if scene.place.demonstration:
        return scene.words("touch.demonstration", pin=PIN)
    return scene.words("touch.privacy")
