"""The players: visitors who come, staff at thirty counters, and a supervisor. Chance and time are passed in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Protocol

from bench.day.account import Account
from queue_core import Lobby
from queue_core.errors import Refused
from queue_core.events import Actor
from queue_core.lifecycle import Action
from queue_core.settings import Catalogue

VISITS, OPEN_MINUTES = 750, 420
"""A full day: so many numbers in so many minutes; whoever waits then is still served. A smaller one is as crowded, and shorter."""
HELD_MINUTES = 6


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
    """Everybody. `minute` plays one; `watch` is told of each call by turn before it is made, and of which lines."""

    lobby: Lobby
    clock: MovingClock
    chance: Chance
    catalogue: Catalogue
    visits: int
    watch: Callable[[Sequence[str]], Callable[[str], None]]
    done: Counter[str] = field(default_factory=Counter)
    refused: Counter[str] = field(default_factory=Counter)
    asked: dict[str, bool] = field(default_factory=dict)  # label to whether priority was asked for
    tokens: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.account = Account()
        site = self.catalogue.site[0]
        self.counters = {str(each.number): each.services[0][:2] for each in site.counter}
        self.services = [
            f"{agency.code}.{each.id}" for agency in self.catalogue.agency for each in agency.service
        ]
        self._weights = [code for code in self.counters.values() for _ in range(3 if code == "AA" else 2)]
        self._free_at: dict[str, int] = {}
        self._away: dict[str, int] = {}
        self._journeys: list[str] = []
        self._requests, self._wish = 0, False
        self._came = 0
        self._specials = 0

    @property
    def over(self) -> bool:
        """Whether all have come and nobody is under way any more."""
        if self._came < self.visits:
            return False
        going_on = {"waiting", "called", "serving", "held"}
        return not any(visit.now.status in going_on for visit in self.account.visits.values())

    def minute(self, minute: int) -> None:
        """Play one minute: who comes, what each counter does, and one thing out of the ordinary."""
        while self._came < min(self.visits, VISITS * (minute + 1) // OPEN_MINUTES + 1):
            self._came += 1
            self._arrive()
        for counter in self.counters:
            if self._free_at.get(counter, 0) <= minute:
                self._work(counter, minute)
        for _ in range(3 if self._came < self.visits else 0):
            self._specials += 1
            SPECIALS[self._specials % len(SPECIALS)](self, minute)
        self.clock.forward(seconds=60 - self.clock().second % 60)

    def do(self, verb: str, *about: object, **more: object) -> object:
        """Ask the Lobby, take in what that led to; a refusal is counted, and None."""
        self._requests += 1
        self.clock.forward(seconds=0.2)
        try:
            answer = getattr(self.lobby, verb)(*about, request_id=f"d{self._requests}", **more)
        except Refused as error:
            self.refused[f"{verb}: {error.code}"] += 1
            return None
        self.done[verb] += 1
        self.listen()
        return answer if answer is not None else True

    def listen(self) -> None:
        """Take in the newest events."""
        events = self.lobby.events_after(self.account.seq, limit=1000)
        self.account.read(events, priority=self._wish)

    # ------------------------------------------------------------------ visitors
    def _arrive(self) -> None:
        self._wish = self.chance.random() < 0.2
        if self.chance.random() < 0.08:
            started = self.do("start_journey", self.chance.choice(["urut", "bebas"]), priority=self._wish)
            self._keep(started)
            self._journeys += [ticket.label] if (ticket := getattr(started, "ticket", None)) else []
            return
        code = self.chance.choice(self._weights)
        service = self.chance.choice([each for each in self.services if each.startswith(code)])
        self._keep(self.do("issue", service, priority=self._wish))

    def _keep(self, issued: object) -> None:
        token, ticket = getattr(issued, "token", ""), getattr(issued, "ticket", None)
        if ticket is not None:
            self.tokens[ticket.label] = token

    def some(self, status: str, *, service: str = "") -> str | None:
        """Somebody in this state, if there is anybody."""
        found = [
            label
            for label, visit in self.account.visits.items()
            if visit.now.status == status and visit.now.service.startswith(service)
        ]
        return self.chance.choice(found) if found else None

    # ------------------------------------------------------------------ a counter
    def _work(self, counter: str, minute: int) -> None:
        label = self.account.at(counter)
        self._free_at[counter] = minute + 1
        if counter in self._away:
            if minute >= self._away[counter]:
                del self._away[counter]
                self.do("open_counter", counter)
        elif label is None:
            self._next(counter, minute)
        elif self.account.visits[label].now.status == "called":
            self._called(counter, minute)
        else:
            self._serving(counter)

    def _next(self, counter: str, minute: int) -> None:
        code = self.counters[counter]
        if (held := self.some("held", service=code)) and self.chance.random() < 0.5:
            self.do("resume", counter, held)
        elif any(self.account.waiting(each) for each in self.services if each.startswith(code)):
            self._call_next(counter)
        elif self._came < self.visits and self.chance.random() < 0.02:
            self._leave(counter, minute)

    def _call_next(self, counter: str) -> None:
        joined = self._joined()
        check = self.watch([each for each in self.services if each.startswith(self.counters[counter])])
        called = self.do("call_next", counter)
        if called is not None and called is not True and joined == self._joined():
            check(str(getattr(called, "label", "")))
        if self.chance.random() < 0.03 and self.do("undo", counter):
            self.do("call_next", counter)

    def _joined(self) -> int:
        """How many have come to a line other than by taking a number: a call may bring that with it."""
        return self.account.kinds["leg_begun"] + self.account.kinds["hold_ended"]

    def _called(self, counter: str, minute: int) -> None:
        roll = self.chance.random()
        if roll < 0.12:
            self.do("recall", counter)
        elif roll < 0.2:
            self.do("no_show", counter)
        else:
            self.do("start", counter)
            self._free_at[counter] = minute + self.chance.randint(6, 16)

    def _serving(self, counter: str) -> None:
        roll = self.chance.random()
        if roll < 0.07:
            self.do("transfer", counter, self.chance.choice(self.services))
        elif roll < 0.1:
            self.do("hold", counter, reason="fotokopi")
        elif roll < 0.14:
            self.do("hold", counter, until=self.clock() + timedelta(minutes=HELD_MINUTES))
        elif roll < 0.3:
            self._call_next(counter)
        else:
            self.do("complete", counter)
            if self.chance.random() < 0.04 and self.do("undo", counter):
                self.do("complete", counter)

    def _leave(self, counter: str, minute: int) -> None:
        self._away[counter] = minute + self.chance.randint(2, 8)
        if self.chance.random() < 0.5:
            self.do("pause_counter", counter, back_at=self.clock() + timedelta(minutes=5))
        else:
            self.do("close_counter", counter)

    # ------------------------------------------------------------------ out of the ordinary
    def cancel(self, _minute: int) -> None:
        """A visitor gives the number back, on the phone."""
        if label := self.some("waiting"):
            self.do("cancel", self.tokens.get(label, label))

    def step_back(self, _minute: int) -> None:
        """A visitor lets others go first."""
        if label := self.some("waiting"):
            self.do("step_back", self.tokens.get(label, label))

    def restore(self, _minute: int) -> None:
        """Somebody who missed the call is back."""
        if label := self.some("no_show"):
            self.do("restore", label)

    def give_up(self, _minute: int) -> None:
        """Somebody who was set aside never came back."""
        if label := self.some("held"):
            self.do("no_show", self.chance.choice(list(self.counters)), label=label)

    def call_by_number(self, minute: int) -> None:
        """Staff call somebody out of turn."""
        for label, visit in self.account.visits.items():
            if visit.now.status == "waiting" and (counters := self._free(visit.now.service, minute)):
                self.do("call", self.chance.choice(counters), label, reason="sakit")
                return

    def walk_in(self, _minute: int) -> None:
        """Somebody without paper stands at a counter."""
        counter, self._wish = self.chance.choice(list(self.counters)), False
        if counter not in self._away and self._came < self.visits:
            self._came += 1
            self._keep(self.do("walk_in", counter, f"{self.counters[counter]}.s1"))

    def note(self, _minute: int) -> None:
        """A remark for colleagues."""
        if label := self.some("waiting"):
            self.do("note", label, "berkas lengkap")

    def favour(self, _minute: int) -> None:
        """A supervisor gives precedence."""
        if label := self.some("waiting"):
            self.do("set_priority", label, priority=not self.account.visits[label].priority)

    def skip(self, _minute: int) -> None:
        """A step is left out."""
        going = [each for each in self._journeys if self.account.visits[each].now.status == "waiting"]
        if going:
            label = self.chance.choice(going)
            self.do("skip_leg", label, self.chance.choice(["AB.s1", self.account.visits[label].now.service]))

    def add(self, _minute: int) -> None:
        """A step is added."""
        if label := self.some("serving"):
            self.do("add_leg", label, self.chance.choice(self.services))

    def make_journey(self, _minute: int) -> None:
        """A plain ticket becomes a journey."""
        if label := self.some("serving"):
            self.do("make_journey", label, "bebas")

    def hand_over(self, _minute: int) -> None:
        """A colleague takes over a counter with whoever stands there."""
        counter = self.chance.choice(list(self.counters))
        if counter not in self._away:
            self.do("hand_over", counter, by=Actor("sari"))

    def close_with_visitor(self, minute: int) -> None:
        """A counter closes, saying what becomes of the visitor."""
        counter = self.chance.choice(list(self.counters))
        if self.account.at(counter) and counter not in self._away:
            self._away[counter] = minute + 5
            if self.do("close_counter", counter, settle=Action.HOLD) is None:
                del self._away[counter]

    def _free(self, service: str, _minute: int) -> list[str]:
        return [
            counter
            for counter, code in self.counters.items()
            if service.startswith(code) and counter not in self._away and self.account.at(counter) is None
        ]


SPECIALS: tuple[Callable[[Players, int], None], ...] = (
    Players.cancel,
    Players.step_back,
    Players.restore,
    Players.call_by_number,
    Players.walk_in,
    Players.note,
    Players.favour,
    Players.skip,
    Players.add,
    Players.make_journey,
    Players.hand_over,
    Players.give_up,
    Players.restore,
    Players.step_back,
    Players.close_with_visitor,
)
VERBS = frozenset(
    [
        "issue",
        "start_journey",
        "walk_in",
        "call_next",
        "call",
        "recall",
        "start",
        "complete",
        "no_show",
        "hold",
        "resume",
        "transfer",
        "restore",
        "cancel",
        "step_back",
        "undo",
        "note",
        "set_priority",
        "skip_leg",
        "add_leg",
        "make_journey",
        "hand_over",
        "open_counter",
        "pause_counter",
        "close_counter",
    ]
)
"""What must have been done by the end of the day."""
