"""The programme of the hall: calls come in, each is shown and spoken to its end before the next."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from kiosk.board.announcing import Announcer
from kiosk.board.calls import Call, Calls
from kiosk.board.reading import Reader, Seen

HOLD = 4.0
"""Seconds that each call stands as the newest at least, so that none hides another."""
CROWD = 5
"""When more calls than this wait to be shown, each stands for half as long."""


class Programme:
    """Lives on the event loop; only the speaking is done in a thread."""

    def __init__(self, reader: Reader, announcer: Announcer | None, hold: float) -> None:
        """`announcer` is None on a board that does not speak; `hold` are seconds."""
        self.reader = reader
        self._announcer = announcer
        self._hold = hold
        self._calls = Calls()
        self._come = asyncio.Event()
        self._begun = False

    @property
    def shown(self) -> tuple[Call, ...]:
        """What stands on the board, the newest first."""
        return self._calls.shown

    @property
    def trouble(self) -> str:
        """Why nothing is heard, the end of a key of words; empty when all is well."""
        trouble = self._announcer.speaker.trouble if self._announcer else None
        return trouble or ""

    def seen(self, view: Seen) -> None:
        """Take note of a look: at the first one of the calls before it, on a new day of there being none."""
        if not self._begun:
            self._begun = True
            for call in self.reader.earlier:
                self._calls.show(call)
        if not view.called_today:
            self._calls.new_day()

    def take(self) -> None:
        """Let the calls that were read wait their turn."""
        if calls := self.reader.taken():
            self._calls.come(calls)
            self._come.set()

    async def run(self, show: Callable[[], None]) -> None:
        """Put one call after another on the board, for ever; `show` paints it."""
        while True:
            await self._come.wait()
            self._come.clear()
            while (call := self._calls.next()) is not None:
                show()
                hold = self._hold / 2 if len(self._calls.coming) > CROWD else self._hold
                await asyncio.gather(asyncio.sleep(hold), asyncio.to_thread(self._speak, call))

    def stop(self) -> None:
        """Fall silent."""
        if self._announcer is not None:
            self._announcer.speaker.stop()

    def _speak(self, call: Call) -> None:
        if self._announcer is not None:
            self._announcer.announce(call, lambda: bool(self._calls.coming))
