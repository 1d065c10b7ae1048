"""Visits as phones see them: taken from the look that all share, and put into words once for each change."""

from __future__ import annotations

import json
from collections import OrderedDict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from starlette.concurrency import run_in_threadpool

from kiosk.i18n import Words
from kiosk.web.pages import render, tag
from kiosk.web.phone import Shown, shown

if TYPE_CHECKING:
    from collections.abc import Callable

    from kiosk.web.hub import Hub
    from queue_core.views import SiteView, VisitStatus

MOST_KEPT = 5_000
"""So many visits are kept in words; the one that was looked at least recently goes first."""


@dataclass(frozen=True, slots=True)
class Told:
    """A visit in the words of one language. `message` is what an open page is sent: one line of JSON."""

    visit: VisitStatus
    language: str
    shown: Shown
    state: str
    acts: str
    etag: str
    message: str


@dataclass
class Visits:
    """Finds visits and tells them. Used on the event loop alone."""

    hub: Hub
    view: SiteView
    _told: OrderedDict[tuple[str, str], Told] = field(default_factory=OrderedDict)
    _pages: OrderedDict[str, str] = field(default_factory=OrderedDict)

    def under_way(self, token: str) -> VisitStatus | None:
        """Return the visit as of the newest look; None when it has ended, or never was."""
        return self.hub.look.visits.get(token) if self.hub.look else None

    async def find(self, token: str) -> VisitStatus:
        """Return a visit of today, ended or not. Raises UnknownTicket, and what the store raises."""
        visit = self.under_way(token)
        if visit is not None:
            return visit
        return await run_in_threadpool(self.hub.lobby.visit_status, token)

    def tell(self, token: str, visit: VisitStatus, language: str) -> Told:
        """Put a visit into words, unless it was as it is now when that was done last."""
        key = (token, language)
        told = self._told.get(key)
        if told is None or told.visit != visit:
            told = self._told[key] = _told(token, visit, language, ZoneInfo(self.view.time_zone))
            while len(self._told) > MOST_KEPT:
                self._told.popitem(last=False)
        self._told.move_to_end(key)
        return told

    def page(self, etag: str, make: Callable[[], str]) -> str:
        """Return the whole page of this tag; it is made when it is asked for the first time."""
        html = self._pages.get(etag)
        if html is None:
            html = self._pages[etag] = make()
            while len(self._pages) > MOST_KEPT:
                self._pages.popitem(last=False)
        return html


def _told(token: str, visit: VisitStatus, language: str, zone: ZoneInfo) -> Told:
    words = Words(language)
    page = shown(visit, words, zone)
    state = render("phone_state.html", words=words, page=page)
    since = int(visit.ticket.waiting_since.timestamp() * 1_000_000)
    acts = render("phone_acts.html", words=words, token=token, lang=language, visit=visit, since=since)
    data = {"state": state, "acts": acts, "title": page.title, "say": page.say, "alarm": page.alarm}
    etag = tag(language, *(str(value) for value in data.values()))
    message = json.dumps({"tag": etag.strip('"'), **data}, ensure_ascii=False, separators=(",", ":"))
    return Told(visit, language, page, state, acts, etag, message)
