"""Any verbs in any order, legal and illegal, on the real store, compared with a model that holds it all in memory."""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
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
from queue_core.calling import NOTHING, Candidate, Choice, Memory, choose_next, moment_behind, policy_of
from queue_core.errors import (
    CannotRecall,
    CannotRestore,
    CannotStepBack,
    CannotUndo,
    CounterBusy,
    CounterIdle,
    CounterPaused,
    IllegalMove,
    JourneyRefused,
    Refused,
    UnknownCounter,
    UnknownService,
    UnknownTicket,
)
from queue_core.hours import business_day
from queue_core.ids import id_maker
from queue_core.journeys import credit
from queue_core.lifecycle import MOVES, OPEN, Action, Status
from queue_core.lobby.reads.visits import MOST_STEPS
from queue_core.lobby.tables import COUNTER, NUMBER_SERIES, TICKET, VISIT, VISIT_LEG
from tests.support.house import Clock, Requests, counting_bytes, small_catalogue

SERVES = {"1": ("DK.ktp",), "2": ("DK.ktp", "DK.kk", "BN.sim"), "3": ("BN.sim",)}
PROMISE = {"DK.ktp": 30, "DK.kk": 15, "BN.sim": 30}
JOURNEYS = {"pindah": [{"DK.ktp"}, {"DK.kk"}, {"BN.sim"}], "bebas": [{"DK.ktp", "DK.kk", "BN.sim"}]}
"""Each as its stages: the services of one stage are free among themselves."""
CREDIT = 15
SITES = count()
POLICIES: list[dict[str, Any]] = [
    {},
    {"rule": "ratio", "priority": 1, "regular": 2, "main_services": 1},
    {"rule": "due", "urgent": [{"service": "BN.sim", "minutes": 15}]},
    {"rule": "arrival", "shares": {"DK.ktp": 2}},
]

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
    owed: int = 0
    calls: int = 0
    until: datetime | None = None  # a hold ends then
    aimed: str | None = None  # the counter that shall call it
    missed_at: datetime | None = None
    restored: int = 0
    arrived: datetime | None = None  # None: in the moment of `since`
    ahead: list[set[str]] = field(default_factory=list)  # what the visit still plans, stage by stage

    def wait_again(self) -> None:
        self.status, self.counter, self.calls, self.until = Status.WAITING, None, 0, None

    def told(self) -> tuple[object, ...]:
        """What events tell of; that somebody was passed is not among it."""
        at_counter = self.status, self.counter, self.calls, self.until
        return self.service, self.since, *at_counter, self.restored, self.wanted

    def drop(self, service: str) -> None:
        """What was planned is not ahead any more."""
        self.ahead = [stage - {service} for stage in self.ahead if stage - {service}]

    @property
    def wanted(self) -> list[str]:
        return sorted(set[str]().union(*self.ahead))

    @property
    def due(self) -> datetime:
        return self.since + timedelta(minutes=PROMISE[self.service])


@dataclass
class Memento:
    """How it was before a counter's last action: whom that touched, about whom it was, who was passed."""

    at: datetime
    legs: dict[str, list[Leg]]
    about: str
    passed: list[str]
    lent: dict[str, int]
    shares: Memory | None
    gone_on: bool = False  # somebody touched one of them since


