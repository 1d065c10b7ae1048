"""ActingScreen: a screen from which something can be done. Who does it signs in once; the screen never stops for it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine, Sequence
from typing import TYPE_CHECKING, Any, TypeVar, cast

from textual.timer import Timer

from kiosk.shared.dialogs.choose import ChooseScreen, Option
from kiosk.shared.widgets.still_text import StillText
from kiosk.supervisor.dialogs import SignInDialog
from kiosk.supervisor.watching import WatchingScreen
from queue_core.errors import QueueError

if TYPE_CHECKING:
    from kiosk.supervisor.app import SupervisorApp
    from kiosk.supervisor.deeds import Deed
    from queue_core import Lobby

Answer = TypeVar("Answer")

SAID_SECONDS = 8.0
"""How long the screen says what came of a deed."""


class ActingScreen(WatchingScreen):
    """Asks, does, and says what came of it in one line above the keys."""

    _busy = False
    _fading: Timer | None = None

    @property
    def supervisor(self) -> SupervisorApp:
        """The program, with what it has seen and who has signed in."""
        return cast("SupervisorApp", self.app)

    def begin(self, flow: Coroutine[Any, Any, None]) -> None:
        """Begin to ask and do; while that is under way, another key begins nothing."""
        if self._busy or self.supervisor.deeds is None or self.supervisor.seen is None:
            flow.close()
            return
        self._busy = True
        self.run_worker(self._whole(flow), group="deed")

    def act(self, flow: Callable[..., Coroutine[Any, Any, None]], **about: object) -> None:
        """Begin a flow (kiosk.supervisor.flows, .doors) with what is seen now."""
        if self.supervisor.seen is not None:
            self.begin(flow(self, self.supervisor.seen, **about))

    async def _whole(self, flow: Coroutine[Any, Any, None]) -> None:
        try:
            await flow
        finally:
            self._busy = False

    async def choose(self, title: str, options: Sequence[Option], *, free: bool = False) -> str | None:
        """Let somebody choose; None when they choose nothing."""
        return await self.app.push_screen_wait(ChooseScreen(title, options, self.words, free=free))

    async def signed_in(self, needs: str = "supervisor") -> bool:
        """Whether somebody of this role is here; asks once, and again after a while without a deed, or where more is needed."""
        deeds = self.supervisor.deeds
        assert deeds is not None
        if deeds.has(needs):
            return True
        return await self.app.push_screen_wait(SignInDialog(deeds, self.words, self.staff_app.zone, needs))

    async def read(self, read: Callable[[Lobby], Answer]) -> Answer | None:
        """Read something off the event loop; None, after saying why, when the store does not tell."""
        backend = self.staff_app.backend
        assert backend is not None
        try:
            return await asyncio.to_thread(read, backend.lobby)
        except QueueError as error:
            self.say(self.staff_app.explain(error), good=False)
            return None

    async def do(self, deed: Deed, said: str, **data: object) -> None:
        """Carry a deed out and say so, or say why not; `said` is the last part of the words' key."""
        self.answer(await self.attempt(deed), said, **data)

    async def attempt(self, deed: Deed) -> QueueError | None:
        """Carry a deed out; return what refused it."""
        deeds = self.supervisor.deeds
        assert deeds is not None
        try:
            await asyncio.to_thread(deeds.do, deed)
        except QueueError as error:
            return error
        finally:
            self.supervisor.look_now()
        return None

    def answer(self, error: QueueError | None, said: str, **data: object) -> None:
        """Say that a deed is done, or why it was refused."""
        if error is not None:
            self.say(self.staff_app.explain(error), good=False)
        else:
            self.say(self.words(f"supervisor.said_{said}", **data))

    def say(self, sentence: str, *, good: bool = True) -> None:
        """Say one sentence for a while."""
        line = self.query_one("#said", StillText)
        line.update(f"{'✔' if good else '✖'} {sentence}")
        line.set_class(not good, "-refused")
        line.display = True
        if self._fading is not None:
            self._fading.stop()
        self._fading = self.set_timer(SAID_SECONDS, self._hush)

    def _hush(self) -> None:
        self.query_one("#said", StillText).display = False
