"""The staff's colours can be read."""

from __future__ import annotations

import pytest
from textual.color import Color

from kiosk.shared.staff_theme import READ_ON, STAFF_THEME


def luminance(colour: str) -> float:
    parts = [part / 255 for part in Color.parse(colour).rgb]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def colour(name: str) -> str:
    return STAFF_THEME.variables.get(name) or str(getattr(STAFF_THEME, name))


@pytest.mark.parametrize(("word", "ground"), READ_ON)
def test_words_stand_out_from_their_ground(word: str, ground: str) -> None:
    assert contrast(colour(word), colour(ground)) >= 4.5


@pytest.mark.parametrize("tone", ["muted", "late", "soon", "good"])
def test_tones_stand_out_also_from_the_chosen_row(tone: str) -> None:
    assert contrast(colour(tone), colour("block-cursor-background")) >= 4.5
