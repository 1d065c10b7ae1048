"""The same bytes that a printer would get, as pictures and as text: what a machine without a printer shows.

It understands only the commands that this product emits, and refuses anything else: there is no second layout.
"""

from __future__ import annotations

from printers.decode import decode
from printers.papers import Paper
from printers.preview.draw import Sheet, draw

__all__ = ["Sheet", "decode", "draw", "preview"]


def preview(data: bytes, paper: Paper) -> tuple[Sheet, ...]:
    """Draw what `data` prints, one sheet for each cut.

    Raises: UnknownCommand.
    """
    return draw(decode(data), paper)
