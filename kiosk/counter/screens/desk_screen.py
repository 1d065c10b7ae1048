"""DeskScreen: from a key to a command, through a list where one has to be chosen."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from textual import work

from kiosk.counter.commands import Do
from kiosk.counter.screens.acting import ActingScreen
from kiosk.counter.screens.help import HelpScreen
from kiosk.counter.screens.ticket import TicketScreen
from kiosk.shared.dialogs.choose import ChooseScreen, Option
from queue_core.errors import CounterIdle, QueueError

if TYPE_CHECKING:
    from queue_core.views import AgencyOffer, ServiceOffer, TicketView


class DeskScreen(ActingScreen):
    """Knows for each command what it is about: the visitor here, one of a list, a service, a ticket that was found."""

    def choose(self, do: Do) -> None:
        """Do what a key or button says."""
        if self.view is None or not self.confirmed(do):
            return
        match do:
            case Do.HELP:
                self.app.push_screen(HelpScreen(self.words))
            case Do.FIND:
                self.find()
            case Do.RESUME:
                self._one_of(do, self.view.held)
            case Do.RESTORE:
                self._one_of(do, self.view.missed)
            case Do.TRANSFER:
                self._transfer(self.view.counter.current)
            case Do.BREAK if self.view.counter.state == "paused":
                self.carry_out(Do.BACK)
            case _:
                self.carry_out(do)

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

    @work(group="dialog")
    async def _transfer(self, current: TicketView | None) -> None:
        if current is None:
            idle = CounterIdle(counter=self.desk.counter, action="transfer")
            self.say("bad", self.staff_app.explain(idle))
            return
        try:
            agencies = await asyncio.to_thread(self.desk.agencies)
        except QueueError as error:
            self.say("bad", self.staff_app.explain(error))
            return
        title = self.words("counter.choose_transfer", label=current.label)
        service = await self._chosen(title, self._service_options(agencies, current.service))
        if service is not None:
            self.carry_out(Do.TRANSFER, service)

    async def _chosen(self, title: str, options: Iterable[Option]) -> str | None:
        return await self.app.push_screen_wait(ChooseScreen(title, list(options), self.words))

    def _ticket_options(self, tickets: Iterable[TicketView]) -> Iterable[Option]:
        for ticket in tickets:
            status = self.words(f"common.status_{ticket.status}")
            yield Option(ticket.label, ticket.label, f"{self.words.pick(ticket.service_names)} · {status}")

    def _service_options(self, agencies: Iterable[AgencyOffer], own: str) -> Iterable[Option]:
        for agency in agencies:
            for service in agency.services:
                if service.id != own:
                    note = self._line_note(service)
                    name = f"{agency.short}: {self.words.pick(service.names)}"
                    yield Option(service.id, name, note)

    def _line_note(self, service: ServiceOffer) -> str:
        if not service.open_counters:
            return self.words("counter.line_no_counter", waiting=service.waiting)
        return self.words("counter.line", waiting=service.waiting, counters=service.open_counters)

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
            self.say("bad", self.staff_app.explain(error))
            return
        do = await self.app.push_screen_wait(TicketScreen(ticket, self.words, self.staff_app.zone))
        if do is not None:
            self.carry_out(do, ticket.label)
