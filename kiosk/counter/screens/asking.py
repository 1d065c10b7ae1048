"""AskingScreen: what a command needs to be told before it is carried out, one key each."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from textual import work

from kiosk.counter.commands import Do
from kiosk.counter.screens.acting import ActingScreen
from kiosk.shared.clock import soon
from kiosk.shared.dialogs.choose import ChooseScreen, Option
from kiosk.shared.dialogs.pick import Own, Picked, PickScreen, Switch
from queue_core.errors import CounterIdle, QueueError
from queue_core.lifecycle import Action, allowed

if TYPE_CHECKING:
    from datetime import datetime

    from queue_core.views import AgencyOffer, CounterSummary, ServiceOffer, TicketView

SETTLING = (Action.COMPLETE, Action.NO_SHOW, Action.HOLD)
"""What may become of a visitor before the counter closes, in the order of the list."""
CALLING = ("papers", "appointment", "missed", "urgent")
"""Why a number is called out of turn, in the order of the list; the words are `counter.call_<value>`."""


class AskingScreen(ActingScreen):
    """Why and how long, for whom, and where to."""

    # ------------------------------------------------------------------ one key each

    @work(group="dialog")
    async def ask_hold(self) -> None:
        """Why, and with that for how long; at once where the site has no reasons."""
        view = self.view
        if view is None or view.counter.current is None or not view.rules.holds:
            self.carry_out(Do.HOLD, " ")
            return
        options = [
            Option(str(minutes), self.words.pick(name), self.words("counter.for_minutes", minutes=minutes))
            for name, minutes in view.rules.holds
        ]
        own = Own(self.words("counter.hold_open"), self.words("counter.note_hint"))
        picked = await self._pick("counter.choose_hold", options, own=own, label=view.counter.current.label)
        if picked is None:
            return
        if picked.typed:
            self.carry_out(Do.HOLD, self.desk.holding(None, picked.value))
            return
        reason = next(option.name for option in options if option.value == picked.value)
        self.carry_out(Do.HOLD, self.desk.holding(int(picked.value), reason))

    @work(group="dialog")
    async def ask_call(self, ticket: TicketView) -> None:
        """Why out of turn; whose turn it is anyhow is called at once."""
        line = () if self.view is None else self.view.waiting
        if line and line[0].ticket_id == ticket.ticket_id:
            self.carry_out(Do.CALL, ticket.label)
            return
        await self._call_for_a_reason(ticket.label)

    @work(group="dialog")
    async def ask_call_of_kiosk(self, label: str) -> None:
        """A kiosk that is cut off gave out this number, and its rows have not come: the visitor stands here with the paper."""
        await self._call_for_a_reason(label)

    async def _call_for_a_reason(self, label: str) -> None:
        options = [Option(text, text) for text in (self.words(f"counter.call_{why}") for why in CALLING)]
        own = Own(self.words("counter.note_own"), self.words("counter.note_hint"))
        picked = await self._pick("counter.choose_call", options, own=own, label=label)
        if picked is not None:
            self.carry_out(Do.CALL, f"{label}\n{picked.value}")

    @work(group="dialog")
    async def ask_break(self) -> None:
        """For how long, or until what time; at once where the site offers nothing."""
        view = self.view
        if view is None or not view.rules.breaks or view.counter.current is not None:
            self.carry_out(Do.BREAK)
            return
        now = view.at.astimezone(self.staff_app.zone)
        options = [
            Option(choice, self._break_name(choice)) for choice in view.rules.breaks if _to_come(choice, now)
        ]
        own = Own(self.words("counter.break_own"), self.words("counter.break_hint"))
        picked = await self._pick("counter.choose_break", options, own=own)
        if picked is None:
            return
        try:
            back_at = await asyncio.to_thread(self.desk.pausing, picked.value)
        except ValueError:
            self.say("bad", self.words("counter.bad_time", value=picked.value))
        except QueueError as error:
            self.say("bad", self.staff_app.explain(error))
        else:
            self.carry_out(Do.BREAK, back_at)

    def _break_name(self, choice: str) -> str:
        key = "counter.break_minutes" if choice.isdecimal() else "counter.break_until"
        return self.words(key, minutes=choice, time=choice.replace(":", "."))

    @work(group="dialog")
    async def ask_note(self, ticket: TicketView | None) -> None:
        """A remark from the list, or in one's own words."""
        if ticket is None or self.view is None:
            self._idle("note")
            return
        options = [Option(text, text) for text in map(self.words.pick, self.view.rules.remarks)]
        picked = await self._pick(
            "counter.choose_note",
            options,
            own=Own(self.words("counter.note_own"), self.words("counter.note_hint")),
            label=ticket.label,
        )
        if picked is not None:
            self.carry_out(Do.NOTE, f"{ticket.label}\n{picked.value}")

    @work(group="dialog")
    async def ask_walk_in(self) -> None:
        """Which service; whether with priority, and whether a slip shall come out."""
        if self.view is None:
            return
        options = [
            Option(each.id, self.words.pick(each.names), self._line_note(each)) for each in self.view.services
        ]
        switches = (
            Switch("p", self.words("counter.mark_priority")),
            Switch("c", self.words("counter.walk_in_slip")),
        )
        picked = await self._pick("counter.choose_walk_in", options, switches=switches)
        if picked is None:
            return
        try:
            about = await asyncio.to_thread(
                self.desk.walking_in, picked.value, slip="c" in picked.on, priority="p" in picked.on
            )
        except QueueError as error:
            self.say("bad", self.staff_app.explain(error))
        else:
            self.carry_out(Do.WALK_IN, about)

    @work(group="dialog")
    async def ask_leave(self, ticket: TicketView) -> None:
        """What becomes of the visitor who stands here, and then close."""
        may = [action for action in SETTLING if action in allowed(ticket.status)]
        options = [
            Option(action, self.words(f"counter.settle_{action}", label=ticket.label)) for action in may
        ]
        picked = await self._pick("counter.choose_leave", options, label=ticket.label)
        if picked is not None:
            self.carry_out(Do.LEAVE, picked.value)

    @work(group="dialog")
    async def ask_give_up(self, tickets: Sequence[TicketView]) -> None:
        """Which of those on hold never came back."""
        options = [Option(ticket.label, ticket.label, ticket.reason) for ticket in tickets]
        picked = await self._pick("counter.choose_give_up", options)
        if picked is not None:
            self.carry_out(Do.GIVE_UP, picked.value)

    async def _pick(
        self,
        key: str,
        options: Sequence[Option],
        *,
        own: Own | None = None,
        switches: Sequence[Switch] = (),
        **said: object,
    ) -> Picked | None:
        title = self.words(key, **said)
        return await self.app.push_screen_wait(
            PickScreen(title, options, self.words, own=own, switches=switches)
        )

    # ------------------------------------------------------------------ where to

    @work(group="dialog")
    async def ask_transfer(self, current: TicketView | None) -> None:
        """To which service or counter."""
        if current is None:
            self._idle("transfer")
            return
        try:
            agencies = await asyncio.to_thread(self.desk.agencies)
            counters = await asyncio.to_thread(self.desk.counters)
        except QueueError as error:
            self.say("bad", self.staff_app.explain(error))
            return
        title = self.words("counter.choose_transfer", label=current.label)
        options = [*self._service_options(agencies, current.service), *self._counter_options(counters)]
        place = await self._chosen(title, options)
        if place is not None:
            self.carry_out(Do.TRANSFER, place)

    def _idle(self, action: str) -> None:
        self.say("bad", self.staff_app.explain(CounterIdle(counter=self.desk.counter, action=action)))

    async def _chosen(self, title: str, options: Iterable[Option]) -> str | None:
        return await self.app.push_screen_wait(ChooseScreen(title, list(options), self.words))

    def _service_options(self, agencies: Iterable[AgencyOffer], own: str) -> Iterable[Option]:
        for agency in agencies:
            for service in agency.services:
                if service.id != own:
                    note = self._line_note(service)
                    name = f"{agency.short}: {self.words.pick(service.names)}"
                    yield Option(service.id, name, note)

    def _counter_options(self, counters: Iterable[CounterSummary]) -> Iterable[Option]:
        for counter in counters:
            if counter.state != "closed" and counter.services:
                name = f"{self.words('counter.counter')} {counter.number}"
                yield Option(f"@{counter.id}", name, f"{counter.agency} · {counter.staff_name}")

    def _line_note(self, service: ServiceOffer) -> str:
        if not service.open_counters:
            return self.words("counter.line_no_counter", waiting=service.waiting)
        return self.words("counter.line", waiting=service.waiting, counters=service.open_counters)


def _to_come(choice: str, now: datetime) -> bool:
    """Whether a break of this choice can still be taken: `13:00` no more in the afternoon."""
    if choice.isdecimal():
        return True
    try:
        return soon(choice, now) > now
    except ValueError:
        return False
