"""One counter and the person who sits at it: each thing to do is one Lobby call, repeated safely after a lost answer."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kiosk.counter.commands import Do
from kiosk.counter.scanned import token_in, with_prefix
from queue_core.errors import StoreError
from queue_core.events import Actor

if TYPE_CHECKING:
    from kiosk.shared.backend import Backend
    from queue_core import Lobby
    from queue_core.views import AgencyOffer, CounterView, StaffView, TicketView

TRIES = 2
"""How often a command is sent when the store does not answer, before the person is asked to press again."""

Request = Callable[["Lobby", str, str, Actor, str], "TicketView | None"]


@dataclass(frozen=True, slots=True)
class Done:
    """What a command led to: the ticket it was about, or None."""

    do: Do
    ticket: TicketView | None


class Desk:
    """The Lobby as one counter's staff use it. Blocks; call it off the event loop, one command at a time."""

    def __init__(self, backend: Backend, counter: str, staff: StaffView) -> None:
        """Sit down at a counter."""
        self.counter = counter
        self.staff = staff
        self._lobby = backend.lobby
        self._new_request_id = backend.new_request_id
        self._by = Actor(staff.id, backend.settings.machine.id)
        self._unanswered: tuple[Do, str, str] | None = None

    def view(self) -> CounterView:
        """Read all that the screen shows."""
        return self._lobby.counter_view(self.counter)

    def beat(self) -> None:
        """Say that somebody's screen is open here."""
        self._lobby.beat(f"counter:{self.counter}")

    def open(self) -> None:
        """Say that somebody sits here, unless the counter is open or on break already."""
        if self.view().counter.state == "closed":
            self._lobby.open_counter(self.counter, by=self._by, request_id=self._new_request_id())

    def do(self, do: Do, about: str = "") -> Done:
        """Carry out a command; `about` is a label (call, resume, restore) or a service (transfer).

        When the store does not answer, the same request is sent again; when it still does not, the error is raised and
        the next `do` of the same command sends the same request_id, so that nothing happens twice.
        """
        request_id = self._request_id(do, about)
        self._unanswered = (do, about, request_id)
        for attempt in range(1, TRIES + 1):
            try:
                ticket = _REQUESTS[do](self._lobby, self.counter, about, self._by, request_id)
            except StoreError:
                if attempt == TRIES:
                    raise
            except BaseException:
                self._unanswered = None
                raise
            else:
                break
        self._unanswered = None
        return Done(do, ticket)

    def find(self, text: str) -> TicketView:
        """Return the ticket of a label, of a number of this counter's agency, or of a scanned address.

        Raises: UnknownTicket.
        """
        token = token_in(text)
        if token:
            return self._lobby.find(token)
        agencies = {service.agency for service in self.view().services} if text.strip().isdigit() else set()
        return self._lobby.find(with_prefix(text, agencies))

    def agencies(self) -> tuple[AgencyOffer, ...]:
        """Return where a visitor can be sent on to."""
        return self._lobby.offer().agencies

    def _request_id(self, do: Do, about: str) -> str:
        if self._unanswered and self._unanswered[:2] == (do, about):
            return self._unanswered[2]
        return self._new_request_id()


def _pause(lobby: Lobby, counter: str, _about: str, by: Actor, request_id: str) -> None:
    lobby.pause_counter(counter, by=by, request_id=request_id)


def _back(lobby: Lobby, counter: str, _about: str, by: Actor, request_id: str) -> None:
    lobby.open_counter(counter, by=by, request_id=request_id)


def _close(lobby: Lobby, counter: str, _about: str, by: Actor, request_id: str) -> None:
    lobby.close_counter(counter, by=by, request_id=request_id)


_REQUESTS: dict[Do, Request] = {
    Do.NEXT: lambda lobby, counter, _, by, rid: lobby.call_next(counter, by=by, request_id=rid),
    Do.CALL: lambda lobby, counter, label, by, rid: lobby.call(counter, label, by=by, request_id=rid),
    Do.RECALL: lambda lobby, counter, _, by, rid: lobby.recall(counter, by=by, request_id=rid),
    Do.START: lambda lobby, counter, _, by, rid: lobby.start(counter, by=by, request_id=rid),
    Do.COMPLETE: lambda lobby, counter, _, by, rid: lobby.complete(counter, by=by, request_id=rid),
    Do.NO_SHOW: lambda lobby, counter, _, by, rid: lobby.no_show(counter, by=by, request_id=rid),
    Do.HOLD: lambda lobby, counter, _, by, rid: lobby.hold(counter, by=by, request_id=rid),
    Do.RESUME: lambda lobby, counter, label, by, rid: lobby.resume(counter, label, by=by, request_id=rid),
    Do.TRANSFER: lambda lobby, counter, service, by, rid: lobby.transfer(
        counter, service, by=by, request_id=rid
    ),
    Do.RESTORE: lambda lobby, _, label, by, rid: lobby.restore(label, by=by, request_id=rid),
    Do.BREAK: _pause,
    Do.BACK: _back,
    Do.LEAVE: _close,
}
