"""Newest: the call that everybody looks for: number, counter, agency, and a ground that flashes when it comes."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Static

from kiosk.board.calls import Call
from kiosk.i18n import Words
from kiosk.shared.widgets.big_number import BigNumber


class Newest(Vertical):
    """One call, as large as the box allows."""

    def __init__(self) -> None:
        super().__init__(id="newest")

    def compose(self) -> ComposeResult:
        """Caption, number, counter, agency."""
        yield Static(id="caption", markup=False)
        yield BigNumber(id="number")
        yield BigNumber(id="counter", stack=False)
        yield BigNumber(id="agency")

    def show(self, call: Call, words: Words) -> None:
        """Show a call."""
        self.query_one("#caption", Static).update(words("board.now"))
        self.query_one("#number", BigNumber).text = call.label
        self.query_one("#counter", BigNumber).text = words("board.counter", counter=call.counter)
        self.query_one("#agency", BigNumber).text = call.short.upper()

    def flash(self, *, on: bool) -> None:
        """Stand inverted or not."""
        self.set_class(on, "-flash")
