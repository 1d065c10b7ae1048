"""The Lobby's part for open and closed: what supervisors order, and a clock that staff vouch for."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from queue_core.events import NOBODY, Actor
from queue_core.lobby import clockwork, orders
from queue_core.lobby.entrance import Entrance

if TYPE_CHECKING:
    from queue_core.views import Names, OrderView, PlaceView


class Doors(Entrance):
    """Open and closed by hand. A place is a service (`DK.ktp`), an agency (`DK`), or the whole site (`*` or its id).

    All orders raise UnknownService; NotAllowed unless who acts is a supervisor (an Actor without staff is the machine
    itself, which may). They return how the place stands after them: it may still be closed for another reason.
    """

    def close_service(
        self,
        place: str,
        *,
        until: datetime | None = None,
        reason: Names | None = None,
        by: Actor = NOBODY,
        request_id: str | None = None,
    ) -> PlaceView:
        """Give out no numbers here until a moment (None: the end of the site's day). Who waits keeps the number.

        `reason` is shown to visitors, by language. Raises: ValueError unless `until` is in the future.
        """
        with self.turn("close_service", by=by, request_id=request_id) as turn:
            return turn.once(
                lambda: orders.give(turn, place, opens=False, until=until, reason=reason),
                orders.ordered_before,
            )

    def force_open(
        self,
        place: str,
        *,
        until: datetime | None = None,
        reason: Names | None = None,
        by: Actor = NOBODY,
        request_id: str | None = None,
    ) -> PlaceView:
        """Give out numbers here whatever hours, holidays and quotas say, until a moment (None: the end of the day).

        It holds against the hours of the wider levels as well, and against an older order that closed them.
        Raises: ValueError unless `until` is in the future.
        """
        with self.turn("force_open", by=by, request_id=request_id) as turn:
            return turn.once(
                lambda: orders.give(turn, place, opens=True, until=until, reason=reason),
                orders.ordered_before,
            )

    def open_service(self, place: str, *, by: Actor = NOBODY, request_id: str | None = None) -> PlaceView:
        """End what closed this place by hand: it is open again as its hours say. An order that holds it open stays."""
        with self.turn("open_service", by=by, request_id=request_id) as turn:
            return turn.once(lambda: orders.lift(turn, place, only_closed=True), orders.ordered_before)

    def lift_override(self, place: str, *, by: Actor = NOBODY, request_id: str | None = None) -> PlaceView:
        """End whatever was ordered for this place by hand."""
        with self.turn("lift_override", by=by, request_id=request_id) as turn:
            return turn.once(lambda: orders.lift(turn, place), orders.ordered_before)

    def overrides(self) -> tuple[OrderView, ...]:
        """All orders by hand that are in effect."""
        with self.look() as look:
            return orders.orders(look)

    def place(self, name: str) -> PlaceView:
        """How a service, an agency or the site stands by its own rules. Raises UnknownService."""
        with self.look() as look:
            return orders.place(look, name)

    def accept_clock(self, *, by: Actor = NOBODY, request_id: str | None = None) -> str:
        """Vouch for a clock that could not be right: it is, and all goes on from now. Return what was wrong, '' if nothing.

        Who waits on a day that has not come yet, because the clock once ran ahead, expires there. Raises: NotAllowed
        unless who acts is a supervisor; ClockSuspect for a year that cannot be.
        """
        with self.turn("accept_clock", by=by, request_id=request_id, any_clock=True) as turn:
            return turn.once(
                lambda: clockwork.accept(turn) or "", lambda _, event: str(event.data.get("fault", ""))
            )

    def clock_fault(self) -> str:
        """Why the clock cannot be right: `year`, `backwards`, `rest` or `jumped`; empty when it may be."""
        with self.look() as look:
            return look.clock_fault
