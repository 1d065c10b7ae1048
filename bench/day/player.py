"""The players: visitors who come, staff at thirty counters, and a supervisor. Chance and time are passed in."""

from __future__ import annotations

import inspect
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Protocol

from bench.day.account import Account
from queue_core import Lobby
from queue_core.errors import Refused
from queue_core.events import NOBODY, Actor
from queue_core.settings import Catalogue
from queue_core.views import EventView

VISITS, OPEN_MINUTES = 750, 420
"""A full day: so many numbers in so many minutes; whoever waits then is still served. A smaller one is as crowded, and shorter."""
HELD_MINUTES = 6
PIN = "2468"
PEOPLE = {"dewi": "visitor_desk", "ani": "counter", "sari": "supervisor"}
"""Who works here, and as what."""
FINDS_OUT = {"sign_in", "unlock"}
"""Who does these is found out by them."""
SIGN_INS = 3
"""So many sign in, and so many open the door, in one day: to compare a PIN is slow on purpose."""
DESK, SUPERVISOR = Actor("dewi", "K1"), Actor("sari", "K2")
WITH_REQUEST = frozenset(
    name
    for name, method in inspect.getmembers(Lobby, inspect.isfunction)
    if "request_id" in inspect.signature(method).parameters
)


class Chance(Protocol):
    """What Python's own `Random` has."""

    def random(self) -> float:
        """A share of 1."""
        ...

    def choice(self, seq: Sequence[str]) -> str:
        """One of them."""
        ...

    def randint(self, a: int, b: int) -> int:
        """A whole number from a to b."""
        ...


class MovingClock(Protocol):
    """A clock that the day moves on itself."""

    def __call__(self) -> datetime:
        """Return the moment."""
        ...

    def forward(self, **by: float) -> datetime:
        """Move on, such as by `seconds=5`."""
        ...


