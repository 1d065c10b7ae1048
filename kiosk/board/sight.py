"""What can be read from how far: millimetres on the glass, from rows of the terminal. Pure."""

from __future__ import annotations

from math import hypot

INCH = 25.4
COMFORTABLE = 100.0
"""Millimetres that a digit is to be high to be read with ease from ten metres (34 minutes of arc)."""
LEAST = 58.0
"""Millimetres below which nothing can be read from ten metres (20 minutes of arc)."""
FLASHES_A_SECOND = 1 / 0.6
"""The newest call: above three a second a flash may harm (WCAG 2.2, 2.3.1)."""
FLASHING = 6.0
"""Seconds that the newest call flashes; then it stands."""


def digit_millimetres(
    drawn_rows: float, screen_rows: int, inches: float, *, pixels: tuple[int, int]
) -> float:
    """Return how high drawn digits are on the glass.

    Args:
        drawn_rows: rows of the terminal that a digit fills, halves included.
        screen_rows: rows of the whole screen.
        inches: the screen's diagonal, as it is sold.
        pixels: its width and height as it hangs: `(1920, 1080)`, or `(1080, 1920)` upright.
    """
    width, height = pixels
    return drawn_rows / screen_rows * inches * INCH * height / hypot(width, height)


def flash_is_on(seconds: float) -> bool:
    """Whether the newest call stands inverted, so many seconds after it came."""
    return 0 <= seconds < FLASHING and seconds * FLASHES_A_SECOND % 1 < 0.5
