"""The colours of the staff's screens: calm enough for a whole day, and three tones that mean something."""

from __future__ import annotations

from textual.theme import Theme

STAFF_THEME = Theme(
    name="staff",
    dark=True,
    primary="#8fb8e8",
    secondary="#9fb3cc",
    accent="#f4cf5f",
    foreground="#e8eef6",
    background="#0d1826",
    surface="#142235",
    panel="#1c2e46",
    success="#7ddc9f",
    warning="#ffb85c",
    error="#ff8f8f",
    variables={
        "muted": "#9fb3cc",
        "line": "#33496a",
        "late": "#ff8f8f",  # past the promise
        "soon": "#ffb85c",  # close to it
        "good": "#7ddc9f",
        "input-selection-background": "#33496a",
        "button-color-foreground": "#0d1826",
        "block-cursor-background": "#24405f",
        "block-cursor-foreground": "#ffffff",
        "block-cursor-text-style": "bold",
        "block-cursor-blurred-background": "#1c2e46",
        "border": "#8fb8e8",
        "border-blurred": "#33496a",
    },
)

READ_ON = tuple(
    (tone, ground)
    for tone in ("foreground", "secondary", "primary", "accent", "success", "warning", "error")
    for ground in ("background", "surface", "panel")
)
"""Which words stand on which ground; each pair is held to 4.5:1 (WCAG 2.2, 1.4.3) by a test."""