@dataclass
class Model:
    """The site in memory."""

    legs: dict[str, list[Leg]] = field(default_factory=dict)
    state: dict[str, str] = field(default_factory=lambda: dict.fromkeys(SERVES, "closed"))
    last: dict[str, int] = field(default_factory=dict)
    steps: dict[str, int] = field(default_factory=dict)
    places: Any = field(default_factory=count)
    undo: dict[str, Memento] = field(default_factory=dict)
    passed: list[str] = field(default_factory=list)  # by the command under way
    lent: dict[str, int] = field(default_factory=dict)
    shares: Memory | None = None
    memory: dict[str, Memory] = field(default_factory=dict)

    def end_holds(self, now: datetime) -> None:
        """What every command that is done sees to first."""
        for legs in self.legs.values():
            if legs[-1].status == Status.HELD and legs[-1].until and legs[-1].until <= now:
                legs[-1].wait_again()

    def changed(self, before: dict[str, list[Leg]]) -> dict[str, list[Leg]]:
        """Whose legs are told of differently than before, and how they were."""
        return {
            label: before[label]
            for label, legs in self.legs.items()
            if label in before and [leg.told() for leg in legs] != [leg.told() for leg in before[label]]
        }

    def take_note(self, touched: set[str], except_at: str | None) -> None:
        for counter, memento in self.undo.items():
            if counter != except_at and touched & set(memento.legs):
                memento.gone_on = True

    def set_state(self, counter: str, state: str) -> None:
        if self.state[counter] != state:
            self.undo.pop(counter, None)
        self.state[counter] = state

    def end(self, leg: Leg, clock: datetime) -> None:
        """A leg is done: the next one is one of those that are due; which of several, only the lines can tell."""
        if leg.ahead:
            new = Leg(leg.label, "", leg.priority, clock, next(self.places), arrived=leg.arrived or leg.since)
            new.ahead, leg.ahead = leg.ahead, []
            self.legs[leg.label].append(new)
            if len(new.ahead[0]) == 1:
                self.join(new, min(new.ahead[0]), clock)

    def join(self, leg: Leg, service: str, clock: datetime) -> None:
        """The visit waits here now, and counts as having come a little earlier."""
        assert service in leg.ahead[0]
        assert leg.arrived is not None
        leg.service = service
        leg.drop(service)
        leg.since = clock - credit(clock - leg.arrived, CREDIT, PROMISE[service])

    def settle(self, find: Callable[[str], Any], clock: datetime) -> None:
        """Take from the store to which of the services that are due a visit has gone on."""
        for legs in self.legs.values():
            if not legs[-1].service:
                self.join(legs[-1], find(legs[-1].label).service, clock)

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
            left_to_another = leg.aimed not in {None, counter} and self.state[str(leg.aimed)] != "closed"
            if leg.service in SERVES[counter] and not left_to_another:
                first.setdefault((leg.service, leg.priority), leg)
        return [self.candidate(leg) for leg in first.values()]

    def candidate(self, leg: Leg) -> Candidate:
        return Candidate(
            f"{leg.place:09d}", leg.service, leg.priority, leg.since, leg.due, leg.passed, leg.owed
        )

    def line_of(self, leg: Leg) -> list[Candidate]:
        """Who waits for the same service in the same class."""
        newest = (legs[-1] for legs in self.legs.values())
        return [
            self.candidate(each)
            for each in newest
            if (each.status, each.service, each.priority) == (Status.WAITING, leg.service, leg.priority)
        ]

    def remember(self, counter: str, choice: Choice, called: Leg) -> None:
        for place in choice.passed:
            self.by_place(place).passed += 1
            self.passed.append(place)
        lent = dict(choice.owes)
        for head in self.heads(counter):
            if choice.inherits and (head.service, head.priority) == (called.service, called.priority):
                lent[head.ticket] = choice.inherits
        for place, owed in lent.items():
            self.lent[place] = owed - self.by_place(place).owed
            self.by_place(place).owed = owed
        if choice.memory is not None:
            self.shares = self.memory.get(counter, NOTHING)
            self.memory[counter] = choice.memory

    def by_place(self, place: str) -> Leg:
        return next(leg for legs in self.legs.values() for leg in legs if leg.place == int(place))


