"""DeskScreen: from a key to a command, through a list where one has to be chosen."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING

from textual import work

from kiosk.counter.commands import Do
from kiosk.counter.scanned import of_kiosk
from kiosk.counter.screens.help import HelpScreen
from kiosk.counter.screens.ticket import TicketScreen
from kiosk.counter.screens.way import WayScreen
from kiosk.shared.dialogs.choose import ChooseScreen, Option
from queue_core.errors import QueueError, UnknownTicket

if TYPE_CHECKING:
    from queue_core.views import CounterView, TicketView


class DeskScreen(WayScreen):
    """Knows for each command what it is about: the visitor here, one of a list, a service, a ticket that was found."""

    def choose(self, do: Do) -> None:
        """Do what a key or button says."""
        if self.view is None or not self.confirmed(do):
            return
        ask = self._questions().get(do)
        if ask is None:
            self.carry_out(do)
        else:
            ask(self.view)

    def _questions(self) -> dict[Do, Callable[[CounterView], object]]:
        """The commands that need to be told something first."""
        return {
            Do.HELP: lambda _: self.app.push_screen(HelpScreen(self.words)),
            Do.FIND: lambda _: self.find(),
            Do.RESUME: lambda view: self._one_of(Do.RESUME, view.held),
            Do.RESTORE: lambda view: self._one_of(Do.RESTORE, view.missed),
            Do.TRANSFER: lambda view: self.ask_transfer(view.counter.current),
            Do.HOLD: lambda _: self.ask_hold(),
            Do.NO_SHOW: self._no_show,
            Do.NOTE: lambda view: self.ask_note(view.counter.current),
            Do.WALK_IN: lambda _: self.ask_walk_in(),
            Do.HAND_OVER: lambda _: self.ask_hand_over(),
            Do.AGENCY: lambda _: self.ask_agency(),
            Do.JOURNEY: self.ask_way,
            Do.BREAK: self._break,
            Do.LEAVE: self._leave,
        }

    def _no_show(self, view: CounterView) -> None:
        if view.counter.current is None and view.held:
            self.ask_give_up(view.held)
        else:
            self.carry_out(Do.NO_SHOW)

    def _break(self, view: CounterView) -> None:
        if view.counter.state == "paused":
            self.carry_out(Do.BACK)
        else:
            self.ask_break()

    def _leave(self, view: CounterView) -> None:
        if view.counter.current is None:
            self.carry_out(Do.LEAVE)
        else:
            self.ask_leave(view.counter.current)

    # ------------------------------------------------------------------ one of a list

    @work(group="dialog")
    async def _one_of(self, do: Do, tickets: Sequence[TicketView]) -> None:
        """Take the only one at once; ask where there are several."""
        if not tickets:
            self.say("bad", self.words(f"counter.nothing_to_{do}"))
            return
        label: str | None = tickets[0].label
        if len(tickets) > 1:
            title = self.words(f"counter.choose_{do}")
            label = await self._chosen(title, self._ticket_options(tickets))
        if label is not None:
            self.carry_out(do, label)

    def _ticket_options(self, tickets: Iterable[TicketView]) -> Iterable[Option]:
        for ticket in tickets:
            status = self.words(f"common.status_{ticket.status}")
            yield Option(ticket.label, ticket.label, f"{self.words.pick(ticket.service_names)} · {status}")

    # ------------------------------------------------------------------ a ticket that turns up

    @work(group="dialog")
    async def find(self, typed: str = "") -> None:
        """Offer the tickets of this counter's services; a code that is scanned or typed finds any other."""
        if self.view is None:
            return
        known = self._ticket_options([*self.view.waiting, *self.view.held, *self.view.missed])
        dialog = ChooseScreen(self.words("counter.find"), list(known), self.words, free=True, typed=typed)
        text = await self.app.push_screen_wait(dialog)
        if text is not None:
            self.look_up(text)

    @work(group="dialog")
    async def look_up(self, text: str) -> None:
        """Find a ticket by its label or scanned address, show it, and do with it what staff choose."""
        try:
            ticket = await asyncio.to_thread(self.desk.find, text)
        except QueueError as error:
            label = of_kiosk(text) if isinstance(error, UnknownTicket) else None
            if label is not None:
                self.ask_call_of_kiosk(label)
            else:
                self.say("bad", self.staff_app.explain(error))
            return
        do = await self.app.push_screen_wait(TicketScreen(ticket, self.words, self.staff_app.zone))
        if do is Do.CALL:
            self.ask_call(ticket)
        elif do is not None:
            self.carry_out(do, ticket.label)
