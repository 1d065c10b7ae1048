"""A crowd and the staff who serve it: plays a day's arrivals on a real Lobby, one event after the other."""

from __future__ import annotations

import heapq
from collections import Counter, defaultdict, deque
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kiosk.commands.day import Arrival, Chance, service_minutes
from queue_core.errors import Refused

if TYPE_CHECKING:
    from queue_core import Lobby
    from queue_core.events import Actor
    from queue_core.views import TicketView

WALK, PATIENCE, ASIDE = 0.5, 2.0, 10.0
"""Minutes to walk to the counter, until a missing visitor is given up, and that one on hold is away."""

Act = Callable[[], None]


@dataclass
class Crowd:
    """The players. `minute` is the day's time; `reach` waits until a minute has come."""

    lobby: Lobby
    by: Actor
    chance: Chance
    minutes: Mapping[str, int]
    """Expected minutes of each service."""
    counters: Mapping[str, frozenset[str]]
    """Counter to the services that it takes."""
    reach: Callable[[float], None]
    new_request_id: Callable[[], str]
    count: Counter[str] = field(default_factory=Counter)
    minute: float = 0.0

    def __post_init__(self) -> None:
        self._agenda: list[tuple[float, int, Act]] = []
        self._order = 0
        self._idle = set(self.counters)
        self._fates: dict[str, Arrival] = {}
        self._called_once: set[str] = set()
        self._back: defaultdict[str, deque[str]] = defaultdict(deque)

    def play(self, arrivals: Sequence[Arrival]) -> None:
        """Let everybody come, and serve until nobody is left."""
        for arrival in arrivals:
            self._at(arrival.minute, lambda arrival=arrival: self._arrive(arrival))  # type: ignore[misc]
        while self._agenda:
            self.minute, _, act = heapq.heappop(self._agenda)
            self.reach(self.minute)
            try:
                act()
            except Refused as error:
                self.count[f"refused {error.code}"] += 1

    @property
    def idle(self) -> list[str]:
        """Counters where nobody stands."""
        return sorted(self._idle)

    def _at(self, minute: float, act: Act) -> None:
        self._order += 1
        heapq.heappush(self._agenda, (minute, self._order, act))

    def _after(self, minutes: float, act: Act) -> None:
        self._at(self.minute + minutes, act)

    # ------------------------------------------------------------------ visitors
    def _arrive(self, arrival: Arrival) -> None:
        issued = self.lobby.issue(
            arrival.service,
            request_id=self.new_request_id(),
            language=arrival.language,
            priority=arrival.priority,
            by=self.by,
        )
        self.count["issued"] += 1
        self.count["priority"] += arrival.priority
        self._fates[issued.ticket.label] = arrival
        if arrival.fate == "cancel":
            self._after(self.chance.uniform(1, 15), lambda: self._leave(issued.ticket.label))
        self._wake(arrival.service)

    def _leave(self, label: str) -> None:
        if label not in self._called_once:
            self.lobby.cancel(label, by=self.by)
            self.count["cancelled"] += 1

    # ------------------------------------------------------------------ staff
    def _wake(self, service: str) -> None:
        """Let one idle counter that takes this service call."""
        counter = next((each for each in self.idle if service in self.counters[each]), None)
        if counter is not None:
            self._idle.discard(counter)
            self._after(0, lambda: self._next(counter))

    def _next(self, counter: str) -> None:
        """Call who was on hold here and is back, else whose turn it is."""
        if self._back[counter]:
            self._called(counter, self.lobby.resume(counter, self._back[counter].popleft(), by=self.by))
            return
        ticket = self.lobby.call_next(counter, by=self.by)
        if ticket is None:
            self._idle.add(counter)
        else:
            self._called(counter, ticket)

    def _called(self, counter: str, ticket: TicketView) -> None:
        self._called_once.add(ticket.label)
        if self._fate(ticket) == "no_show":
            self._after(PATIENCE / 2, lambda: self._recall(counter))
        else:
            self._after(WALK, lambda: self._start(counter, ticket))

    def _fate(self, ticket: TicketView) -> str:
        """What happens now to this ticket: people who wait here by other means are simply served."""
        arrival = self._fates.get(ticket.label)
        return arrival.fate if arrival is not None and ticket.leg == 1 else "served"

    def _recall(self, counter: str) -> None:
        self.lobby.recall(counter, by=self.by)
        self._after(PATIENCE / 2, lambda: self._give_up(counter))

    def _give_up(self, counter: str) -> None:
        self.lobby.no_show(counter, by=self.by)
        self.count["no_show"] += 1
        self._next(counter)

    def _start(self, counter: str, ticket: TicketView) -> None:
        self.lobby.start(counter, by=self.by)
        fate = self._fate(ticket)
        minutes = service_minutes(self.chance, self.minutes[ticket.service])
        if fate == "hold":
            self._after(minutes / 2, lambda: self._hold(counter, ticket))
        elif fate == "transfer":
            self._after(minutes, lambda: self._transfer(counter, self._fates[ticket.label].onward))
        else:
            self._after(minutes, lambda: self._complete(counter))

    def _complete(self, counter: str) -> None:
        self.lobby.complete(counter, by=self.by)
        self.count["completed"] += 1
        self._next(counter)

    def _transfer(self, counter: str, service: str) -> None:
        self.lobby.transfer(counter, service, by=self.by)
        self.count["transferred"] += 1
        self._wake(service)
        self._next(counter)

    def _hold(self, counter: str, ticket: TicketView) -> None:
        self.lobby.hold(counter, by=self.by)
        self.count["held"] += 1
        del self._fates[ticket.label]  # who comes back is served
        self._after(ASIDE, lambda: self._come_back(counter, ticket.label))
        self._next(counter)

    def _come_back(self, counter: str, label: str) -> None:
        self._back[counter].append(label)
        if counter in self._idle:
            self._idle.discard(counter)
            self._next(counter)
