"""The Lobby: the one way in. Each public method is one transaction on one site and returns frozen values."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from queue_core.events import NOBODY, Actor

if TYPE_CHECKING:
    from queue_core.lobby.paper import PaperJournal
    from queue_core.ids import NewId, RandomBytes
    from queue_core.settings import Catalogue
    from queue_core.store import Store
    from queue_core.views import (
        BoardView,
        CatalogueChange,
        CounterView,
        EventView,
        IssuedTicket,
        Offer,
        Overview,
        PrinterView,
        PrintJobView,
        SiteView,
        StaffView,
        TicketStory,
        TicketView,
        VisitStatus,
    )

Clock = Callable[[], datetime]


class Lobby:
    """People waiting at one site.

    Commands take `by` (who acts) and `request_id` (repeat it after a lost answer: the same answer comes back and
    nothing happens twice). Labels may be written in any of the ways that `numbering.parse_label` reads.

    Every method may raise `StoreBusy` or `StoreUnreachable`; commands raise the `Refused` errors named in their text.
    """

    def __init__(
        self, store: Store, site: str, *, clock: Clock, new_id: NewId, random_bytes: RandomBytes
    ) -> None: ...

    # ------------------------------------------------------------------ visitor
    def offer(self) -> Offer: ...
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

        Raises: UnknownService, SiteClosed, ServiceClosed, ClockSuspect.
        """

    def start_journey(
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

    def cancel(self, label: str, *, by: Actor = NOBODY, request_id: str | None = None) -> TicketView: ...
    def visit_status(self, token: str) -> VisitStatus:
        """Raises: UnknownTicket when no visit of today has this token."""

    # ------------------------------------------------------------------ desk (all: UnknownCounter)
    def open_counter(self, counter: str, *, by: Actor = NOBODY, request_id: str | None = None) -> None: ...
    def pause_counter(
        self,
        counter: str,
        *,
        back_at: datetime | None = None,
        by: Actor = NOBODY,
        request_id: str | None = None,
    ) -> None: ...
    def close_counter(self, counter: str, *, by: Actor = NOBODY, request_id: str | None = None) -> None: ...
    def call_next(
        self, counter: str, *, by: Actor = NOBODY, request_id: str | None = None
    ) -> TicketView | None:
        """Call whose turn it is; None when nobody waits. Opens a closed counter, completes a visitor who was started.

        Raises: CounterBusy while a called visitor has not been started or marked; CounterPaused.
        """

    def call(
        self, counter: str, label: str, *, reason: str = "", by: Actor = NOBODY, request_id: str | None = None
    ) -> TicketView:
        """Call a waiting ticket out of turn. Raises: UnknownTicket, IllegalMove, CounterBusy, CounterPaused."""

    def recall(self, counter: str, *, by: Actor = NOBODY, request_id: str | None = None) -> TicketView: ...
    def start(self, counter: str, *, by: Actor = NOBODY, request_id: str | None = None) -> TicketView: ...
    def complete(self, counter: str, *, by: Actor = NOBODY, request_id: str | None = None) -> TicketView: ...
    def no_show(self, counter: str, *, by: Actor = NOBODY, request_id: str | None = None) -> TicketView: ...
    def hold(
        self, counter: str, *, reason: str = "", by: Actor = NOBODY, request_id: str | None = None
    ) -> TicketView: ...
    def resume(
        self, counter: str, label: str, *, by: Actor = NOBODY, request_id: str | None = None
    ) -> TicketView: ...
    def transfer(
        self, counter: str, service: str, *, by: Actor = NOBODY, request_id: str | None = None
    ) -> TicketView:
        """Send the visitor at this counter on to another service; returns the new leg's ticket.

        The label stays, and the visitor stands in the new line by the time at which they began to wait here.
        """

    def restore(self, label: str, *, by: Actor = NOBODY, request_id: str | None = None) -> TicketView:
        """Put a no-show who turned up back in line, at the place of their old waiting time."""

    # ------------------------------------------------------------------ reads
    def site(self) -> SiteView: ...
    def board(self, last: int = 5) -> BoardView: ...
    def counter_view(self, counter: str) -> CounterView: ...
    def queues(self) -> Overview: ...
    def find(self, label: str) -> TicketView:
        """The latest leg of today's visit with this label. Raises: UnknownTicket."""

    def ticket_story(self, label: str) -> TicketStory: ...
    def events_after(self, seq: int, limit: int = 500) -> tuple[EventView, ...]: ...

    # ------------------------------------------------------------------ admin
    def apply_catalogue(self, catalogue: Catalogue, *, by: Actor = NOBODY) -> tuple[CatalogueChange, ...]: ...
    def diff_catalogue(self, catalogue: Catalogue) -> tuple[CatalogueChange, ...]: ...
    def close_day(self, *, by: Actor = NOBODY) -> int:
        """End the day now: what still waits becomes expired; return how many tickets did."""

    def add_staff(self, staff: str, name: str, pin: str, role: str, *, by: Actor = NOBODY) -> StaffView:
        """Raises ValueError when the PIN is not 4 to 8 digits or the role is unknown."""

    def set_staff(
        self, staff: str, *, active: bool | None = None, pin: str | None = None, by: Actor = NOBODY
    ) -> StaffView: ...
    def staff(self) -> tuple[StaffView, ...]: ...
    def sign_in(self, staff: str, pin: str, *, needs: str = "counter", by: Actor = NOBODY) -> StaffView:
        """Raises: NotAllowed (also after five wrong PINs, for five minutes)."""

    def unlock(self, pin: str, *, by: Actor = NOBODY) -> StaffView:
        """A bare PIN at the kiosk's door: whose is it? Raises: NotAllowed."""

    # ------------------------------------------------------------------ paper
    @property
    def journal(self) -> PaperJournal:
        """What a Spool (printers.spool.Journal) works from."""

    def reprint(
        self, label: str, *, printer: str, by: Actor = NOBODY, request_id: str | None = None
    ) -> PrintJobView:
        """Ask for a marked copy of a slip."""

    def print_jobs(self, *, printer: str = "", limit: int = 50) -> tuple[PrintJobView, ...]: ...
    def print_job(self, job: str) -> PrintJobView: ...
    def printers(self) -> tuple[PrinterView, ...]: ...
