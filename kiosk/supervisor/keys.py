"""The supervisor's keys: key, name and action declared once, so the foot of the screen never disagrees with them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.binding import Binding, BindingType
from textual.content import Content

if TYPE_CHECKING:
    from kiosk.i18n import Words


@dataclass(frozen=True, slots=True)
class Key:
    """A key; `cap` is how it is called, `name` the last part of its words' key, `action` empty where a table acts."""

    key: str
    cap: str
    name: str
    action: str = ""


LANGUAGE = Key("f2", "F2", "language", "app.language")
BACK = Key("escape", "Esc", "back", "app.pop_screen")
OPEN = Key("enter", "↵", "open")
OVERVIEW = (
    Key("p", "P", "hurt", "order('hurt')"),
    Key("b", "B", "waiting", "order('waiting')"),
    Key("l", "L", "longest", "order('longest')"),
    Key("n", "N", "name", "order('name')"),
    Key("i", "I", "agencies", "group"),
    OPEN,
    Key("slash", "/", "find", "find"),
    LANGUAGE,
    Key("x", "X", "leave", "app.quit"),
)
DETAIL = (OPEN, BACK, LANGUAGE)
STORY = (BACK, LANGUAGE)


def bindings(keys: Iterable[Key]) -> list[BindingType]:
    """Return the keys that act as Textual's bindings."""
    return [Binding(key.key, key.action, show=False) for key in keys if key.action]


def foot(keys: Iterable[Key], words: Words, *, narrow: bool) -> Content:
    """Return the line at the foot of a screen."""
    parts: list[str | tuple[str, str]] = []
    for key in keys:
        gap = " " if narrow else "   "
        parts += [(key.cap, "bold $accent"), f" {words(f'supervisor.key_{key.name}')}{gap}"]
    return Content.assemble(*parts)
