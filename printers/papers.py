"""Our own table of printers: how many dots and columns each paper has, and what a model can do. Pure.

python-escpos gets its profile from here: its own table is wrong for several printers and lacks most that are sold in
Indonesia. What a printer can prove is not in a table: it is asked (`kiosk printer check`) and written down.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from printers.capabilities import Capabilities

CELL_WIDTH, CELL_HEIGHT = 12, 24
"""One character of the printer's Font A, in dots."""
LINE_SPACING = 30
"""How far a line of ordinary text feeds, in dots (the power-on default of the usual 203 dpi printers)."""
HEAD_TO_CUTTER = 112
"""From the head to the knife, in dots: blank paper above each slip. 14 mm is usual; it differs by model."""
TEAR_LINES = 4
"""Empty lines after a slip where there is no knife: the paper is torn off by hand above the head."""


@dataclass(frozen=True, slots=True)
class Paper:
    """Widths in millimetres of the roll, in dots of the print area and in columns of Font A."""

    millimetres: int
    dots: int
    columns: int
    dots_per_mm: float = 8.0  # 203 dots to the inch
    cutter: bool = True


PAPERS = {80: Paper(80, 576, 48), 58: Paper(58, 384, 32)}
"""By the roll's width. Sources: the usual 203 dpi mechanisms, 72 mm and 48 mm of printing width."""


@dataclass(frozen=True, slots=True)
class Model:
    """A kind of printer: its papers by width, and whether it draws QR codes.

    `near_end_sensor`: it tells when its paper runs low; None: some of this kind do.
    """

    papers: Mapping[int, Paper]
    native_qr: bool = True
    near_end_sensor: bool | None = None


MODELS: Mapping[str, Model] = {
    "generic": Model(PAPERS),
    "generic-no-cutter": Model(
        {80: Paper(80, 576, 48, cutter=False), 58: Paper(58, 384, 32, cutter=False)},
        native_qr=False,
        near_end_sensor=False,
    ),
    "epson-203dpi": Model({80: Paper(80, 576, 48), 58: Paper(58, 420, 35)}, near_end_sensor=True),
    "epson-180dpi": Model({80: Paper(80, 512, 42, 7.09), 58: Paper(58, 360, 30, 7.09)}, near_end_sensor=True),
}
"""`epson-203dpi`: TM-T20, T82, T82X, m30. `epson-180dpi`: TM-T88 and TM-T90. Sources: the makers' specifications; none of
them was at hand when this was written, so `kiosk printer check` prints a ruler to compare with."""


def as_found(paper: Paper, known: Capabilities) -> Paper:
    """The paper as `kiosk printer check` found it on the printer itself, if it did so on paper of this width."""
    if known.cutter is not None:
        paper = replace(paper, cutter=known.cutter)
    if known.paper == paper.millimetres and known.columns and known.dots:
        paper = replace(paper, columns=known.columns, dots=known.dots)
    return paper


def paper_for(model: str, millimetres: int) -> Paper:
    """The paper of this width in this model; the settings have checked both."""
    return MODELS[model].papers[millimetres]
