"""Measures the hall's two voices on twenty labels, and draws a call's wave: `python -m bench.voice [PICTURE.png]`.

Length, loudness and the time from the call to the first sound; the numbers of docs/decisions/0012-voice.md come from here.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator
from math import log10
from pathlib import Path
from statistics import median
from time import perf_counter

from PIL import Image, ImageDraw, ImageFont

from bench.table import Row, at_most
from kiosk.commands.output import columns
from kiosk.voice.cache import SoundCache
from kiosk.voice.chime import chime
from kiosk.voice.engines import Engine, engines
from kiosk.voice.player import Player
from kiosk.voice.sound import RATE, Sound, joined, silence
from kiosk.voice.speaker import Speaker
from kiosk.voice.spoken import Call, sentence

AGENCY = {"id": "Dukcapil", "en": "Civil Registry"}
CODES = tuple("DK PD BK PT BN PJ TN AM BT SS SM PS LN HK CW ST JR KA AP A".split())  # noqa: SIM905  read as one line
LABELS = [f"{code} {number:03d}" for code, number in zip(CODES, range(1, 2000, 104), strict=False)]
WIDE, HIGH, MARGIN = 1100, 120, 26


def main() -> None:
    """Print the table; draw the picture when it is asked for."""
    rows = [_row(engine, language) for engine in engines() for language in ("id", "en")]
    head = ["voice", "language", "seconds", "loudness dB", "spread dB", "peak", "made in ms"]
    print(*columns([head, *rows]), "", *columns([["from the call to", "ms"], *_starts()]), sep="\n")
    if len(sys.argv) > 1:
        _picture(Path(sys.argv[1]))


def _row(engine: Engine, language: str) -> list[str]:
    sounds, times = [], []
    for label in LABELS:
        begun = perf_counter()
        sounds.append(engine.speak(sentence(Call(label, 3, AGENCY), language)).levelled())
        times.append(1000 * (perf_counter() - begun))
    loud = [20 * log10(sound.rms) for sound in sounds]
    seconds = [sound.seconds for sound in sounds]
    return [
        engine.name,
        language,
        f"{min(seconds):.1f} to {max(seconds):.1f}",
        f"{sum(loud) / len(loud):.1f}",
        f"{max(loud) - min(loud):.1f}",
        f"{max(sound.peak for sound in sounds):.2f}",
        f"{median(times):.0f} (at most {max(times):.0f})",
    ]


def voice() -> Iterator[Row]:
    """From a call to its first sound: until the player is started, with nothing made yet, and later."""
    for name, milliseconds in _until_heard():
        yield at_most(f"voice: from the call to {name}", milliseconds, "ms", 300)


def _starts() -> list[list[str]]:
    after = ["the sentence after the chime, at the earliest", f"{1000 * chime().seconds:.0f}"]
    return [*([name, f"{milliseconds:.0f}"] for name, milliseconds in _until_heard()), after]


def _until_heard() -> list[tuple[str, float]]:
    found = []
    with tempfile.TemporaryDirectory() as folder:
        for name in ("the first sound, nothing made yet", "the first sound, later calls"):
            started: list[float] = []
            speaker = Speaker(engines(), SoundCache(Path(folder)), _Stopwatch(started))
            begun = perf_counter()
            speaker.say([sentence(Call("DK 105", 3, AGENCY), "id")])
            found.append((name, 1000 * (started[0] - begun)))
    return found


class _Stopwatch(Player):
    """Starts `true` where a player would sound, and notes when."""

    def __init__(self, started: list[float]) -> None:
        super().__init__([("true",)])
        self._started = started

    def play(self, file: Path, seconds: float, meanwhile: object = lambda: None) -> None:
        self._started.append(perf_counter())
        super().play(file, seconds, meanwhile)  # type: ignore[arg-type]


def _picture(path: Path) -> None:
    """The wave of one call from each engine, one above another on one scale of seconds."""
    call = Call("DK 105", 3, AGENCY)
    spoken = [
        (each.name, joined([chime(), silence(0.1), each.speak(sentence(call, "id")).levelled()]))
        for each in engines()
    ]
    longest = max(sound.seconds for _, sound in spoken)
    image = Image.new("RGB", (WIDE, (HIGH + MARGIN) * len(spoken) + 30), "#ffffff")
    brush, font = ImageDraw.Draw(image), ImageFont.load_default(15)
    for at, (name, sound) in enumerate(spoken):
        top = at * (HIGH + MARGIN)
        brush.text((6, top + 4), f"{name}: {sentence(call, 'id').text}", fill="#001b3a", font=font)
        _wave(brush, sound, top + MARGIN, WIDE / longest)
    foot = (HIGH + MARGIN) * len(spoken)
    for second in range(int(longest) + 1):
        x = round(second * WIDE / longest)
        brush.line((x, foot, x, foot + 6), fill="#001b3a")
        brush.text((x + 3, foot + 8), f"{second} s", fill="#001b3a", font=font)
    image.quantize(16).save(path, optimize=True)


def _wave(brush: ImageDraw.ImageDraw, sound: Sound, top: int, pixels_a_second: float) -> None:
    middle, step = top + HIGH // 2, RATE / pixels_a_second
    for x in range(int(sound.seconds * pixels_a_second)):
        part = sound.samples[int(x * step) : int((x + 1) * step) + 1]
        brush.line(
            (x, middle - max(part) * HIGH / 65536, x, middle - min(part) * HIGH / 65536), fill="#1f5fa8"
        )


if __name__ == "__main__":
    main()
