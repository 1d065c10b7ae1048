"""QrCode: a QR code in half blocks, always dark on white, whatever the theme."""

from __future__ import annotations

from functools import lru_cache

from rich.segment import Segment
from rich.style import Style
from textual.geometry import Size
from textual.reactive import reactive
from textual.strip import Strip
from textual.widget import Widget

QUIET = 2
"""Light modules around the code. The standard asks for 4; 2 decode from a screen (docs/decisions) and save four columns."""
_INK = Style(color="#000000", bgcolor="#ffffff")
_HALVES = {(False, False): " ", (True, False): "▀", (False, True): "▄", (True, True): "█"}


@lru_cache(maxsize=16)
def qr_rows(payload: str, quiet: int = QUIET) -> tuple[str, ...]:
    """Return the rows of the code with its light border: black for ink, two modules a row.

    Error correction is M, which a smudged screen bears, unless L saves a size.
    """
    matrix = _matrix(payload, quiet)
    if len(matrix) % 2:
        matrix.append([False] * len(matrix))
    pairs = zip(matrix[::2], matrix[1::2], strict=True)
    return tuple("".join(_HALVES[pair] for pair in zip(*both, strict=True)) for both in pairs)


def _matrix(payload: str, quiet: int) -> list[list[bool]]:
    from qrcode.constants import ERROR_CORRECT_L, ERROR_CORRECT_M  # slow to import, and a screen paints first
    from qrcode.main import QRCode

    def modules(level: int) -> list[list[bool]]:
        code = QRCode(error_correction=level, border=quiet)
        code.add_data(payload)
        code.make(fit=True)
        return [[bool(module) for module in row] for row in code.get_matrix()]

    sturdy, small = modules(ERROR_CORRECT_M), modules(ERROR_CORRECT_L)
    return sturdy if len(sturdy) == len(small) else small


class QrCode(Widget):
    """Shows `payload`; empty shows nothing. Its size is that of the code; give it room."""

    DEFAULT_CSS = """
    QrCode {
        width: auto;
        height: auto;
    }
    """

    payload: reactive[str] = reactive("", layout=True)

    def __init__(
        self,
        payload: str = "",
        *,
        id: str | None = None,  # noqa: A002 - Textual's name
        classes: str | None = None,
    ) -> None:
        """Begin with a payload."""
        super().__init__(id=id, classes=classes)
        self.set_reactive(QrCode.payload, payload)

    @property
    def columns(self) -> int:
        """The width of the code."""
        return len(qr_rows(self.payload)[0]) if self.payload else 0

    def get_content_width(self, container: Size, viewport: Size) -> int:  # noqa: ARG002 - Textual's signature
        """Return the columns of the code."""
        return self.columns

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002 - the same
        """Return the rows of the code."""
        return len(qr_rows(self.payload)) if self.payload else 0

    def render_line(self, y: int) -> Strip:
        """Return one row of the code, black on white."""
        rows = qr_rows(self.payload) if self.payload else ()
        if not 0 <= y < len(rows):
            return Strip.blank(self.size.width, self.rich_style)
        return Strip([Segment(rows[y], _INK)]).extend_cell_length(self.size.width, self.rich_style)
