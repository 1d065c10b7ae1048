"""PickScreen: a short list from which one key chooses; or one's own words, where that is allowed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option as ListOption

from kiosk.i18n import Words
from kiosk.shared.dialogs.choose import Option

OWN_WORDS = "0"
"""The key behind which one's own words are typed."""
KEYS = "123456789abcdefghijklmnopqrstuvwxyz"
"""What chooses, in the order of the options; a switch keeps its own letter."""

LONGEST = 120
"""Characters of one's own words."""


@dataclass(frozen=True, slots=True)
class Picked:
    """What was chosen: an option's value, or words that were typed; and which switches were on."""

    value: str
    typed: bool = False
    on: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Switch:
    """Something that may be wanted beside the choice: a letter turns it on and off."""

    key: str
    name: str


@dataclass(frozen=True, slots=True)
class Own:
    """The way to one's own words: how it is called, and what is said beside the line in which they are typed."""

    name: str
    hint: str


class PickScreen(ModalScreen[Picked | None]):
    """Answers with what was picked, or None. The keys are 1 to 9 in the order of the options, then letters."""

    AUTO_FOCUS = ""
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "leave", show=False)]

    def __init__(
        self,
        title: str,
        options: Sequence[Option],
        words: Words,
        *,
        own: Own | None = None,
        switches: Sequence[Switch] = (),
    ) -> None:
        """Offer options, as many as there are KEYS.

        Args:
            title: the question.
            options: what is offered.
            words: the language.
            own: the way to one's own words; without options they are asked for at once.
            switches: what may be wanted beside.
        """
        super().__init__()
        self._title = title
        keys = [key for key in KEYS if key not in {switch.key for switch in switches}]
        self._choices = dict(zip(keys, options, strict=False))
        self._words = words
        self._own = own
        self._switches = {switch.key: switch for switch in switches}
        self._on: set[str] = set()

    def compose(self) -> ComposeResult:
        """The list; below it the line for one's own words, which is hidden until it is wanted."""
        with Vertical(id="dialog"):
            yield Static(self._title, id="dialog-title", markup=False)
            yield OptionList(*self._lines(), id="options", markup=False)
            yield Input(id="own", max_length=LONGEST)
            yield Static(id="switches", markup=False)
            yield Static(self._words("common.pick_keys"), id="dialog-keys", markup=False)

    def on_mount(self) -> None:
        """Take keys at once; where there is nothing to choose from, typing begins at once."""
        self.query_one("#options").can_focus = False
        self._show_switches()
        field = self.query_one("#own", Input)
        field.display = not self._choices
        field.border_title = self._own.hint if self._own else ""
        if not self._choices:
            field.focus()

    def _lines(self) -> list[ListOption]:
        lines = [self._line(key, option) for key, option in self._choices.items()]
        if self._own and self._choices:
            lines.append(self._line(OWN_WORDS, Option("", self._own.name)))
        return lines

    @staticmethod
    def _line(key: str, option: Option) -> ListOption:
        note = f"  {option.note}" if option.note else ""
        return ListOption(Content.assemble((f"{key} ", "bold $accent"), option.name, note), id=f"pick-{key}")

    def _show_switches(self) -> None:
        line = self.query_one("#switches", Static)
        line.display = bool(self._switches)
        shown = (
            f"{each.key.upper()} [{'x' if key in self._on else ' '}] {each.name}"
            for key, each in self._switches.items()
        )
        line.update("   ".join(shown))

    def on_key(self, event: events.Key) -> None:
        """Take a choice or a switch, unless something is being typed."""
        if self.query_one("#own", Input).has_focus:
            return
        key = (event.character or "").lower()
        if key in self._switches:
            event.stop()
            self._on ^= {key}
            self._show_switches()
        elif key in self._choices or key == OWN_WORDS:
            event.stop()
            self._pick(key)

    def _pick(self, key: str) -> None:
        if key in self._choices:
            self.dismiss(Picked(self._choices[key].value, on=frozenset(self._on)))
        elif key == OWN_WORDS and self._own:
            field = self.query_one("#own", Input)
            field.display = True
            field.focus()

    @on(OptionList.OptionSelected)
    def _clicked(self, event: OptionList.OptionSelected) -> None:
        self._pick((event.option_id or "").removeprefix("pick-"))

    @on(Input.Submitted)
    def _typed(self, event: Input.Submitted) -> None:
        if event.value.strip():
            self.dismiss(Picked(event.value.strip(), typed=True, on=frozenset(self._on)))

    def action_leave(self) -> None:
        """Choose nothing."""
        self.dismiss(None)
