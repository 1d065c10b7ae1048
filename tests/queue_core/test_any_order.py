"""Any verbs in any order, legal and illegal, on the real store, compared with a model that holds it all in memory."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import count
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import and_, select

from queue_core import Lobby, Store
from queue_core.calling import Candidate, choose_next
from queue_core.errors import (
    CounterBusy,
    CounterIdle,
    CounterPaused,
    IllegalMove,
    Refused,
    UnknownCounter,
    UnknownService,
    UnknownTicket,
)
from queue_core.hours import business_day
from queue_core.ids import id_maker
from queue_core.lifecycle import MOVES, OPEN, Action, Status
from queue_core.lobby.tables import COUNTER, NUMBER_SERIES, TICKET, VISIT
from tests.support.house import Clock, Requests, counting_bytes, small_catalogue

SERVES = {"1": ("DK.ktp",), "2": ("DK.ktp", "DK.kk", "BN.sim"), "3": ("BN.sim",)}
PROMISE = {"DK.ktp": 30, "DK.kk": 15, "BN.sim": 30}
SITES = count()

services = st.sampled_from(["DK.ktp", "DK.ktp", "DK.kk", "BN.sim", "XX.no"])
which = st.integers(0, 11)
likely = st.sampled_from([True, True, True, False])
"""Most verbs are aimed at where they are legal, else nearly all would be refused at the door."""


@dataclass
class Leg:
    """One wait, as the model has it."""

    label: str
    service: str
    priority: bool
    since: datetime
    place: int  # breaks ties, as the order of ids does
    status: Status = Status.WAITING
    counter: str | None = None
    passed: int = 0

    @property
    def due(self) -> datetime:
        return self.since + timedelta(minutes=PROMISE[self.service])


@dataclass
class Model:
    """The site in memory."""

    legs: dict[str, list[Leg]] = field(default_factory=dict)
    state: dict[str, str] = field(default_factory=lambda: dict.fromkeys(SERVES, "closed"))
    last: dict[str, int] = field(default_factory=dict)
    places: Any = field(default_factory=count)

    def newest(self, label: str) -> Leg:
        if label not in self.legs:
            raise UnknownTicket(label=label)
        return self.legs[label][-1]

    def at(self, counter: str) -> Leg | None:
        newest = (legs[-1] for legs in self.legs.values())
        here = [
            leg for leg in newest if leg.counter == counter and leg.status in {Status.CALLED, Status.SERVING}
        ]
        assert len(here) <= 1
        return here[0] if here else None

    def known(self, counter: str) -> None:
        if counter not in SERVES:
            raise UnknownCounter(counter=counter, nearest="")

    def standing(self, counter: str, action: Action) -> Leg:
        self.known(counter)
        leg = self.at(counter)
        if leg is None:
            raise CounterIdle(counter=counter, action=action.value)
        self.may(leg, action)
        return leg

    def may(self, leg: Leg, action: Action) -> None:
        if action not in MOVES[leg.status]:
            raise IllegalMove(label=leg.label, status=leg.status, action=action.value)

    def free(self, counter: str) -> None:
        if self.at(counter) is not None:
            raise CounterBusy(counter=counter)

    def unpaused(self, counter: str) -> None:
        if self.state[counter] == "paused":
            raise CounterPaused(counter=counter)

    def room(self, counter: str) -> Leg | None:
        """Who will be completed by the next call."""
        self.unpaused(counter)
        leg = self.at(counter)
        if leg is not None and leg.status == Status.CALLED:
            raise CounterBusy(counter=counter)
        return leg

    def heads(self, counter: str) -> list[Candidate]:
        waiting = [legs[-1] for legs in self.legs.values() if legs[-1].status == Status.WAITING]
        first: dict[tuple[str, bool], Leg] = {}
        for leg in sorted(waiting, key=lambda leg: (leg.since, leg.place)):
            if leg.service in SERVES[counter]:
                first.setdefault((leg.service, leg.priority), leg)
        return [
            Candidate(f"{leg.place:09d}", leg.service, leg.priority, leg.since, leg.due, leg.passed)
            for leg in first.values()
        ]

    def by_place(self, place: str) -> Leg:
        return next(leg for legs in self.legs.values() for leg in legs if leg.place == int(place))


class AnyOrder(RuleBasedStateMachine):
    """Each rule works out in the model what must happen, does it for real, and compares."""

    store: Store

    @initialize()
    def open_a_site(self) -> None:
        site, self.clock, chance = f"s{next(SITES)}", Clock(), counting_bytes()
        raw = small_catalogue().model_dump()
        raw["site"][0]["id"] = site
        self.site, self.ask, self.model = site, Requests(), Model()
        self.lobby = Lobby(self.store, site, clock=self.clock, new_id=id_maker(chance), random_bytes=chance)
        self.lobby.apply_catalogue(type(small_catalogue()).model_validate(raw))
        self.last: tuple[Callable[[], Any], Any] | None = None
        for service in ("DK.ktp", "BN.sim", "DK.ktp", "DK.kk"):
            self.come(service, priority=False)

    def counter(self, number: int, *, busy: bool) -> str:
        """One of the counters that have somebody, or have nobody; now and then one that there is not."""
        fitting = [each for each in SERVES if (self.model.at(each) is not None) == busy] or list(SERVES)
        return "9" if number == 11 else fitting[number % len(fitting)]

    def label(self, number: int, status: Status, *, likely: bool) -> str:
        """One of those in this state if likely, else anybody; now and then somebody unknown."""
        fitting = [label for label, legs in self.model.legs.items() if legs[-1].status == status]
        known = fitting if likely and fitting else sorted(self.model.legs)
        return "XX 001" if number == 11 or not known else known[number % len(known)]

    @property
    def today(self) -> date:
        return business_day(self.clock.now, "Asia/Makassar")

    def both(self, model: Callable[[], Any], real: Callable[[str], Any]) -> Any:
        """Do it in the model and for real: the same answer, or the same refusal and no change."""
        request = self.ask()
        try:
            expected = model()
        except Refused as refusal:
            seq = self.lobby.board().seq
            with pytest.raises(type(refusal)):
                real(request)
            assert self.lobby.board().seq == seq
            return None
        answer = real(request)
        self.last = (lambda: real(request), answer)
        if isinstance(expected, Leg):
            assert (answer.label, answer.status, answer.service) == (
                expected.label,
                expected.status,
                expected.service,
            )
        else:
            assert answer is None
        return answer

    # ------------------------------------------------------------------ visitors
    @rule(service=services, priority=st.booleans())
    def issue(self, service: str, priority: bool) -> None:
        self.come(service, priority=priority)

    def come(self, service: str, *, priority: bool) -> None:
        def model() -> Leg:
            if service not in PROMISE:
                raise UnknownService(service=service, nearest="")
            code = service[:2]
            self.model.last[code] = self.model.last.get(code, 0) + 1
            label = f"{code} {self.model.last[code]:03d}"
            leg = Leg(label, service, priority, self.clock.now, next(self.model.places))
            self.model.legs[label] = [leg]
            return leg

        self.both(
            model, lambda request: self.lobby.issue(service, request_id=request, priority=priority).ticket
        )

    @rule(number=which, aimed=likely, status=st.sampled_from([Status.WAITING, Status.CALLED, Status.HELD]))
    def cancel(self, number: int, aimed: bool, status: Status) -> None:
        label = self.label(number, status, likely=aimed)

        def model() -> Leg:
            leg = self.model.newest(label)
            self.model.may(leg, Action.CANCEL)
            leg.status = Status.CANCELLED
            return leg

        self.both(model, lambda request: self.lobby.cancel(label, request_id=request))

    # ------------------------------------------------------------------ calling
    @rule(number=which, busy=st.booleans())
    def call_next(self, number: int, busy: bool) -> None:
        self.press_next(self.counter(number, busy=busy))

    def press_next(self, counter: str) -> None:
        def model() -> Leg | None:
            self.model.known(counter)
            served = self.model.room(counter)
            if served is not None:
                served.status = Status.COMPLETED
            self.model.state[counter] = "open"
            choice = choose_next(self.model.heads(counter), self.clock.now)
            if choice is None:
                return None
            for place in choice.passed:
                self.model.by_place(place).passed += 1
            leg = self.model.by_place(choice.ticket)
            leg.status, leg.counter = Status.CALLED, counter
            return leg

        self.both(model, lambda request: self.lobby.call_next(counter, request_id=request))

    @rule(number=which, other=which, aimed=likely)
    def call(self, number: int, other: int, aimed: bool) -> None:
        counter, label = self.counter(number, busy=not aimed), self.label(other, Status.WAITING, likely=aimed)

        def model() -> Leg:
            self.model.known(counter)
            leg = self.model.newest(label)
            served = self.model.room(counter)
            self.model.may(leg, Action.CALL)
            if served is not None:
                served.status = Status.COMPLETED
            self.model.state[counter] = "open"
            leg.status, leg.counter = Status.CALLED, counter
            return leg

        self.both(model, lambda request: self.lobby.call(counter, label, request_id=request))

    # ------------------------------------------------------------------ at the counter
    @rule(
        steps=st.lists(st.tuples(st.sampled_from(sorted(SERVES)), st.integers(0, 5)), min_size=4, max_size=8)
    )
    def work_goes_on(self, steps: list[tuple[str, int]]) -> None:
        """Legal steps: without these, chance alone hardly ever gets a visitor to the end."""
        for counter, number in steps:
            self.step(counter, number)

    def step(self, counter: str, number: int) -> None:
        self.pass_time(number)
        leg = self.model.at(counter)
        if self.model.state[counter] == "paused":
            self.turn_counter(counter, "open")
        elif leg is None or (leg.status == Status.SERVING and number < 2):
            self.press_next(counter)
        elif number == 2:
            self.send_on(counter, "BN.sim" if leg.service == "DK.ktp" else "DK.ktp")
        else:
            may = [
                each
                for each in MOVES[leg.status]
                if each not in {Action.CANCEL, Action.EXPIRE, Action.TRANSFER}
            ]
            self.press(counter, may[number % len(may)])

    @rule(
        number=which,
        aimed=likely,
        action=st.sampled_from([Action.RECALL, Action.START, Action.COMPLETE, Action.NO_SHOW, Action.HOLD]),
    )
    def act(self, number: int, aimed: bool, action: Action) -> None:
        self.press(self.counter(number, busy=aimed), action)

    def press(self, counter: str, action: Action) -> None:
        def model() -> Leg:
            leg = self.model.standing(counter, action)
            leg.status = MOVES[leg.status][action]
            return leg

        self.both(model, lambda request: getattr(self.lobby, action.value)(counter, request_id=request))

    @rule(number=which, aimed=likely, service=services)
    def transfer(self, number: int, aimed: bool, service: str) -> None:
        self.send_on(self.counter(number, busy=aimed), service)

    def send_on(self, counter: str, service: str) -> None:
        def model() -> Leg:
            self.model.known(counter)
            if self.model.at(counter) is None:
                raise CounterIdle(counter=counter)
            if service not in PROMISE:
                raise UnknownService(service=service, nearest="")
            old = self.model.standing(counter, Action.TRANSFER)
            old.status = Status.TRANSFERRED
            new = Leg(old.label, service, old.priority, old.since, next(self.model.places))
            self.model.legs[old.label].append(new)
            return new

        self.both(model, lambda request: self.lobby.transfer(counter, service, request_id=request))

    @rule(number=which, other=which, aimed=likely)
    def resume(self, number: int, other: int, aimed: bool) -> None:
        counter, label = self.counter(number, busy=not aimed), self.label(other, Status.HELD, likely=aimed)

        def model() -> Leg:
            self.model.known(counter)
            leg = self.model.newest(label)
            self.model.free(counter)
            self.model.unpaused(counter)
            self.model.may(leg, Action.RESUME)
            self.model.state[counter] = "open"
            leg.status, leg.counter = Status.CALLED, counter
            return leg

        self.both(model, lambda request: self.lobby.resume(counter, label, request_id=request))

    @rule(number=which, aimed=likely)
    def restore(self, number: int, aimed: bool) -> None:
        label = self.label(number, Status.NO_SHOW, likely=aimed)

        def model() -> Leg:
            leg = self.model.newest(label)
            self.model.may(leg, Action.RESTORE)
            leg.status, leg.counter = Status.WAITING, None
            return leg

        self.both(model, lambda request: self.lobby.restore(label, request_id=request))

    # ------------------------------------------------------------------ counters, time, repetition
    @rule(number=which, busy=st.booleans(), verb=st.sampled_from(["open", "open", "pause", "close"]))
    def turn(self, number: int, busy: bool, verb: str) -> None:
        self.turn_counter(self.counter(number, busy=busy), verb)

    def turn_counter(self, counter: str, verb: str) -> None:
        state = {"open": "open", "pause": "paused", "close": "closed"}[verb]

        def model() -> None:
            self.model.known(counter)
            if verb != "open" and self.model.state[counter] != state:
                self.model.free(counter)
            self.model.state[counter] = state

        self.both(model, lambda request: getattr(self.lobby, f"{verb}_counter")(counter, request_id=request))

    @rule(minutes=st.sampled_from([0, 1, 5, 14, 16, 31]))
    def time_goes_on(self, minutes: int) -> None:
        self.pass_time(minutes)

    def pass_time(self, minutes: int) -> None:
        before = self.today
        self.clock.forward(minutes=minutes)
        if self.today != before:  # the day's end is a rule of its own
            self.clock.forward(minutes=-minutes)

    @rule(hours=st.just(24))
    @precondition(lambda self: len(self.model.legs) > 4)
    def night_falls(self, hours: int) -> None:
        self.clock.forward(hours=hours)
        self.lobby.close_day()
        self.model = Model(places=self.model.places)
        self.last = None

    @rule()
    @precondition(lambda self: self.last is not None)
    def ask_again(self) -> None:
        assert self.last is not None
        repeat, answer = self.last
        seq = self.lobby.board().seq
        again = repeat()
        assert (again is None) == (answer is None)
        if again is not None:
            assert again.ticket_id == answer.ticket_id
        assert self.lobby.board().seq == seq

    # ------------------------------------------------------------------ always
    @invariant()
    def the_store_is_as_the_model(self) -> None:
        if not hasattr(self, "model"):
            return
        with self.store.read() as connection:
            rows = connection.execute(
                select(VISIT.c.label, TICKET.c.leg, TICKET.c.service, TICKET.c.status, TICKET.c.passed)
                .join(
                    TICKET, and_(TICKET.c.site_id == VISIT.c.site_id, TICKET.c.visit_id == VISIT.c.visit_id)
                )
                .where(TICKET.c.site_id == self.site, TICKET.c.business_date == self.today)
            ).all()
            states = connection.execute(
                select(COUNTER.c.number, COUNTER.c.state).where(COUNTER.c.site_id == self.site)
            ).all()
            series = connection.execute(
                select(NUMBER_SERIES.c.prefix, NUMBER_SERIES.c.last).where(
                    NUMBER_SERIES.c.site_id == self.site,
                    NUMBER_SERIES.c.business_date == self.today,
                )
            ).all()
            left_open = connection.execute(
                select(TICKET.c.ticket_id).where(
                    TICKET.c.site_id == self.site,
                    TICKET.c.business_date < self.today,
                    TICKET.c.status.in_(sorted(OPEN)),
                )
            ).all()
        assert sorted(tuple(row) for row in rows) == sorted(
            (leg.label, number, leg.service, leg.status.value, leg.passed)
            for legs in self.model.legs.values()
            for number, leg in enumerate(legs, start=1)
        )
        assert {str(row.number): row.state for row in states} == self.model.state
        assert {row.prefix: row.last for row in series} == self.model.last
        assert left_open == []


def test_any_verbs_in_any_order_do_what_the_model_does(store: Store) -> None:
    class OnThisStore(AnyOrder):
        pass

    OnThisStore.store = store
    run_state_machine_as_test(
        OnThisStore,
        settings=settings(
            max_examples=40,
            stateful_step_count=35,
            derandomize=True,
            deadline=None,
            database=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