class AnyOrder(RuleBasedStateMachine):
    """Each rule works out in the model what must happen, does it for real, and compares."""

    store: Store

    @initialize(policy=st.sampled_from(POLICIES))
    def open_a_site(self, policy: dict[str, Any]) -> None:
        site, self.clock, chance = f"s{next(SITES)}", Clock(), counting_bytes()
        raw = small_catalogue().model_dump()
        raw["site"][0] |= {"id": site, "policy": policy}
        self.policy = policy
        legs = raw["journey"][0]["legs"]
        raw["journey"].append({"id": "bebas", "name": {"id": "Bebas"}, "order": "free", "legs": legs})
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

    def both(self, model: Callable[[], Any], real: Callable[[str], Any], at: str | None = None) -> Any:
        """Do it in the model and for real: the same answer, or the same refusal and no change.

        `at`: the counter at which it can be taken back.
        """
        request, untouched = self.ask(), deepcopy(self.model.legs)
        self.model.end_holds(self.clock.now)
        self.model.take_note(set(self.model.changed(untouched)), None)
        before, self.model.passed = deepcopy(self.model.legs), []
        self.model.lent, self.model.shares = {}, None
        try:
            expected = model()
        except Refused as refusal:
            self.model.legs = untouched
            seq = self.lobby.board().seq
            with pytest.raises(type(refusal)):
                real(request)
            assert self.lobby.board().seq == seq
            return None
        touched = self.model.changed(before)
        self.model.take_note(set(touched), at)
        if at is not None and touched:
            about = expected.label if isinstance(expected, Leg) else next(iter(touched))
            self.model.undo[at] = Memento(
                self.clock.now, touched, about, self.model.passed, self.model.lent, self.model.shares
            )
        answer = real(request)
        self.last = (lambda: real(request), answer)
        self.model.settle(self.lobby.find, self.clock.now)
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

    @rule(journey=st.sampled_from(sorted(JOURNEYS)), priority=st.booleans(), skip=st.booleans())
    def start_journey(self, journey: str, priority: bool, skip: bool) -> None:
        skipped = {"DK.kk"} if skip else set()
        stages = [stage - skipped for stage in JOURNEYS[journey] if stage - skipped]
        issued = self.lobby.start_journey(
            journey, request_id=self.ask(), priority=priority, skip=sorted(skipped)
        ).ticket
        self.last = None  # whoever found nobody before may find this one now
        assert issued.service in stages[0]
        code = issued.service[:2]
        self.model.last[code] = self.model.last.get(code, 0) + 1
        assert issued.label == f"{code} {self.model.last[code]:03d}"
        leg = Leg(issued.label, issued.service, priority, self.clock.now, next(self.model.places))
        stages[0] = stages[0] - {issued.service}
        leg.ahead = [stage for stage in stages if stage]
        self.model.legs[issued.label] = [leg]

    @rule(number=which, aimed=likely, service=services)
    def add_leg(self, number: int, aimed: bool, service: str) -> None:
        label = self.label(number, Status.WAITING, likely=aimed)

        def model() -> Leg:
            leg = self.model.newest(label)
            if service not in PROMISE:
                raise UnknownService(service=service, nearest="")
            if leg.status not in OPEN or service == leg.service or service in leg.wanted:
                raise JourneyRefused(label=label, reason="has_leg", service=service)
            leg.ahead = [*leg.ahead, {service}]
            return leg

        self.both(model, lambda request: self.lobby.add_leg(label, service, request_id=request))

    @rule(number=which, aimed=likely, service=services)
    def skip_leg(self, number: int, aimed: bool, service: str) -> None:
        label = self.label(number, Status.WAITING, likely=aimed)

        def model() -> Leg:
            leg = self.model.newest(label)
            if service not in PROMISE:
                raise UnknownService(service=service, nearest="")
            if leg.status in OPEN and service in leg.wanted:
                leg.drop(service)
                return leg
            if leg.status not in OPEN or service != leg.service or not leg.ahead:
                raise JourneyRefused(label=label, reason="no_such_leg", service=service)
            self.model.may(leg, Action.SKIP)
            leg.status = Status.TRANSFERRED
            self.model.end(leg, self.clock.now)
            return leg

        self.both(model, lambda request: self.lobby.skip_leg(label, service, request_id=request))

    @rule(number=which, aimed=likely, status=st.sampled_from([Status.WAITING, Status.CALLED, Status.HELD]))
    def cancel(self, number: int, aimed: bool, status: Status) -> None:
        label = self.label(number, status, likely=aimed)

        def model() -> Leg:
            leg = self.model.newest(label)
            self.model.may(leg, Action.CANCEL)
            leg.status, leg.ahead = Status.CANCELLED, []
            return leg

        self.both(model, lambda request: self.lobby.cancel(label, request_id=request))

    @rule(number=which, aimed=likely, places=st.sampled_from([1, 2, 2]), comers=st.integers(0, 3))
    def step_back(self, number: int, aimed: bool, places: int, comers: int) -> None:
        """Let others go first; chance alone seldom has anybody stand behind, so some come now."""
        label = self.label(number, Status.WAITING, likely=aimed)
        for _ in range(comers if label in self.model.legs else 0):
            self.pass_time(1)
            self.come(self.model.newest(label).service, priority=self.model.newest(label).priority)

        def model() -> Leg:
            leg = self.model.newest(label)
            self.model.may(leg, Action.STEP_BACK)
            if self.model.steps.get(label, 0) >= MOST_STEPS:
                raise CannotStepBack(label=label, reason="used_up", most=MOST_STEPS)
            since = moment_behind(self.model.line_of(leg), f"{leg.place:09d}", places)
            if since is None:
                raise CannotStepBack(label=label, reason="nobody_behind", most=MOST_STEPS)
            leg.since, leg.passed, leg.owed = since, 0, 0
            self.model.steps[label] = self.model.steps.get(label, 0) + 1
            return leg

        self.both(model, lambda request: self.lobby.step_back(label, places=places, request_id=request))

    # ------------------------------------------------------------------ calling
    @rule(number=which, busy=st.booleans())
    def call_next(self, number: int, busy: bool) -> None:
        self.press_next(self.counter(number, busy=busy))

    def finish_first(self, counter: str) -> None:
        """Where the next line is not certain, complete by itself: only then does the model know who stands in which."""
        leg = self.model.at(counter)
        if leg is not None and leg.status == Status.SERVING and leg.ahead and len(leg.ahead[0]) > 1:
            self.press(counter, Action.COMPLETE)

    def press_next(self, counter: str) -> None:
        self.finish_first(counter)

        def model() -> Leg | None:
            self.model.known(counter)
            served = self.model.room(counter)
            if served is not None:
                served.status = Status.COMPLETED
                self.model.end(served, self.clock.now)
            self.model.set_state(counter, "open")
            heads, memory = self.model.heads(counter), self.model.memory.get(counter, NOTHING)
            choice = choose_next(heads, self.clock.now, policy_of(self.policy, SERVES[counter]), memory)
            if choice is None:
                return None
            leg = self.model.by_place(choice.ticket)
            leg.status, leg.counter, leg.calls, leg.until = Status.CALLED, counter, leg.calls + 1, None
            leg.owed = 0
            self.model.remember(counter, choice, leg)
            return leg

        self.both(model, lambda request: self.lobby.call_next(counter, request_id=request), counter)

    @rule(number=which, other=which, aimed=likely)
    def call(self, number: int, other: int, aimed: bool) -> None:
        counter, label = self.counter(number, busy=not aimed), self.label(other, Status.WAITING, likely=aimed)
        self.finish_first(counter)

        def model() -> Leg:
            self.model.known(counter)
            leg = self.model.newest(label)
            served = self.model.room(counter)
            self.model.may(leg, Action.CALL)
            if served is not None:
                served.status = Status.COMPLETED
                self.model.end(served, self.clock.now)
            self.model.set_state(counter, "open")
            leg.status, leg.counter, leg.calls, leg.until = Status.CALLED, counter, leg.calls + 1, None
            leg.owed = 0
            return leg

        self.both(model, lambda request: self.lobby.call(counter, label, request_id=request), counter)

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
                if each not in {Action.CANCEL, Action.EXPIRE, Action.TRANSFER, Action.SKIP}
            ]
            self.press(counter, may[number % len(may)], minutes=(None, 1, 16)[number % 3])

    @rule(
        number=which,
        aimed=likely,
        action=st.sampled_from([Action.RECALL, Action.START, Action.COMPLETE, Action.NO_SHOW, Action.HOLD]),
    )
    def act(self, number: int, aimed: bool, action: Action) -> None:
        self.press(self.counter(number, busy=aimed), action)

    def press(self, counter: str, action: Action, minutes: int | None = None) -> None:
        until = None if minutes is None else self.clock.now + timedelta(minutes=minutes)

        def model() -> Leg:
            leg = self.model.standing(counter, action)
            if action == Action.RECALL:
                if leg.calls >= 3:
                    raise CannotRecall(label=leg.label, reason="used_up")
                leg.calls += 1
            if action == Action.HOLD:
                leg.until = until
            leg.status = MOVES[leg.status][action]
            leg.missed_at = self.clock.now if leg.status == Status.NO_SHOW else leg.missed_at
            if action == Action.COMPLETE:
                self.model.end(leg, self.clock.now)
            return leg

        verb = getattr(self.lobby, action.value)
        more = {"until": until} if action == Action.HOLD else {}
        self.both(model, lambda request: verb(counter, request_id=request, **more), counter)

    @rule(number=which, other=which, aimed=likely)
    def give_up(self, number: int, other: int, aimed: bool) -> None:
        """Who is on hold never came back."""
        counter, label = self.counter(number, busy=False), self.label(other, Status.HELD, likely=aimed)

        def model() -> Leg:
            self.model.known(counter)
            leg = self.model.newest(label)
            self.model.may(leg, Action.NO_SHOW)
            leg.status, leg.missed_at, leg.until = Status.NO_SHOW, self.clock.now, None
            return leg

        self.both(
            model, lambda request: self.lobby.no_show(counter, label=label, request_id=request), counter
        )

    @rule(counter=st.sampled_from([*SERVES, "9"]), seconds=st.sampled_from([0, 0, 5, 10, 11]))
    def take_back(self, counter: str, seconds: int) -> None:
        self.clock.forward(seconds=seconds)

        def model() -> Leg:
            self.model.known(counter)
            memento = self.model.undo.get(counter)
            if memento is None:
                raise CannotUndo(counter=counter, reason="nothing")
            if self.clock.now - memento.at > timedelta(seconds=10) or memento.gone_on:
                raise CannotUndo(counter=counter, reason="too_late")
            self.model.legs |= deepcopy(memento.legs)
            for place in memento.passed:
                passed = self.model.by_place(place)
                passed.passed = max(0, passed.passed - 1)
            for place, lent in memento.lent.items():
                poorer = self.model.by_place(place)
                poorer.owed = max(0, poorer.owed - lent)
            if memento.shares is not None:
                self.model.memory[counter] = memento.shares
            del self.model.undo[counter]
            return self.model.newest(memento.about)

        self.both(model, lambda request: self.lobby.undo(counter, request_id=request))

    @rule(number=which, aimed=likely, service=services)
    def transfer(self, number: int, aimed: bool, service: str) -> None:
        self.send_on(self.counter(number, busy=aimed), service)

    @rule(number=which, aimed=likely, to=st.sampled_from([*SERVES, "9"]))
    def send_to(self, number: int, aimed: bool, to: str) -> None:
        """To a counter: for the same service if that takes it, else for its main one."""
        self.send_on(self.counter(number, busy=aimed), "", to)

    def send_on(self, counter: str, wanted: str, to: str = "") -> None:
        def model() -> Leg:
            self.model.known(counter)
            here = self.model.at(counter)
            if here is None:
                raise CounterIdle(counter=counter)
            service = wanted
            if to:
                self.model.known(to)
                service = here.service if here.service in SERVES[to] else SERVES[to][0]
            if service not in PROMISE:
                raise UnknownService(service=service, nearest="")
            old = self.model.standing(counter, Action.TRANSFER)
            old.status = Status.TRANSFERRED
            new = Leg(old.label, service, old.priority, old.since, next(self.model.places))
            new.arrived, new.ahead, old.ahead = old.arrived or old.since, old.ahead, []
            new.drop(service)
            new.aimed = to or None
            self.model.legs[old.label].append(new)
            return new

        self.both(
            model, lambda request: self.lobby.transfer(counter, wanted, aim=to, request_id=request), counter
        )

    @rule(number=which, other=which, aimed=likely)
    def resume(self, number: int, other: int, aimed: bool) -> None:
        counter, label = self.counter(number, busy=not aimed), self.label(other, Status.HELD, likely=aimed)

        def model() -> Leg:
            self.model.known(counter)
            leg = self.model.newest(label)
            self.model.free(counter)
            self.model.unpaused(counter)
            self.model.may(leg, Action.RESUME)
            self.model.set_state(counter, "open")
            leg.status, leg.counter, leg.calls, leg.until = Status.CALLED, counter, leg.calls + 1, None
            return leg

        self.both(model, lambda request: self.lobby.resume(counter, label, request_id=request), counter)

    @rule(number=which, aimed=likely)
    def restore(self, number: int, aimed: bool) -> None:
        label = self.label(number, Status.NO_SHOW, likely=aimed)

        def model() -> Leg:
            leg = self.model.newest(label)
            self.model.may(leg, Action.RESTORE)
            missed_at = leg.missed_at or self.clock.now
            if self.clock.now - missed_at > timedelta(minutes=60) or leg.restored >= 2:
                raise CannotRestore(label=label, reason="too_late")
            leg.restored += 1
            leg.wait_again()
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
            self.model.set_state(counter, state)

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
        self.model = Model(
            places=self.model.places, memory=self.model.memory
        )  # what could be taken back yesterday cannot be today
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
                select(
                    *(VISIT.c[name] for name in ("label", "legs", "left_at")),
                    *(
                        TICKET.c[name]
                        for name in ("leg", "service", "status", "passed", "owed", "waiting_since")
                    ),
                )
                .join(
                    TICKET, and_(TICKET.c.site_id == VISIT.c.site_id, TICKET.c.visit_id == VISIT.c.visit_id)
                )
                .where(TICKET.c.site_id == self.site, TICKET.c.business_date == self.today)
            ).all()
            planned = connection.execute(
                select(VISIT.c.label, VISIT_LEG.c.service)
                .join(
                    VISIT_LEG,
                    and_(VISIT_LEG.c.site_id == VISIT.c.site_id, VISIT_LEG.c.visit_id == VISIT.c.visit_id),
                )
                .where(
                    VISIT.c.site_id == self.site,
                    VISIT.c.business_date == self.today,
                    VISIT_LEG.c.state == "planned",
                )
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
        assert sorted(
            (r.label, r.leg, r.service, r.status, r.passed, r.owed, r.waiting_since) for r in rows
        ) == sorted(
            (leg.label, number, leg.service, leg.status.value, leg.passed, leg.owed, leg.since)
            for legs in self.model.legs.values()
            for number, leg in enumerate(legs, start=1)
        )
        assert sorted(tuple(row) for row in planned) == sorted(
            (label, service) for label, legs in self.model.legs.items() for service in legs[-1].wanted
        )
        for label, legs in self.model.legs.items():
            own = [row for row in rows if row.label == label]
            assert sum(row.status in OPEN for row in own) <= 1, "two legs of a visit are open"
            ended = legs[-1].status not in OPEN
            assert {row.left_at is not None for row in own} == {ended}, "a visit neither goes on nor ends"
            if legs[-1].status != Status.CANCELLED:
                assert {row.legs for row in own} == {len(legs) + len(legs[-1].wanted)}
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
