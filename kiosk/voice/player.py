"""Playing a sound file with whatever program this machine has, one at a time, never for longer than it lasts."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable, Sequence
from enum import StrEnum
from pathlib import Path
from threading import Lock

PROGRAMS: tuple[tuple[str, ...], ...] = (("pw-play",), ("paplay",), ("aplay", "-q"), ("play", "-q"))
"""PipeWire, PulseAudio, ALSA, SoX: the first that plays is kept."""
SPARE = 5.0
"""Seconds that a player may take beyond the sound itself; after that the device hangs."""

Commands = Sequence[tuple[str, ...]]


class Trouble(StrEnum):
    """Why nothing is heard. The values end keys of words, `voice.trouble_<value>`."""

    NO_PLAYER = "no_player"  # none of PROGRAMS is installed
    NO_DEVICE = "no_device"  # the player failed: no sound card, or it is another program's
    HANGS = "hangs"  # the player did not end
    NO_ENGINE = "no_engine"  # nothing can make the words
    NO_ROOM = "no_room"  # the sound cannot be written to the disk


class NoSound(Exception):  # noqa: N818  what happened, not a fault of the program
    """Nothing can be heard."""

    def __init__(self, trouble: Trouble, detail: str = "") -> None:
        super().__init__(trouble, detail)
        self.trouble = trouble
        self.detail = detail


class Player:
    """Plays a file and waits until it ends. `stop` may be called from another thread."""

    def __init__(self, commands: Commands | None = None, *, spare: float = SPARE) -> None:
        """`commands` are tried in this order; by default those of PROGRAMS that are installed."""
        self._commands = list(installed() if commands is None else commands)
        self._spare = spare
        self._running: subprocess.Popen[bytes] | None = None
        self._stopped = False
        self._lock = Lock()

    def play(self, file: Path, seconds: float, meanwhile: Callable[[], None] = lambda: None) -> None:
        """Play a file of that length; `meanwhile` is called while it sounds. Raises NoSound."""
        trouble = NoSound(Trouble.NO_DEVICE if self._commands else Trouble.NO_PLAYER)
        for command in list(self._commands):
            try:
                self._play_with([*command, str(file)], seconds, meanwhile)
            except NoSound as error:
                trouble = error
                meanwhile = _nothing
            else:
                self._prefer(command)
                return
            if self._stopped:
                return
        raise trouble

    def stop(self) -> None:
        """End what plays now, and play nothing more."""
        with self._lock:
            self._stopped = True
            if self._running is not None:
                self._running.kill()

    def _prefer(self, command: tuple[str, ...]) -> None:
        """Try first what worked last."""
        self._commands.remove(command)
        self._commands.insert(0, command)

    def _play_with(self, argv: list[str], seconds: float, meanwhile: Callable[[], None]) -> None:
        with self._lock:
            if self._stopped:
                return
            try:
                self._running = subprocess.Popen(
                    argv, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
                )
            except OSError as error:
                raise NoSound(Trouble.NO_DEVICE, str(error)) from error
        try:
            meanwhile()
        finally:
            self._wait(self._running, argv[0], seconds)

    def _wait(self, running: subprocess.Popen[bytes], program: str, seconds: float) -> None:
        try:
            _, said = running.communicate(timeout=seconds + self._spare)
        except subprocess.TimeoutExpired:
            running.kill()
            running.communicate()
            raise NoSound(Trouble.HANGS, program) from None
        finally:
            self._running = None
        if running.returncode and not self._stopped:
            raise NoSound(Trouble.NO_DEVICE, f"{program}: {said.decode(errors='replace').strip()[:200]}")


def installed() -> list[tuple[str, ...]]:
    """Return the commands of PROGRAMS that this machine has."""
    return [command for command in PROGRAMS if shutil.which(command[0])]


def _nothing() -> None:
    """The speech was prepared in the first attempt."""
