"""The part of the Lobby that the counters speak to: one method for each thing that staff do."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

from queue_core.events import NOBODY, Actor
from queue_core.lobby import counters, desk, holds, late, leaving, notes, seats, undo, visitor
from queue_core.lobby.entrance import Entrance
from queue_core.lobby.undo import remembering

if TYPE_CHECKING:
    from queue_core.lifecycle import Action
    from queue_core.lobby.turn import Turn
    from queue_core.views import AgencyLeftView, IssuedTicket, TicketView


class Desks(Entrance):
    """What is done at a counter. All raise UnknownCounter."""

    def open_counter(self, counter: str, *, by: Actor = NOBODY, request_id: str | None = None) -> None:
        """Take visitors from now on; nothing happens when it is open already."""
        with self.turn("open_counter", by=by, request_id=request_id) as turn:
            turn.once(lambda: counters.open_counter(turn, counter), counters.done_before)

    def pause_counter(
        self,
        counter: str,
        *,
        back_at: datetime | None = None,
        by: Actor = NOBODY,
        request_id: str | None = None,
    ) -> None:
        """Take a break, until `back_at` if that is known. Raises: CounterBusy while a visitor stands here."""
        with self.turn("pause_counter", by=by, request_id=request_id) as turn:
            turn.once(lambda: counters.pause_counter(turn, counter, back_at), counters.done_before)

    def close_counter(
        self,
        counter: str,
        *,
        settle: Action | None = None,
        by: Actor = NOBODY,
        request_id: str | None = None,
    ) -> None:
        """Take no more visitors; `settle` (complete, no_show, hold) says what becomes of the one who stands here.

        Raises: CounterBusy while a visitor stands here and nothing is said; IllegalMove when it cannot be that.
        """
        with self.turn("close_counter", by=by, request_id=request_id) as turn:
            turn.once(lambda: seats.close(turn, counter, settle), counters.done_before)

    def call_next(
        self, counter: str, *, by: Actor = NOBODY, request_id: str | None = None
    ) -> TicketView | None:
        """Call whose turn it is; None when nobody waits. Opens a closed counter, completes a visitor who was started.

        Raises: CounterBusy while a called visitor has not been started or marked; CounterPaused.
        """
        with self.turn("call_next", by=by, request_id=request_id) as turn:
            return turn.once(
                lambda: remembering(turn, counter, lambda: desk.call_next(turn, counter)), desk.called_before
            )

    def call(
        self, counter: str, label: str, *, reason: str = "", by: Actor = NOBODY, request_id: str | None = None
    ) -> TicketView:
        """Call a waiting ticket out of turn. Raises: UnknownTicket, IllegalMove, CounterBusy, CounterPaused."""
        with self.turn("call", by=by, request_id=request_id) as turn:
            return self._at(turn, counter, lambda: desk.call(turn, counter, label, reason))

    def recall(self, counter: str, *, by: Actor = NOBODY, request_id: str | None = None) -> TicketView:
        """Call the same visitor once more. Raises: CounterIdle, IllegalMove."""
        with self.turn("recall", by=by, request_id=request_id) as turn:
            return self._at(turn, counter, lambda: desk.recall(turn, counter))

    def start(self, counter: str, *, by: Actor = NOBODY, request_id: str | None = None) -> TicketView:
        """The visitor is here and is being served. Raises: CounterIdle, IllegalMove."""
        with self.turn("start", by=by, request_id=request_id) as turn:
            return self._at(turn, counter, lambda: desk.start(turn, counter))

    def complete(self, counter: str, *, by: Actor = NOBODY, request_id: str | None = None) -> TicketView:
        """The visitor is done here; a journey's next leg begins at once. Raises: CounterIdle, IllegalMove."""
        with self.turn("complete", by=by, request_id=request_id) as turn:
            return self._at(turn, counter, lambda: desk.complete(turn, counter))

    def no_show(
        self, counter: str, *, label: str = "", by: Actor = NOBODY, request_id: str | None = None
    ) -> TicketView:
        """The visitor did not come; with `label`, one who is on hold never came back.

        Raises: CounterIdle, UnknownTicket, IllegalMove.
        """
        with self.turn("no_show", by=by, request_id=request_id) as turn:
            if label:
                return self._at(turn, counter, lambda: holds.give_up(turn, counter, label))
            return self._at(turn, counter, lambda: desk.no_show(turn, counter))

    def hold(
        self,
        counter: str,
        *,
        reason: str = "",
        until: datetime | None = None,
        by: Actor = NOBODY,
        request_id: str | None = None,
    ) -> TicketView:
        """Set the visitor aside and free the counter; from `until` (aware) on they wait again by themselves.

        Raises: CounterIdle, IllegalMove, PersonalData.
        """
        with self.turn("hold", by=by, request_id=request_id) as turn:
            return self._at(turn, counter, lambda: holds.hold(turn, counter, reason, until))

    def bring_back(self) -> None:
        """Let those wait again who were to be back from a hold by now. Every other command does so first, too."""
        with self.turn("bring_back"):
            pass

    def resume(
        self, counter: str, label: str, *, by: Actor = NOBODY, request_id: str | None = None
    ) -> TicketView:
        """Call a held visitor to a counter that is free. Raises: UnknownTicket, IllegalMove, CounterBusy, CounterPaused."""
        with self.turn("resume", by=by, request_id=request_id) as turn:
            return self._at(turn, counter, lambda: desk.resume(turn, counter, label))

    def transfer(
        self,
        counter: str,
        service: str = "",
        *,
        aim: str = "",
        by: Actor = NOBODY,
        request_id: str | None = None,
    ) -> TicketView:
        """Send the visitor at this counter on to another service, or with `aim` to another counter; returns the new leg's ticket.

        The label stays, and the visitor stands in the new line by the time at which they began to wait here. A ticket
        that is aimed at a counter is left to it by the others of its line, as long as somebody sits there. Without a
        service it is the one that the visitor has now, if that counter takes it, else the counter's main one.

        Raises: CounterIdle, IllegalMove, UnknownService, CounterTakesNot; ServiceClosed for one that is offered no more, or
            was closed by hand for today and is served by nobody.
        """
        with self.turn("transfer", by=by, request_id=request_id) as turn:
            return self._at(turn, counter, lambda: desk.transfer(turn, counter, service, aim))

    def restore(
        self,
        label: str,
        *,
        counter: str = "",
        override: bool = False,
        by: Actor = NOBODY,
        request_id: str | None = None,
    ) -> TicketView:
        """Put a no-show who turned up back in line, where and as often as the site's rules say.

        With the `counter` at which it is done it can be taken back there.
        Raises: UnknownTicket, IllegalMove; CannotRestore unless a supervisor overrides; NotAllowed when it is none.
        """
        with self.turn("restore", by=by, request_id=request_id) as turn:
            if counter:
                return self._at(turn, counter, lambda: late.restore(turn, label, override=override))
            return turn.once(lambda: late.restore(turn, label, override=override), desk.answered_before)

    def note(self, label: str, text: str, *, by: Actor = NOBODY, request_id: str | None = None) -> TicketView:
        """Write a remark for colleagues on a visit, in place of the one before; an empty one erases it.

        Raises: UnknownTicket; PersonalData; ValueError when it has more than remarks.LONGEST characters.
        """
        with self.turn("note", by=by, request_id=request_id) as turn:
            return turn.once(lambda: notes.note(turn, label, text), desk.answered_before)

    def undo(self, counter: str, *, by: Actor = NOBODY, request_id: str | None = None) -> TicketView:
        """Take back the last action at this counter; return the ticket that it was about. Raises: CannotUndo."""
        with self.turn("undo", by=by, request_id=request_id) as turn:
            return turn.once(lambda: undo.undo(turn, counter), desk.answered_before)

    def hand_over(self, counter: str, *, by: Actor, request_id: str | None = None) -> None:
        """The counter, and the visitor under way, pass to whoever acts. Raises: CounterIdle when nobody does."""
        with self.turn("hand_over", by=by, request_id=request_id) as turn:
            turn.once(lambda: seats.hand_over(turn, counter), counters.done_before)

    def walk_in(  # noqa: PLR0913 - all but counter and service are keywords
        self,
        counter: str,
        service: str,
        *,
        request_id: str,
        priority: bool = False,
        language: str = "id",
        printer: str = "",
        by: Actor = NOBODY,
    ) -> IssuedTicket:
        """Give somebody without paper a number, and call it at once where that passes nobody.

        Raises: UnknownService, SiteClosed, ServiceClosed.
        """
        with self.turn("walk_in", by=by, request_id=request_id) as turn:
            wish = visitor.Wish(language, priority, printer)
            return turn.once(
                lambda: remembering(turn, counter, lambda: seats.walk_in(turn, counter, service, wish)),
                visitor.issued_before,
            )

    def agency_leaves(
        self,
        agency: str,
        *,
        reason: str = "",
        move_to: str = "",
        by: Actor = NOBODY,
        request_id: str | None = None,
    ) -> AgencyLeftView:
        """Close an agency for the rest of the day: tell all who wait for it, or move them to another service.

        Raises: UnknownService; ServiceClosed for a service of the same agency, or of one that has left as well; PersonalData;
            NotAllowed unless a supervisor acts.
        """
        with self.turn("agency_leaves", by=by, request_id=request_id) as turn:
            return turn.once(
                lambda: leaving.agency_leaves(turn, agency, reason, move_to), leaving.left_before
            )

    @staticmethod
    def _at(turn: Turn, counter: str, do: Callable[[], TicketView]) -> TicketView:
        """Once for each request, and so that it can be taken back."""
        return turn.once(lambda: remembering(turn, counter, do), desk.answered_before)
