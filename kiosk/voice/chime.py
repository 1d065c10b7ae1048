"""The chime before a call: two struck bells, made by arithmetic, so that no recording needs a licence. Pure."""

from __future__ import annotations

from array import array
from functools import cache
from math import exp, pi, sin

from kiosk.voice.sound import FULL, RATE, Sound

NOTES = ((784.0, 0.0), (622.3, 0.42))
"""Hertz, and the second at which it is struck: a falling third (G, E flat), heard as "attention", not as alarm."""
SECONDS = 1.35
PARTIALS = ((1.0, 1.0, 3.2), (2.0, 0.35, 5.0), (3.01, 0.14, 8.0))
"""Multiple of the note, strength, and how quickly it fades (a second)."""
ATTACK = 0.006
"""Seconds until full strength: a harder start clicks."""
LOUD = 0.32
"""Strength of a note as a share of FULL; both together stay below 1."""
FADE = 0.15


@cache
def chime() -> Sound:
    """Return the chime; the same each time."""
    samples = [0.0] * round(SECONDS * RATE)
    for hertz, start in NOTES:
        first = round(start * RATE)
        for at in range(first, len(samples)):
            samples[at] += _struck(hertz, (at - first) / RATE)
    fading = round(FADE * RATE)
    for at in range(fading):
        samples[-1 - at] *= at / fading
    return Sound(array("h", [round(FULL * LOUD * sample) for sample in samples]))


def _struck(hertz: float, second: float) -> float:
    rising = min(1.0, second / ATTACK)
    return rising * sum(
        strength * exp(-fades * second) * sin(2 * pi * hertz * multiple * second)
        for multiple, strength, fades in PARTIALS
    )
