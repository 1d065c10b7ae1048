"""Characters as the printer's head draws them, and the QR codes that it draws by itself."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from PIL import Image, ImageChops

from printers.papers import CELL_HEIGHT, CELL_WIDTH

_FIRST = 0x20
_ACROSS, _DOWN = 32, 7
"""The font's picture: 32 characters across, 7 rows upright and 7 rows bold."""


@dataclass(frozen=True, slots=True)
class Style:
    """How characters look; `wide` and `tall` enlarge them."""

    wide: int = 1
    tall: int = 1
    bold: bool = False
    reverse: bool = False


def draw_glyphs(text: bytes, style: Style) -> Image.Image:
    """Copy characters of code page 437 from the font and enlarge them dot by dot."""
    row = Image.new("1", (CELL_WIDTH * len(text), CELL_HEIGHT), 1)
    for place, code in enumerate(text):
        down, across = divmod(code - _FIRST, _ACROSS)
        left, top = across * CELL_WIDTH, (down + _DOWN * style.bold) * CELL_HEIGHT
        glyph = _font().crop((left, top, left + CELL_WIDTH, top + CELL_HEIGHT))
        row.paste(glyph, (place * CELL_WIDTH, 0))
    if style.reverse:
        row = ImageChops.invert(row)
    return row.resize((row.width * style.wide, row.height * style.tall), Image.Resampling.NEAREST)


def draw_qr(payload: bytes, module: int) -> Image.Image:
    """Draw a QR code of level M, model 2, without a quiet zone: as printers do."""
    from qrcode.constants import ERROR_CORRECT_M
    from qrcode.main import QRCode

    code = QRCode(error_correction=ERROR_CORRECT_M, box_size=module, border=0)
    code.add_data(payload)
    picture: Image.Image = code.make_image().get_image().convert("1")
    return picture


@cache
def _font() -> Image.Image:
    with files("printers").joinpath("font_a.png").open("rb") as file:
        return Image.open(file).convert("1")
