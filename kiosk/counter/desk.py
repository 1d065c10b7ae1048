"""One counter and the person who sits at it: each thing to do is one Lobby call, repeated safely after a lost answer."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from kiosk.counter.commands import Do
from kiosk.counter.scanned import token_in, with_prefix
from kiosk.shared.again import Again
from kiosk.shared.clock import soon
from queue_core.events import Actor
from queue_core.lifecycle import Action

if TYPE_CHECKING:
    from kiosk.shared.backend import Backend
    from queue_core import Lobby
    from queue_core.views import (
        AgencyLeftView,
        AgencyOffer,
        CounterSummary,
        CounterView,
        Offer,
        StaffView,
        TicketView,
    )

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
        self._again = Again(backend.new_request_id)
        self._clock = backend.clock
        self._machine = backend.settings.machine.id
        self._by = Actor(staff.id, self._machine)

    def view(self) -> CounterView:
        """Read all that the screen shows; whoever was to be back from a hold by now is first let back into the line."""
        view = self._lobby.counter_view(self.counter)
        if any(ticket.held_until and ticket.held_until <= view.at for ticket in view.held):
            self._lobby.bring_back()
            view = self._lobby.counter_view(self.counter)
        return view

    def beat(self) -> None:
        """Say that somebody's screen is open here."""
        self._lobby.beat(f"counter:{self.counter}")

    def open(self) -> None:
        """Say that somebody sits here, unless the counter is open or on break already."""
        if self.view().counter.state == "closed":
            self._again.once(
                "open", lambda rid: self._lobby.open_counter(self.counter, by=self._by, request_id=rid)
            )

    def do(self, do: Do, about: str = "") -> Done:
        """Carry out a command on a ticket, a service, or whatever it needs to be told.

        `about` is a label (resume, restore; call: with the reason on the next line), a service or `@` and a counter
        (transfer), an action (leave), or what `holding`, `pausing` and `walking_in` write.

        When the store does not answer, the same request is sent again; when it still does not, the error is raised and
        the next `do` of the same command sends the same request_id, so that nothing happens twice.
        """
        ticket = self._again.once(
            (do, about), lambda rid: _REQUESTS[do](self._lobby, self.counter, about, self._by, rid)
        )
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

    def holding(self, minutes: int | None, reason: str) -> str:
        """What `do` needs to set a visitor aside, for so many minutes or without an end."""
        until = "" if minutes is None else (self._clock() + timedelta(minutes=minutes)).isoformat()
        return f"{until} {reason}"

    def pausing(self, choice: str) -> str:
        """What `do` needs for a break: of so many minutes, or until the clock shows `13:00`.

        Raises: ValueError for what is no time, or has passed.
        """
        now = self._clock()
        if choice.isdecimal():
            return (now + timedelta(minutes=int(choice))).isoformat()
        return soon(choice, now.astimezone(ZoneInfo(self._lobby.site().time_zone))).isoformat()

    def walking_in(self, service: str, *, slip: bool, priority: bool) -> str:
        """What `do` needs to give a number to somebody without paper; the slip comes out of this machine's printer or another."""
        return f"{service}\n{self._printer() if slip else ''}\n{'1' if priority else ''}"

    def _printer(self) -> str:
        """This machine's own printer if it has one, else the first of the site."""
        known = [printer.id for printer in self._lobby.printers()]
        return self._machine if self._machine in known or not known else known[0]

    def hand_over(self, name: str, pin: str) -> None:
        """Let a colleague sign in and go on here. Raises what `sign_in` raises; then nothing has changed."""
        staff = self._lobby.sign_in(name, pin, needs="counter", by=Actor(machine=self._machine))
        by = Actor(staff.id, self._machine)
        self._again.once(
            ("hand over", by), lambda rid: self._lobby.hand_over(self.counter, by=by, request_id=rid)
        )
        self.staff, self._by = staff, by

    def restore_by_supervisor(self, label: str, name: str, pin: str) -> Done:
        """Put a late ticket back although the rules say no: a supervisor stands here and says so."""
        by = self._supervisor(name, pin)
        back = self._again.once(
            ("override", label, by),
            lambda rid: self._lobby.restore(
                label, counter=self.counter, override=True, by=by, request_id=rid
            ),
        )
        return Done(Do.RESTORE, back)

    def agency_leaves(self, choice: str, reason: str, supervisor: tuple[str, str] | None) -> AgencyLeftView:
        """Close this counter's agency for today; `choice` is the service to which its people go, or nothing.

        Raises: NotAllowed when who sits here is no supervisor and none has signed.
        """
        by = self._supervisor(*supervisor) if supervisor else self._by
        agency = self.view().counter.agency
        return self._again.once(
            ("leave", agency, choice, reason, by),
            lambda rid: self._lobby.agency_leaves(
                agency, reason=reason, move_to=choice, by=by, request_id=rid
            ),
        )

    def _supervisor(self, name: str, pin: str) -> Actor:
        staff = self._lobby.sign_in(name, pin, needs="supervisor", by=Actor(machine=self._machine))
        return Actor(staff.id, self._machine)

    def counters(self) -> tuple[CounterSummary, ...]:
        """Return the counters to which a visitor can be sent on."""
        return tuple(each for each in self._lobby.queues().counters if each.id != self.counter)

    def agencies(self) -> tuple[AgencyOffer, ...]:
        """Return where a visitor can be sent on to."""
        return self._lobby.offer().agencies

    def offer(self) -> Offer:
        """Return all that a visitor can choose, journeys too."""
        return self._lobby.offer()


