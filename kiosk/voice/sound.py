"""Sound as samples: joined, levelled, read and written. Mono, 16 bits, 22,050 a second; the standard library only."""

from __future__ import annotations

import io
import wave
from array import array
from collections.abc import Iterable
from dataclasses import dataclass
from math import sqrt
from operator import mul
from pathlib import Path

RATE = 22_050
"""Samples a second: espeak-ng's own, and enough for speech."""
FULL = 32_767
"""The largest sample."""
LEVEL = 0.126
"""The wanted loudness: root mean square of the spoken parts as a share of FULL, -18 dB."""
PEAK = 0.891
"""No sample beyond this share of FULL, -1 dB, so that no player distorts."""

_HUSH = 200
"""Samples at most so far from nothing count as silence."""
_WINDOW = RATE // 50


@dataclass(frozen=True)
class Sound:
    """Samples from -32,768 to 32,767. Not to be changed."""

    samples: array[int]

    @property
    def seconds(self) -> float:
        """How long it lasts."""
        return len(self.samples) / RATE

    @property
    def rms(self) -> float:
        """Loudness of the parts that are not silent, as a share of FULL."""
        loud = [rms for rms in self.envelope() if rms > _HUSH / FULL]
        return sqrt(sum(map(mul, loud, loud)) / len(loud)) if loud else 0.0

    @property
    def peak(self) -> float:
        """The largest sample, as a share of FULL."""
        return max(max(self.samples), -min(self.samples)) / FULL if self.samples else 0.0

    def envelope(self) -> list[float]:
        """Loudness of each fiftieth of a second, as a share of FULL."""
        pieces = (self.samples[at : at + _WINDOW] for at in range(0, len(self.samples), _WINDOW))
        return [sqrt(sum(map(mul, piece, piece)) / len(piece)) / FULL for piece in pieces]

    def levelled(self) -> Sound:
        """Return it as loud as all others: at LEVEL, or less where a peak would pass PEAK."""
        if not self.rms:
            return self
        gain = min(LEVEL / self.rms, PEAK / self.peak)
        return Sound(array("h", [round(sample * gain) for sample in self.samples]))

    def trimmed(self, *, before: float = 0.01, after: float = 0.02) -> Sound:
        """Return it without the silence around it, but for so many seconds."""
        loud = [at for at, sample in enumerate(self.samples) if abs(sample) > _HUSH]
        if not loud:
            return Sound(array("h"))
        start, end = loud[0] - round(before * RATE), loud[-1] + round(after * RATE)
        return Sound(self.samples[max(0, start) : end])

    def wav(self) -> bytes:
        """Return a WAV file."""
        file = io.BytesIO()
        with wave.open(file, "wb") as out:
            out.setnchannels(1)
            out.setsampwidth(2)
            out.setframerate(RATE)
            out.writeframes(_little(self.samples).tobytes())
        return file.getvalue()


def silence(seconds: float) -> Sound:
    """Return nothing to hear, for so long."""
    return Sound(array("h", bytes(2 * round(seconds * RATE))))


def joined(sounds: Iterable[Sound]) -> Sound:
    """Return sounds one after another."""
    samples = array("h")
    for sound in sounds:
        samples.extend(sound.samples)
    return Sound(samples)


def read_wav(file: Path) -> Sound:
    """Return what a WAV file holds. Raises ValueError when it is not mono, 16 bits, 22,050 a second."""
    try:
        with wave.open(str(file), "rb") as found:
            shape = found.getnchannels(), found.getsampwidth(), found.getframerate()
            data = found.readframes(found.getnframes())
    except (wave.Error, EOFError) as error:
        raise ValueError(str(error)) from error
    if shape != (1, 2, RATE):
        raise ValueError(shape)
    return from_pcm(data)


def from_pcm(data: bytes) -> Sound:
    """Return samples of 16 bits, the lower byte first."""
    samples = array("h", data[: len(data) // 2 * 2])
    return Sound(_little(samples))


def _little(samples: array[int]) -> array[int]:
    """Swap bytes on the few machines that keep the higher one first."""
    if array("H", b"\x01\x00")[0] == 1:
        return samples
    swapped = array("h", samples)
    swapped.byteswap()
    return swapped