@dataclass
class Players:
    """Everybody. `minute` plays one, with one of `specials` now and then.

    `watch` is told of each call by turn before it is made, and at which counter; `look` is told of each thing done.
    """

    lobby: Lobby
    clock: MovingClock
    chance: Chance
    catalogue: Catalogue
    visits: int
    specials: Sequence[Callable[[Players, int], None]]
    watch: Callable[[str], Callable[[str], None]]
    look: Callable[[Players], None]
    done: Counter[str] = field(default_factory=Counter)
    refused: Counter[str] = field(default_factory=Counter)
    asked: dict[str, bool] = field(default_factory=dict)  # label to whether priority was asked for
    tokens: dict[str, str] = field(default_factory=dict)
    alone: bool = True  # else others do things here at the same time, such as a printer
    first_request: int = 0  # of the next day on the same store, above all of this one

    def __post_init__(self) -> None:
        self.services = [
            f"{agency.code}.{each.id}" for agency in self.catalogue.agency for each in agency.service
        ]
        self.counters = {str(each.number): each.services[0][:2] for each in self.catalogue.site[0].counter}
        self.account = Account(
            {
                counter: [service for service in self.services if service.startswith(code)]
                for counter, code in self.counters.items()
            }
        )
        self.away: dict[str, int] = {}
        self.came = 0
        self.wish = False
        self.rated = 0
        self.journeys: list[str] = []
        self._weights = [code for code in self.counters.values() for _ in range(3 if code == "AA" else 2)]
        self._free_at: dict[str, int] = {}
        self._requests, self._specials = self.first_request, 0

    @property
    def over(self) -> bool:
        """Whether all have come and nobody is under way any more."""
        if self.came < self.visits:
            return False
        going_on = {"waiting", "called", "serving", "held"}
        return not any(visit.now.status in going_on for visit in self.account.visits.values())

    def minute(self, minute: int) -> None:
        """Play one minute: who comes, what each counter does, and one thing out of the ordinary."""
        while self.came < min(self.visits, VISITS * (minute + 1) // OPEN_MINUTES + 1):
            self._arrive()
        for counter in self.counters:
            if self._free_at.get(counter, 0) <= minute:
                self._work(counter, minute)
        for _ in range(3 if self.came < self.visits else 0):
            self._specials += 1
            self.specials[self._specials % len(self.specials)](self, minute)
        self.clock.forward(seconds=60 - self.clock().second % 60)

    def do(self, verb: str, *about: object, by: Actor = NOBODY, **more: object) -> object:
        """Ask the Lobby, take in what that led to; a refusal is counted, and None. Who did it stands in the record."""
        self.clock.forward(seconds=0.2)
        return self.at_once(verb, *about, by=by, **more)

    def at_once(self, verb: str, *about: object, by: Actor = NOBODY, **more: object) -> object:
        """The same in the moment of the last one."""
        self._requests += 1
        if verb in WITH_REQUEST:
            more["request_id"] = f"d{self._requests}"
        try:
            answer = getattr(self.lobby, verb)(*about, by=by, **more)
        except Refused as error:
            self.refused[f"{verb}: {error.code}"] += 1
            return None
        self.done[verb] += 1
        told = self.listen()
        done = [event for event in told if event.kind != "hold_ended"]  # that is nobody's doing
        where = [event.staff for event in done if event.machine == by.machine]
        assert not self.alone or not done or by.staff in where or verb in FINDS_OUT, (verb, by, told)
        self.look(self)
        return answer if answer is not None else True

    def listen(self) -> Sequence[EventView]:
        """Take in the newest events."""
        events = self.lobby.events_after(self.account.seq, limit=1000)
        self.account.read(events, priority=self.wish)
        return events

    def on_offer(self) -> list[str]:
        """The services that are not closed by hand, as the account has it."""
        return [each for each in self.services if not {each, each[:2]} & self.account.shut]

    def keeps_order(self, counter: str) -> bool:
        """Whether a counter must call whoever stands first in a line: its lines have its own rule, and nobody is left to others."""
        seat, code = self.account.seats[counter], self.counters[counter]
        mine = self.account.for_counter(counter)
        return all(service[:2] == code and self.account.waiting(service) <= mine for service in seat.services)

    # ------------------------------------------------------------------ visitors
    def _arrive(self) -> None:
        """Somebody comes, and takes what there is: whoever finds one place closed goes to another."""
        self.wish = self.chance.random() < 0.2
        if self.chance.random() < 0.08:
            self.keep(self.do("start_journey", self.chance.choice(["urut", "bebas"]), priority=self.wish))
            return
        code = self.chance.choice(self._weights)
        offered = [each for each in self.services if each.startswith(code)]
        self.keep(self.do("issue", self.chance.choice(offered), priority=self.wish))

    def keep(self, issued: object) -> None:
        """Remember who has a number now; whoever was given none is none of the day's visits."""
        token, ticket = getattr(issued, "token", ""), getattr(issued, "ticket", None)
        if ticket is not None:
            self.came += 1
            self.tokens[ticket.label] = token
            self.journeys += [ticket.label] if ticket.journey else []

    def some(self, status: str, *, service: str = "") -> str | None:
        """Somebody in this state, if there is anybody."""
        found = [
            label
            for label, visit in self.account.visits.items()
            if visit.now.status == status and visit.now.service.startswith(service)
        ]
        return self.chance.choice(found) if found else None

    # ------------------------------------------------------------------ a counter
    def press(self, verb: str, counter: str, *about: object, **more: object) -> object:
        """A key at a counter."""
        return self.do(verb, counter, *about, by=Actor("ani", f"C{counter}"), **more)

    def _work(self, counter: str, minute: int) -> None:
        label = self.account.at(counter)
        self._free_at[counter] = minute + 1
        if counter in self.away:
            if minute >= self.away[counter]:
                del self.away[counter]
                self.press("open_counter", counter)
        elif label is None:
            self._next(counter, minute)
        elif self.account.visits[label].now.status == "called":
            self._called(counter, minute)
        else:
            self._serving(counter)

    def _next(self, counter: str, minute: int) -> None:
        code = self.counters[counter]
        if (held := self.some("held", service=code)) and self.chance.random() < 0.5:
            self.press("resume", counter, held)
        elif self.account.for_counter(counter):
            self._call_next(counter)
        elif self.came < self.visits and self.chance.random() < 0.02:
            self._leave(counter, minute)

    def _call_next(self, counter: str) -> None:
        self.clock.forward(seconds=0.2)
        joined = self._joined()
        check = self.watch(counter)
        called = self.at_once("call_next", counter, by=Actor("ani", f"C{counter}"))
        if called is not None and called is not True and joined == self._joined():
            check(str(getattr(called, "label", "")))
        if self.chance.random() < 0.03 and self.press("undo", counter):
            self.press("call_next", counter)

    def _joined(self) -> int:
        """How many have come to a line other than by taking a number: a call may bring that with it."""
        return self.account.kinds["leg_begun"] + self.account.kinds["hold_ended"]

    def _called(self, counter: str, minute: int) -> None:
        roll = self.chance.random()
        if roll < 0.12:
            self.press("recall", counter)
        elif roll < 0.2:
            self.press("no_show", counter)
        else:
            self.press("start", counter)
            self._free_at[counter] = minute + self.chance.randint(6, 16)

    def _serving(self, counter: str) -> None:
        roll = self.chance.random()
        if roll < 0.05:
            self.press("transfer", counter, self.chance.choice(self.on_offer()))
        elif roll < 0.07:
            self.press("transfer", counter, aim=self._another(counter))
        elif roll < 0.1:
            self.press("hold", counter, reason="fotokopi")
        elif roll < 0.14:
            self.press("hold", counter, until=self.clock() + timedelta(minutes=HELD_MINUTES))
        elif roll < 0.3:
            self._call_next(counter)
        else:
            self.press("complete", counter)
            if self.chance.random() < 0.04 and self.press("undo", counter):
                self.press("complete", counter)

    def _another(self, counter: str) -> str:
        """A counter that serves something that is on offer, but this one."""
        offered = set(self.on_offer())
        manned = [each for each in self.counters if offered.issuperset(self.account.seats[each].services)]
        return self.chance.choice([each for each in manned if each != counter])

    def _leave(self, counter: str, minute: int) -> None:
        self.away[counter] = minute + self.chance.randint(2, 8)
        if self.chance.random() < 0.5:
            self.press("pause_counter", counter, back_at=self.clock() + timedelta(minutes=5))
        else:
            self.press("close_counter", counter)
