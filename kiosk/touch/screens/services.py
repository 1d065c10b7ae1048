"""ServicesScreen: the services of one agency."""

from __future__ import annotations

from textual import on
from textual.message import Message

from kiosk.shared.widgets import BigNumber, Tile, TileText
from kiosk.touch.scene import Scene
from kiosk.touch.screens.paged import PagedScreen
from kiosk.touch.widgets import Entry
from kiosk.touch.widgets.saying import say
from kiosk.touch.wording import service_state


class ServicesScreen(PagedScreen):
    """What a visitor can come for at the agency chosen."""

    class ServiceChosen(Message):
        """The visitor wants this service."""

        def __init__(self, service: str) -> None:
            super().__init__()
            self.service = service

    def entries(self, scene: Scene) -> tuple[Entry, ...]:
        """One tile a service."""
        if scene.agency is None or scene.at is None:
            return ()
        words, zone, at, alone = scene.words, scene.zone, scene.at, scene.cut_off
        return tuple(
            Entry(
                service.id,
                TileText(
                    words.pick(service.names), state=service_state(service, at, zone, words, alone=alone)
                ),
                closed=not service.opening.open,
            )
            for service in scene.agency.services
        )

    def present(self, scene: Scene) -> None:
        """Name the agency, and fill the page."""
        words, agency = scene.words, scene.agency
        self.query_one("#hero", BigNumber).text = agency.short if agency else ""
        say(self, "hello", words.pick(agency.names) if agency else "")
        say(self, "prompt", words("touch.prompt_service"))
        say(self, "note", words("touch.cut_off") if scene.cut_off else "")
        super().present(scene)

    @on(Tile.Chosen, ".choice")
    def _chosen(self, event: Tile.Chosen) -> None:
        event.stop()
        self.post_message(self.ServiceChosen(event.value))
