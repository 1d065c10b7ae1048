"""HealthLine: one row for whoever looks after the machine; visitors read their troubles elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.reactive import reactive

from kiosk.shared.dates import short_time
from kiosk.shared.widgets import Painted
from kiosk.touch.scene import Scene

if TYPE_CHECKING:
    from kiosk.i18n import Words
    from queue_core.views import PrinterView


class HealthLine(Painted):
    """Version, connection and printer; in a demonstration how to leave."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"health--ill"}

    scene: reactive[Scene] = reactive(Scene())

    def paint(self, width: int, height: int) -> list[list[tuple[str, str]]]:  # noqa: ARG002 - one row
        """Return the row, cut to the width."""
        words, place = self.scene.words, self.scene.place
        parts = [(place.version, "")] if place.version else []
        if self.scene.offer:
            parts.append(_connection(self.scene))
        if fault := self.scene.clock_fault:
            parts.append((words(f"touch.health_clock_{fault}"), "health--ill"))
        parts += [
            (_printer(printer, words), "" if printer.state == "ok" else "health--ill")
            for printer in self.scene.printers
        ]
        row = [part for text, style in parts for part in ((" · ", ""), (text, style))][1:]
        return [row]


def _connection(scene: Scene) -> tuple[str, str]:
    """Whether the site's store answers, and if not, since when."""
    words, since = scene.words, scene.lost_since
    if scene.connected and not scene.cut_off:
        return words("touch.health_connected"), ""
    if since is None:
        return words("touch.health_cut_off"), "health--ill"
    key = "touch.health_cut_off_since" if scene.cut_off else "touch.health_away_since"
    return words(key, time=short_time(since, scene.zone.key, words.language)), "health--ill"


def _printer(printer: PrinterView, words: Words) -> str:
    """The reason where one is known, so that whoever comes to mend it need not ask; else the state."""
    return words(f"printer.{printer.reason}" if printer.reason else f"touch.health_printer_{printer.state}")
