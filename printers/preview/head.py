"""The print head: what each step does to the line in the making and to the strips of paper that have come out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from PIL import Image, ImageChops

from printers.decode import Step
from printers.errors import UnknownCommand
from printers.papers import CELL_HEIGHT, LINE_SPACING, Paper
from printers.preview.glyphs import Style, draw_glyphs, draw_qr
from printers.text import CODE_PAGE


@dataclass(frozen=True, slots=True)
class _Run:
    """Characters of one line that share a style."""

    text: bytes
    style: Style


class Head:
    """The state of a printer. `strips` are one above the other, `rows` the text, `codes` what QR codes hold."""

    def __init__(self, paper: Paper) -> None:
        self.paper = paper
        self._module, self._stored = 3, b""
        self._pictures: dict[bytes, Image.Image] = {}
        self._initialise(b"")
        self.tear_off()
        self._does: dict[str, Callable[[bytes], None]] = {
            "text": lambda data: self._line.append(_Run(data, self._style)),
            "line": self._end_line,
            "feed": lambda data: self.strips.append(self._blank(data[0])),
            "lines": lambda data: self.strips.append(self._blank(data[0] * LINE_SPACING)),
            "align": self._align,
            "page": lambda _: None,  # the decoder lets only code page 437 through
            "size": self._size,
            "bold": lambda data: self._restyle(bold=data[0] == 1),
            "reverse": lambda data: self._restyle(reverse=data[0] == 1),
            "initialise": self._initialise,
            "code": self._code,
            "raster": self._raster,
            "stored": self._stored_picture,
            "ask": lambda _: None,  # questions print nothing
        }

    def tear_off(self) -> None:
        """The knife has cut: begin a new sheet with the settings as they are."""
        self.strips: list[Image.Image] = []
        self.rows: list[str] = []
        self.codes: list[str] = []

    def take(self, step: Step) -> None:
        """Carry out one step."""
        self._does[step.name](step.data)

    def _initialise(self, _: bytes) -> None:
        self._line: list[_Run] = []
        self._centred = False
        self._style = Style()

    def _align(self, data: bytes) -> None:
        self._centred = data[0] == 1

    def _size(self, data: bytes) -> None:
        self._style = replace(self._style, wide=(data[0] >> 4) + 1, tall=(data[0] & 0x0F) + 1)

    def _restyle(self, **change: bool) -> None:
        self._style = replace(self._style, **change)

    def _end_line(self, _: bytes) -> None:
        pictures = [draw_glyphs(run.text, run.style) for run in self._line]
        tallest = max((picture.height for picture in pictures), default=CELL_HEIGHT)
        # Glyphs share their lower edge; the line's spacing is below them.
        line = Image.new("1", (sum(picture.width for picture in pictures), max(LINE_SPACING, tallest)), 1)
        left = 0
        for picture in pictures:
            line.paste(picture, (left, tallest - picture.height))
            left += picture.width
        self._place(line)
        self._write(b"".join(run.text for run in self._line).decode(CODE_PAGE))
        self._line = []

    def _code(self, data: bytes) -> None:
        """GS ( k for QR (49): 65 model, 67 size, 69 level, 80 store, 81 print."""
        function, parameters = data[:2], data[2:]
        if function == b"1C":
            self._module = parameters[0]
        elif function == b"1P":
            self._stored = parameters[1:]
        elif function == b"1Q":
            self._place(draw_qr(self._stored, self._module))
            payload = self._stored.decode()
            self.codes.append(payload)
            self._write(f"[QR {payload}]")
        elif data not in {b"1A2\0", b"1E1"}:
            raise UnknownCommand(0, data[:4])

    def _raster(self, data: bytes) -> None:
        across, height = int.from_bytes(data[:2], "little"), int.from_bytes(data[2:4], "little")
        self._place(ImageChops.invert(Image.frombytes("1", (across * 8, height), data[4:])))
        self._write(f"[{across * 8} x {height}]")

    def _stored_picture(self, data: bytes) -> None:
        """GS ( L: 67 stores a picture under a key, 69 prints it."""
        function, key = data[:2], data[3:5] if data[:2] == b"0C" else data[2:4]
        if function == b"0C":
            size = int.from_bytes(data[6:8], "little"), int.from_bytes(data[8:10], "little")
            self._pictures[key] = ImageChops.invert(Image.frombytes("1", size, data[11:]))
        elif function == b"0E":
            self._write(f"[{key.decode()}]")
            if key in self._pictures:
                self._place(self._pictures[key])
        else:
            raise UnknownCommand(0, data[:4])

    def _place(self, picture: Image.Image) -> None:
        """Print a picture as a line of its own; one too wide for the paper prints nothing."""
        strip = self._blank(picture.height)
        spare = self.paper.dots - picture.width
        if spare >= 0:
            strip.paste(picture, (spare // 2 if self._centred else 0, 0))
        self.strips.append(strip)

    def _write(self, row: str) -> None:
        self.rows.append(row.center(self.paper.columns).rstrip() if self._centred else row)

    def _blank(self, height: int) -> Image.Image:
        return Image.new("1", (self.paper.dots, height), 1)
