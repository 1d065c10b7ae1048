"""Draw a Textual screen as a terminal would: every cell of the app, at a whole number of pixels.

Block and half-block characters become exact rectangles, as foot, kitty and VTE draw them, so that a QR code in such a
picture can be read. Everything else is set in DejaVu Sans Mono (Debian: `apt-get install fonts-dejavu-core`).
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PIL import Image, ImageDraw, ImageFont
from rich.cells import cell_len
from rich.color import Color as RichColor
from rich.style import Style

if TYPE_CHECKING:
    from textual.app import App
    from textual.strip import Strip

Rgb = tuple[int, int, int]
Box = tuple[float, float, float, float]
"""Left, top, right, bottom as shares of a cell."""

FONTS = (
    Path("/usr/share/fonts/truetype/dejavu"),
    Path("/usr/share/fonts/dejavu-sans-mono-fonts"),
    Path("/usr/share/fonts/TTF"),
)
"""Where Debian, Fedora and Arch put the font."""

DEFAULT_STYLE = Style(color="#e0e0e0", bgcolor="#121212")
_FULL: Box = (0, 0, 1, 1)
_QUADRANTS = {"UPPER LEFT": (0, 0, 0.5, 0.5), "UPPER RIGHT": (0.5, 0, 1, 0.5), "LOWER LEFT": (0, 0.5, 0.5, 1), "LOWER RIGHT": (0.5, 0.5, 1, 1)}  # fmt: skip
_EIGHTHS = {"ONE": 1, "TWO": 2, "THREE": 3, "FIVE": 5, "SIX": 6, "SEVEN": 7}
_SHARES = {"ONE QUARTER": 2, "THREE QUARTERS": 6, "HALF": 4}
_ARMS = {"LEFT": (0, 0.5), "RIGHT": (0.5, 1), "UP": (0, 0.5), "DOWN": (0.5, 1)}


class FontMissing(Exception):  # noqa: N818  what to do, not a fault
    """The font for pictures is not installed."""

    def __str__(self) -> str:
        """Say what to install."""
        return "DejaVu Sans Mono is missing; on Debian: apt-get install fonts-dejavu-core"


@dataclass(frozen=True)
class Grid:
    """The size of a cell in pixels. Even numbers keep half blocks exact; 1:2 keeps a QR code square."""

    width: int = 10
    height: int = 20

    @property
    def font_size(self) -> int:
        """The largest size at which a letter's advance (0.602 of it) fits the cell."""
        return int(self.width / 0.602)


def picture(app: App[Any], grid: Grid = Grid()) -> Image.Image:
    """Return what the app shows now, as an RGB picture of columns x rows cells."""
    # Textual tells a screen's cells only through SVG; its compositor is what that is made from.
    return draw(app.screen._compositor.render_strips(), grid)  # noqa: SLF001


def draw(strips: Sequence[Strip], grid: Grid = Grid()) -> Image.Image:
    """Return rows of cells as a picture."""
    columns = max((strip.cell_length for strip in strips), default=0)
    image = Image.new("RGB", (columns * grid.width, len(strips) * grid.height))
    brush = ImageDraw.Draw(image)
    for row, strip in enumerate(strips):
        for column, text, style in _characters(strip):
            _cell(brush, (column * grid.width, row * grid.height), text, style, grid)
    return image


def _characters(strip: Strip) -> Iterator[tuple[int, str, Style]]:
    """Each character with its column; a combining mark stays with the letter before it."""
    column = 0
    for text, style, control in strip:
        if control:
            continue
        for character in text:
            yield column, character, DEFAULT_STYLE + (style or Style.null())
            column += cell_len(character)


def _cell(brush: ImageDraw.ImageDraw, at: tuple[int, int], text: str, style: Style, grid: Grid) -> None:
    ink, ground = _colours(style)
    width = max(1, cell_len(text)) * grid.width
    brush.rectangle((*at, at[0] + width - 1, at[1] + grid.height - 1), fill=ground)
    boxes = blocks(text)
    for box in boxes:
        _rectangle(brush, at, box, grid, _mixed(ink, ground, SHADES.get(text, 1.0)))
    if not boxes and not text.isspace():
        font = _font(grid.font_size, bold=bool(style.bold))
        brush.text((at[0] + width / 2, at[1] + grid.height * 0.77), text, font=font, fill=ink, anchor="ms")
    if style.underline:
        _rectangle(brush, at, (0, 0.9, 1, 0.95), grid, ink)


