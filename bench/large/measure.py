"""Today beside ten million tickets, in turns with today beside ten thousand."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from bench.large.cost import Cost, costed
from bench.large.fill import LAST, first_day, tidied
from bench.large.today import Today, begin
from bench.table import Row, against, at_most, median, quantile
from queue_core import Store, spans

CALLS = 300
COSTED = 40
LOOKS = 25
FLOOR = "the same day beside ten thousand tickets"


@dataclass
class Pair:
    """Two stores of one engine: the large one first."""

    large: Store
    small: Store
    site: str
    engine: str

    @property
    def both(self) -> tuple[Store, Store]:
        """In this order everywhere."""
        return self.large, self.small


def costs(pair: Pair) -> Iterator[Row]:
    """What a call and a number cost the engine, on a day of its own."""
    called, issued = [], []
    for store in pair.both:
        tidied(store)  # what earlier runs left behind is not counted
        with costed(store) as (again, cost):
            today = begin(again, pair.site, first_day(again, pair.site))
            steps = [_turn(today, number, cost) for number in range(COSTED)]
            called.append(median([step[0] for step in steps]))
            issued.append(median([step[1] for step in steps]))
            today.lobby.close_day()
    unit = "steps" if pair.large.is_sqlite else "buffers"
    yield against(f"{pair.engine}: call next, cost", called[0], unit, called[1], FLOOR, limit=1.1)
    yield against(f"{pair.engine}: issue a number, cost", issued[0], unit, issued[1], FLOOR)


def _turn(today: Today, number: int, cost: Cost) -> tuple[int, int]:
    services: list[str] = []
    called = cost(lambda: services.append(today.call(number)))
    today.serve(number)
    return called, cost(lambda: today.come(services[0], number))


def times(pair: Pair) -> Iterator[Row]:
    """Both stores take turns, so that a slow moment of the machine meets both."""
    days = [begin(store, pair.site, first_day(store, pair.site)) for store in pair.both]
    called, issued = _calls(days)
    name = pair.engine
    yield against(f"{name}: call next, median", median(called[0]), "ms", median(called[1]), FLOOR, limit=1.1)
    yield against(
        f"{name}: call next, p99", quantile(called[0], 0.99), "ms", quantile(called[1], 0.99), FLOOR
    )
    yield against(f"{name}: issue a number, median", median(issued[0]), "ms", median(issued[1]), FLOOR)
    for what, look in LOOKED_AT.items():
        large, small = _in_turns(days, look)
        yield against(f"{name}: {what}, median", median(large), "ms", median(small), FLOOR)
    for day in days:
        day.lobby.close_day()


LOOKED_AT: dict[str, Callable[[Today], object]] = {
    "queue overview": lambda day: day.lobby.queues(),
    "board": lambda day: day.lobby.board(),
    "a counter's screen": lambda day: day.lobby.counter_view("1"),
    "a phone's page": lambda day: day.lobby.visit_status(day.tokens[-1]),
}


def _calls(days: Sequence[Today]) -> tuple[list[list[float]], list[list[float]]]:
    """Milliseconds of calls and of numbers, by day; whoever is called is followed by another for that service."""
    called: list[list[float]] = [[] for _ in days]
    issued: list[list[float]] = [[] for _ in days]
    for number in range(CALLS):
        for place in _fairly(number, days):
            call, issue = _timed_turn(days[place], number)
            called[place].append(call)
            issued[place].append(issue)
    return called, issued


def _timed_turn(day: Today, number: int) -> tuple[float, float]:
    services: list[str] = []
    call = timed(lambda: services.append(day.call(number)))
    day.serve(number)
    return call, timed(lambda: day.come(services[0], number))


def _fairly(number: int, days: Sequence[Today]) -> Sequence[int]:
    """Whose turn it is first changes: what a commit leaves to the disk meets both."""
    places = range(len(days))
    return places if number % 2 else places[::-1]


def _in_turns(days: Sequence[Today], look: Callable[[Today], object]) -> list[list[float]]:
    kept: list[list[float]] = [[] for _ in days]
    for number in range(LOOKS):
        for place in _fairly(number, days):
            kept[place].append(timed(partial(look, days[place])))
    return kept


def reports(pair: Pair) -> Iterator[Row]:
    """The figures of a month beside ten million tickets: of days that are counted, and counting them."""
    store, site = pair.large, pair.site
    today = begin(store, site, first_day(store, site), waiting=20)
    month = spans.month(f"{LAST:%Y-%m}")
    begun = time.perf_counter()
    days = today.lobby.count_again(month)
    counting = (time.perf_counter() - begun) / max(1, days)
    yield Row(f"{pair.engine}: counting a day of 2,500 tickets that is over", 1000 * counting, "ms")
    today.lobby.report(month)  # what is still uncounted of the months beside it is counted now
    looks = [timed(lambda: today.lobby.report(month)) for _ in range(LOOKS)]
    yield at_most(f"{pair.engine}: report of a month, median", median(looks), "ms", 500)
    today.lobby.close_day()


def timed(act: Callable[[], object]) -> float:
    """Milliseconds."""
    begun = time.perf_counter()
    act()
    return 1000 * (time.perf_counter() - begun)
