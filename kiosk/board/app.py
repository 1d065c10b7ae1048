"""BoardApp: the television in the hall. It shows calls one after another, speaks them, and needs no hand for weeks."""

from __future__ import annotations

import asyncio
from collections.abc import Collection
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.binding import BindingType

from kiosk.board.announcing import Announcer, SpeakerFor
from kiosk.board.face import Face
from kiosk.board.programme import HOLD, Programme
from kiosk.board.reading import Reader, Seen
from kiosk.board.screens import HallScreen
from kiosk.board.theme import DAY, NIGHT
from kiosk.shared.live import Live
from kiosk.shared.messages import StoreChanged, StoreLost
from kiosk.shared.staff import StaffApp
from kiosk.shared.tidy import Tidy

if TYPE_CHECKING:
    from kiosk.shared.backend import Backend, Connect
    from queue_core.errors import QueueError


class BoardApp(StaffApp):
    """One screen, no keys: a board has no keyboard. For a technician who brings one, `q` twice leaves."""

    CSS_PATH = "board.tcss"
    HORIZONTAL_BREAKPOINTS = [(0, "-upright"), (70, "-across"), (95, "-hall"), (130, "-vast")]  # noqa: RUF012  declared so by App
    BINDINGS: ClassVar[list[BindingType]] = [("q", "leave")]

    def __init__(
        self, connect: Connect, speaker_for: SpeakerFor, *, zone: Collection[str] = (), hold: float = HOLD
    ) -> None:
        """Prepare; `zone` goes before the one of the settings, `hold` are the seconds that each call stands."""
        super().__init__(connect)
        for theme in (DAY, NIGHT):
            self.register_theme(theme)
        self.theme = DAY.name
        self._speaker_for = speaker_for
        self._zone = zone
        self._hold = hold
        self._hall = HallScreen()
        self._face = Face()
        self._asked_to_leave = False
        self._programme: Programme | None = None
        self._live: Live[Seen] | None = None

    async def on_mount(self) -> None:
        """Paint first, then open the store."""
        await self.push_screen(self._hall)
        self.set_interval(1.0, self._tick)
        self.begin()

    def connected(self, backend: Backend) -> None:
        """Begin to read, to show and to speak."""
        board, machine = backend.settings.board, backend.settings.machine.id
        reader = Reader(backend.lobby, self._zone or board.zone)
        announcer = None
        if board.voice:
            announcer = Announcer(backend.lobby, self._speaker_for(), machine, board, backend.clock)
        self._face.begin(board.text)
        self._programme = Programme(reader, announcer, self._hold)
        beat = Tidy(backend, partial(backend.lobby.beat, f"board:{machine}"))
        self._live = Live(backend.feed, reader.look, self.post_message, backend.clock, beat=beat)
        self._live.start()
        self.run_worker(self._programme.run(self._show_call), group="programme")

    def not_connected(self, error: QueueError) -> None:
        """Say why not."""
        self._face.unreachable = self.explain(error)
        self._tick()

    async def on_unmount(self) -> None:
        """Fall silent, stop reading, then let go of the store."""
        if self._programme is not None:
            self._programme.stop()
        if self._live is not None:
            await asyncio.to_thread(self._live.stop, 6.0)

    def action_leave(self) -> None:
        """Leave at the second press within two seconds."""
        if self._asked_to_leave:
            self.exit()
        self._asked_to_leave = True
        self.set_timer(2.0, lambda: setattr(self, "_asked_to_leave", False))

    @on(StoreChanged)
    def _changed(self, message: StoreChanged[Seen]) -> None:
        self._face.seen(message.view)
        if self._programme is not None:
            self._programme.seen(message.view)
        self._tick()

    @on(StoreLost)
    def _lost(self, message: StoreLost) -> None:
        self._face.lost(message.since)
        self._tick()

    def _show_call(self) -> None:
        self._face.called()
        self._tick()
        self._hall.flash()

    def _tick(self) -> None:
        """Show what is known now; called after each look and each second."""
        now, programme = self._face.now(), self._programme
        if now is not None and programme is not None:
            programme.take()
            self._hall.show_calls(programme.shown)
            self._hall.show_waits(self._face.waits(self.words), now)
            self._hall.choose(self._face.page(now, programme.shown))
            self._hall.show_line(
                self.words.pick(self.site_names), self._face.text(now, self.words, self.zone), now
            )
            self._hall.mark_notice(on=bool(self._face.notice(now)))
        heard = programme.trouble if programme is not None else ""
        if self._face.is_deaf:
            self.exit(return_code=1)  # the service starts the board again; better than old numbers for ever
        self._hall.show_trouble(self._face.trouble(self.words, self.zone, heard))
