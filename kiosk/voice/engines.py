"""Who turns words into sound: espeak-ng where it is installed, else the pieces recorded from it that come with the program."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from typing import Protocol
from zipfile import ZipFile

from kiosk.voice.mulaw import expanded
from kiosk.voice.pronounce import for_engine
from kiosk.voice.sound import RATE, Sound, from_pcm, joined, silence
from kiosk.voice.spoken import Speech

RECORDED = Path(__file__).with_name("pieces.zip")
PATIENCE = 5.0
"""Seconds that the engine may take; it needs a hundredth of that."""
WORDS_A_MINUTE = 140
GAP, COMMA = 0.05, 0.28
"""Seconds between two pieces, and where a comma stands."""

_HEADER = 44
_RATE_AT = slice(24, 28)


class EngineFailed(Exception):  # noqa: N818  what happened, not a fault of the program
    """The engine gave no sound; the text says why."""


class Engine(Protocol):
    """Makes the sound of a sentence."""

    @property
    def name(self) -> str:
        """What it is, and which version: sounds of another one are not its own."""

    def speak(self, speech: Speech) -> Sound:
        """Return the sentence as it is spoken. Raises EngineFailed."""


class Espeak:
    """The program espeak-ng (Debian: `apt-get install espeak-ng`). Speaks anything."""

    def __init__(self, program: str) -> None:
        """`program` is its path."""
        self._program = program

    @cached_property
    def name(self) -> str:
        """The version that it tells."""
        found = re.search(rb"[0-9][0-9.]+[0-9]", self._run("--version"))
        return f"espeak-ng {found.group().decode()}" if found else "espeak-ng"

    def speak(self, speech: Speech) -> Sound:
        """Return the sentence, with the house's own phonemes where the engine's are wrong."""
        text = for_engine(speech.text, speech.language)
        rate = str(WORDS_A_MINUTE)
        data = self._run("-v", speech.language, "-s", rate, "--stdin", "--stdout", said=text)
        if len(data) <= _HEADER or int.from_bytes(data[_RATE_AT], "little") != RATE:
            raise EngineFailed("no sound")  # noqa: EM101
        return from_pcm(data[_HEADER:]).trimmed()

    def _run(self, *words: str, said: str = "") -> bytes:
        try:
            done = subprocess.run(
                [self._program, *words],
                input=said.encode(),
                capture_output=True,
                timeout=PATIENCE,
                check=True,
            )
        except (OSError, subprocess.SubprocessError) as error:
            raise EngineFailed(str(error)) from error
        return done.stdout


class Pieces:
    """Words and phrases recorded from espeak-ng, joined.

    Speaks calls; a phrase with an unknown word, such as most agencies' names, is left out.
    """

    name = "pieces 1"

    def __init__(self, file: Path = RECORDED) -> None:
        """`file` holds `<language>/<words>.ul`, made by bench/record_pieces.py."""
        self._file = file

    @cached_property
    def _recorded(self) -> dict[str, bytes]:
        try:
            with ZipFile(self._file) as recorded:
                return {each.removesuffix(".ul"): recorded.read(each) for each in recorded.namelist()}
        except OSError as error:
            raise EngineFailed(str(error)) from error

    def speak(self, speech: Speech) -> Sound:
        """Return the phrases that can be put together."""
        phrases = [list(self._phrase(each.strip(" ."), speech.language)) for each in speech.text.split(",")]
        sounds: list[Sound] = []
        for phrase in filter(None, phrases):
            sounds += [silence(COMMA)] if sounds else []
            for at, piece in enumerate(phrase):
                sounds += [silence(GAP)] if at else []
                sounds.append(expanded(self._recorded[piece]))
        if not sounds:
            raise EngineFailed("no piece for any of it")  # noqa: EM101
        return joined(sounds)

    def _phrase(self, text: str, language: str) -> Iterator[str]:
        """The pieces of a phrase, the longest first; none when a word is unknown."""
        words = text.lower().split()
        found: list[str] = []
        while words:
            for length in range(len(words), 0, -1):
                piece = f"{language}/{' '.join(words[:length])}"
                if piece in self._recorded:
                    found.append(piece)
                    del words[:length]
                    break
            else:
                return
        yield from found


def engines(which: str | None = None) -> tuple[Engine, ...]:
    """Return the engines of this machine, the best first. `which` is espeak-ng's path, by default as PATH has it."""
    program = shutil.which("espeak-ng") if which is None else which
    return (Espeak(program), Pieces()) if program else (Pieces(),)
