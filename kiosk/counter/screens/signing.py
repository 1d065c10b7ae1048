"""SigningScreen: what somebody else has to say: a colleague who goes on here, a supervisor who allows it."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, TypeVar

from textual import work

from kiosk.counter.commands import Do
from kiosk.counter.screens.asking import AskingScreen
from kiosk.counter.screens.who import WhoScreen
from kiosk.shared.dialogs.choose import Option
from kiosk.shared.dialogs.pick import Own, PickScreen
from queue_core.errors import CannotRestore, NotAllowed, QueueError

if TYPE_CHECKING:
    from collections.abc import Callable

    from queue_core.views import AgencyLeftView

Answer = TypeVar("Answer")


class SigningScreen(AskingScreen):
    """Asks for name and PIN over the work, and does it in their name."""

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
            choice = await self._other_service(agency)
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

    async def _other_service(self, leaving: str) -> str | None:
        """Ask for a service of another agency; None when none is chosen, or the store does not tell."""
        try:
            agencies = await asyncio.to_thread(self.desk.agencies)
        except QueueError as error:
            self.say("bad", self.staff_app.explain(error))
            return None
        others = [each for each in agencies if each.code != leaving]
        return await self._chosen(
            self.words("counter.choose_agency_service"), self._service_options(others, "")
        )

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
