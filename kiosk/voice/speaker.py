"""Speaking: the chime at once, the sentences made while it sounds, one call after another in the thread of the caller."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from pathlib import Path
from threading import Event

from kiosk.voice.cache import SoundCache
from kiosk.voice.chime import chime
from kiosk.voice.engines import Engine, EngineFailed, Pieces
from kiosk.voice.player import NoSound, Player, Trouble
from kiosk.voice.sound import Sound, joined, read_wav, silence
from kiosk.voice.spoken import Speech

BETWEEN = 0.45
"""Seconds between two languages."""
AGAIN = 1.5
"""Seconds before a call is said a second time."""

log = logging.getLogger(__name__)


class Speaker:
    """Says sentences through this machine's loudspeaker. What cannot be heard is a trouble, never an error."""

    def __init__(self, engines: Sequence[Engine], cache: SoundCache, player: Player) -> None:
        """`engines`, the best first: the next one speaks where one fails."""
        self._engines = engines
        self._cache = cache
        self._player = player
        self._leaving = Event()
        self.trouble: Trouble | None = None
        """Why nothing is heard; None when all is well, and until the first call."""

    def say(self, speeches: Sequence[Speech], more: Callable[[], bool] = lambda: False) -> None:
        """Sound the chime, then say the sentences; say them a second time when `more` allows it then.

        Returns when all was heard, or could not be.
        """
        try:
            self._say(speeches, more)
        except NoSound as error:
            self._tell(error.trouble, error.detail)
        except EngineFailed as error:
            self._tell(Trouble.NO_ENGINE, str(error))
        except OSError as error:
            self._tell(Trouble.NO_ROOM, str(error))
        else:
            self._tell(None)

    def _say(self, speeches: Sequence[Speech], more: Callable[[], bool]) -> None:
        made: list[Path] = []
        self._player.play(
            self._file(chime(), "chime"), chime().seconds, lambda: made.append(self.prepare(speeches))
        )
        for file in made:  # none when it was told to stop before it began
            self._player.play(file, read_wav(file).seconds)
            if more() and not self._leaving.wait(AGAIN):
                self._player.play(file, read_wav(file).seconds)

    def prepare(self, speeches: Sequence[Speech]) -> Path:
        """Return the file of the sentences, made now unless it was made before. Raises EngineFailed, OSError."""
        key = ("speech", self._engines[0].name, *(f"{each.language}:{each.text}" for each in speeches))
        return self._cache.find(*key) or self._cache.keep(self.sound(speeches), *key)

    def sound(self, speeches: Sequence[Speech]) -> Sound:
        """Return the sentences one after another, all equally loud. Raises EngineFailed."""
        parts: list[Sound] = []
        for speech in speeches:
            parts += [silence(BETWEEN)] if parts else []
            parts.append(self._speak(speech).levelled())
        return joined(parts)

    def announcement(self, speeches: Sequence[Speech]) -> Sound:
        """Return all that a call sounds like: chime and sentences. Raises EngineFailed."""
        return joined([chime(), self.sound(speeches)])

    @property
    def engine(self) -> str:
        """Who speaks."""
        return self._engines[0].name

    @property
    def is_whole(self) -> bool:
        """Whether it can say anything, agencies' names too; else only what was recorded."""
        return not isinstance(self._engines[0], Pieces)

    def stop(self) -> None:
        """End what is said now, and say nothing more."""
        self._leaving.set()
        self._player.stop()

    def _speak(self, speech: Speech) -> Sound:
        failure = EngineFailed("no engine")
        for engine in self._engines:
            try:
                return engine.speak(speech)
            except EngineFailed as error:
                log.warning("%s could not speak: %s", engine.name, error)
                failure = error
        raise failure

    def _file(self, sound: Sound, name: str) -> Path:
        return self._cache.find(name) or self._cache.keep(sound, name)

    def _tell(self, trouble: Trouble | None, detail: str = "") -> None:
        """Write a new trouble to the log once, not at every call."""
        if trouble and trouble != self.trouble:
            log.warning("the hall hears nothing: %s %s", trouble, detail)
        elif self.trouble and not trouble:
            log.info("the hall hears again")
        self.trouble = trouble
