"""Newest: the call that everybody looks for: number, counter, agency, and a ground that flashes when it comes."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Vertical

from kiosk.board.calls import Call
from kiosk.i18n import Words
from kiosk.shared.widgets.big_number import BigNumber
from kiosk.shared.widgets.still_text import StillText


class Newest(Vertical):
    """One call, as large as the box allows."""

    def __init__(self) -> None:
        super().__init__(id="newest")
        self._caption = StillText(id="caption", markup=False)
        self._number = BigNumber(id="number")
        self._counter = BigNumber(id="counter", stack=False)
        self._agency = BigNumber(id="agency")
        self._step = BigNumber(id="step", stack=False)

    def compose(self) -> ComposeResult:
        """Caption, number, counter, agency; of a visit with several steps also at which."""
        yield self._caption
        yield self._number
        yield self._counter
        yield self._agency
        yield self._step

    def show(self, call: Call, words: Words) -> None:
        """Show a call."""
        self._caption.update(words("board.now"))
        self._number.text = call.label
        self._counter.text = words("board.counter", counter=call.counter)
        self._agency.text = call.short.upper()
        self._step.display = call.legs > 1
        self._step.text = words("board.step", leg=call.leg, legs=call.legs) if call.legs > 1 else ""

    def flash(self, *, on: bool) -> None:
        """Stand inverted or not."""
        self.set_class(on, "-flash")
