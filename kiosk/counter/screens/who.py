"""WhoScreen: name and PIN of a colleague or a supervisor, asked over the work."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Input

from kiosk.i18n import Words
from kiosk.shared.widgets.still_text import StillText


class WhoScreen(ModalScreen[tuple[str, str] | None]):
    """Answers with name and PIN as they were typed, or None. Whether they are right is for the Lobby to say."""

    AUTO_FOCUS = "#who-name"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", show=False),
        Binding("down", "app.focus_next", show=False),
        Binding("up", "app.focus_previous", show=False),
    ]

    def __init__(self, title: str, words: Words) -> None:
        """Ask under a title that says what for."""
        super().__init__()
        self._title = title
        self._words = words

    def compose(self) -> ComposeResult:
        """Two lines to type in."""
        with Vertical(id="dialog"):
            yield StillText(self._title, id="dialog-title", markup=False)
            name = Input(id="who-name", max_length=40)
            name.border_title = self._words("counter.name")
            yield name
            pin = Input(id="who-pin", password=True, max_length=8, restrict=r"[0-9]*")
            pin.border_title = self._words("counter.pin")
            yield pin
            yield StillText(self._words("counter.who_keys"), id="dialog-keys", markup=False)

    @on(Input.Submitted, "#who-name")
    def _to_pin(self) -> None:
        self.set_focus(self.query_one("#who-pin"))  # at once, before a quick hand types on

    @on(Input.Submitted, "#who-pin")
    def _done(self) -> None:
        name, pin = (self.query_one(field, Input).value.strip() for field in ("#who-name", "#who-pin"))
        if name and pin:
            self.dismiss((name, pin))

    def action_leave(self) -> None:
        """Give up."""
        self.dismiss(None)
