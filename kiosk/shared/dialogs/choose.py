"""ChooseScreen: a list to choose from by typing a part of a name, arrows and Enter, or a click."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option as ListOption

from kiosk.i18n import Words

NAME_COLUMN = 40
"""Columns of a name at the most: with a note of thirty it fits a screen of 80."""


@dataclass(frozen=True, slots=True)
class Option:
    """One thing to choose: its value, its name, and what is said of it."""

    value: str
    name: str
    note: str = ""

    def matches(self, typed: str) -> bool:
        """Say whether each typed word is somewhere in this option; spaces within a label do not matter."""
        text = f"{self.name} {self.note} {self.value}".casefold()
        packed = text.replace(" ", "")
        return all(word in text or word in packed for word in typed.casefold().split())

    def is_called(self, typed: str) -> bool:
        """Say whether this is the whole name; then it comes first."""
        return self.name.casefold().replace(" ", "") == typed.casefold().replace(" ", "")


class ChooseScreen(ModalScreen[str | None]):
    """Answers with the chosen value, with the typed text where `free` allows that, or with None."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", show=False),
        Binding("down", "move(1)", show=False),
        Binding("up", "move(-1)", show=False),
        Binding("pagedown", "move(8)", show=False),
        Binding("pageup", "move(-8)", show=False),
    ]

    def __init__(
        self, title: str, options: Sequence[Option], words: Words, *, free: bool = False, typed: str = ""
    ) -> None:
        """Offer options; `free` also takes a text that is none of them (a scanned code), `typed` begins it."""
        super().__init__()
        self._title = title
        self._options = list({option.value: option for option in options}.values())
        self._words = words
        self._free = free
        self._typed_before = typed

    def compose(self) -> ComposeResult:
        """A line to type in and the list below it."""
        with Vertical(id="dialog"):
            yield Static(self._title, id="dialog-title", markup=False)
            hint = self._words("common.type_to_filter")
            yield Input(self._typed_before, hint, id="filter", select_on_focus=False)
            yield OptionList(id="options", markup=False)
            yield Static(self._words("common.choose_keys"), id="dialog-keys", markup=False)

    def on_mount(self) -> None:
        """Show everything; typing begins at once."""
        self._fill(self._typed_before)
        self.query_one("#options").can_focus = False
        self.query_one("#filter").focus()

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        self._fill(event.value)

    @on(Input.Submitted)
    def _entered(self, event: Input.Submitted) -> None:
        options = self.query_one(OptionList)
        highlighted = options.highlighted_option
        if highlighted is not None:
            self.dismiss(highlighted.id)
        elif self._free and event.value.strip():
            self.dismiss(event.value.strip())

    @on(OptionList.OptionSelected)
    def _clicked(self, event: OptionList.OptionSelected) -> None:
        self.dismiss(event.option_id)

    def action_move(self, rows: int) -> None:
        """Move the mark; the typing stays where it is."""
        options = self.query_one(OptionList)
        if options.option_count:
            at = (options.highlighted or 0) + rows
            options.highlighted = max(0, min(options.option_count - 1, at))

    def action_leave(self) -> None:
        """Choose nothing."""
        self.dismiss(None)

    def _fill(self, typed: str) -> None:
        options = self.query_one(OptionList)
        options.clear_options()
        found = sorted((o for o in self._options if o.matches(typed)), key=lambda o: not o.is_called(typed))
        column = min(NAME_COLUMN, max((len(option.name) for option in found), default=0))
        for option in found:
            name = option.name if len(option.name) <= column else option.name[: column - 1] + "…"
            line = Content.assemble((name.ljust(column), "bold"), f"  {option.note}")
            options.add_option(ListOption(line, id=option.value))
        options.highlighted = 0 if found else None
        options.border_subtitle = "" if found else self._words("common.nothing_matches")
