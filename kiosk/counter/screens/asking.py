"""AskingScreen: what a command needs to be told before it is carried out, one key each."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, TypeVar

from textual import work

from kiosk.counter.commands import Do
from kiosk.counter.screens.acting import ActingScreen
from kiosk.counter.screens.who import WhoScreen
from kiosk.shared.dialogs.choose import ChooseScreen, Option
from kiosk.shared.dialogs.pick import Own, Picked, PickScreen, Switch
from queue_core.errors import CannotRestore, CounterIdle, NotAllowed, QueueError
from queue_core.lifecycle import Action, allowed

if TYPE_CHECKING:
    from collections.abc import Callable

    from queue_core.views import AgencyLeftView, AgencyOffer, CounterSummary, ServiceOffer, TicketView

Answer = TypeVar("Answer")

SETTLING = (Action.COMPLETE, Action.NO_SHOW, Action.HOLD)
"""What may become of a visitor before the counter closes, in the order of the list."""


class AskingScreen(ActingScreen):
    """Why and how long, for whom, where to, and who says so."""

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
    async def ask_break(self) -> None:
        """For how long, or until what time; at once where the site offers nothing."""
        view = self.view
        if view is None or not view.rules.breaks or view.counter.current is not None:
            self.carry_out(Do.BREAK)
            return
        options = [Option(choice, self._break_name(choice)) for choice in view.rules.breaks]
        own = Own(self.words("counter.break_own"), self.words("counter.break_hint"))
        picked = await self._pick("counter.choose_break", options, own=own)
        if picked is None:
            return
        try:
            back_at = await asyncio.to_thread(self.desk.pausing, picked.value)
        except ValueError:
            self.say("bad", self.words("counter.bad_time", value=picked.value))
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
        if picked is not None:
            about = await asyncio.to_thread(
                self.desk.walking_in, picked.value, slip="c" in picked.on, priority="p" in picked.on
            )
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

    # ------------------------------------------------------------------ somebody else says so

    @work(group="dialog")
    async def ask_hand_over(self) -> None:
        """The colleague signs in over the work; what is under way goes on."""
        who = await self._who(self.words("counter.choose_hand_over"))
        if who is not None:
            await self._try(lambda: self.desk.hand_over(*who), self._handed_over)

    def _handed_over(self, _nothing: None) -> None:
        self.say("good", self.words("counter.said_hand_over", staff=self.desk.staff.name))

    async def refused(self, do: Do, about: str, error: QueueError) -> None:
        """Say why not; for a late ticket that the rules refuse, a supervisor may sign."""
        await super().refused(do, about, error)
        if isinstance(error, CannotRestore):
            self.ask_supervisor(about, self.staff_app.explain(error))

    @work(group="dialog")
    async def ask_supervisor(self, label: str, refusal: str) -> None:
        """Let a supervisor sign for a late ticket."""
        who = await self._who(self.words("counter.choose_override", refusal=refusal))
        if who is not None:
            await self._try(lambda: self.desk.restore_by_supervisor(label, *who), self._done)

    @work(group="dialog")
    async def ask_agency(self) -> None:
        """The agency of this counter leaves: where do its people go, why, and who says so?"""
        if self.view is None:
            return
        stays, agency = self.words("counter.agency_tell"), self.view.counter.agency
        picked = await self._pick(
            "counter.choose_agency",
            [Option("", stays), Option("move", self.words("counter.agency_move"))],
            agency=agency,
        )
        if picked is None:
            return
        choice: str | None = ""
        if picked.value:
            agencies = await asyncio.to_thread(self.desk.agencies)
            others = [each for each in agencies if each.code != agency]
            title = self.words("counter.choose_agency_service")
            choice = await self._chosen(title, self._service_options(others, ""))
        if choice is None:
            return
        reason = await self.app.push_screen_wait(
            PickScreen(
                self.words("counter.agency_reason"),
                (),
                self.words,
                own=Own("", self.words("counter.note_hint")),
            )
        )
        if reason is not None:
            await self._agency_leaves(choice, reason.value)

    async def _agency_leaves(self, choice: str, reason: str) -> None:
        try:
            left = await asyncio.to_thread(self.desk.agency_leaves, choice, reason, None)
        except NotAllowed as error:
            title = self.words("counter.choose_override", refusal=self.staff_app.explain(error))
            who = await self._who(title)
            if who is not None:
                await self._try(lambda: self.desk.agency_leaves(choice, reason, who), self._agency_left)
        except QueueError as error:
            self.say("bad", self.staff_app.explain(error))
        else:
            self._agency_left(left)

    def _agency_left(self, left: AgencyLeftView) -> None:
        key = "counter.said_agency_moved" if left.moved else "counter.said_agency_told"
        count = left.moved or left.told
        self.say("good", self.words(key, agency=left.agency, count=count, service=left.to))

    async def _who(self, title: str) -> tuple[str, str] | None:
        return await self.app.push_screen_wait(WhoScreen(title, self.words))

    async def _try(self, do: Callable[[], Answer], then: Callable[[Answer], None]) -> None:
        """Do what somebody has signed for, look again, and say what came of it."""
        try:
            answer = await asyncio.to_thread(do)
        except QueueError as error:
            self.say("bad", self.staff_app.explain(error))
        else:
            then(answer)
        await asyncio.to_thread(self.live.look)

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
