"""SupervisorApp: every queue of a site, live; what can be done about it asks who does it."""

from __future__ import annotations

import asyncio
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.message import Message

from kiosk.shared.alerting import untold, watch
from kiosk.shared.clock import MovingClock, clock_time
from kiosk.shared.live import Live
from kiosk.shared.messages import StoreChanged, StoreLost
from kiosk.shared.staff import StaffApp
from kiosk.supervisor.deeds import Deeds
from kiosk.supervisor.screens.overview import OverviewScreen
from kiosk.supervisor.watching import Asks, Connection, Question, Seen, WatchingScreen

if TYPE_CHECKING:
    from kiosk.shared.backend import Backend, Connect
    from queue_core.errors import QueueError


class SupervisorApp(StaffApp):
    """Opens on the overview; a row opens its line, a ticket its story."""

    CSS_PATH: ClassVar = ["../shared/staff.tcss", "supervisor.tcss"]

    def __init__(self, connect: Connect) -> None:
        """Prepare."""
        super().__init__(connect)
        self._live: Live[Seen] | None = None
        self._question: Question | None = None
        self.seen: Seen | None = None
        self.deeds: Deeds | None = None
        self._moving: MovingClock | None = None
        self._connection = Connection("common.connecting")

    def on_mount(self) -> None:
        """Paint first, then open the store."""
        self.title = self.words("supervisor.app")
        self.push_screen(OverviewScreen())
        self.set_interval(1.0, self._show)
        self.begin()

    def connected(self, backend: Backend) -> None:
        """Begin to read."""
        self.deeds = Deeds(backend)
        beat = partial(backend.lobby.beat, f"supervisor:{backend.settings.machine.id}")
        self._live = Live(backend.feed, lambda: self._look(backend), self._post, backend.clock, beat=beat)
        self._live.start()

    def not_connected(self, error: QueueError) -> None:
        """Say why not."""
        self._say(Connection("", ready=self.explain(error)))

    async def on_unmount(self) -> None:
        """Stop reading, then let go of the store."""
        if self._live is not None:
            await asyncio.to_thread(self._live.stop, 6.0)

    def _post(self, message: Message) -> None:
        self.post_message(message)

    def _look(self, backend: Backend) -> Seen:
        question = self._question
        detail = question.answer(backend.lobby) if question else None
        watched = watch(backend.lobby, backend.settings.machine.id, backend.free_megabytes())
        return Seen(watched.overview, watched.alerts, question, detail)

    def look_now(self) -> None:
        """Look at once, without waiting to be woken."""
        if self._live is not None:
            self.run_worker(self._live.look, thread=True, group="look")

    @on(Asks)
    def _asked(self, message: Asks) -> None:
        self._question = message.question
        self._say(self._connection)
        if message.question is not None:
            self.look_now()
        self._show()

    @on(StoreChanged)
    def take(self, message: StoreChanged[Seen]) -> None:
        """Show a look that was read just now."""
        before, self.seen = self.seen, message.view
        told = {each.key for each in untold(before.alerts)} if before is not None else set()
        if any(each.key not in told for each in untold(self.seen.alerts)):
            self.bell()
        at = message.view.overview.at
        if self._moving is None:
            self._moving = MovingClock(at)
        self._moving.set(at)
        self._say(Connection("common.connected"))
        self._show()

    @on(StoreLost)
    def _lost(self, message: StoreLost) -> None:
        self._say(Connection("common.lost_since", clock_time(message.since, self.zone)))

    def _say(self, connection: Connection) -> None:
        self._connection = connection
        for screen in self._screens():
            screen.show_connection(connection)

    def _screens(self) -> list[WatchingScreen]:
        """Those that stand: one that was just opened has no parts yet, and asks when it has.

        While the program ends, its screens fall apart before its last messages are read.
        """
        if not self.is_running:
            return []
        return [each for each in self.screen_stack if isinstance(each, WatchingScreen) and each.is_mounted]

    def _show(self) -> None:
        """Show the newest look, its waits moved on to this second."""
        top = self._screens()[-1:]
        if self.seen is not None and self._moving is not None and top and top[0] is self.screen:
            top[0].show(self.seen, self._moving.now())

    def action_language(self) -> None:
        """Speak the next language."""
        self.next_language()
        for screen in self._screens():
            screen.retranslate()
        self._say(self._connection)
        self._show()
