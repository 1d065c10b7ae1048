"""Which calls this board speaks, and in which languages."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

from kiosk.board.calls import STALE, Call
from kiosk.voice import spoken
from queue_core.errors import QueueError

if TYPE_CHECKING:
    from kiosk.settings.sections import BoardSettings
    from kiosk.voice.speaker import Speaker
    from queue_core import Lobby

SpeakerFor = Callable[[], "Speaker"]
"""Builds this machine's voice."""

log = logging.getLogger(__name__)


class Announcer:
    """Speaks a call unless another board does; one after another, in the thread of the caller."""

    def __init__(
        self,
        lobby: Lobby,
        speaker: Speaker,
        board: str,
        settings: BoardSettings,
        clock: Callable[[], datetime],
    ) -> None:
        """`board` names this machine in the store."""
        self._lobby = lobby
        self._board = board
        self._settings = settings
        self._clock = clock
        self.speaker = speaker

    def announce(self, call: Call, others_wait: Callable[[], bool]) -> None:
        """Say a call, and say it again when no other call waits by then; return when it is over."""
        if not self._is_mine(call):
            return
        again = self._settings.repeat
        self.speaker.say(self.speeches(call), lambda: again and not others_wait())

    def speeches(self, call: Call) -> list[spoken.Speech]:
        """Return what is said: the first language for everybody, then the visitor's own."""
        first, *others = self._settings.languages
        said = spoken.Call(call.label, call.counter, {**call.names, "id": call.short}, again=call.again)
        return [
            spoken.sentence(said, language, by_digits=self._settings.digits)
            for language in (first, *(each for each in others if each == call.language))
        ]

    def _is_mine(self, call: Call) -> bool:
        """Claim it. Without the store nobody can know who speaks, so nobody does; the screen shows it all the same."""
        try:
            if self._clock() - call.at > STALE:
                return False
            return self._lobby.claim_announcement(call.seq, self._board)
        except QueueError as error:
            log.warning("%s is not spoken: %s", call.label, error)
            return False
