"""The figures, against a count made by hand from what happened."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from random import Random
from statistics import median_low
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import func, select

from queue_core import Lobby, Store, spans
from queue_core.errors import Refused, UnknownService
from queue_core.figures import quantile, sums_only, total
from queue_core.lobby.tables import COUNTED_DAY, HOUR_COUNT
from queue_core.views import EventView, Span, Tally
from tests.support.house import MORNING, Clock, Requests

PROMISE = {"DK.ktp": 30, "DK.kk": 15, "BN.sim": 30}
KUPANG = ZoneInfo("Asia/Makassar")
TUESDAY = date(2026, 11, 24)


@dataclass
class Leg:
    """One wait, as the events tell of it."""

    service: str
    began: datetime
    how: str = "open"
    called: datetime | None = None
    started: datetime | None = None
    finished: datetime | None = None


@dataclass
class Told:
    """What the events of some days tell, put together with no help from the program."""

    legs: dict[tuple[date, str], list[Leg]] = field(default_factory=dict)
    journeys: set[tuple[date, str]] = field(default_factory=set)
    whole: set[tuple[date, str]] = field(default_factory=set)
    priority: set[tuple[date, str]] = field(default_factory=set)

    def hear(self, events: Iterable[EventView]) -> None:
        for event in events:
            day = (event.at.astimezone(KUPANG) - timedelta(hours=4)).date()
            day -= timedelta(days=event.kind == "expired" and (day, event.label) not in self.legs)
            key = (day, event.label)
            if event.kind in {"issued", "leg_begun"}:
                self.legs.setdefault(key, []).append(Leg(event.service, event.at))
            elif event.kind == "journey_begun":
                self.journeys.add(key)
            elif event.kind == "journey_ended" and event.data["whole"]:
                self.whole.add(key)
            elif event.label:
                self._go_on(self.legs[key], event)

    def _go_on(self, legs: list[Leg], event: EventView) -> None:
        leg = legs[-1]
        if event.kind == "called":
            leg.called = event.at
        elif event.kind == "started":
            leg.started = event.at
        elif event.kind == "restored":
            leg.how, leg.called = "open", None
        elif event.kind in {"completed", "no_show", "cancelled", "transferred", "expired"}:
            leg.how, leg.finished = event.kind, event.at

    def figures(self, wanted: Callable[[date, Leg], bool]) -> dict[str, Any]:
        """Every figure of those visits and legs for which `wanted` holds."""
        of_legs = [(key, leg) for key, legs in self.legs.items() for leg in legs if wanted(key[0], leg)]
        begun = [key for key, legs in self.legs.items() if wanted(key[0], legs[0])]
        legs = [leg for _, leg in of_legs]
        journeys = [key for key in begun if key in self.journeys]
        waits = [int((leg.called - leg.began).total_seconds()) for leg in legs if leg.called]
        kept = [
            leg.called - leg.began <= timedelta(minutes=PROMISE[leg.service]) for leg in legs if leg.called
        ]
        services = [
            int((leg.finished - leg.started).total_seconds())
            for leg in legs
            if leg.how == "completed" and leg.started and leg.finished
        ]
        return {
            "visits": len(begun),
            "priority": sum(key in self.priority for key in begun),
            "journeys": len(journeys),
            "journeys_finished": sum(key in self.whole for key in journeys),
            "tickets": len(legs),
            **{how: sum(leg.how == of for leg in legs) for how, of in _HOW.items()},
            "called": len(waits),
            "in_promise": sum(kept),
            "timed": len(services),
            "waited": sum(waits),
            "attended": sum(services),
            "median wait": median_low([wait // 60 for wait in waits]) if waits else None,
            "median service": median_low([each // 60 for each in services]) if services else None,
        }


_HOW = {
    "served": "completed",
    "no_show": "no_show",
    "cancelled": "cancelled",
    "transferred": "transferred",
    "expired": "expired",
}


def said(tally: Tally) -> dict[str, Any]:
    medians = {
        "median wait": quantile(tally.waits, 0.5),
        "median service": quantile(tally.services, 0.5),
    }
    names = [name for name in Told().figures(lambda *_: False) if name not in medians]
    return {name: getattr(tally, name) for name in names} | medians


class Day:
    """A day of people doing anything in any order; what is refused did not happen."""

    def __init__(self, lobby: Lobby, clock: Clock, chance: Random, told: Told) -> None:
        self.lobby, self.clock, self.chance, self.told = lobby, clock, chance, told
        self.labels: list[str] = []
        self.ask = 0

    def run(self, steps: int) -> None:
        verbs = (
            self.issue, self.issue, self.issue, self.journey, self.call, self.call, self.call, self.call,
            self.at_counter, self.at_counter, self.at_counter, self.at_counter, self.by_label,
        )  # fmt: skip
        for _ in range(steps):
            self.clock.forward(seconds=self.chance.choice((0, 1, 20, 59, 60, 61, 200, 900)))
            try:
                self.chance.choice(verbs)()
            except Refused:
                continue

    def request(self) -> str:
        self.ask += 1
        return f"{self.clock.now.isoformat()} {self.ask}"

    def issue(self) -> None:
        priority = self.chance.random() < 0.3
        service = self.chance.choice(sorted(PROMISE))
        self._came(self.lobby.issue(service, request_id=self.request(), priority=priority).ticket.label)
        if priority:
            self.told.priority.add((self.today, self.labels[-1]))

    def journey(self) -> None:
        skip = ("DK.kk",) if self.chance.random() < 0.5 else ()
        self._came(self.lobby.start_journey("pindah", request_id=self.request(), skip=skip).ticket.label)

    def call(self) -> None:
        self.lobby.call_next(self.chance.choice("123"))

    def at_counter(self) -> None:
        lobby, counter = self.lobby, self.chance.choice("123")
        verb = self.chance.choice(
            ("start", "start", "start", "complete", "no_show", "hold", "recall", "transfer")
        )
        if verb == "transfer":
            lobby.transfer(counter, self.chance.choice(sorted(PROMISE)))
        else:
            getattr(lobby, verb)(counter)

    def by_label(self) -> None:
        lobby, label = self.lobby, self.chance.choice(self.labels or ["DK 001"])
        verb = self.chance.choice(("cancel", "restore", "restore", "resume"))
        if verb == "resume":
            lobby.resume(self.chance.choice("123"), label)
        else:
            getattr(lobby, verb)(label)

    @property
    def today(self) -> date:
        return (self.clock.now.astimezone(KUPANG) - timedelta(hours=4)).date()

    def _came(self, label: str) -> None:
        self.labels.append(label)


@pytest.mark.parametrize("seed", [1, 2])
def test_the_figures_are_those_of_an_independent_count(lobby: Lobby, clock: Clock, seed: int) -> None:
    """Three days with every verb, the last one past midnight and still under way."""
    chance, told, heard = Random(seed), Told(), 0
    span = spans.days(TUESDAY, TUESDAY + timedelta(days=2))
    for back, hour in ((0, 1), (1, 1), (2, 12)):
        clock.now = MORNING.replace(hour=hour) + timedelta(days=back)
        Day(lobby, clock, chance, told).run(110)
        events = lobby.events_after(heard, 10_000)
        told.hear(events)
        heard = events[-1].seq
        _compare(lobby, told, span)
    assert lobby.close_day() >= 0
    told.hear(lobby.events_after(heard, 10_000))
    _compare(lobby, told, span)


def _compare(lobby: Lobby, told: Told, span: Span) -> None:
    report = lobby.report(span)
    assert said(report.total) == told.figures(lambda *_: True)
    for service in PROMISE:
        assert said(report.services.get(service, Tally())) == told.figures(
            lambda _, leg, of=service: leg.service == of  # type: ignore[misc]
        )
    for day in {key[0] for key in told.legs}:
        counted = told.figures(lambda on, _, of=day: on == of)  # type: ignore[misc]
        assert said(report.days[day]) == counted | {"median wait": None, "median service": None}
    for hour, tally in report.hours.items():
        assert said(tally) == told.figures(
            lambda _, leg, of=hour: leg.began.astimezone(KUPANG).hour == of  # type: ignore[misc]
        )
    assert total(report.weekdays.values()) == total(report.hours.values()) == report.total
    assert total(report.agencies.values()) == report.total
    agency = lobby.report(span, agency="dk")
    assert agency.total == report.agencies["DK"]
    assert sums_only(agency.total) == total(agency.days.values())
    assert set(agency.services) <= {"DK.ktp", "DK.kk"}


def visited(lobby: Lobby, clock: Clock, ask: Requests, *, wait: float = 5) -> None:
    """One visitor who waits so many minutes and is served for two."""
    lobby.issue("DK.ktp", request_id=ask())
    clock.forward(minutes=wait)
    lobby.call_next("1")
    lobby.start("1")
    clock.forward(minutes=2)
    lobby.complete("1")


def test_a_day_that_is_over_is_counted_once_and_anew_when_asked(
    lobby: Lobby, store: Store, clock: Clock, ask: Requests
) -> None:
    visited(lobby, clock, ask)
    lobby.issue("BN.sim", request_id=ask())
    clock.forward(days=1)
    span = spans.week_of(TUESDAY)
    first = lobby.report(span)
    assert (first.total.visits, first.total.served, first.total.expired) == (2, 1, 1), "the day was ended"
    assert first.days.keys() == {TUESDAY}
    assert first.span.last == TUESDAY + timedelta(days=1), "a week that is not over ends today"
    with store.write("aula") as connection:
        assert connection.scalars(select(COUNTED_DAY.c.business_date)).all() == [TUESDAY]
        connection.execute(HOUR_COUNT.update().values(visits=9))
    assert lobby.report(span).total.visits == 18, "no ticket is looked at again"
    assert lobby.count_again(span) == 1
    assert lobby.report(span) == first
    with store.read() as connection:
        assert connection.scalar(select(func.count()).select_from(HOUR_COUNT)) == 2


def test_a_day_that_was_counted_by_a_clock_ahead_is_counted_anew(
    lobby: Lobby, store: Store, clock: Clock, ask: Requests
) -> None:
    visited(lobby, clock, ask)
    with store.write("aula") as connection:
        connection.execute(
            COUNTED_DAY.insert(), {"site_id": "aula", "business_date": TUESDAY, "counted_at": clock.now}
        )
    assert lobby.report(spans.week_of(TUESDAY)).total.visits == 1
    clock.forward(days=1)
    lobby.open_counter("1")
    assert lobby.report(spans.week_of(TUESDAY)).total.visits == 1


def test_figures_are_compared_with_the_month_before_and_the_year_before(
    lobby: Lobby, clock: Clock, ask: Requests
) -> None:
    for when, visits in (((2025, 11, 25), 4), ((2026, 10, 20), 2), ((2026, 10, 30), 1), ((2026, 11, 24), 3)):
        clock.now = clock.now.replace(year=when[0], month=when[1], day=when[2], hour=1)
        for _ in range(visits):
            visited(lobby, clock, ask)
    clock.now = clock.now.replace(day=30)
    november = lobby.report(spans.month("2026-11"))
    assert (november.total.visits, november.before.total.visits, november.year_ago.total.visits) == (3, 3, 4)
    clock.now = clock.now.replace(day=24)
    with pytest.raises(Refused):
        lobby.issue("DK.ktp", request_id=ask())  # the clock runs backwards now; looking is still allowed
    so_far = lobby.report(spans.month("2026-11"))
    assert (so_far.before.span.last, so_far.before.total.visits) == (date(2026, 10, 24), 2)


def test_ratings_stand_beside_the_figures(lobby: Lobby, clock: Clock, ask: Requests) -> None:
    for number, score in ((1, 4), (2, 4), (3, 1)):
        visited(lobby, clock, ask)
        lobby.rate(f"DK 00{number}", score)
    assert lobby.report(spans.week_of(TUESDAY)).ratings == {"DK.ktp": {1: 1, 4: 2}}
    assert lobby.report(spans.week_of(TUESDAY), agency="BN").ratings == {}


def test_a_journey_is_finished_without_what_staff_left_out_but_not_without_the_rest(
    lobby: Lobby, clock: Clock, ask: Requests
) -> None:
    """DK 001 leaves one step out and does the others; DK 002 leaves after the first; DK 003 is no named journey."""
    for _ in range(2):
        lobby.start_journey("pindah", request_id=ask())
    lobby.issue("DK.ktp", request_id=ask())
    lobby.skip_leg("DK 001", "DK.kk")
    lobby.add_leg("DK 003", "BN.sim")
    for counter in ("1", "1", "1", "3"):
        lobby.call_next(counter)
        lobby.start(counter)
        clock.forward(minutes=1)
        lobby.complete(counter)
    lobby.cancel("DK 002")
    total = lobby.report(spans.week_of(TUESDAY)).total
    assert (total.visits, total.journeys, total.journeys_finished) == (3, 2, 1)


def test_an_action_that_was_taken_back_did_not_happen(lobby: Lobby, clock: Clock, ask: Requests) -> None:
    lobby.issue("DK.ktp", request_id=ask())
    lobby.call_next("1")
    lobby.start("1")
    lobby.complete("1")
    lobby.undo("1")
    total = lobby.report(spans.week_of(TUESDAY)).total
    assert (total.tickets, total.called, total.served, total.timed) == (1, 1, 0, 0)


def test_an_agency_that_is_not_here_has_no_figures(lobby: Lobby) -> None:
    with pytest.raises(UnknownService):
        lobby.report(spans.week_of(TUESDAY), agency="ZZ")


def test_today_stands_beside_a_usual_day(lobby: Lobby, clock: Clock, ask: Requests) -> None:
    """Four Tuesdays, one of them a holiday, and a busy Monday that does not count."""
    for back, visits in ((22, 9), (21, 2), (14, 4), (0, 1)):
        clock.now = clock.now.replace(day=24, month=11, hour=1, minute=0) - timedelta(days=back)
        for _ in range(visits):
            visited(lobby, clock, ask, wait=3)
    view = lobby.usual_day()
    assert (view.days, view.usual, view.usual_wait) == (2, {9: 3.0}, {9: 3.0})
    assert {hour: tally.tickets for hour, tally in view.today.items()} == {9: 1}
    assert lobby.usual_day(weeks=1).usual == {9: 4.0}
