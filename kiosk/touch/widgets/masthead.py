"""Masthead: whose screen this is, and what time it is."""

from __future__ import annotations

from typing import ClassVar

from textual.reactive import reactive

from kiosk.shared.dates import short_time
from kiosk.shared.widgets import Painted
from kiosk.touch.scene import Scene

Row = list[tuple[str, str]]


class Masthead(Painted):
    """One row of the place's name and the time; a second one with the motto where there is room."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"masthead--name", "masthead--motto", "masthead--time"}

    scene: reactive[Scene] = reactive(Scene())

    def paint(self, width: int, height: int) -> list[Row]:
        """Return name and time at both ends, and the motto under the name."""
        words, offer = self.scene.words, self.scene.offer
        name = words.pick(offer.site.names) if offer else words("touch.title")
        time = ""
        if offer and self.scene.at:
            time = short_time(self.scene.at, offer.site.time_zone, words.language, zone=True)
        name = name[: max(0, width - len(time) - 1)]
        rows: list[Row] = [
            [(name, "masthead--name"), (" " * (width - len(name) - len(time)), ""), (time, "masthead--time")]
        ]
        if height > 1 and offer:
            rows.append([(offer.site.motto[:width], "masthead--motto")])
        return rows
