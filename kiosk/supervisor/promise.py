"""PromiseLine: how well the announced waits held."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content

from kiosk.shared.promise import sentences
from kiosk.shared.widgets.still_text import StillText

if TYPE_CHECKING:
    from kiosk.i18n import Words
    from queue_core.views import Overview


class PromiseLine(StillText):
    """One line below the printers."""

    def __init__(self) -> None:
        """Begin empty."""
        super().__init__(id="promise")

    def show(self, overview: Overview, words: Words) -> None:
        """Say how many waits were true, today and in the last days."""
        parts: list[str | tuple[str, str]] = [(words("supervisor.promise"), "$muted")]
        for text, tone in sentences(overview, words):
            parts += ["   ", (text, f"${tone}")]
        self.update(Content.assemble(*parts))
