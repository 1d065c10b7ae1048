"""HelpScreen: every key of the overview, and what it does."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen

from kiosk.shared.widgets.still_text import StillText
from kiosk.supervisor.keys import OVERVIEW, cap

if TYPE_CHECKING:
    from kiosk.i18n import Words


class HelpScreen(ModalScreen[None]):
    """Goes away with any of a few keys."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(key, "dismiss", show=False) for key in ("escape", "enter", "f1", "space")
    ]

    def __init__(self, words: Words) -> None:
        """Speak this language."""
        super().__init__()
        self._words = words

    def compose(self) -> ComposeResult:
        """One line a key."""
        words = self._words
        lines = [
            Content.assemble(
                (f"{cap(key, words):>5}  ", "bold $accent"), words(f"supervisor.help_{key.name}")
            )
            for key in OVERVIEW
        ]
        with Vertical(id="dialog"):
            yield StillText(words("supervisor.key_help"), id="dialog-title", markup=False)
            yield StillText(Content("\n").join(lines))
