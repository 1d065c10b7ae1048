"""The Lobby's part for supervisors: who serves what, who goes first, and what is wrong.

A person needs the role of a supervisor for each of these (NotAllowed); a script acts for its machine.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import TYPE_CHECKING

from queue_core.events import NOBODY, Actor, Favour
from queue_core.lobby import favour, moving, watch
from queue_core.lobby.desk import answered_before
from queue_core.lobby.entrance import Entrance
from queue_core.lobby.reads.curves import waiting_curve

if TYPE_CHECKING:
    from queue_core.views import AlertKind, TicketView, WaitingCurve

AlertKey = tuple["AlertKind", str]
"""Kind and subject."""


class Supervising(Entrance):
    """What a supervisor decides."""

    def move_counter(
        self,
        counter: str,
        services: Sequence[str],
        *,
        reason: str = "",
        by: Actor = NOBODY,
        request_id: str | None = None,
    ) -> tuple[str, ...]:
        """Let a counter take these services, the main one first, until the end of the day; who stands there stays.

        What `kiosk config apply` says of the counter meanwhile holds from then on.
        Raises: UnknownCounter, UnknownService, ServiceClosed when it is offered no more; ValueError for no service.
        """
        with self.turn("move_counter", by=by, request_id=request_id) as turn:
            return turn.once(
                lambda: moving.move_counter(turn, counter, services, reason), moving.moved_before
            )

    def return_counter(
        self, counter: str, *, by: Actor = NOBODY, request_id: str | None = None
    ) -> tuple[str, ...]:
        """Let a moved counter take what the catalogue gives it, and return that. Raises: UnknownCounter."""
        with self.turn("return_counter", by=by, request_id=request_id) as turn:
            return turn.once(lambda: moving.return_counter(turn, counter), moving.moved_before)

    def set_priority(
        self,
        paper: str,
        *,
        priority: bool,
        reason: Favour = Favour.OTHER,
        by: Actor = NOBODY,
        request_id: str | None = None,
    ) -> TicketView:
        """Let a visitor go first in line, or no longer; the reason is counted by the day and kept with nobody.

        Raises: UnknownTicket; IllegalMove unless the visitor waits, is held or did not come.
        """
        with self.turn("set_priority", by=by, request_id=request_id) as turn:
            return turn.once(
                lambda: favour.set_priority(turn, paper, reason, priority=priority), answered_before
            )

    def priority_reasons(self) -> Mapping[str, int]:
        """How often priority was given today, by reason (a value of Favour)."""
        with self.look() as look:
            return favour.reasons(look)

    def waiting_curve(self, *, weeks: int = 8) -> WaitingCurve:
        """How many waited at each half hour, today and in the mean of the last weekdays of this name."""
        with self.look() as look:
            return waiting_curve(look, weeks)

    def note_alerts(
        self, begun: Collection[AlertKey], ended: Collection[AlertKey], *, by: Actor = NOBODY
    ) -> None:
        """Whoever computed alerts (queue_core.alerts) says which are new to the store and which are over."""
        with self.turn("note_alerts", by=by, any_clock=True) as turn:
            watch.note(turn, begun, ended)

    def acknowledge_alerts(
        self, keys: Collection[AlertKey], *, by: Actor = NOBODY, request_id: str | None = None
    ) -> int:
        """Say that somebody knows of these alerts: they are quiet until they are told again. Returns how many were running."""
        with self.turn("acknowledge_alerts", by=by, request_id=request_id, any_clock=True) as turn:
            return turn.once(lambda: watch.acknowledge(turn, keys), lambda _turn, _event: len(keys))
