"""What earlier waits at one line teach about the next one. Pure.

A case is a place and the minutes waited from there. It counts the more, the nearer its place is to the one in
question, and its minutes are scaled to that place. Chosen on 34,755 waits in a city's offices (docs/decisions/0008):
against the median of the same band of places, errors fell by a tenth, and ranges held what they should.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence

Case = tuple[int, float]
"""A place (0: a counter stood free, 1: next in line, …) and the minutes from there to the call."""
Point = tuple[float, float]
"""Minutes that somebody waited, and how much that counts."""

KEPT_CASES = 20
"""The newest of each band. Fifty a band were no better, and a line that has changed is forgotten sooner."""
GROWTH = 0.7
"""Twice the people ahead is 1.6 times the wait: some leave, and where many wait more counters open. 1 was worse."""

_BAND_ENDS = (0, 1, 2, 3, 5, 8, 12, 20, 40)


def band(place: int) -> int:
    """Return the band in which a place is remembered (0, 1, 2, 3, 4-5 and so on), so that common ones never push out rare ones."""
    return bisect_left(_BAND_ENDS, place)


def newest(cases: Iterable[Case], case: Case) -> list[Case]:
    """Return the cases of a band, oldest first, with one more at the end and none too many."""
    return [*cases, case][-KEPT_CASES:]


class Past:
    """The cases of one line, of all bands, in any order."""

    def __init__(self, cases: Iterable[Case] = ()) -> None:
        self._paces = sorted((minutes / _grown(place), place) for place, minutes in cases)
        self._seen: dict[int, list[Point]] = {}

    def seen_from(self, place: int) -> list[Point]:
        """Return the minutes that the past gives for a place, in ascending order, each with its weight up to 1."""
        if place not in self._seen:
            self._seen[place] = self._weighed(place)
        return self._seen[place]

    def _weighed(self, place: int) -> list[Point]:
        scale = _grown(place)
        weighed = ((pace * scale, _nearness(place, other)) for pace, other in self._paces)
        return [point for point in weighed if point[1] > 0]


NO_PAST = Past()


def quantile(points: Sequence[Point], share: float) -> float:
    """Return the minutes below which `share` of the weight lies, between the points in proportion.

    Args:
        points: in ascending order, at least one; a single point's weight lies half on either side of it.
        share: from 0 to 1. Beyond the middle of the first or the last point it is that point.
    """
    return quantiles(points, (share,))[0]


def quantiles(points: Sequence[Point], shares: Sequence[float]) -> list[float]:
    """Return the same for several shares, which ascend, going through the points once."""
    total, found = sum([weight for _, weight in points]), list[float]()
    passed, before, at = 0.0, points[0][0], 0.0
    for minutes, weight in points:
        middle = passed + weight / 2
        while middle >= (wanted := shares[len(found)] * total):
            found.append(
                minutes if middle <= at else before + (minutes - before) * (wanted - at) / (middle - at)
            )
            if len(found) == len(shares):
                return found
        passed, before, at = passed + weight, minutes, middle
    return found + [points[-1][0]] * (len(shares) - len(found))


def _grown(place: int) -> float:
    return float(max(place, 1) ** GROWTH)


def _nearness(place: int, other: int) -> float:
    """The lesser place as a share of the greater one; a free counter is like nothing else."""
    if place == 0 or other == 0:
        return float(place == other)
    return min(place, other) / max(place, other)
