"""What the answers share: the way in, the newest look, words, who is signed in, and what was counted."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, cast
from zoneinfo import ZoneInfo

from kiosk.i18n import LANGUAGES
from kiosk.shared.clock import clock_time
from kiosk.web.guard import Guesses
from kiosk.web.hub import Hub
from kiosk.web.metrics import Metrics
from kiosk.web.places import Places
from kiosk.web.sessions import Sessions
from kiosk.web.visits import Visits
from queue_core.events import Actor

if TYPE_CHECKING:
    from starlette.requests import Request

    from kiosk.shared.backend import Backend
    from queue_core.views import SiteView

NewSecret = Callable[[], str]


@dataclass(frozen=True)
class Site:
    """One site's pages."""

    backend: Backend
    view: SiteView
    hub: Hub
    visits: Visits
    guesses: Guesses
    places: Places
    sessions: Sessions
    metrics: Metrics

    @property
    def by(self) -> Actor:
        """Pages act for their machine, not for a person."""
        return Actor(machine=self.backend.settings.machine.id)

    @property
    def zone(self) -> ZoneInfo:
        """The time zone of the site."""
        return ZoneInfo(self.view.time_zone)

    @property
    def heard(self) -> str:
        """When the hall was last read with success, in its own time: `10.05`."""
        return clock_time(self.hub.look.at, self.zone) if self.hub.look else "–"

    @property
    def lost(self) -> str:
        """Since when the store does not answer; empty while it does."""
        return self.heard if self.hub.lost else ""

    @property
    def languages(self) -> tuple[str, ...]:
        """What the pages speak, the site's first language first."""
        return tuple(each for each in self.view.languages if each in LANGUAGES) or LANGUAGES


def build_site(backend: Backend, new_secret: NewSecret) -> Site:
    """Read the site, and put together what its pages share. Raises what the store raises."""
    web, lobby = backend.settings.web, backend.lobby
    hub = Hub(
        lobby,
        backend.feed,
        beat=partial(lobby.beat, f"web:{backend.settings.machine.id}"),
        new_day=lambda: lobby.erase_old(keep_days=web.keep_days, rating_days=web.rating_days),
    )
    view = lobby.site()
    places = Places(web.open_pages, web.open_pages_an_address)
    return Site(
        backend=backend,
        view=view,
        hub=hub,
        visits=Visits(hub, view),
        guesses=Guesses(web.guesses_a_minute),
        places=places,
        sessions=Sessions(60.0 * web.signed_in_minutes, new_secret),
        metrics=Metrics(lobby, hub, places),
    )


def site_of(request: Request) -> Site:
    """Return what was put together for this app."""
    return cast("Site", request.app.state.site)
