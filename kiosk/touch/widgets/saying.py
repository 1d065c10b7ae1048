"""Say: put words on a screen, only when they are other words. Textual lays the whole screen out anew for each update."""

from __future__ import annotations

from textual.widget import Widget
from textual.widgets import Static


def say(where: Widget, name: str, text: str) -> None:
    """Show a text in the Static called `name`, unless it stands there."""
    place = where.query_one(f"#{name}", Static)
    if place.content != text:
        place.update(text)
