"""How long it may take: the expected wait as a range of minutes. Pure.

The first guess comes from the catalogue: the minutes of all the work that comes before, shared among the open
counters. Dividing by the counters is right only if all that they have to do is counted; a counter that also serves
other lines is slower for this one (measured on a city's offices: a bare division was worse than none). So the work
waiting in the other lines of the same counters is counted in, see `work_elsewhere`.

Past waits of the same service at about the same place in line take over once there are eight: medians by position
band came within a tenth of what gradient boosting reaches on the same records.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import ceil, floor
from statistics import median, quantiles

from queue_core.views import WaitRange

STEP = 5
"""Minutes; a finer figure would promise what nobody can keep."""
AT_ONCE = 3
"""Below so many minutes the answer is "at once"."""
LEAST_CASES = 8
"""So few past waits teach nothing; at exactly so many they weigh as much as the catalogue."""
EARLY, LATE = 0.7, 1.5
"""The range around a guess. It leans to the upper side: who comes back early waits, who comes back late has lost
the turn, and priority visitors may still arrive. About as wide as the middle eight tenths of measured waits."""

_BAND_ENDS = (1, 2, 3, 5, 8, 12, 20, 40)


@dataclass(frozen=True, slots=True)
class Line:
    """One service's line now: people waiting, and the minutes that each takes at a counter."""

    waiting: int
    minutes: int


def expected_wait(
    ahead: int,
    minutes: int,
    open_counters: int,
    *,
    elsewhere: float = 0.0,
    free_counters: int = 0,
    past: Sequence[float] = (),
) -> WaitRange | None:
    """Return the expected wait in whole minutes in steps of five, 0 to 0 for "at once"; None: nobody serves this line.

    Args:
        ahead: people before this one in the line of the service. Count people, never the difference of numbers.
        minutes: what one visitor takes at the counter, from the catalogue.
        open_counters: counters that now serve this line.
        elsewhere: minutes of work waiting for the same counters in other lines, from `work_elsewhere`.
        free_counters: how many of the open counters have nobody.
        past: minutes waited by earlier visitors of this service who stood in the same band of position.
    """
    if open_counters < 1:
        return None
    guess = _guess(ahead * minutes + elsewhere, minutes, open_counters, free_counters)
    low, middle, high = guess * EARLY, guess, guess * LATE
    if len(past) >= LEAST_CASES:
        tenths, weight = quantiles(past, n=10, method="inclusive"), len(past) / (len(past) + LEAST_CASES)
        low += weight * (tenths[0] - low)
        middle += weight * (median(past) - middle)
        high += weight * (tenths[-1] - high)
    return _rounded(low, middle, high)


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


def band(position: int) -> int:
    """Return the band of a position in line (from 1) in which waits are compared: 1, 2, 3, 4-5, 6-8, … more."""
    return next((index for index, end in enumerate(_BAND_ENDS) if position <= end), len(_BAND_ENDS))


def _guess(work: float, minutes: int, open_counters: int, free_counters: int) -> float:
    """All work before this visitor, and half a visit for those at the counters when none of these is free."""
    if free_counters:
        return work / open_counters if work >= free_counters * minutes else 0.0
    return (work + minutes / 2) / open_counters


def _rounded(low: float, middle: float, high: float) -> WaitRange:
    if middle < AT_ONCE:
        return WaitRange(0, 0)
    lower = floor(low / STEP) * STEP
    return WaitRange(lower, max(ceil(high / STEP) * STEP, lower + STEP))
