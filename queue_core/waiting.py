"""How long it may take: the expected wait as a range of minutes. Pure.

The first guess comes from the catalogue: the minutes of all the work that comes before, shared among the open
counters. Dividing by the counters is right only if all that they have to do is counted; a counter that also serves
other lines is slower for this one (measured on a city's offices: a bare division was worse than none). So the work
waiting in the other lines of the same counters is counted in, see `work_elsewhere`.

Past waits at this very line outweigh the guess as soon as there are a few; see `queue_core.learning`.
"""

from __future__ import annotations

from bisect import insort
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from math import ceil, floor

from queue_core.learning import NO_PAST, Past, Point, quantile, quantiles
from queue_core.views import WaitRange

STEP = 5
"""Minutes; a finer figure would promise what nobody can keep."""
AT_ONCE = 3
"""Below so many minutes the answer is "at once"."""
GUESS_WEIGHT = 2
"""The catalogue counts as much as so many past cases at this very place."""
SPREAD = (0.7, 0.85, 1.0, 1.25, 1.5)
"""What the wait may be of the guess, each a fifth of the cases: about as wide as the middle eight tenths of measured waits."""
SOONEST, LATEST = 0.2, 0.9
"""The shares of waits between which the announced range lies. It leans to the upper side: who comes back early waits, who
comes back late has lost the turn, and priority visitors may still arrive."""


@dataclass(frozen=True, slots=True)
class Line:
    """One service's line now: people waiting, and the minutes that each takes at a counter."""

    waiting: int
    minutes: int


@dataclass(frozen=True, slots=True)
class Present:
    """How one line stands for somebody in it.

    Args:
        ahead: people before this one. Count people, never the difference of numbers.
        minutes: what one visitor takes at the counter, from the catalogue.
        open_counters: counters that now serve this line.
        elsewhere: minutes of work waiting for the same counters in other lines, from `work_elsewhere`.
        free_counters: how many of the open counters have nobody.
    """

    ahead: int
    minutes: int
    open_counters: int
    elsewhere: float = 0.0
    free_counters: int = 0

    @property
    def place(self) -> int:
        """The place from which waits are compared: 0 when a free counter is waiting for this one, else from 1."""
        return 0 if self._served_now else self.ahead + 1

    @property
    def guess(self) -> float:
        """Minutes, by the catalogue: all work before, and half a visit for those at the counters when none is free."""
        if self._served_now:
            return 0.0
        half = 0.0 if self.free_counters else self.minutes / 2
        return (self._work + half) / self.open_counters

    @property
    def _work(self) -> float:
        return self.ahead * self.minutes + self.elsewhere

    @property
    def _served_now(self) -> bool:
        return self._work < self.free_counters * self.minutes


@dataclass(frozen=True, slots=True)
class Schedule:
    """The rest of the day, in minutes from now: breaks in which nobody serves, in order, and the end if there is one."""

    breaks: tuple[tuple[float, float], ...] = ()
    closes_in: float | None = None

    def on_the_clock(self, minutes: float) -> float:
        """Return when so many minutes of service will have passed, breaks counted in."""
        for begins, ends in self.breaks:
            if minutes < begins:
                break
            minutes += ends - begins
        return minutes

    def after(self, minutes: float) -> Schedule:
        """Return the same day if nobody serves for the first so many minutes."""
        later = ((max(begins, minutes), ends) for begins, ends in self.breaks if ends > minutes)
        return Schedule(((0.0, minutes), *later), self.closes_in)


ALWAYS_OPEN = Schedule()


@dataclass(frozen=True, slots=True)
class Forecast:
    """The minutes of service that one place may have to wait: points in ascending order, and their weights."""

    points: tuple[Point, ...]

    def at(self, share: float) -> float:
        """Return the minutes within which `share` of those who stood here would have been called."""
        return quantile(self.points, share)

    def range(self) -> tuple[float, float, float]:
        """Return the minutes at SOONEST, in the middle, and at LATEST."""
        soonest, middle, latest = quantiles(self.points, (SOONEST, 0.5, LATEST))
        return soonest, middle, latest


def forecast(present: Present, past: Past = NO_PAST) -> Forecast | None:
    """Return what the catalogue and the past give together; None: nobody serves this line."""
    if present.open_counters < 1:
        return None
    guess, weight = present.guess, GUESS_WEIGHT / len(SPREAD)
    points = list(past.seen_from(present.place))  # in order already
    for factor in SPREAD:
        insort(points, (guess * factor, weight))
    return Forecast(tuple(points))


def expected_wait(
    present: Present, past: Past = NO_PAST, schedule: Schedule = ALWAYS_OPEN
) -> WaitRange | None:
    """Return the expected wait in whole minutes in steps of five, 0 to 0 for "at once"; None: nobody serves this line.

    Args:
        present: how the line stands.
        past: what waits at this line of this site have taught.
        schedule: breaks, which lengthen the wait, and closing time, past which the range says that it ends.
    """
    seen = forecast(present, past)
    if seen is None:
        return None
    soonest, middle, latest = map(schedule.on_the_clock, seen.range())
    if middle < AT_ONCE:
        return WaitRange(0, 0)
    low = floor(soonest / STEP) * STEP
    late = schedule.closes_in is not None and latest > schedule.closes_in
    return WaitRange(low, max(ceil(latest / STEP) * STEP, low + STEP), past_closing=late)


def was_kept(low: int, high: int, waited: float) -> bool:
    """Whether a wait of so many minutes lay in the announced range; "at once" is kept within one step."""
    return low <= waited <= max(high, STEP)


def whole_minutes(high: int, waited: float) -> int:
    """Return a wait in whole minutes by which `was_kept` judges as by the wait itself: one that was too long is not rounded down."""
    return ceil(waited) if waited > max(high, STEP) else int(waited)


def work_elsewhere(service: str, lines: Mapping[str, Line], counters: Iterable[Collection[str]]) -> float:
    """Return the minutes of work in other lines that falls to the counters of this service.

    Args:
        service: the line in question.
        lines: all lines of the site.
        counters: for each open counter the services that it takes.

    A line served by three open counters of which one also takes `service` puts a third of its work on it.
    """
    counters = [frozenset(services) for services in counters]
    total = 0.0
    for other in set().union(*(services for services in counters if service in services)) - {service}:
        line = lines.get(other)
        if line is not None and line.waiting:
            taking = [services for services in counters if other in services]
            shared = sum(service in services for services in taking)
            total += line.waiting * line.minutes * shared / len(taking)
    return total
