"""Judges the expected wait on real waits of a city's offices, where their records lie beside the checkout: `../shared/data`.

The product never reads them. A hold-out by date: what was called before 13 January 2020 is learned, what was issued from
then on is judged. The offices' catalogue is unknown, so each visit is assumed to take ten minutes.
"""

from __future__ import annotations

import csv
import gzip
import heapq
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from math import sqrt
from pathlib import Path
from statistics import fmean, median

from bench.place import ROOT
from bench.table import Row
from queue_core.learning import Case, Past, band, newest
from queue_core.waiting import Present, expected_wait, forecast, was_kept

SAMPLES = ROOT.parent / "shared" / "data" / "warsaw_wait_samples.csv.gz"
JUDGED_FROM = "2020-01-13"
MINUTES = 10
OFFICES = "the offices' own figure"


@dataclass(frozen=True)
class Sample:
    """One visitor: when and where a number was taken, who was there, and the minutes until the call."""

    day: str
    minute: float
    queue: tuple[str, str]
    waiting: int  # this visitor included
    counters: int
    published: float | None
    waited: float

    @property
    def called(self) -> float:
        """The minute of the day at which the wait ended."""
        return self.minute + self.waited


@dataclass(frozen=True)
class Judged:
    """What was foretold, and what became true."""

    middle: float
    low: float
    high: float
    told_low: int
    told_high: int
    waited: float


class Lines:
    """What each queue has taught so far."""

    def __init__(self) -> None:
        self._cases: dict[tuple[str, str], dict[int, list[Case]]] = defaultdict(dict)
        self._pasts: dict[tuple[str, str], Past] = {}

    def learn(self, sample: Sample) -> None:
        """Take in a visitor who was called."""
        bands, at = self._cases[sample.queue], band(sample.waiting)
        bands[at] = newest(bands.get(at, ()), (sample.waiting, sample.waited))
        self._pasts.pop(sample.queue, None)

    def judge(self, sample: Sample) -> Judged:
        """Foretell a wait and put the true one beside it."""
        if sample.queue not in self._pasts:
            self._pasts[sample.queue] = Past(
                case for cases in self._cases[sample.queue].values() for case in cases
            )
        past = self._pasts[sample.queue]
        present = Present(sample.waiting - 1, MINUTES, max(1, sample.counters))
        seen, told = forecast(present, past), expected_wait(present, past)
        if seen is None or told is None:
            raise AssertionError(sample)
        return Judged(seen.at(0.5), seen.at(0.1), seen.at(0.9), told.low, told.high, sample.waited)


def waits() -> Iterator[Row]:
    """Yield the rows of the table; none, and a word on why, where the records are not there."""
    if not SAMPLES.exists():
        print(f"skipped: there are no records at ../{SAMPLES.relative_to(ROOT.parent)}", file=sys.stderr)
        return
    samples = read(SAMPLES)
    held_out = [each for each in samples if each.day >= JUDGED_FROM]
    first_day = [each for each in samples if each.day == samples[0].day]
    yield from _rows("waits", hold_out(samples, JUDGED_FROM), _own(held_out))
    for name, judged, seen in (
        ("waits, learning on", hold_out(samples, JUDGED_FROM, learn_on=True), held_out),
        ("waits, the first day of all", a_day(Lines(), first_day, learn_on=True), first_day),
    ):
        mean_error = _mean_error([(each.middle, each.waited) for each in judged])
        yield Row(f"{name}: mean error", mean_error, "min", _mean_error(_own(seen)), OFFICES)


def read(path: Path) -> list[Sample]:
    """Read the records, in order of time."""
    with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
        samples = [_sample(row) for row in csv.DictReader(file)]
    return sorted(samples, key=lambda each: (each.day, each.minute))


def hold_out(samples: Sequence[Sample], first_day: str, *, learn_on: bool = False) -> list[Judged]:
    """Learn what was called before a day and judge from then on; with `learn_on` also learn from each call on the way."""
    lines, judged = Lines(), list[Judged]()
    for day, today in groupby(samples, key=lambda each: each.day):
        if day < first_day:
            for sample in sorted(today, key=lambda each: each.called):
                lines.learn(sample)
        else:
            judged += a_day(lines, list(today), learn_on=learn_on)
    return judged


def a_day(lines: Lines, today: Iterable[Sample], *, learn_on: bool) -> list[Judged]:
    """Judge one day; nobody's wait is learned from before that visitor was called."""
    judged, waiting = list[Judged](), list[tuple[float, int, Sample]]()
    for number, sample in enumerate(today):
        while waiting and waiting[0][0] <= sample.minute:
            lines.learn(heapq.heappop(waiting)[2])
        judged.append(lines.judge(sample))
        if learn_on:
            heapq.heappush(waiting, (sample.called, number, sample))
    while waiting:
        lines.learn(heapq.heappop(waiting)[2])
    return judged


def _rows(name: str, judged: Sequence[Judged], own: Sequence[tuple[float, float]]) -> Iterator[Row]:
    errors = [(each.middle, each.waited) for each in judged]
    mean_error = _mean_error(errors)
    yield Row(
        f"{name}: mean error", mean_error, "min", _mean_error(own), OFFICES, "at most 9 min", mean_error <= 9
    )
    yield Row(
        f"{name}: root mean square error", _root_mean_square(errors), "min", _root_mean_square(own), OFFICES
    )
    yield Row(f"{name}: bias", _bias(errors), "min", _bias(own), OFFICES)
    yield Row(f"{name}: within 10 minutes", _within(errors), "%", _within(own), OFFICES)
    held = _percent(each.low <= each.waited <= each.high for each in judged)
    yield Row(f"{name}: held by the 10-90 % range", held, "%", target="75 to 85 %", met=75 <= held <= 85)
    yield Row(f"{name}: width of that range, median", median(each.high - each.low for each in judged), "min")
    kept = _percent(was_kept(each.told_low, each.told_high, each.waited) for each in judged)
    yield Row(f"{name}: held by the announced range", kept, "%")
    yield Row(
        f"{name}: width announced, median", median(each.told_high - each.told_low for each in judged), "min"
    )


def _mean_error(pairs: Sequence[tuple[float, float]]) -> float:
    return fmean(abs(foretold - true) for foretold, true in pairs)


def _root_mean_square(pairs: Sequence[tuple[float, float]]) -> float:
    return sqrt(fmean((foretold - true) ** 2 for foretold, true in pairs))


def _bias(pairs: Sequence[tuple[float, float]]) -> float:
    return fmean(foretold - true for foretold, true in pairs)


def _within(pairs: Sequence[tuple[float, float]]) -> float:
    return _percent(abs(foretold - true) <= 10 for foretold, true in pairs)


def _percent(held: Iterable[bool]) -> float:
    return 100 * fmean(held)


def _own(samples: Iterable[Sample]) -> list[tuple[float, float]]:
    """What the offices showed, and what became true."""
    return [(each.published, each.waited) for each in samples if each.published is not None]


def _sample(row: Mapping[str, str]) -> Sample:
    return Sample(
        day=row["date"],
        minute=float(row["minute_of_day"]),
        queue=(row["office"], row["queue_id"]),
        waiting=int(row["waiting"]),
        counters=int(row["open_counters"]),
        published=float(row["published_minutes"]) if row["published_minutes"] else None,
        waited=float(row["wait_minutes"]),
    )
