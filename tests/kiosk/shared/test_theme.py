"""Words can be read on their grounds."""

from __future__ import annotations

import pytest
from textual.color import Color
from textual.theme import Theme

from kiosk.shared.theme import CONTRAST_THEME, KIOSK_THEME, READ_ON

THEMES = (KIOSK_THEME, CONTRAST_THEME)


def luminance(colour: Color) -> float:
    """WCAG 2.2, relative luminance."""
    parts = [part / 255 for part in colour.rgb]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    dark, light = sorted(luminance(Color.parse(colour)) for colour in (one, other))
    return (light + 0.05) / (dark + 0.05)


def test_the_measure_is_right() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("pair", READ_ON, ids="-on-".join)
@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.name)
def test_words_stand_out_seven_to_one(theme: Theme, pair: tuple[str, str]) -> None:
    ink, ground = (theme.variables[name] for name in pair)
    assert contrast(ink, ground) >= 7


@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.name)
def test_every_word_colour_is_measured(theme: Theme) -> None:
    named = {name for pair in READ_ON for name in pair}
    assert set(theme.variables) == named


def test_both_themes_have_the_same_names() -> None:
    assert KIOSK_THEME.variables.keys() == CONTRAST_THEME.variables.keys()


@pytest.mark.parametrize("ground", ["tile", "action", "quiet"])
@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.name)
def test_the_focus_is_told_from_every_tile(theme: Theme, ground: str) -> None:
    assert contrast(theme.variables["focus"], theme.variables[ground]) >= 1.4
