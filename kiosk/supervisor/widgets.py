"""The supervisor's own widgets."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.containers import Vertical

from kiosk.shared.alerting import untold
from kiosk.shared.widgets.big_number import BigNumber
from kiosk.shared.widgets.still_text import StillText
from kiosk.supervisor.glance import alert_line

if TYPE_CHECKING:
    from datetime import datetime

    from kiosk.i18n import Words
    from kiosk.supervisor.watching import Seen


class Figure(Vertical):
    """One sum, large, with its name below; a tone colours it."""

    def __init__(self, name: str) -> None:
        """`name` is the last part of its words' key."""
        super().__init__(id=f"figure-{name}", name=name, classes="figure")

    def compose(self) -> ComposeResult:
        """Number over caption."""
        yield BigNumber("–", stack=False)
        yield StillText(classes="caption", markup=False)

    def caption(self, text: str) -> None:
        """Name it."""
        self.query_one(".caption", StillText).update(text)

    def show(self, value: int | str, tone: str) -> None:
        """Show a number, or a few letters."""
        self.query_one(BigNumber).text = str(value)
        for each in ("late", "soon", "good"):
            self.set_class(each == tone, f"-{each}")


class AlertLine(StillText):
    """The alerts in one line; it flashes once in two seconds until somebody says that they know."""

    def __init__(self) -> None:
        """Begin quiet."""
        super().__init__(id="alerts")

    def show(self, seen: Seen, now: datetime, words: Words) -> None:
        """Show a look."""
        new = bool(untold(seen.alerts))
        self.update(alert_line(seen, words, self.size.width - 2))
        self.set_class(new, "-new")
        self.set_class(new and now.second % 2 == 0, "-flash")
