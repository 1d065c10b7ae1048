"""KeyBar: every command with its key, lit when the rules allow it; a click is the same as the key."""

from __future__ import annotations

from collections.abc import Set as AbstractSet

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.message import Message

from kiosk.counter.commands import BY_DO, COMMANDS, Command, Do
from kiosk.i18n import Words
from kiosk.shared.widgets.still_text import StillText


class KeyButton(StillText):
    """One command: its key and its name."""

    class Chosen(Message):
        """The button was clicked."""

        def __init__(self, do: Do) -> None:
            super().__init__()
            self.do = do

    def __init__(self, command: Command) -> None:
        """Show a command of the table."""
        super().__init__(id=f"key-{command.do}", classes="key")
        self.command = command

    def say(self, words: Words, name_key: str, *, short: bool) -> None:
        """Write key and name; the width follows the length of the words."""
        cap = words("counter.cap_space") if self.command.key == " " else self.command.key.upper()
        name = words(name_key + "_short") if short and self.command.has_short_name else words(name_key)
        self.styles.width = f"{len(cap) + 1 + len(name)}fr"
        self.update(Content.assemble((cap, "bold $accent"), " ", name))

    def on_click(self) -> None:
        """Do what the key does."""
        self.post_message(self.Chosen(self.command.do))


class KeyBar(Horizontal):
    """All commands, in rows."""

    def compose(self) -> ComposeResult:
        """One row of buttons for each row of the table."""
        for row in sorted({command.row for command in COMMANDS}):
            with Horizontal(classes="key-row"):
                yield from (KeyButton(command) for command in COMMANDS if command.row == row)

    def say(self, words: Words, *, paused: bool, short: bool) -> None:
        """Write all names; the break's key says what it does now."""
        for button in self.query(KeyButton):
            command = button.command
            on_break = command.do is Do.BREAK and paused
            button.say(words, "counter.key_back" if on_break else command.name_key, short=short)

    def light(self, possible: AbstractSet[Do], asking: Do | None) -> None:
        """Dim what the rules would refuse; mark the command that waits for its second press."""
        for button in self.query(KeyButton):
            button.set_class(button.command.do not in possible, "-dim")
            button.set_class(button.command.do is asking, "-asking")


def cap_of(do: Do, words: Words) -> str:
    """Return how the key of a command is called."""
    key = BY_DO[do].key
    return words("counter.cap_space") if key == " " else key.upper()