def _pause(lobby: Lobby, counter: str, about: str, by: Actor, request_id: str) -> None:
    lobby.pause_counter(counter, back_at=moment_of(about), by=by, request_id=request_id)


def _back(lobby: Lobby, counter: str, _about: str, by: Actor, request_id: str) -> None:
    lobby.open_counter(counter, by=by, request_id=request_id)


def _close(lobby: Lobby, counter: str, about: str, by: Actor, request_id: str) -> None:
    lobby.close_counter(counter, settle=Action(about) if about else None, by=by, request_id=request_id)


def _call(lobby: Lobby, counter: str, about: str, by: Actor, request_id: str) -> TicketView:
    label, _, reason = about.partition("\n")
    return lobby.call(counter, label, reason=reason, by=by, request_id=request_id)


def _hold(lobby: Lobby, counter: str, about: str, by: Actor, request_id: str) -> TicketView:
    until, _, reason = about.partition(" ")
    return lobby.hold(counter, reason=reason, until=moment_of(until), by=by, request_id=request_id)


def _transfer(lobby: Lobby, counter: str, about: str, by: Actor, request_id: str) -> TicketView:
    service, _, aim = about.partition("@")
    return lobby.transfer(counter, service, aim=aim, by=by, request_id=request_id)


def _note(lobby: Lobby, _counter: str, about: str, by: Actor, request_id: str) -> TicketView:
    label, _, text = about.partition("\n")
    return lobby.note(label, text, by=by, request_id=request_id)


def _walk_in(lobby: Lobby, counter: str, about: str, by: Actor, request_id: str) -> TicketView:
    service, printer, priority = about.split("\n")
    issued = lobby.walk_in(
        counter, service, printer=printer, priority=bool(priority), by=by, request_id=request_id
    )
    return issued.ticket


def moment_of(text: str) -> datetime | None:
    """Return a moment that was written by `isoformat`; nothing is none."""
    return datetime.fromisoformat(text) if text else None


def _skip_leg(lobby: Lobby, _counter: str, about: str, by: Actor, request_id: str) -> TicketView:
    label, _, service = about.partition("\n")
    return lobby.skip_leg(label, service, by=by, request_id=request_id)


def _add_leg(lobby: Lobby, _counter: str, about: str, by: Actor, request_id: str) -> TicketView:
    label, _, service = about.partition("\n")
    return lobby.add_leg(label, service, by=by, request_id=request_id)


def _make_journey(lobby: Lobby, _counter: str, about: str, by: Actor, request_id: str) -> TicketView:
    label, _, journey = about.partition("\n")
    return lobby.make_journey(label, journey, by=by, request_id=request_id)


_REQUESTS: dict[Do, Request] = {
    Do.NEXT: lambda lobby, counter, _, by, rid: lobby.call_next(counter, by=by, request_id=rid),
    Do.CALL: _call,
    Do.RECALL: lambda lobby, counter, _, by, rid: lobby.recall(counter, by=by, request_id=rid),
    Do.START: lambda lobby, counter, _, by, rid: lobby.start(counter, by=by, request_id=rid),
    Do.COMPLETE: lambda lobby, counter, _, by, rid: lobby.complete(counter, by=by, request_id=rid),
    Do.NO_SHOW: lambda lobby, counter, _, by, rid: lobby.no_show(counter, by=by, request_id=rid),
    Do.HOLD: _hold,
    Do.RESUME: lambda lobby, counter, label, by, rid: lobby.resume(counter, label, by=by, request_id=rid),
    Do.TRANSFER: _transfer,
    Do.RESTORE: lambda lobby, counter, label, by, rid: lobby.restore(
        label, counter=counter, by=by, request_id=rid
    ),
    Do.GIVE_UP: lambda lobby, counter, label, by, rid: lobby.no_show(
        counter, label=label, by=by, request_id=rid
    ),
    Do.UNDO: lambda lobby, counter, _, by, rid: lobby.undo(counter, by=by, request_id=rid),
    Do.NOTE: _note,
    Do.WALK_IN: _walk_in,
    Do.SKIP_LEG: _skip_leg,
    Do.ADD_LEG: _add_leg,
    Do.MAKE_JOURNEY: _make_journey,
    Do.BREAK: _pause,
    Do.BACK: _back,
    Do.LEAVE: _close,
}
