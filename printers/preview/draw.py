"""Steps become pictures of the paper and its text: a thermal printer of 203 dpi in small."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from PIL import Image

from printers.decode import Step
from printers.papers import HEAD_TO_CUTTER, Paper
from printers.preview.head import Head

PAPER_COLOUR, INK_COLOUR = (253, 252, 247), (24, 24, 28)


@dataclass(frozen=True, slots=True)
class Sheet:
    """One cut slip: its picture, its lines of text, and what its QR codes hold (those that the printer draws)."""

    picture: Image.Image
    text: str
    codes: tuple[str, ...]


def draw(steps: Iterable[Step], paper: Paper) -> tuple[Sheet, ...]:
    """Draw every sheet that is cut off, or torn off where there is no knife; what hangs in the printer is not drawn.

    Raises: UnknownCommand for parameters that this product never emits.
    """
    sheets: list[Sheet] = []
    head = Head(paper)
    for step in steps:
        if step.name == "cut":
            sheets.append(_sheet(head))
            head.tear_off()
        else:
            head.take(step)
    if head.strips and not paper.cutter:
        sheets.append(_sheet(head))
    return tuple(sheets)


def _sheet(head: Head) -> Sheet:
    """Put the strips together on paper with its white sides and its blank leader."""
    side = (round(head.paper.millimetres * head.paper.dots_per_mm) - head.paper.dots) // 2
    height = HEAD_TO_CUTTER + sum(strip.height for strip in head.strips)
    white = Image.new("1", (head.paper.dots + 2 * side, height), 1)
    top = HEAD_TO_CUTTER
    for strip in head.strips:
        white.paste(strip, (side, top))
        top += strip.height
    picture = Image.new("RGB", white.size, INK_COLOUR)
    picture.paste(PAPER_COLOUR, mask=white)
    return Sheet(picture, "\n".join(head.rows), tuple(head.codes))
