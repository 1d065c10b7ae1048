"""The part of the Lobby that the counters speak to: one method for each thing that staff do."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from queue_core.events import NOBODY, Actor
from queue_core.lobby import counters, desk
from queue_core.lobby.entrance import Entrance

if TYPE_CHECKING:
    from queue_core.views import TicketView


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

    def close_counter(self, counter: str, *, by: Actor = NOBODY, request_id: str | None = None) -> None:
        """Take no more visitors. Raises: CounterBusy while a visitor stands here."""
        with self.turn("close_counter", by=by, request_id=request_id) as turn:
            turn.once(lambda: counters.close_counter(turn, counter), counters.done_before)

    def call_next(
        self, counter: str, *, by: Actor = NOBODY, request_id: str | None = None
    ) -> TicketView | None:
        """Call whose turn it is; None when nobody waits. Opens a closed counter, completes a visitor who was started.

        Raises: CounterBusy while a called visitor has not been started or marked; CounterPaused.
        """
        with self.turn("call_next", by=by, request_id=request_id) as turn:
            return turn.once(lambda: desk.call_next(turn, counter), desk.called_before)

    def call(
        self, counter: str, label: str, *, reason: str = "", by: Actor = NOBODY, request_id: str | None = None
    ) -> TicketView:
        """Call a waiting ticket out of turn. Raises: UnknownTicket, IllegalMove, CounterBusy, CounterPaused."""
        with self.turn("call", by=by, request_id=request_id) as turn:
            return turn.once(lambda: desk.call(turn, counter, label, reason), desk.answered_before)

    def recall(self, counter: str, *, by: Actor = NOBODY, request_id: str | None = None) -> TicketView:
        """Call the same visitor once more. Raises: CounterIdle, IllegalMove."""
        with self.turn("recall", by=by, request_id=request_id) as turn:
            return turn.once(lambda: desk.recall(turn, counter), desk.answered_before)

    def start(self, counter: str, *, by: Actor = NOBODY, request_id: str | None = None) -> TicketView:
        """The visitor is here and is being served. Raises: CounterIdle, IllegalMove."""
        with self.turn("start", by=by, request_id=request_id) as turn:
            return turn.once(lambda: desk.start(turn, counter), desk.answered_before)

    def complete(self, counter: str, *, by: Actor = NOBODY, request_id: str | None = None) -> TicketView:
        """The visitor is done here; a journey's next leg begins at once. Raises: CounterIdle, IllegalMove."""
        with self.turn("complete", by=by, request_id=request_id) as turn:
            return turn.once(lambda: desk.complete(turn, counter), desk.answered_before)

    def no_show(self, counter: str, *, by: Actor = NOBODY, request_id: str | None = None) -> TicketView:
        """The visitor did not come. Raises: CounterIdle, IllegalMove."""
        with self.turn("no_show", by=by, request_id=request_id) as turn:
            return turn.once(lambda: desk.no_show(turn, counter), desk.answered_before)

    def hold(
        self, counter: str, *, reason: str = "", by: Actor = NOBODY, request_id: str | None = None
    ) -> TicketView:
        """Set the visitor aside and free the counter. Raises: CounterIdle."""
        with self.turn("hold", by=by, request_id=request_id) as turn:
            return turn.once(lambda: desk.hold(turn, counter, reason), desk.answered_before)

    def resume(
        self, counter: str, label: str, *, by: Actor = NOBODY, request_id: str | None = None
    ) -> TicketView:
        """Call a held visitor to a counter that is free. Raises: UnknownTicket, IllegalMove, CounterBusy, CounterPaused."""
        with self.turn("resume", by=by, request_id=request_id) as turn:
            return turn.once(lambda: desk.resume(turn, counter, label), desk.answered_before)

    def transfer(
        self, counter: str, service: str, *, by: Actor = NOBODY, request_id: str | None = None
    ) -> TicketView:
        """Send the visitor at this counter on to another service; returns the new leg's ticket.

        The label stays, and the visitor stands in the new line by the time at which they began to wait here.
        """
        with self.turn("transfer", by=by, request_id=request_id) as turn:
            return turn.once(lambda: desk.transfer(turn, counter, service), desk.answered_before)

    def restore(self, label: str, *, by: Actor = NOBODY, request_id: str | None = None) -> TicketView:
        """Put a no-show who turned up back in line, at the place of their old waiting time."""
        with self.turn("restore", by=by, request_id=request_id) as turn:
            return turn.once(lambda: desk.restore(turn, label), desk.answered_before)
