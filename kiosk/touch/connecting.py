"""Connecting after the first paint, again and again until it works; then looking at the store whenever it changes."""

from __future__ import annotations

import asyncio
import logging
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Any

from textual import on

from kiosk.shared.link import Link
from kiosk.shared.live import Live
from kiosk.shared.messages import StoreChanged, StoreLost
from kiosk.shared.theme import CONTRAST_THEME, KIOSK_THEME
from kiosk.shared.tidy import Tidy
from kiosk.touch.giving_back import GivingBack
from kiosk.touch.notice import CONNECTING
from kiosk.touch.pace import Pace
from kiosk.touch.scene import Comfort, Place

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from kiosk.shared.backend import Backend
    from queue_core import Lobby
    from queue_core.views import Offer, PrinterView, PrintJobView

_log = logging.getLogger(__name__)

BACK_OFF_SECONDS = (1, 2, 4, 8, 15, 30)
"""Pauses between attempts to connect; the last one repeats."""


@dataclass(frozen=True, slots=True)
class Seen:
    """One look at the store: what is on offer, or while a ticket is on screen its print job."""

    at: datetime
    printers: tuple[PrinterView, ...]
    offer: Offer | None = None
    job: PrintJobView | None = None
    since: datetime | None = None  # when the kiosk's own store last met the site's, while it is cut off
    cut_off: bool = False  # read from the kiosk's own store, since the site's does not answer


class Connecting(GivingBack):
    """The way from the first paint to a screen that lives."""

    live: Live[Seen] | None = None

    def begin(self) -> None:
        """Connect in a thread."""
        self.run_worker(self._connect_patiently(), group="connect", exit_on_error=False)

    async def _connect_patiently(self) -> None:
        tries = 0
        while self.backend is None:
            try:
                backend = await asyncio.to_thread(self.connect)
                self.backend = backend
                self.link = backend.link or Link(backend.lobby)
                look = partial(self._look, backend, self.link)
                self._connected(backend, self.link, await asyncio.to_thread(look))
            except Exception:
                _log.exception("The touch screen could not connect")
                await self._disconnect()
                wait = BACK_OFF_SECONDS[min(tries, len(BACK_OFF_SECONDS) - 1)]
                tries += 1
                self.go("notice", self.after(wait, lambda: None), notice=CONNECTING)
                await asyncio.sleep(wait)

    def connect(self) -> Backend:
        """Build the backend; slow."""
        raise NotImplementedError

    def _connected(self, backend: Backend, link: Link, seen: Seen) -> None:
        settings = backend.settings
        self.pace = Pace(settings.screen.tickets_a_minute)
        offer = seen.offer
        assert offer is not None
        first = Comfort(offer.site.languages[0], settings.screen.large_text, settings.screen.high_contrast)
        self.first_comfort = first
        place = Place(settings.machine.demonstration, settings.web.public_url, _version())
        self.scene = replace(
            self.scene,
            place=place,
            offer=offer,
            printers=seen.printers,
            at=seen.at,
            cut_off=seen.cut_off,
            lost_since=seen.since,
        )
        self.go_home()
        beat = Tidy(backend, partial(_beat, link, f"touch:{settings.machine.id}"))
        self.live = Live(
            backend.feed, partial(self._look, backend, link), self.post_message, backend.clock, beat=beat
        )
        self.live.start()

    def _look(self, backend: Backend, link: Link) -> Seen:
        """Read in a thread: two reads at the most. It may outlive the connection, so it is told what to read from."""
        job, keeper = self.job, self.keeper
        read = partial(_seen_at, clock=backend.clock, job=job)
        if job is not None and keeper is not None and keeper is link.own:
            seen, lobby = read(keeper), link.own if link.cut_off else None
        else:
            seen, lobby = link.ask(read)
        alone = lobby is not None and lobby is link.own
        return replace(seen, cut_off=alone, since=link.since if alone else None)

    @on(StoreChanged)
    def _changed(self, event: StoreChanged[Seen]) -> None:
        if not self.is_running or not self.screen_stack:
            return  # the program is ending
        seen = event.view
        now = {"connected": True, "lost_since": seen.since, "cut_off": seen.cut_off}
        changes: dict[str, Any] = {"at": seen.at, "printers": seen.printers, **now}
        if seen.offer is not None:
            changes["offer"] = self._in_place(seen.offer) if seen.cut_off else seen.offer
        self.play(**changes)
        if seen.job is not None and seen.job.job == self.job:
            self.paper_is(seen.job)

    def _in_place(self, offer: Offer) -> Offer:
        """Keep the tiles where they were: the kiosk's own store does not know which agencies are used most."""
        before = [agency.code for agency in self.scene.offer.agencies] if self.scene.offer else []
        places = {code: place for place, code in enumerate(before)}
        last = len(before)
        agencies = sorted(offer.agencies, key=lambda agency: places.get(agency.code, last))
        return replace(offer, agencies=tuple(agencies))

    @on(StoreLost)
    def _lost(self, event: StoreLost) -> None:
        if self.scene.connected:
            _log.warning("The store was lost: %s", event.error)
        self.play(connected=False, lost_since=event.since)

    def watch_paper(self, job: str | None) -> None:
        """Look at this print job with each read from now on, beginning now; None: at none."""
        self.job = job
        if self.live is not None and job is not None:
            self.run_worker(self.live.look, thread=True, group="look", exit_on_error=False)

    def wear(self, comfort: Comfort) -> None:
        """Show language, text and colours."""
        self.theme = (CONTRAST_THEME if comfort.contrast else KIOSK_THEME).name
        self.play(comfort=comfort)

    async def _disconnect(self) -> None:
        if self.live is not None:
            await asyncio.to_thread(self.live.stop)
        backend, self.backend, self.link, self.live = self.backend, None, None, None
        if backend is not None:
            await asyncio.to_thread(backend.close)

    async def on_unmount(self) -> None:
        """Let go of the store."""
        await self._disconnect()


def _beat(link: Link, name: str) -> None:
    """Tell the site that this program runs; while it is cut off, its silence tells."""
    if not link.cut_off:
        link.ask_site(lambda lobby: lobby.beat(name))


def _seen_at(lobby: Lobby, clock: Callable[[], datetime], job: str | None) -> Seen:
    at = clock()
    if job is not None:
        return Seen(at, lobby.printers(), job=lobby.print_job(job))
    return Seen(at, lobby.printers(), offer=lobby.offer())


def _version() -> str:
    from importlib.metadata import version

    return f"v{version('antrean-kiosk')}"
