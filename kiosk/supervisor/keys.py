"""The supervisor's keys: key, name and action declared once, so foot, help and keyboard never disagree.

Letters are mnemonic in Indonesian (Tutup, Geser, Warta …) and the same in every language.
"""

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
    """A key; `cap` is how it is called (empty: as `supervisor.cap_<key>` says), `name` the last part of its words' key, `action` empty where a table acts."""

    key: str
    cap: str
    name: str
    action: str = ""


LANGUAGE = Key("f2", "F2", "language", "app.language")
BACK = Key("escape", "Esc", "back", "app.pop_screen")
OPEN = Key("enter", "↵", "open")
KNOWN = Key("space", "", "known", "known")
MOVE = Key("g", "G", "move", "move")
DOORS = Key("t", "T", "doors", "doors")
FAVOUR = Key("p", "P", "favour", "favour")
OVERVIEW = (
    KNOWN,
    DOORS,
    MOVE,
    Key("w", "W", "notice", "notice"),
    Key("a", "A", "agency", "agency"),
    Key("s", "S", "slips", "slips"),
    Key("n", "N", "new", "new"),
    Key("h", "H", "usual", "usual"),
    Key("b", "B", "big", "big"),
    Key("u", "U", "order", "order"),
    Key("i", "I", "agencies", "group"),
    OPEN,
    Key("slash", "/", "find", "find"),
    Key("f1", "F1", "help", "help"),
    LANGUAGE,
    Key("x", "X", "leave", "app.quit"),
)
LINE = (OPEN, FAVOUR, MOVE, DOORS, BACK, LANGUAGE)
STORY = (
    FAVOUR,
    Key("k", "K", "restore", "restore"),
    Key("c", "C", "print", "print"),
    Key("b", "B", "cancel", "cancel"),
    BACK,
    LANGUAGE,
)
BIG = (KNOWN, BACK, LANGUAGE)
USUAL = (BACK, LANGUAGE)


def cap(key: Key, words: Words) -> str:
    """Return what stands on the key."""
    return key.cap or words(f"supervisor.cap_{key.key}")


def bindings(keys: Iterable[Key]) -> list[BindingType]:
    """Return the keys that act as Textual's bindings."""
    return [Binding(key.key, key.action, show=False) for key in keys if key.action]


def foot(keys: Iterable[Key], words: Words, width: int) -> Content:
    """Return the lines at the foot of a screen: as many as its width asks for, none broken within a key."""
    lines: list[list[str | tuple[str, str]]] = [[]]
    used = 0
    for key in keys:
        name = words(f"supervisor.key_{key.name}")
        need = len(cap(key, words)) + 1 + len(name)
        if used and used + 2 + need > width:
            lines.append([])
            used = 0
        if used:
            lines[-1].append("  ")
        lines[-1] += [(cap(key, words), "bold $accent"), f" {name}"]
        used += need + (2 if used else 0)
    return Content("\n").join([Content.assemble(*line) for line in lines])
