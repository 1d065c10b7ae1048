"""The slip that an installer prints once: does the paper's width fit the settings, and who draws QR codes here?"""

from __future__ import annotations

from printers.encode import encode
from printers.layout import Code, Gap, Line, Words
from printers.papers import Paper

PAYLOAD = "HTTPS://EXAMPLE.ID/T/ABCDEFGHJKMNPQRS"
"""As long as a real ticket's address."""


def ruler(paper: Paper) -> bytes:
    """Two slips: a ruler over the whole width with a QR code of the printer's own, and a QR code sent as a picture.

    If the paper is narrower than the settings say, the ruler's last figure is missing or on a line of its own.
    """
    tens = "".join(f"{ten * 10:>10}" for ten in range(1, paper.columns // 10 + 1)).ljust(paper.columns, ".")
    marks = ("----:----|" * (paper.columns // 10 + 1))[: paper.columns - 1] + "#"
    head: list[Line] = [
        Words(f"{paper.millimetres} mm", wide=2, tall=2, bold=True),
        Words(f"{paper.dots} dots, {paper.columns} columns"),
        Words(tens),
        Words(marks),
        Gap(),
    ]
    native: list[Line] = [*head, Code(PAYLOAD, 6), Gap(), Words('qr = "native"')]
    raster: list[Line] = [Gap(), Code(PAYLOAD, 6), Gap(), Words('qr = "raster"')]
    return encode(native, paper, "native") + encode(raster, paper, "raster")
