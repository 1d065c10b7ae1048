"""The supervisor's own widgets."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Static

from kiosk.shared.widgets.big_number import BigNumber


class Figure(Vertical):
    """One sum, large, with its name below; a tone colours it."""

    def __init__(self, name: str) -> None:
        """`name` is the last part of its words' key."""
        super().__init__(id=f"figure-{name}", name=name, classes="figure")

    def compose(self) -> ComposeResult:
        """Number over caption."""
        yield BigNumber("–", stack=False)
        yield Static(classes="caption", markup=False)

    def caption(self, text: str) -> None:
        """Name it."""
        self.query_one(".caption", Static).update(text)

    def show(self, value: int, tone: str) -> None:
        """Show a number."""
        self.query_one(BigNumber).text = str(value)
        for each in ("late", "good"):
            self.set_class(each == tone, f"-{each}")
