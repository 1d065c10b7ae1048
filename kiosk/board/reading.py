"""What the board reads: the events since its last look, and what stands in the hall now."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from queue import Empty, SimpleQueue
from typing import TYPE_CHECKING

from kiosk.board.calls import FRESH, LAST, Call, agency_of, call_of, calls_in, earlier_call, in_zone
from queue_core.errors import UnknownTicket

if TYPE_CHECKING:
    from queue_core import Lobby
    from queue_core.views import (
        AgencyOffer,
        BoardView,
        BreakView,
        EarlyView,
        EventView,
        NoticeView,
        Offer,
    )

RECENT = 40
"""Calls of the board's view: enough to find the last five of a zone among them."""
PAGE = 500
"""Events that are read at a time."""
OFFER_HOLDS = timedelta(seconds=10)
"""Waits change with the clock even when nothing happens, but slowly."""
BACK = 400
"""Events to look back at the start for calls that are still fresh."""


@dataclass(frozen=True, slots=True)
class Seen:
    """One look: when, the agencies of this board, whether there were calls today, and what the supervisor says."""

    at: datetime
    agencies: tuple[AgencyOffer, ...]
    called_today: bool
    notice: NoticeView | None = None
    breaks: tuple[BreakView, ...] = ()
    early: tuple[EarlyView, ...] = ()


class Reader:
    """Reads for one board. Calls are put aside at once, so that a screen that skips a look still gets each of them."""

    def __init__(self, lobby: Lobby, zone: Collection[str]) -> None:
        """Nothing is read yet."""
        self._lobby = lobby
        self._zone = frozenset(zone)
        self._cursor = 0
        self._begun: BoardView | None = None
        self._offer: Offer | None = None
        self._offered_at: datetime
        self._calls: SimpleQueue[Call] = SimpleQueue()
        self.earlier: tuple[Call, ...] = ()
        """Calls of before the first look, the oldest first."""

    def look(self) -> Seen:
        """Read; called in the reader's thread. After an error the next look goes on where this one ended."""
        view = self._lobby.board(RECENT)
        begun = self._begun
        if begun is None or view.seq < self._cursor:  # at the start, and when the store was made anew
            begun = self._begin(view)
        for page in self._pages():
            agencies = self._agencies(view.at, anew=True)
            fresh = [event for event in page if event.seq > begun.seq or event.at >= begun.at - FRESH]
            for event in calls_in(fresh, self._zone, agencies):
                self._calls.put(call_of(event, agencies[agency_of(event)], self._language(event, view)))
            self._cursor = page[-1].seq
        mine = (agency for code, agency in self._agencies(view.at).items() if in_zone(code, self._zone))
        breaks = tuple(each for each in view.breaks if in_zone(each.agency, self._zone))
        early = tuple(each for each in view.early if in_zone(each.agency, self._zone))
        return Seen(view.at, tuple(mine), bool(view.calls), view.notice, breaks, early)

    def taken(self) -> list[Call]:
        """Return the calls that came since this was last asked; any thread may ask."""
        calls: list[Call] = []
        while True:
            try:
                calls.append(self._calls.get_nowait())
            except Empty:
                return calls

    def _begin(self, view: BoardView) -> BoardView:
        agencies = self._agencies(view.at, anew=True)
        mine = [call for call in view.calls if in_zone(call.agency, self._zone)]
        past = [call for call in mine if call.called_at < view.at - FRESH][: LAST + 1]
        self.earlier = tuple(earlier_call(call, agencies.get(call.agency)) for call in reversed(past))
        self._cursor = max(0, view.seq - BACK)
        self._begun = view
        return view

    def _agencies(self, at: datetime, *, anew: bool = False) -> dict[str, AgencyOffer]:
        """The agencies by code and who waits there: read anew when something happened, and every few seconds."""
        if anew or self._offer is None or abs(at - self._offered_at) > OFFER_HOLDS:
            self._offer, self._offered_at = self._lobby.offer(), at
        return {agency.code: agency for agency in self._offer.agencies}

    def _pages(self) -> Iterator[tuple[EventView, ...]]:
        while page := self._lobby.events_after(self._cursor, PAGE):
            yield page
            if len(page) < PAGE:
                return

    def _language(self, event: EventView, view: BoardView) -> str:
        """The visitor's language: of the newest calls, or asked for when many came at once."""
        for call in view.calls:
            if call.label == event.label:
                return call.language
        try:
            return self._lobby.find(event.label).language
        except UnknownTicket:  # of yesterday, which ended between two looks
            return ""
