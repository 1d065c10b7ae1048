"""How the lines stand that a visit might join now: what `journeys.choose_step` asks, read only when it asks."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from functools import cached_property

from queue_core.calling import Candidate
from queue_core.journeys import Prospect
from queue_core.lobby.catalogue import ServiceEntry
from queue_core.lobby.lines import places_of, who_waits
from queue_core.lobby.outlook import Outlook, read_outlook
from queue_core.lobby.turn import Turn

_NEWCOMER = "~"  # sorts after every id


class Prospects:
    """One visitor's look around, at one moment."""

    def __init__(
        self,
        turn: Turn,
        *,
        priority: bool,
        credit: Callable[[ServiceEntry], timedelta] | None = None,
        outlook: Outlook | None = None,
    ) -> None:
        """`credit` tells by how much earlier the visitor would count as having come to a service; None: not at all."""
        self._turn = turn
        self._priority = priority
        self._credit = credit
        self._outlook = outlook

    @cached_property
    def outlook(self) -> Outlook:
        """All lines and counters."""
        return self._outlook or read_outlook(self._turn)

    def opens_in(self, service: str) -> float | None:
        """Return the minutes until a service serves: 0 when it does now, None when not any more today.

        Who is in the house has a number: last numbers, quotas and a full line do not keep them from the next step.
        """
        turn = self._turn
        if not turn.catalogue.is_active(service):
            return None
        rest = turn.catalogue.schedule_of(service, turn.now)
        if rest.closes_in == 0:
            return None
        return rest.breaks[0][1] if rest.breaks and rest.breaks[0][0] == 0 else 0.0

    def prospect(self, service: str) -> Prospect:
        """Return what the visitor would meet there: people ahead as calling would have it, and the expected wait."""
        turn, entry = self._turn, self._turn.catalogue.services[service]
        since = turn.now - (self._credit(entry) if self._credit else timedelta(0))
        due = since + timedelta(minutes=entry.target_wait_minutes)
        line = who_waits(turn, (service,))
        newcomer = Candidate(_NEWCOMER, service, self._priority, since, due)
        ahead = places_of(turn, [*line, newcomer])[_NEWCOMER].position - 1
        return Prospect(self.outlook.wait(service, ahead), ahead)
