"""SignInDialog: name and PIN before the first deed; looking needs none."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Input

from kiosk.shared.explain import explain
from kiosk.shared.widgets.still_text import StillText
from queue_core.errors import QueueError

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from kiosk.i18n import Words
    from kiosk.supervisor.deeds import Deeds


class SignInDialog(ModalScreen[bool]):
    """Dismissed with True once somebody of the role that is needed has signed in, with False when it was given up."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", show=False),
        Binding("down", "app.focus_next", show=False),
        Binding("up", "app.focus_previous", show=False),
    ]

    def __init__(self, deeds: Deeds, words: Words, zone: ZoneInfo, needs: str) -> None:
        """Ask for the name and PIN of somebody with at least this role."""
        super().__init__()
        self._deeds = deeds
        self._words = words
        self._zone = zone
        self._needs = needs

    def compose(self) -> ComposeResult:
        """Two lines to type in, and what came of it."""
        words = self._words
        with Vertical(id="dialog"):
            yield StillText(words("supervisor.who"), id="dialog-title", markup=False)
            yield Input(id="name", placeholder=words("counter.name"), max_length=40)
            yield Input(
                id="pin", placeholder=words("counter.pin"), password=True, max_length=8, restrict=r"[0-9]*"
            )
            yield StillText(id="dialog-said", markup=False)
            yield StillText(words("supervisor.who_keys"), id="dialog-keys", markup=False)

    def on_mount(self) -> None:
        """Typing begins at once."""
        self.query_one("#name").focus()

    @on(Input.Submitted, "#name")
    def _to_pin(self) -> None:
        self.set_focus(self.query_one("#pin"))

    @on(Input.Submitted, "#pin")
    def _submit(self) -> None:
        name, pin = self.query_one("#name", Input).value.strip(), self.query_one("#pin", Input).value
        if not name or not pin:
            self._say(self._words("counter.name_and_pin"))
            return
        self._say(self._words("counter.checking"))
        self._check(name, pin)

    @work(thread=True, exclusive=True, group="sign-in")
    def _check(self, name: str, pin: str) -> None:
        try:
            self._deeds.sign_in(name, pin, self._needs)
        except QueueError as error:
            self.app.call_from_thread(self._refused, explain(error, self._words, self._zone))
        else:
            self.app.call_from_thread(self.dismiss, True)  # noqa: FBT003 - the dialog's answer

    def _refused(self, sentence: str) -> None:
        self._say(sentence)
        pin = self.query_one("#pin", Input)
        pin.value = ""
        pin.focus()

    def _say(self, sentence: str) -> None:
        self.query_one("#dialog-said", StillText).update(sentence)

    def action_leave(self) -> None:
        """Go on looking."""
        self.dismiss(False)  # noqa: FBT003 - the dialog's answer
