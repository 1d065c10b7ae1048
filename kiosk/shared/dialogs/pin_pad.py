"""PinPad: asks for a PIN by finger or by key; shows dots, never digits."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container, Grid
from textual.screen import ModalScreen
from textual.timer import Timer
from textual.widgets import Static

from kiosk.shared.steering import steer
from kiosk.shared.widgets import Tile

if TYPE_CHECKING:
    from kiosk.i18n import Words

MOST_DIGITS = 8
IDLE_SECONDS = 30
"""Without a touch for so long the dialog goes away by itself."""

KEY_ROWS, HEADING_ROWS = 23, 4


class PinPad(ModalScreen[str | None]):
    """Dismissed with the PIN, or with None when it was given up.

    The left key of the last row takes a digit back; with none left it gives up.
    """

    AUTO_FOCUS = ""
    BINDINGS: ClassVar[list[BindingType]] = [
        *(Binding(str(digit), f"digit('{digit}')", show=False) for digit in range(10)),
        *(Binding(key, f"steer('{key}')", show=False) for key in ("up", "down", "left", "right")),
        Binding("backspace", "back", show=False),
        Binding("enter", "done", show=False),
        Binding("escape", "give_up", show=False),
    ]

    def __init__(self, heading: str, words: Words, *, said: str = "") -> None:
        """Ask under a heading; `said` is what came of the last try."""
        super().__init__()
        self._heading = heading
        self._words = words
        self._said = said
        self._pin = ""
        self._idle: Timer | None = None

    def compose(self) -> ComposeResult:
        """Heading and dots; below them the keys of a telephone."""
        with Container(id="pin-box"):
            yield Static(self._heading, id="pin-heading", markup=False)
            yield Static(id="pin-dots", markup=False)
            yield Static(self._said, id="pin-said", markup=False)
            with Grid(id="pin-keys"):
                for digit in "123456789":
                    yield _digit(digit)
                yield Tile(id="pin-back", classes="-centred")
                yield _digit("0")
                yield Tile(self._words("common.pin_done"), id="pin-done", classes="action -centred")

    def on_mount(self) -> None:
        """Wait for the first digit, but not for ever."""
        self._idle = self.set_timer(IDLE_SECONDS, self.action_give_up)
        self._show()

    def on_resize(self) -> None:
        """Leave the heading its rows on a low screen."""
        self.query_one("#pin-keys").styles.height = min(KEY_ROWS, self.app.size.height - HEADING_ROWS)

    def _show(self) -> None:
        self.query_one("#pin-dots", Static).update(" ".join("●" * len(self._pin)) or "–")
        back = "common.pin_delete" if self._pin else "common.pin_cancel"
        self.query_one("#pin-back", Tile).say(self._words(back))
        if self._idle is not None:
            self._idle.reset()

    def action_digit(self, digit: str) -> None:
        """Take one digit more."""
        self._pin = (self._pin + digit)[:MOST_DIGITS]
        self._show()

    def action_back(self) -> None:
        """Take the last digit back."""
        self._pin = self._pin[:-1]
        self._show()

    def action_done(self) -> None:
        """Give the PIN, if there is one."""
        if self._pin:
            self.dismiss(self._pin)

    def action_give_up(self) -> None:
        """Give up."""
        self.dismiss(None)

    def action_steer(self, direction: str) -> None:
        """Move the focus by an arrow key."""
        steer(self, direction)

    @on(Tile.Chosen, ".digit")
    def _typed(self, event: Tile.Chosen) -> None:
        self.action_digit(event.value)

    @on(Tile.Chosen, "#pin-back")
    def _back(self) -> None:
        if self._pin:
            self.action_back()
        else:
            self.action_give_up()

    @on(Tile.Chosen, "#pin-done")
    def _done(self) -> None:
        self.action_done()


def _digit(digit: str) -> Tile:
    tile = Tile(digit, value=digit, id=f"pin-{digit}", classes="digit -centred")
    tile.set_reactive(Tile.large, True)  # noqa: FBT003 - Textual's signature
    return tile
