"""A keyboard on which a person presses one key at a time and a hand scanner types a whole code. Pure.

A scanner types faster than a hand and closes with Enter, and its letters are the same as the command keys. So a
character waits a moment: alone it is a key pressed, in a burst it belongs to a scanned code. The same wait makes a key
that is held down count once.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby

SETTLE = 0.07
"""Seconds of quiet after which a character stands alone. Scanners send a character every 1 to 30 ms."""
AGAIN = 0.2
"""Seconds of quiet before a key pressed a moment ago counts again: a held key repeats every 30 to 100 ms."""
REMEMBER = 1.2
"""Seconds for which a press is remembered; the first repeat of a held key comes after 250 to 660 ms."""
SCAN_ENDS = 0.5
"""Seconds of quiet after which a code is complete although the scanner sent no Enter."""
AT_ONCE = "/"
"""The key that opens a line to type in: no code begins with it, and what is typed next shall not be lost."""
SHORTEST_SCAN = 4
LONGEST_SCAN = 300


@dataclass(frozen=True, slots=True)
class Press:
    """A key that a person pressed once."""

    character: str


@dataclass(frozen=True, slots=True)
class Scan:
    """A code that a scanner typed."""

    text: str


class KeyStream:
    """Tells keys pressed by a hand from codes typed by a scanner. Times are seconds that only go up."""

    def __init__(self) -> None:
        """Begin with nothing typed."""
        self._typed: list[str] = []
        self._first = 0.0
        self._last = 0.0
        self._pressed = ""
        self._pressed_at = 0.0

    def quiet_needed(self) -> float:
        """Return for how many seconds nothing must come until what was typed is complete."""
        if self._is_scan():
            return SCAN_ENDS
        return AGAIN if self._typed and self._is_recent(self._typed[0]) else SETTLE

    def feed(self, character: str, at: float) -> list[Press | Scan]:
        r"""Take a character (`"\r"` is Enter) typed at a time; return what is now complete."""
        done = self.settle(at)
        if character == "\r":
            return done + self._flush(at)
        if not self._typed:
            if character == AT_ONCE:
                return [*done, Press(character)]
            self._first = at
        if len(self._typed) < LONGEST_SCAN:
            self._typed.append(character)
        self._last = at
        return done

    def settle(self, at: float) -> list[Press | Scan]:
        """Return what is complete when nothing more has come by a time."""
        if self._typed and at - self._last >= self.quiet_needed():
            return self._flush(at)
        return []

    def _flush(self, at: float) -> list[Press | Scan]:
        typed, scan = self._typed, self._is_scan()
        self._typed = []
        if scan:
            return [Scan("".join(typed).strip())]
        presses: list[Press | Scan] = []
        for character, run in groupby(typed):
            held = len(list(run)) > 1 and self._is_recent(character)
            if not held:
                presses.append(Press(character))
            self._pressed, self._pressed_at = character, at
        return presses

    def _is_scan(self) -> bool:
        return len(self._typed) >= SHORTEST_SCAN and len(set(self._typed)) > 1

    def _is_recent(self, character: str) -> bool:
        return character == self._pressed and self._first - self._pressed_at < REMEMBER
