"""One slip being composed. Imported on first use only: python-escpos takes a quarter of a second."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from escpos.capabilities import Profile
from escpos.constants import QR_ECLEVEL_M, QR_MODEL_2
from escpos.printer import Dummy

from printers.layout import Code, Words
from printers.papers import LINE_SPACING, TEAR_LINES, Paper
from printers.template import Logo
from printers.text import CODE_PAGE

if TYPE_CHECKING:
    from PIL import Image

FRAGMENT = 256
"""Rows of a picture sent at once: some printers fail on taller ones."""


class Composer(Dummy):  # type: ignore[misc]  # python-escpos ships no types
    """Collects bytes; sends only what changes from line to line."""

    def __init__(self, paper: Paper) -> None:
        super().__init__(profile=_profile(paper), magic_encode_args={"disabled": True, "encoding": CODE_PAGE})
        self._cutter = paper.cutter
        self._size, self._bold, self._reverse = (1, 1), False, False

    def begin(self, *, accents: bool) -> None:
        """ESC @ first: whatever the last job left behind is undone. Plain words need no code page."""
        self.hw("INIT")
        if accents:
            self._raw(b"\x1bt\x00")
        self.set(align="center")

    def words(self, line: Words) -> None:
        """Print one line of text."""
        if (line.wide, line.tall) != self._size:
            self._size = (line.wide, line.tall)
            self.set(custom_size=True, width=line.wide, height=line.tall)
        if line.bold != self._bold:
            self._bold = line.bold
            self.set(bold=line.bold)
        if line.reverse != self._reverse:
            self._reverse = line.reverse
            self.set(invert=line.reverse)
        self.text(line.text + "\n")

    def gap(self, dots: int) -> None:
        """Leave white. Whole lines where they fit: what a dot of ESC J measures differs by model."""
        lines, rest = divmod(dots, LINE_SPACING)
        self._raw(b"\x1bJ" + bytes((dots,)) if rest else b"\n" * lines)

    def native_code(self, line: Code) -> None:
        """Let the printer draw the QR code."""
        self.qr(line.payload, ec=QR_ECLEVEL_M, size=line.dots, model=QR_MODEL_2, native=True)

    def raster_code(self, line: Code) -> None:
        """Send the QR code as a picture just as wide as the code: the white around it is the paper's."""
        self.image(_matrix(line), impl="bitImageRaster", fragment_height=FRAGMENT)

    def picture(self, logo: Logo) -> None:
        """Print a logo: from the printer's memory where it is stored there, else as it is."""
        if logo.key:
            self._raw(b"\x1d(L\x06\x000E" + logo.key.encode() + b"\x01\x01")
        else:
            across = (logo.width + 7) // 8
            size = across.to_bytes(2, "little") + logo.height.to_bytes(2, "little")
            self._raw(b"\x1dv0\x00" + size + logo.data)

    def finish(self) -> bytes:
        """GS V 66 0: feed to the knife and cut; every printer with a knife knows it. Without one, feed to be torn off."""
        if self._cutter:
            self.cut(feed=False)
        else:
            self.print_and_feed(TEAR_LINES)
        return bytes(self.output)


def _matrix(line: Code) -> Image.Image:
    from qrcode.constants import ERROR_CORRECT_M
    from qrcode.main import QRCode

    code = QRCode(error_correction=ERROR_CORRECT_M, box_size=line.dots, border=0)
    code.add_data(line.payload)
    picture: Image.Image = code.make_image().get_image().convert("RGB")
    return picture


def _profile(paper: Paper) -> Any:
    """Our own table in python-escpos' words; its own tables are wrong for several printers."""
    profile = Profile(columns=paper.columns, features={"qrCode": True, "paperPartCut": paper.cutter})
    profile.profile_data = {
        "media": {"width": {"mm": paper.millimetres, "pixels": paper.dots}},
        "fonts": {"0": {"name": "Font A", "columns": paper.columns}},
        "codePages": {"0": CODE_PAGE.upper()},
        "features": profile.features,
        "colors": {"0": "black"},
    }
    return profile
