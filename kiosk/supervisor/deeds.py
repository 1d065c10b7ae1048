"""What a supervisor does: each deed is one Lobby call in their name, repeated safely after a lost answer."""

from __future__ import annotations

from collections.abc import Callable
from time import monotonic
from typing import TYPE_CHECKING, TypedDict

from kiosk.shared.again import Again
from queue_core.events import Actor
from queue_core.roles import satisfies

if TYPE_CHECKING:
    from kiosk.shared.backend import Backend
    from queue_core import Lobby
    from queue_core.views import StaffView

AWAY = 600.0
"""Seconds without a deed after which the PIN is asked again: the screen may look at the hall all day, unwatched."""


class Act(TypedDict):
    """The two keywords that every verb of the Lobby takes."""

    by: Actor
    request_id: str


Deed = Callable[["Lobby", Act], object]


class Deeds:
    """The Lobby as one person at this screen uses it. Blocks; call it off the event loop."""

    def __init__(self, backend: Backend, away: float = AWAY) -> None:
        """Nobody has signed in yet."""
        self._backend = backend
        self._away = away
        self._again = Again(backend.new_request_id)
        self._staff: StaffView | None = None
        self._last = 0.0

    @property
    def staff(self) -> StaffView | None:
        """Who is here; None when nobody signed in, or has done nothing for long."""
        if self._staff is not None and monotonic() - self._last > self._away:
            self._staff = None
        return self._staff

    def has(self, needs: str) -> bool:
        """Return whether somebody of at least this role is here."""
        staff = self.staff
        return staff is not None and satisfies(staff.role, needs)

    def sign_in(self, name: str, pin: str, needs: str = "supervisor") -> StaffView:
        """Return who it is. Raises: NotAllowed, and what the store raises."""
        machine = Actor(machine=self._backend.settings.machine.id)
        self._staff = self._backend.lobby.sign_in(name, pin, needs=needs, by=machine)
        self._last = monotonic()
        return self._staff

    def do(self, deed: Deed) -> object:
        """Carry a deed out, once, however often it has to be sent and asked for. Raises what the Lobby raises."""
        staff = self.staff
        assert staff is not None, "signed in before"
        self._last = monotonic()
        by, lobby = Actor(staff.id, self._backend.settings.machine.id), self._backend.lobby
        return self._again.once((by, *_what(deed)), lambda rid: deed(lobby, Act(by=by, request_id=rid)))


def _what(deed: Deed) -> tuple[object, ...]:
    """What a deed is: the same words of the program about the same things are the same deed, asked for again."""
    about = getattr(deed, "__closure__", None) or ()
    return getattr(deed, "__code__", deed), *(repr(cell.cell_contents) for cell in about)