def _rectangle(brush: ImageDraw.ImageDraw, at: tuple[int, int], box: Box, grid: Grid, fill: Rgb) -> None:
    left, top = at[0] + round(box[0] * grid.width), at[1] + round(box[1] * grid.height)
    right, bottom = at[0] + round(box[2] * grid.width), at[1] + round(box[3] * grid.height)
    brush.rectangle((left, top, max(left, right - 1), max(top, bottom - 1)), fill=fill)


def _colours(style: Style) -> tuple[Rgb, Rgb]:
    ink = _rgb(style.color, (224, 224, 224))
    ground = _rgb(style.bgcolor, (18, 18, 18))
    if style.reverse:
        ink, ground = ground, ink
    return (_mixed(ink, ground, 0.6) if style.dim else ink), ground


def _rgb(colour: RichColor | None, otherwise: Rgb) -> Rgb:
    return otherwise if colour is None or colour.is_default else tuple(colour.get_truecolor())  # type: ignore[return-value]


def _mixed(ink: Rgb, ground: Rgb, share: float) -> Rgb:
    red, green, blue = (round(g + (i - g) * share) for i, g in zip(ink, ground, strict=True))
    return red, green, blue


SHADES = {"░": 0.25, "▒": 0.5, "▓": 0.75}


@cache
def blocks(character: str) -> tuple[Box, ...]:
    """Return the rectangles of a block element or a plain line of a box, by its Unicode name; none for other text."""
    name = unicodedata.name(character, "") if len(character) == 1 else ""
    if character in SHADES or name == "FULL BLOCK":
        return (_FULL,)
    if name.startswith("QUADRANT "):
        return tuple(_QUADRANTS[part] for part in name.removeprefix("QUADRANT ").split(" AND "))
    if name.startswith("BOX DRAWINGS "):
        return _lines(name.removeprefix("BOX DRAWINGS "))
    return _part_of_block(name) if name.endswith(" BLOCK") else ()


def _part_of_block(name: str) -> tuple[Box, ...]:
    """LOWER THREE EIGHTHS BLOCK, LEFT HALF BLOCK, UPPER ONE EIGHTH BLOCK and the like."""
    side, _, size = name.removesuffix(" BLOCK").partition(" ")
    amount = _SHARES.get(size) or _EIGHTHS.get(size.split(" ")[0], 0)
    share = amount / 8
    sides = {"LOWER": (0, 1 - share, 1, 1), "UPPER": (0, 0, 1, share), "LEFT": (0, 0, share, 1), "RIGHT": (1 - share, 0, 1, 1)}  # fmt: skip
    return (sides[side],) if share and side in sides else ()


def _lines(name: str) -> tuple[Box, ...]:
    """Light, heavy and rounded lines, the round corners drawn square. Double and dashed ones are left to the font."""
    weight, _, rest = (
        name.removeprefix("LIGHT ARC").partition(" ") if name.startswith("LIGHT ARC") else name.partition(" ")
    )
    thick = 0.1 if weight == "HEAVY" else 0.05
    if weight not in ("LIGHT", "HEAVY", "") or any(
        word in rest for word in ("LIGHT", "HEAVY", "DASH", "DIAGONAL")
    ):
        return ()
    words = rest.replace("HORIZONTAL", "LEFT AND RIGHT").replace("VERTICAL", "UP AND DOWN").split(" AND ")
    across, along = (0.5 - thick / 2, 0.5 + thick / 2), (0.5 - thick, 0.5 + thick)
    boxes: list[Box] = []
    for word in words:
        if word not in _ARMS:
            return ()
        start, end = _ARMS[word]
        reach = (min(start, along[0]), max(end, along[1])) if len(words) > 1 else (start, end)
        flat = word in ("LEFT", "RIGHT")
        boxes.append((reach[0], across[0], reach[1], across[1]) if flat else (along[0], start, along[1], end))
    return tuple(boxes)


@cache
def _font(size: int, *, bold: bool) -> ImageFont.FreeTypeFont:
    name = "DejaVuSansMono-Bold.ttf" if bold else "DejaVuSansMono.ttf"
    found = next((folder / name for folder in FONTS if (folder / name).is_file()), None)
    if found is None:
        raise FontMissing
    return ImageFont.truetype(found, size)


def save_small(image: Image.Image, path: Path, colours: int = 48) -> int:
    """Write a picture with few colours; return its bytes."""
    few = image.quantize(colours, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
    few.save(path, optimize=True)
    return path.stat().st_size
