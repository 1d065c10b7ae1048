"""HelpScreen: what each key does, made from the table of commands."""

from __future__ import annotations

from textual import events
from textual.app import ComposeResult
from textual.containers import Grid, VerticalScroll
from textual.screen import ModalScreen

from kiosk.counter.commands import COMMANDS
from kiosk.counter.widgets.key_bar import cap_of
from kiosk.i18n import Words
from kiosk.shared.widgets.still_text import StillText


class HelpScreen(ModalScreen[None]):
    """Goes at any key or click."""

    def __init__(self, words: Words) -> None:
        """Speak a language."""
        super().__init__()
        self._words = words

    def compose(self) -> ComposeResult:
        """One line for each command: key, name, what it does."""
        words = self._words
        with VerticalScroll(id="dialog", classes="help"):
            yield StillText(words("counter.help_title"), id="dialog-title", markup=False)
            yield StillText(words("counter.help_scanner"), classes="help-more", markup=False)
            yield StillText(words("counter.help_risky"), classes="help-more", markup=False)
            with Grid(id="help"):
                for command in COMMANDS:
                    yield StillText(cap_of(command.do, words), classes="help-key", markup=False)
                    yield StillText(words(command.name_key), classes="help-name", markup=False)
                    yield StillText(words(command.help_key), markup=False)
            yield StillText(words("counter.any_key"), id="dialog-keys", markup=False)

    def on_key(self, event: events.Key) -> None:
        """Close, except while reading on."""
        if event.key not in ("up", "down", "pageup", "pagedown"):
            event.stop()
            self.dismiss(None)

    def on_click(self) -> None:
        """Close."""
        self.dismiss(None)
