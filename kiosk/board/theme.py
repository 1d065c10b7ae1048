"""The board's colours: the house's own by day, and their inverse at night, so that no part of a screen ages alone."""

from __future__ import annotations

from textual.theme import Theme

from kiosk.shared.theme import KIOSK_THEME

DAY = Theme(
    name="board",
    dark=True,
    primary=KIOSK_THEME.primary,
    foreground="#ffffff",
    background="#001b3a",
    surface="#0b2c54",
    panel="#001128",
    variables={
        "ground": "#001b3a",
        "number": "#ffd400",
        "text": "#ffffff",
        "dim": "#b7cbe2",
        "panel-ground": "#0b2c54",
        "flash": "#ffd400",
        "flash-text": "#000000",
        "trouble": "#a1001c",
        "trouble-text": "#ffffff",
    },
)
NIGHT = Theme(
    name="board-night",
    dark=False,
    primary="#003a75",
    foreground="#001b3a",
    background="#c8d4e2",
    surface="#d9e2ec",
    panel="#b9c8d9",
    variables={
        "ground": "#c8d4e2",
        "number": "#00264d",
        "text": "#001b3a",
        "dim": "#10304f",
        "panel-ground": "#d9e2ec",
        "flash": "#001b3a",
        "flash-text": "#ffd400",
        "trouble": "#a1001c",
        "trouble-text": "#ffffff",
    },
)

READ_ON = (
    ("number", "ground"),
    ("number", "panel-ground"),
    ("text", "ground"),
    ("text", "panel-ground"),
    ("dim", "ground"),
    ("dim", "panel-ground"),
    ("flash-text", "flash"),
    ("trouble-text", "trouble"),
)
"""Which words stand on which ground; each pair is held to 7:1 (WCAG 2.2, 1.4.6) by a test."""
