"""A race: processes that do the same kind of deed at once, and what is told of it."""

from __future__ import annotations

import gc
import multiprocessing
import time
import traceback
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from queue_core.errors import QueueError

PATIENCE = 300.0
"""Seconds until a race that does not end is given up."""

Do = Callable[[int], None]
Open = Callable[[int], Do]
"""Given the number of the worker, in its process: open what it needs; return what does its n-th deed."""
Due = Callable[[int, int], float]
"""Given the worker and the number of its deed: how many seconds after the beginning it falls due."""
_FORK = multiprocessing.get_context("fork")


def at_once(_who: int, _number: int) -> float:
    """Each deed as soon as the one before is done."""
    return 0.0


@dataclass(frozen=True)
class Ran:
    """What one worker did: when it began (monotonic), when each deed ended and how many milliseconds it took, and refusals."""

    begun: float
    ends: list[float]
    times: list[float]
    refused: list[str]

    def until(self, end: float) -> list[float]:
        """Milliseconds of the deeds that had ended by then."""
        return [ms for ms, ended in zip(self.times, self.ends, strict=True) if ended <= end]


@dataclass(frozen=True)
class Raced:
    """One race, judged from the last one's beginning until the first one has done all: so long all of them run."""

    runs: Sequence[Ran]

    @property
    def end(self) -> float:
        """When the first of them had nothing more to do."""
        return min(run.ends[-1] for run in self.runs if run.ends)

    @property
    def seconds(self) -> float:
        """How long all of them ran."""
        return self.end - max(run.begun for run in self.runs)

    @property
    def times(self) -> list[float]:
        """Milliseconds of each deed."""
        return [ms for run in self.runs for ms in run.until(self.end)]

    @property
    def each(self) -> list[float]:
        """Deeds a second of each worker."""
        return [len(run.until(self.end)) / self.seconds for run in self.runs]

    @property
    def refused(self) -> int:
        """How many deeds were refused, before and after."""
        return sum(len(run.refused) for run in self.runs)


def race(opener: Open, workers: int, each: int, *, warm: int = 0, due: Due = at_once) -> Raced:
    """Let so many processes do `warm` deeds each, wait for each other, begin together, and do `each` deeds when due."""
    ready, answers = _FORK.Barrier(workers), _FORK.Queue()
    processes = [
        _FORK.Process(target=_work, args=(opener, who, (warm, each, due), ready, answers), daemon=True)
        for who in range(workers)
    ]
    gc.collect()
    gc.freeze()  # what the parent holds is not looked through again in each child
    for process in processes:
        process.start()
    gc.unfreeze()
    told = [answers.get(timeout=PATIENCE) for _ in processes]
    for process in processes:
        process.join(PATIENCE)
    if failed := [each for each in told if isinstance(each, str)]:
        raise RuntimeError(failed[0])
    return Raced(told)


def _work(opener: Open, who: int, deeds: tuple[int, int, Due], ready: Any, answers: Any) -> None:
    try:
        answers.put(_worked(opener, who, deeds, ready))
    except Exception:  # told by the parent, which waits for an answer of each
        ready.abort()
        answers.put(traceback.format_exc())


def _worked(opener: Open, who: int, deeds: tuple[int, int, Due], ready: Any) -> Ran:
    do, (warm, each, due) = opener(who), deeds
    refused: list[str] = []
    for number in range(warm):
        _timed(do, number, refused)
    ready.wait(PATIENCE)
    ends, times, begun = [], [], time.monotonic()
    for number in range(warm, warm + each):
        time.sleep(max(0.0, begun + due(who, number - warm) - time.monotonic()))
        taken = _timed(do, number, refused)
        if taken is not None:
            times.append(taken)
            ends.append(time.monotonic())
    return Ran(begun, ends, times, refused)


def _timed(do: Do, number: int, refused: list[str]) -> float | None:
    """Milliseconds of a deed; None when it was refused."""
    at = time.perf_counter()
    try:
        do(number)
    except QueueError as error:
        refused.append(error.code)
        return None
    return 1000 * (time.perf_counter() - at)
