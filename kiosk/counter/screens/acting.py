"""ActingScreen: one press, one Lobby call, one line that says what became of it."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from textual import work

from kiosk.counter.commands import Do, is_risky, possible
from kiosk.counter.phrases import said
from kiosk.counter.widgets import KeyBar
from kiosk.counter.widgets.key_bar import cap_of
from kiosk.shared.live import Live
from kiosk.shared.staff import StaffScreen
from kiosk.shared.widgets.still_text import StillText
from queue_core.errors import QueueError

if TYPE_CHECKING:
    from kiosk.counter.desk import Desk, Done
    from kiosk.shared.backend import Backend
    from queue_core.views import CounterView

ASK_SECONDS = 5.0
"""For how long the second press of a risky key counts."""


class ActingScreen(StaffScreen[None]):
    """Carries out commands one after the other, each at most once at a time, and tells the result."""

    def __init__(self, desk: Desk, backend: Backend) -> None:
        """Act for this desk; the screen is read again after each change, and right after each own command."""
        super().__init__()
        self.desk = desk
        self.live = Live(backend.feed, desk.view, self.post_message, backend.clock, beat=desk.beat)
        self.view: CounterView | None = None
        self._asking: Do | None = None
        self._under_way: set[Do] = set()
        self._turn = asyncio.Lock()
        self._why: dict[str, str] = {}

    def carry_out(self, do: Do, about: str = "") -> None:
        """Begin a command, unless the same one is under way; a held key and a double press act once."""
        if do in self._under_way:
            return
        self._under_way.add(do)
        self._carry_out(do, about)

    @work(group="command")
    async def _carry_out(self, do: Do, about: str) -> None:
        try:
            async with self._turn:
                done = await asyncio.to_thread(self._do_and_look, do, about)
        except QueueError as error:
            await self.refused(do, about, error)
        else:
            self._done(done)
        finally:
            self._under_way.discard(do)

    async def refused(self, do: Do, about: str, error: QueueError) -> None:  # noqa: ARG002  for a screen that can ask
        """Say why not."""
        self.say("bad", self.staff_app.explain(error))

    def _do_and_look(self, do: Do, about: str) -> Done:
        try:
            return self.desk.do(do, about)
        finally:
            self.live.look()  # a refusal, too, may mean that the screen is behind

    def _done(self, done: Done) -> None:
        ticket = done.ticket
        if ticket is not None and ticket.why:
            self._why[ticket.ticket_id] = ticket.why
        number = self.view.counter.number if self.view else 0
        nobody = done.do is Do.NEXT and ticket is None
        self.say("quiet" if nobody else "good", said(done, number, self.words))
        if done.do is Do.LEAVE:
            self.dismiss(None)

    # ------------------------------------------------------------------ asking twice

    def confirmed(self, do: Do) -> bool:
        """Say whether to go on: at once for most commands, at the second press for a risky one that is possible."""
        again = self._asking is do
        self._ask(None)
        risky = self.view is not None and do in possible(self.view) and is_risky(do, self.view)
        if again or not risky:
            return True
        self._ask(do)
        current = self.view.counter.current if self.view else None
        label = current.label if current else ""
        self.say("ask", self.words(f"counter.ask_{do}", key=cap_of(do, self.words), label=label))
        self.set_timer(ASK_SECONDS, lambda: self._forget(do))
        return False

    def _forget(self, do: Do) -> None:
        if self._asking is do:
            self._ask(None)
            self.say("quiet", "")

    def _ask(self, do: Do | None) -> None:
        self._asking = do
        self.relight()

    def relight(self) -> None:
        """Light the keys that the rules allow in the view of now."""
        if self.view is not None:
            self.query_one(KeyBar).light(possible(self.view), self._asking)

    # ------------------------------------------------------------------ the line

    def say(self, tone: str, sentence: str) -> None:
        """Show one line. `tone`: good, bad, ask or quiet; told by a sign as well as by colour."""
        sign = {"good": "✔ ", "bad": "✖ ", "ask": "? "}.get(tone, "")
        line = self.query_one("#said", StillText)
        line.set_classes(f"-{tone}")
        line.update(sign + sentence if sentence else "")
