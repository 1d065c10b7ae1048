"""A journal in memory that survives the death of a Spool, for tests."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from printers.spool import JobState

OPEN = {JobState.SENDING, JobState.STUB, JobState.NEW}


@dataclass
class Paper:
    """One job."""

    id: str
    copy: int = 1
    state: str = JobState.NEW
    facts: Mapping[str, object] = field(default_factory=dict)
    payload: bytes | None = None
    age_seconds: float = 1.0
    cut_counter: int | None = None
    error: str = ""


class Killed(BaseException):
    """The program was killed by the kernel."""


@dataclass
class MemoryJournal:
    """`killer` is asked after each call whether the program dies right here."""

    jobs: list[Paper] = field(default_factory=list)
    reports: list[tuple[str, str]] = field(default_factory=list)
    told: list[tuple[str, str]] = field(default_factory=list)
    killer: Callable[[], bool] = lambda: False

    def add(self, *ids: str) -> None:
        self.jobs += [Paper(name) for name in ids]

    def states(self) -> dict[str, str]:
        return {job.id: str(job.state) for job in self.jobs}

    def next_job(self, printer: str) -> Paper | None:
        waiting = [job for job in self.jobs if job.state in OPEN]
        return min(waiting, key=lambda job: job.state == JobState.NEW, default=None)

    def sending(self, job: str, payload: bytes, cut_counter: int | None) -> None:
        found = self._find(job)
        found.state, found.payload, found.cut_counter = JobState.SENDING, payload, cut_counter
        self._say(job, JobState.SENDING)

    def settle(self, job: str, state: str, error: str = "") -> None:
        found = self._find(job)
        found.state, found.error = state, error
        self._say(job, state)

    def report(self, printer: str, state: str, reason: str, holder: str) -> None:
        self.reports.append((state, reason))

    def _find(self, job: str) -> Paper:
        return next(found for found in self.jobs if found.id == job)

    def _say(self, job: str, state: str) -> None:
        self.told.append((job, str(state)))
        if self.killer():
            raise Killed
