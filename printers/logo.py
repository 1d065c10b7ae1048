"""A picture file becomes a logo in dots, and the bytes that store one in a printer."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from printers.errors import CannotCompose
from printers.papers import Paper
from printers.template import Logo

if TYPE_CHECKING:
    from PIL import Image

TALLEST = 120
"""15 mm: a logo is a mark, not the message."""
KEY = "L1"


def load_logo(path: Path, paper: Paper) -> Logo:
    """Read a PNG or another common kind of picture, fit it on the paper and turn it into black and white.

    Drawings with few greys are cut at the middle; photographs are dithered. Transparent places are white.

    Raises: CannotCompose when the file is no picture.
    """
    from PIL import Image, ImageOps, UnidentifiedImageError

    try:
        with Image.open(path) as file:
            picture = file.convert("RGBA")
    except (OSError, UnidentifiedImageError) as error:
        message = f"the logo {path} cannot be read: {error}"
        raise CannotCompose(message) from error
    white = Image.new("RGBA", picture.size, "white")
    grey = Image.alpha_composite(white, picture).convert("L")
    grey.thumbnail((paper.dots, TALLEST), Image.Resampling.LANCZOS)
    dots = ImageOps.invert(grey).point(_cut, mode="1") if _is_drawing(grey) else _dither(grey)
    return Logo(dots.width, dots.height, dots.tobytes())


def _cut(value: int) -> int:
    return 255 if value > 127 else 0


def _is_drawing(grey: Image.Image) -> bool:
    """Mostly black and white, so that dithering would only fray the edges."""
    counts = grey.histogram()
    return sum(counts[:48]) + sum(counts[208:]) > 0.8 * sum(counts)


def _dither(grey: Image.Image) -> Image.Image:
    from PIL import Image, ImageOps

    return ImageOps.invert(grey).convert("1", dither=Image.Dither.FLOYDSTEINBERG)


def stored(logo: Logo, key: str = KEY) -> Logo:
    """The same logo, printed from the printer's own memory."""
    return replace(logo, key=key)


def define(logo: Logo, key: str = KEY) -> bytes:
    """GS ( L function 67: store the logo in the printer. Only when it changed: printers bear some ten such writes a day."""
    size = logo.width.to_bytes(2, "little") + logo.height.to_bytes(2, "little")
    body = b"0C0" + key.encode() + b"\x01" + size + b"1" + logo.data
    return b"\x1d(L" + len(body).to_bytes(2, "little") + body
