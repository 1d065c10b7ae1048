"""The slips that an installer prints once: how wide is the paper, who draws QR codes here, and is there a knife?"""

from __future__ import annotations

from printers.encode import encode
from printers.layout import Code, Gap, Line, Words
from printers.papers import Paper

PAYLOAD = "HTTPS://EXAMPLE.ID/T/ABCDEFGHJKMNPQRS"
"""As long as a real ticket's address."""
WIDTHS = (30, 32, 35, 42, 48)
"""Columns of Font A that printers have, from the narrowest paper to the widest."""
NARROWEST, WIDEST = 24, 64


def ruler(paper: Paper) -> bytes:
    """Two slips: rows of dots that end in their own length, a QR code of the printer's own; and one sent as a picture.

    A row that is wider than the paper breaks: its number then stands on a line of its own, or is missing. The highest
    number at the end of its row of dots tells how many columns the paper has.
    """
    rows: list[Line] = [Words(f"{width}".rjust(width, ".")) for width in WIDTHS]
    native: list[Line] = [*rows, Gap(), Words("1"), Gap(), Code(PAYLOAD, 6), Gap()]
    raster: list[Line] = [Gap(), Words("2"), Gap(), Code(PAYLOAD, 6), Gap()]
    return encode(native, paper, "native") + encode(raster, paper, "raster")
