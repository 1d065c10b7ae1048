"""Lines become ESC/POS bytes, through python-escpos' collecting printer. The only package that knows that library.

What python-escpos 3.1 would do wrong by itself is kept from happening here: its page guessing is off (one CJK letter
turns a whole line into GB18030), its images are never centred by padding (three times the bytes), each slip gets a
fresh printer object (the old one remembers settings that ESC @ has undone), and its import is tamed.
"""

from __future__ import annotations

import atexit
import logging
import os
import shutil
import warnings
from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING, Literal

from printers.layout import Gap, Line, Words
from printers.papers import Paper
from printers.template import Logo

if TYPE_CHECKING:
    from printers.encode.composer import Composer

__all__ = ["QrMode", "encode", "warm_up"]

QrMode = Literal["native", "raster"]


def encode(lines: Sequence[Line], paper: Paper, qr: QrMode = "native") -> bytes:
    """Compose one slip: initialise, the lines, feed to the knife, cut. The same lines give the same bytes."""
    printer = _composer()(paper)
    printer.begin(accents=any(isinstance(line, Words) and not line.text.isascii() for line in lines))
    for line in lines:
        if isinstance(line, Words):
            printer.words(line)
        elif isinstance(line, Gap):
            printer.gap(line.dots)
        elif isinstance(line, Logo):
            printer.picture(line)
        elif qr == "native":
            printer.native_code(line)
        else:
            printer.raster_code(line)
    return printer.finish()


def warm_up() -> None:
    """Import python-escpos now (a quarter of a second), so that the first slip does not wait for it."""
    _composer()


@cache
def _composer() -> type[Composer]:
    """Import python-escpos without its root log handler, its warnings, and the temporary folder it leaves behind."""
    root = logging.getLogger()
    before = list(root.handlers)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from escpos import capabilities

        from printers.encode.composer import Composer
    for handler in set(root.handlers) - set(before):
        root.removeHandler(handler)
    if "ESCPOS_CAPABILITIES_PICKLE_DIR" not in os.environ:
        atexit.register(shutil.rmtree, capabilities.pickle_dir, ignore_errors=True)
    return Composer
