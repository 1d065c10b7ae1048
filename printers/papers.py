"""The papers we print on: how many dots and columns each takes. Pure."""

from __future__ import annotations

from dataclasses import dataclass

DOTS_PER_MM = 8
"""Thermal heads of receipt printers have 203 dots to the inch, which is eight to the millimetre."""
CELL_WIDTH, CELL_HEIGHT = 12, 24
"""One character of the printer's Font A, in dots."""
LINE_SPACING = 30
"""How far a line of ordinary text feeds, in dots (the power-on default of the usual 203 dpi printers)."""
HEAD_TO_CUTTER = 112
"""From the head to the knife, in dots: blank paper above each slip. 14 mm is usual; it differs by model."""


@dataclass(frozen=True, slots=True)
class Paper:
    """Widths in millimetres of the roll, in dots of the print area and in columns of Font A."""

    millimetres: int
    dots: int
    columns: int


PAPERS = {80: Paper(80, 576, 48), 58: Paper(58, 384, 32)}
"""By the roll's width. Sources: the usual 203 dpi mechanisms, 72 mm and 48 mm of printing width."""
