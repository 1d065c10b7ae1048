"""Visits as phones see them: taken from the look that all share, and put into words once for each change."""

from __future__ import annotations

import json
from collections import OrderedDict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from starlette.concurrency import run_in_threadpool

from kiosk.i18n import Words
from kiosk.web.pages import render, tag
from kiosk.web.phone import Shown, shown

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from kiosk.web.hub import Hub
    from queue_core.views import SiteView, VisitStatus

MOST_KEPT = 1_000
"""So many visits of a day are kept in words, and as a page; the one that was looked at least recently goes first."""


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
    _pages: OrderedDict[tuple[str, str], tuple[str, str]] = field(default_factory=OrderedDict)  # tag, page
    _day: date | None = None

    def __len__(self) -> int:
        """How many visits in words and pages are kept."""
        return len(self._told) + len(self._pages)

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
        self._mind_day()
        key = (token, language)
        told = self._told.get(key)
        if told is None or told.visit != visit:
            told = self._told[key] = _told(token, visit, language, ZoneInfo(self.view.time_zone))
            _bound(self._told)
        self._told.move_to_end(key)
        return told

    def page(self, token: str, language: str, etag: str, make: Callable[[], str]) -> str:
        """Return the whole page of this tag; it is made when it is asked for the first time, and takes the older one's place."""
        key = (token, language)
        known, html = self._pages.get(key, ("", ""))
        if known != etag:
            html = make()
            self._pages[key] = etag, html
            _bound(self._pages)
        self._pages.move_to_end(key)
        return html

    def _mind_day(self) -> None:
        """Forget the visits of another day."""
        today = self.hub.look.business_date if self.hub.look else None
        if self._day != today:
            self._day = today
            self._told.clear()
            self._pages.clear()


def _bound(kept: OrderedDict[tuple[str, str], Any]) -> None:
    while len(kept) > MOST_KEPT:
        kept.popitem(last=False)


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
