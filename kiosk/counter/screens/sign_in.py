"""SignInScreen: who sits at this counter? Painted before the store is opened."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.actions import SkipAction
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Center, Vertical
from textual.message import Message
from textual.widgets import Button, Input

from kiosk.counter.desk import Desk
from kiosk.shared.staff import StaffScreen
from kiosk.shared.widgets.big_number import BigNumber
from kiosk.shared.widgets.still_text import StillText
from queue_core.errors import QueueError
from queue_core.events import Actor

if TYPE_CHECKING:
    from kiosk.shared.backend import Backend


class SignInScreen(StaffScreen[None]):
    """Name and PIN. Tells the program who signed in."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "app.quit", show=False),
        Binding("enter", "to_pin", show=False, priority=True),
        Binding("f2", "language", show=False),
        Binding("down", "app.focus_next", show=False),
        Binding("up", "app.focus_previous", show=False),
    ]

    class SignedIn(Message):
        """Somebody sits at the counter now."""

        def __init__(self, desk: Desk) -> None:
            super().__init__()
            self.desk = desk

    def __init__(self, counter: str) -> None:
        """Ask for this counter."""
        super().__init__()
        self._counter = counter
        self._backend: Backend | None = None
        self._asking = False
        self._sentence = ("counter.connecting", "")

    def compose(self) -> ComposeResult:
        """A card in the middle."""
        with Center(), Vertical(id="card"):
            yield StillText(id="card-title")
            yield BigNumber(self._counter, id="card-number")
            yield Input(id="name", max_length=40)
            yield Input(id="pin", password=True, max_length=8, restrict=r"[0-9]*")
            yield Button(id="sign-in", variant="primary")
            yield StillText(id="card-said", markup=False)
            yield StillText(id="card-demo", markup=False)
        yield StillText(id="card-keys", markup=False)

    def on_mount(self) -> None:
        """Show the words; nothing can be typed wrong before the store is there."""
        self.retranslate()
        self.query_one("#name").focus()

    def retranslate(self) -> None:
        """Write every word again."""
        words = self.words
        self.query_one("#card-title", StillText).update(words("counter.counter").upper())
        self.query_one("#name", Input).border_title = words("counter.name")
        self.query_one("#pin", Input).border_title = words("counter.pin")
        self.query_one("#sign-in", Button).label = words("counter.sign_in")
        self.query_one("#card-keys", StillText).update(words("counter.sign_in_keys"))
        demonstration = self._backend is not None and self._backend.settings.machine.demonstration
        self.query_one("#card-demo", StillText).update(
            words("counter.demonstration") if demonstration else ""
        )
        key, sentence = self._sentence
        self._say(words(key) if key else sentence)

    def connected(self, backend: Backend) -> None:
        """The store answers: go on."""
        self._backend = backend
        self._sentence = ("", "")
        self.retranslate()

    def say(self, sentence: str) -> None:
        """Show one sentence."""
        self._sentence = ("", sentence)
        self._say(sentence)

    def _say(self, sentence: str) -> None:
        self.query_one("#card-said", StillText).update(sentence)

    def action_to_pin(self) -> None:
        """Enter behind the name; before the next key is looked at, or a quick hand's PIN would be typed in the open."""
        if self.focused is not self.query_one("#name"):
            raise SkipAction
        self.set_focus(
            self.query_one("#pin")
        )  # at once; Widget.focus would wait its turn behind the next key

    @on(Input.Submitted, "#pin")
    @on(Button.Pressed, "#sign-in")
    def _submit(self) -> None:
        name = self.query_one("#name", Input).value.strip()
        pin = self.query_one("#pin", Input).value
        if self._backend is None or self._asking:
            return
        if not name or not pin:
            self.say(self.words("counter.name_and_pin"))
            self.query_one("#pin" if name else "#name").focus()
            return
        self._asking = True
        self.say(self.words("counter.checking"))
        self._sign_in(self._backend, name, pin)

    @work(thread=True, group="sign-in")
    def _sign_in(self, backend: Backend, name: str, pin: str) -> None:
        try:
            machine = Actor(machine=backend.settings.machine.id)
            staff = backend.lobby.sign_in(name, pin, needs="counter", by=machine)
            desk = Desk(backend, self._counter, staff)
            desk.open()
        except QueueError as error:
            self.app.call_from_thread(self._refused, error)
        else:
            self.app.call_from_thread(self._welcome, desk)

    def _refused(self, error: QueueError) -> None:
        self._asking = False
        self.say(self.staff_app.explain(error))
        pin = self.query_one("#pin", Input)
        pin.value = ""
        pin.focus()

    def _welcome(self, desk: Desk) -> None:
        self._asking = False
        self.query_one("#pin", Input).value = ""
        self.query_one("#name", Input).value = ""
        self.query_one("#name").focus()
        self._sentence = ("", "")
        self._say("")
        self.post_message(self.SignedIn(desk))

    def action_language(self) -> None:
        """Speak the next language."""
        self.staff_app.next_language()
        self.retranslate()
