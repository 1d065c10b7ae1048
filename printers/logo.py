"""A picture file becomes a logo in dots, and the bytes that store one in a printer."""

from __future__ import annotations

from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from printers.errors import CannotCompose
from printers.papers import Paper
from printers.template import Logo

if TYPE_CHECKING:
    from PIL import Image

TALLEST = 120
"""15 mm: a logo is a mark, not the message."""
KINDS = ("PNG", "JPEG", "GIF", "BMP", "WEBP")
LARGEST_FILE, LARGEST_SIDE = 5_000_000, 8_000
"""Bytes, and dots either way: more is a mistake, and would keep a small computer busy."""


def load_logo(path: Path, paper: Paper) -> Logo:
    """Read a PNG or another common kind of picture, fit it on the paper and turn it into black and white.

    Drawings with few greys are cut at the middle; photographs are dithered. Transparent places are white.

    Raises: CannotCompose when `fault` finds one, or the file is damaged further in.
    """
    from PIL import Image, ImageOps

    wrong = fault(path)
    if wrong:
        message = f"the logo {path}: {wrong}"
        raise CannotCompose(message)
    try:
        with Image.open(path, formats=KINDS) as file:
            picture = file.convert("RGBA")
    except (OSError, ValueError, SyntaxError) as error:  # what Pillow raises for damaged files
        message = f"the logo {path} cannot be read: {error}"
        raise CannotCompose(message) from error
    white = Image.new("RGBA", picture.size, "white")
    grey = Image.alpha_composite(white, picture).convert("L")
    grey.thumbnail((paper.dots, TALLEST), Image.Resampling.LANCZOS)
    dots = ImageOps.invert(grey).point(_cut, mode="1") if _is_drawing(grey) else _dither(grey)
    return Logo(dots.width, dots.height, dots.tobytes())


def fault(path: Path) -> str:
    """What is wrong with this logo file: `missing`, `no_picture` or `too_big`; empty when nothing is."""
    from PIL import Image, UnidentifiedImageError

    try:
        if path.stat().st_size > LARGEST_FILE:
            return "too_big"
        with Image.open(path, formats=KINDS) as file:
            return "too_big" if max(file.size) > LARGEST_SIDE else ""
    except (FileNotFoundError, NotADirectoryError):
        return "missing"
    except Image.DecompressionBombError:
        return "too_big"
    except (OSError, UnidentifiedImageError, ValueError, SyntaxError):
        return "no_picture"


def _cut(value: int) -> int:
    return 255 if value > 127 else 0


def _is_drawing(grey: Image.Image) -> bool:
    """Mostly black and white, so that dithering would only fray the edges."""
    counts = grey.histogram()
    return sum(counts[:48]) + sum(counts[208:]) > 0.8 * sum(counts)


def _dither(grey: Image.Image) -> Image.Image:
    from PIL import Image, ImageOps

    return ImageOps.invert(grey).convert("1", dither=Image.Dither.FLOYDSTEINBERG)


def fingerprint(logo: Logo) -> str:
    """The key under which a logo is stored, and what tells it from any other: `42:9f86d081884c7d65`."""
    digest = sha256(logo.width.to_bytes(2) + logo.data).hexdigest()[:16]
    return f"{int(digest, 16) % 100:02d}:{digest}"


def stored(logo: Logo) -> Logo:
    """The same logo, printed from the printer's own memory."""
    return replace(logo, key=fingerprint(logo)[:2])


def define(logo: Logo) -> bytes:
    """GS ( L function 67: store the logo in the printer. Only when it changed: printers bear some ten such writes a day."""
    size = logo.width.to_bytes(2, "little") + logo.height.to_bytes(2, "little")
    body = b"0C0" + fingerprint(logo)[:2].encode() + b"\x01" + size + b"1" + logo.data
    return b"\x1d(L" + len(body).to_bytes(2, "little") + body


def forget(key: str) -> bytes:
    """GS ( L function 66: delete the picture of this key."""
    return b"\x1d(L\x04\x000B" + key.encode()
