"""Draws the raster letters of BigNumber into kiosk/shared/widgets/glyphs.json. Run by hand when the set or the font changes.

    python bench/draw_glyphs.py [path/to/DejaVuSans-Bold.ttf]

The screens need neither Pillow nor a font at run time: they read the table. Sizes of 12 pixels and more are DejaVu Sans Bold
(Debian package fonts-dejavu-core), squeezed to the width of a ticket's label on a narrow screen and thresholded. Its licence
(Bitstream Vera, with Arev's additions; the DejaVu changes are in the public domain) allows embedding and derived forms that are
not sold by themselves under the name "Bitstream Vera". Sizes 5 and 7 are drawn by hand here: below 12 pixels a thresholded
outline cannot be read (`B042` looked like `R0M2`).

The table: {"<height in pixels>": {"<character>": [width, "one hexadecimal number a row, joined by commas"]}}.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

FONT = "/usr/share/fonts/truetype/dejavu/DejaVuSans-Bold.ttf"
OUT = Path(__file__).parent.parent / "kiosk" / "shared" / "widgets" / "glyphs.json"
CHARACTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-.:/+(),&'"
SQUEEZE = {12: 0.66, 16: 0.62, 20: 0.66, 24: 0.70}
"""Height in pixels to the share of the font's own width: `DK 003` is to fit 54 columns at 16, 40 at 12."""
DIGIT = {12: 6, 16: 8, 20: 11, 24: 14}
"""Height in pixels to the width of a digit."""
INK = 116
"""Grey (0 to 255) from which a pixel is ink."""
FINE = 16
"""Each pixel is judged from so many by so many."""

# five columns of seven bits each, the lowest bit on top
SEVEN = {
    "A": "7E1111117E", "B": "7F49494936", "C": "3E41414122", "D": "7F4141221C", "E": "7F49494941",
    "F": "7F09090901", "G": "3E4149497A", "H": "7F0808087F", "I": "417F41", "J": "304040403F",
    "K": "7F08142241", "L": "7F40404040", "M": "7F020C027F", "N": "7F0408107F", "O": "3E4141413E",
    "P": "7F09090906", "Q": "3E4151215E", "R": "7F09192946", "S": "4649494931", "T": "01017F0101",
    "U": "3F4040403F", "V": "1F2040201F", "W": "3F4038403F", "X": "6314081463", "Y": "0708700807",
    "Z": "6151494543", "0": "3E4141413E", "1": "427F40", "2": "4261514946", "3": "2141454B31",
    "4": "1814127F10", "5": "2745454539", "6": "3C4A494930", "7": "0171090503", "8": "3649494936",
    "9": "064949291E", "-": "080808", ".": "6060", ":": "3636", "/": "2010080402", "+": "08083E0808",
    "(": "1C2241", ")": "41221C", ",": "5030", "&": "3649552250", "'": "03",
}  # fmt: skip

# five rows each, the highest bit on the left
FIVE = {
    "A": "3:25755", "B": "3:65656", "C": "3:34443", "D": "3:65556", "E": "3:74647", "F": "3:74644", "G": "3:34553",
    "H": "3:55755", "I": "3:72227", "J": "3:11152", "K": "3:55655", "L": "3:44447", "M": "5:1B555", "N": "4:9DB99",
    "O": "4:69996", "P": "3:65644", "Q": "4:699B7", "R": "3:65655", "S": "3:34216", "T": "3:72222", "U": "4:99996",
    "V": "3:55552", "W": "5:555A", "X": "3:55255", "Y": "3:55222", "Z": "3:71247", "0": "3:75557", "1": "3:26227",
    "2": "3:61247", "3": "3:71317", "4": "3:55711", "5": "3:74617", "6": "3:34757", "7": "3:71122", "8": "3:75757",
    "9": "3:75716", "-": "3:00700", ".": "1:00001", ":": "1:01010", "/": "3:11244", "+": "3:02720",
    "(": "2:12221", ")": "2:21112", ",": "2:00012", "&": "4:4A4AD", "'": "1:11000",
}  # fmt: skip
WIDE_FIVE = {
    "M": (5, (0b10001, 0b11011, 0b10101, 0b10001, 0b10001)),
    "W": (5, (0b10001, 0b10001, 0b10101, 0b11011, 0b10001)),
}

Glyph = tuple[int, tuple[int, ...]]
"""Width in pixels, and one number a row; the highest bit is the left-most pixel."""


def seven(columns: str) -> Glyph:
    """Turn columns into rows."""
    bits = bytes.fromhex(columns)
    rows = tuple(
        sum(((column >> y) & 1) << (len(bits) - 1 - x) for x, column in enumerate(bits)) for y in range(7)
    )
    return len(bits), rows


def five(character: str) -> Glyph:
    """Read a row of FIVE; the two wide letters do not fit one hexadecimal digit a row."""
    if character in WIDE_FIVE:
        return WIDE_FIVE[character]
    width, rows = FIVE[character].split(":")
    return int(width), tuple(int(row, 16) for row in rows)


def outline(character: str, height: int, font_path: str) -> Glyph:
    """Draw a character large, fit its ink to whole pixels, and keep each pixel that is mostly ink."""
    font = ImageFont.truetype(
        font_path, round(height * FINE / 0.729)
    )  # 0.729: height of a capital in DejaVu Sans
    canvas = Image.new("L", (2 * height * FINE, 2 * height * FINE), 0)
    ImageDraw.Draw(canvas).text(
        (height * FINE // 2, 3 * height * FINE // 2), character, fill=255, font=font, anchor="ls"
    )
    left, top, right, bottom = canvas.getbbox() or (0, 0, 1, 1)
    if not (character.isalnum() and character != "Q"):  # these keep their place between the lines
        top, bottom = height * FINE // 2, 3 * height * FINE // 2
    ink = canvas.crop((left, top, right, bottom))
    width = max(2, round(ink.width / FINE * SQUEEZE[height]))
    if character.isdigit():
        width = DIGIT[height] - (2 if character == "1" else 0)
    small = ink.resize((width, height), Image.Resampling.BOX)
    rows = tuple(
        sum((small.getpixel((x, y)) >= INK) << (width - 1 - x) for x in range(width)) for y in range(height)
    )
    return centred(width, rows, DIGIT[height]) if character == "1" else (width, rows)


def centred(width: int, rows: tuple[int, ...], wide: int) -> Glyph:
    """Digits stand in columns of one width."""
    return wide, tuple(row << ((wide - width) // 2) for row in rows)


def main() -> None:
    """Write the table."""
    font_path = sys.argv[1] if len(sys.argv) > 1 else FONT
    table: dict[str, dict[str, Glyph]] = {
        "5": {c: five(c) for c in CHARACTERS},
        "7": {c: seven(SEVEN[c]) for c in CHARACTERS},
    }
    for height in SQUEEZE:
        table[str(height)] = {c: outline(c, height, font_path) for c in CHARACTERS}
    lines = [
        f'"{size}": {{\n'
        + ",\n".join(f"{json.dumps(c)}: {json.dumps(packed(g))}" for c, g in glyphs.items())
        + "\n}"
        for size, glyphs in table.items()
    ]
    OUT.write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="ascii")


def packed(glyph: Glyph) -> list[object]:
    """Return what is stored."""
    return [glyph[0], ",".join(f"{row:x}" for row in glyph[1])]


if __name__ == "__main__":
    main()
