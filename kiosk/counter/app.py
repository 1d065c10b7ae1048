"""CounterApp: the staff's screen at one counter."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on

from kiosk.counter.screens import SignInScreen, WorkScreen
from kiosk.shared.staff import StaffApp

if TYPE_CHECKING:
    from kiosk.shared.backend import Backend, Connect
    from queue_core.errors import QueueError


class CounterApp(StaffApp):
    """Sign in, then work; sign out, and the next person signs in."""

    CSS_PATH: ClassVar = ["../shared/staff.tcss", "counter.tcss"]

    def __init__(self, connect: Connect, counter: str) -> None:
        """Prepare for the counter with this id, such as `3`."""
        super().__init__(connect)
        self.title = f"{self.words('counter.counter')} {counter}"
        self._counter = counter
        self._sign_in = SignInScreen(counter)

    def on_mount(self) -> None:
        """Paint first, then open the store."""
        self.push_screen(self._sign_in)
        self.begin()

    def connected(self, backend: Backend) -> None:
        """Let staff sign in."""
        self._sign_in.connected(backend)

    def not_connected(self, error: QueueError) -> None:
        """Say why not."""
        self._sign_in.say(self.explain(error))

    @on(SignInScreen.SignedIn)
    def _work(self, message: SignInScreen.SignedIn) -> None:
        if self.backend is not None:
            self.push_screen(WorkScreen(message.desk, self.backend))
