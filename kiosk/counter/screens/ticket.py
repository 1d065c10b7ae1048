"""TicketScreen: a ticket that was scanned or looked up, and the one thing that can be done with it here."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar
from zoneinfo import ZoneInfo

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Button

from kiosk.counter.commands import Do
from kiosk.i18n import Words
from kiosk.shared.clock import clock_time
from kiosk.shared.widgets.big_number import BigNumber
from kiosk.shared.widgets.still_text import StillText
from queue_core.lifecycle import Status

if TYPE_CHECKING:
    from queue_core.views import TicketView

WHAT_CAN_BE_DONE = {Status.WAITING: Do.CALL, Status.HELD: Do.RESUME, Status.NO_SHOW: Do.RESTORE}
"""What staff do with a ticket that turns up: call it out of turn, go on with it, put it back in line."""


class TicketScreen(ModalScreen[Do | None]):
    """Answers with what to do, or None."""

    AUTO_FOCUS = ""
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "go", show=False),
        Binding("escape", "leave", show=False),
    ]

    def __init__(self, ticket: TicketView, words: Words, zone: ZoneInfo) -> None:
        """Show a ticket."""
        super().__init__()
        self._ticket = ticket
        self._words = words
        self._zone = zone
        self._do = WHAT_CAN_BE_DONE.get(ticket.status)

    def compose(self) -> ComposeResult:
        """Number, service, where it stands, and the buttons."""
        ticket, words = self._ticket, self._words
        with Vertical(id="dialog", classes="ticket"):
            yield BigNumber(ticket.label, stack=False)
            service, agency = words.pick(ticket.service_names), words.pick(ticket.agency_names)
            yield StillText(Content.assemble((service, "bold"), f" · {agency}"), classes="centre")
            yield StillText(self._standing(), classes="centre", markup=False)
            yield StillText(self._advice(), classes="centre advice", markup=False)
            with Horizontal(id="dialog-buttons"):
                if self._do is not None:
                    name = words(f"counter.found_{self._do}")
                    yield Button(f"Enter  {name}", id="go", variant="primary")
                yield Button(f"Esc  {words('counter.back')}", id="leave")

    def _standing(self) -> str:
        ticket, words = self._ticket, self._words
        parts = [words(f"common.status_{ticket.status}").capitalize()]
        if ticket.position is not None:
            parts.append(words("counter.position", position=ticket.position))
        if ticket.counter:
            parts.append(words("counter.at_counter", counter=ticket.counter))
        parts.append(words("counter.since", time=clock_time(ticket.waiting_since, self._zone)))
        if ticket.priority:
            parts.append(words("counter.mark_priority"))
        if ticket.legs > 1:
            parts.append(words("counter.flag_step", leg=ticket.leg, legs=ticket.legs))
        return " · ".join(parts)

    def _advice(self) -> str:
        if self._do is not None:
            return self._words(f"counter.advice_{self._do}")
        return self._words("counter.advice_none")

    def on_button_pressed(self, event: Button.Pressed) -> None:
        """Do as the button says."""
        self.dismiss(self._do if event.button.id == "go" else None)

    def action_go(self) -> None:
        """Do what can be done, if anything can."""
        if self._do is not None:
            self.dismiss(self._do)

    def action_leave(self) -> None:
        """Do nothing."""
        self.dismiss(None)
