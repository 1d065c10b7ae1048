"""BigNumber: a number or a few letters, as large as its box allows."""

from __future__ import annotations

from textual.reactive import reactive

from kiosk.shared.widgets.painted import Painted, Row
from kiosk.shared.widgets.raster import fit


class BigNumber(Painted):
    """Draws `text` in half blocks and fits itself to the width and height it gets.

    Letters A-Z, digits, space and `- . : / +`; anything else is shown as plain text. Words stand on two
    lines where that makes them larger.
    """

    DEFAULT_CSS = """
    BigNumber {
        height: 8;
        width: 1fr;
        content-align: center middle;
        text-style: bold;
    }
    """

    text: reactive[str] = reactive("")

    def __init__(
        self,
        text: str = "",
        *,
        stack: bool = True,
        id: str | None = None,  # noqa: A002 - Textual's name
        classes: str | None = None,
    ) -> None:
        """Begin with a text; `stack` allows two lines."""
        super().__init__(id=id, classes=classes)
        self._stack = stack
        self.set_reactive(BigNumber.text, text)

    def paint(self, width: int, height: int) -> list[Row]:
        """Return the drawn text."""
        return [[(row, "")] for row in fit(self.text, width, height, stack=self._stack)]
