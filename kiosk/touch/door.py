"""The door: nobody leaves the program without a PIN of the staff."""

from __future__ import annotations

import asyncio
import logging
import signal
from collections.abc import Iterator
from contextlib import contextmanager

from kiosk.shared.dialogs.pin_pad import PinPad
from kiosk.touch.stage import Stage
from queue_core.errors import NotAllowed
from queue_core.events import Actor

_log = logging.getLogger(__name__)


class Door(Stage):
    """Four taps in the top left corner, or F12; then a PIN."""

    def action_door(self) -> None:
        """Ask for a PIN, unless one is being asked for."""
        if self.backend is not None and not isinstance(self.screen, PinPad):
            self.run_worker(self._ask(), group="door", exit_on_error=False)

    async def _ask(self) -> None:
        words, said = self.scene.words, ""
        while pin := await self.push_screen_wait(PinPad(words("touch.door"), words, said=said)):
            trouble = await self._unlock(pin)
            if not trouble:
                self.exit()
                return
            said = words(trouble)

    async def _unlock(self, pin: str) -> str:
        """Return why the door stays shut, as a word key; empty when it is open."""
        assert self.backend is not None
        assert self.link is not None
        link, by = self.link, Actor(machine=self.backend.settings.machine.id)
        try:
            person, _ = await asyncio.to_thread(lambda: link.ask(lambda lobby: lobby.unlock(pin, by=by)))
        except NotAllowed as error:
            return "touch.door_locked" if error.data.get("reason") == "locked" else "touch.door_wrong"
        except Exception:
            _log.exception("A PIN could not be checked")
            return "touch.door_later"
        _log.info("The touch screen was left by %s", person.id)
        return ""


@contextmanager
def deaf_to_interrupts() -> Iterator[None]:
    """Ignore SIGINT, which comes from Ctrl+C before the screen has the keyboard, and from other programs after."""
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
