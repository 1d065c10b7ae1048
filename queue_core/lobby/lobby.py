"""The Lobby: the one way in. Each public method is one transaction on one site and returns frozen values."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from queue_core.errors import NotAllowed
from queue_core.events import NOBODY, Actor
from queue_core.lobby import admin, day, desk, people, reads, visitor
from queue_core.lobby.desks import Desks
from queue_core.lobby.doors import Doors
from queue_core.lobby.entrance import Clock
from queue_core.lobby.heartbeats import Heartbeats
from queue_core.lobby.journeys import Journeys
from queue_core.lobby.notices import Notices
from queue_core.lobby.papers import Papers
from queue_core.lobby.permits import check
from queue_core.lobby.phones import Phones
from queue_core.lobby.reporting import Reporting
from queue_core.lobby.supervising import Supervising
from queue_core.lobby.syncing import Syncing
from queue_core.lobby.upkeep import Upkeep

if TYPE_CHECKING:
    from queue_core.settings import Catalogue
    from queue_core.views import (
        BoardView,
        CatalogueChange,
        CounterView,
        EventView,
        IssuedTicket,
        Offer,
        Overview,
        SiteView,
        StaffView,
        TicketStory,
        TicketView,
        VisitStatus,
    )

__all__ = ["Clock", "Lobby"]


class Lobby(
    Phones, Desks, Papers, Notices, Heartbeats, Supervising, Upkeep, Reporting, Doors, Journeys, Syncing
):
    """People waiting at one site.

    Commands take `by` (who acts) and `request_id` (repeat it after a lost answer: the same answer comes back and
    nothing happens twice). Labels may be written in any of the ways that `numbering.parse_label` reads.

    Every method may raise `StoreBusy` or `StoreUnreachable`; commands raise the `Refused` errors named in their text.
    """

    # ------------------------------------------------------------------ visitor
    def offer(self) -> Offer:
        """All that a visitor can choose now."""
        with self.look() as look:
            return reads.offer(look)

    def issue(
        self,
        service: str,
        *,
        request_id: str,
        language: str = "id",
        priority: bool = False,
        printer: str = "",
        by: Actor = NOBODY,
    ) -> IssuedTicket:
        """Give out the next number. With `printer`, a print job is written in the same transaction.

        Raises: UnknownService, SiteClosed, ServiceClosed, QuotaReached, ClockSuspect.
        """
        with self.turn("issue", by=by, request_id=request_id) as turn:
            wish = visitor.Wish(language, priority, printer)
            return turn.once(lambda: visitor.issue(turn, service, wish), visitor.issued_before)

    def start_journey(  # noqa: PLR0913 - all but the journey are keywords, and each is a visitor's choice
        self,
        journey: str,
        *,
        request_id: str,
        language: str = "id",
        priority: bool = False,
        skip: Sequence[str] = (),
        printer: str = "",
        by: Actor = NOBODY,
    ) -> IssuedTicket:
        """Give out one number for a named list of services; `skip` names optional services not wanted."""
        with self.turn("start_journey", by=by, request_id=request_id) as turn:
            wish = visitor.Wish(language, priority, printer)
            return turn.once(lambda: visitor.start_journey(turn, journey, skip, wish), visitor.issued_before)

    def cancel(self, label: str, *, by: Actor = NOBODY, request_id: str | None = None) -> TicketView:
        """The visitor does not want to wait any longer; a token names them too. Raises: UnknownTicket, IllegalMove."""
        with self.turn("cancel", by=by, request_id=request_id) as turn:
            return turn.once(lambda: visitor.cancel(turn, label), desk.answered_before)

    def visit_status(self, token: str) -> VisitStatus:
        """Raises: UnknownTicket when no visit of today has this token."""
        with self.look() as look:
            return reads.visit_status(look, token)

    # ------------------------------------------------------------------ reads
    def site(self) -> SiteView:
        """The place itself."""
        with self.look() as look:
            return reads.site(look)

    def board(self, last: int = 5) -> BoardView:
        """The newest calls, for the hall."""
        with self.look() as look:
            return reads.board(look, last)

    def counter_view(self, counter: str) -> CounterView:
        """All that a counter's screen shows. Raises: UnknownCounter."""
        with self.look() as look:
            return reads.counter_view(look, counter)

    def queues(self) -> Overview:
        """The whole site at one moment, for the supervisor."""
        with self.look() as look:
            return reads.queues(look)

    def line(self, service: str) -> tuple[TicketView, ...]:
        """Who waits for a service, in the order in which they will be called, at most 50. Raises: UnknownService."""
        with self.look() as look:
            return reads.line(look, service)

    def find(self, label: str) -> TicketView:
        """The latest leg of today's visit with this label. Raises: UnknownTicket."""
        with self.look() as look:
            return reads.find(look, label)

    def ticket_story(self, label: str) -> TicketStory:
        """A visit from arrival to now. Raises: UnknownTicket."""
        with self.look() as look:
            return reads.ticket_story(look, label)

    def events_after(self, seq: int, limit: int = 500) -> tuple[EventView, ...]:
        """What happened after a reader's cursor, oldest first."""
        with self.look() as look:
            return reads.events_after(look, seq, limit)

    # ------------------------------------------------------------------ admin
    def apply_catalogue(self, catalogue: Catalogue, *, by: Actor = NOBODY) -> tuple[CatalogueChange, ...]:
        """Make this site what the catalogue says; a site that it does not name is closed. Raises: CounterBusy."""
        try:
            with self._store.write(self._site_id) as connection:
                check(connection, self._site_id, by, "apply_catalogue")
                return admin.apply_catalogue(connection, self._site_id, catalogue, now=self._clock(), by=by)
        except NotAllowed as refusal:
            self._note_refusal("apply_catalogue", by, refusal)
            raise

    def diff_catalogue(self, catalogue: Catalogue) -> tuple[CatalogueChange, ...]:
        """What `apply_catalogue` would change."""
        with self._store.read() as connection:
            return admin.diff_catalogue(connection, self._site_id, catalogue)

    def close_day(self, *, by: Actor = NOBODY) -> int:
        """End the day now: what still waits becomes expired; return how many tickets did."""
        with self.turn("close_day", by=by) as turn:
            return day.close_day(turn)

    def add_staff(self, staff: str, name: str, pin: str, role: str, *, by: Actor = NOBODY) -> StaffView:
        """Let a person sign in. Raises: StaffExists, PinRefused; ValueError for an unknown role."""
        return self._people.add(staff, name, pin, role, by=by)

    def set_staff(
        self,
        staff: str,
        *,
        active: bool | None = None,
        pin: str | None = None,
        role: str | None = None,
        by: Actor = NOBODY,
    ) -> StaffView:
        """Let a person sign in or not, with a new PIN, or as something else.

        Raises: UnknownStaff, PinRefused; ValueError for an unknown role.
        """
        return self._people.change(staff, active=active, pin=pin, role=role, by=by)

    def staff(self) -> tuple[StaffView, ...]:
        """All who may sign in, or might once."""
        with self.look() as look:
            return people.staff(look)

    def sign_in(self, staff: str, pin: str, *, needs: str = "counter", by: Actor = NOBODY) -> StaffView:
        """Return who it is. Raises: NotAllowed (also after five wrong PINs, for five minutes)."""
        return self._people.sign_in(staff, pin, needs=needs, by=by)

    def unlock(self, pin: str, *, by: Actor = NOBODY) -> StaffView:
        """A bare PIN at the kiosk's door: whose is it? Raises: NotAllowed (also after five wrong ones at the site)."""
        return self._people.unlock(pin, by=by)

    @cached_property
    def _people(self) -> people.People:
        return people.People(self)
