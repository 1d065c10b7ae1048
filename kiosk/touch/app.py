"""TouchApp: the visitor's screen. It paints first, then connects; screens say what was touched, here it is decided."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import PurePath
from time import monotonic
from typing import TYPE_CHECKING, Any, ClassVar

from textual import on

from kiosk.touch.careful import Fault
from kiosk.touch.connecting import Connecting
from kiosk.touch.door import Door, deaf_to_interrupts
from kiosk.touch.notice import Notice
from kiosk.touch.screens import (
    JourneyPage,
    JourneysScreen,
    NoticeScreen,
    ServicesScreen,
    StartScreen,
    StillHere,
    TicketScreen,
    VisitorScreen,
)
from kiosk.touch.widgets import next_language

if TYPE_CHECKING:
    from kiosk.shared.backend import Backend, Connect


class TouchApp(Connecting, Door):
    """Start → services → service page → ticket → start, or start → journeys → journey. One step is one method."""

    TITLE = "Antrean"
    CSS_PATH: ClassVar[list[str | PurePath]] = ["../shared/base.tcss", "touch.tcss"]

    def __init__(self, connect: Connect, *, seconds: Callable[[], float] = monotonic) -> None:
        """Prepare; `connect` is called in a thread after the first paint."""
        super().__init__(seconds)
        self._connect = connect

    def connect(self) -> Backend:
        """Build the backend; slow."""
        return self._connect()

    def on_mount(self) -> None:
        """Connect once the first screen is painted."""
        self.call_after_refresh(self.begin)

    def run(self, *args: Any, **kwargs: Any) -> None:
        """Run until a PIN opens the door, or SIGTERM comes."""
        with deaf_to_interrupts():
            super().run(*args, **kwargs)

    # ------------------------------------------------------------------ the way of a visit
    @on(StartScreen.AgencyChosen)
    def _agency(self, event: StartScreen.AgencyChosen) -> None:
        self.scene = replace(self.scene, agency_code=event.code, service_id="", journey_id="")
        agency = self.scene.agency
        if agency is None:
            return
        if len(agency.services) == 1:
            self.go("service", service_id=agency.services[0].id)
        else:
            self.go("services")

    @on(StartScreen.JourneysWanted)
    def _journeys(self) -> None:
        offered = self.scene.offer.journeys if self.scene.offer else ()
        if len(offered) == 1:
            self._to_journey(offered[0].id)
        elif offered:
            self.go("journeys", agency_code="", service_id="")

    @on(JourneysScreen.JourneyChosen)
    def _journey(self, event: JourneysScreen.JourneyChosen) -> None:
        self._to_journey(event.journey)

    def _to_journey(self, journey: str) -> None:
        self.go("journey", journey_id=journey, left_out=frozenset(), agency_code="", service_id="")

    @on(JourneyPage.Toggled)
    def _toggle(self, event: JourneyPage.Toggled) -> None:
        if not self.scene.taking:
            self.play(left_out=self.scene.left_out ^ {event.service})

    @on(ServicesScreen.ServiceChosen)
    def _service(self, event: ServicesScreen.ServiceChosen) -> None:
        self.go("service", service_id=event.service)

    @on(VisitorScreen.Back)
    def _back(self) -> None:
        if self.scene.taking:
            return
        self.wish = None
        several = self.scene.agency is not None and len(self.scene.agency.services) > 1
        journeys = self.scene.offer.journeys if self.scene.offer else ()
        if self.here == "pause":
            self.go("journey" if self.scene.journey_id else "service")
        elif self.here == "journey" and len(journeys) > 1:
            self.go("journeys", journey_id="")
        elif self.here == "service" and several:
            self.go("services", service_id="")
        elif self.here != "start":
            self.go("start", agency_code="", service_id="", journey_id="")

    @on(TicketScreen.Done)
    @on(NoticeScreen.Home)
    @on(StillHere.No)
    def go_home(self) -> None:
        """Forget this visitor: the start screen, in the site's first language and as its owner set it up."""
        self.wish = self.again = None
        self.watch_paper(None)
        self.start.page = 0
        self.scene = self.scene.forget()
        self.go("start")
        self.wear(self.first_comfort)

    @on(StillHere.Yes)
    def _still_here(self) -> None:
        self.count(None)
        self.pop_screen()
        self.play()

    @on(VisitorScreen.Wish)
    def _wish(self, event: VisitorScreen.Wish) -> None:
        comfort = self.scene.comfort
        if event.what == "language":
            self.wear(replace(comfort, language=next_language(self.scene)))
        elif event.what == "large":
            self.wear(replace(comfort, large=not comfort.large))
        else:
            self.wear(replace(comfort, contrast=not comfort.contrast))

    @on(Fault)
    def _fault(self) -> None:
        self.go("notice", notice=Notice("other"), taking=False)
