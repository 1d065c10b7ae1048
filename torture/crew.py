"""A crew of programs on one store, killed and started again."""

from __future__ import annotations

import random
from multiprocessing.context import ForkProcess
from pathlib import Path
from types import TracebackType
from typing import Self

import psycopg  # noqa: F401 - before the fork: else each program would load it anew

from torture.cables import Cable
from torture.hall import COUNTERS, FORK
from torture.people import live

KIOSKS = 3
SOME_WORK = 300
"""Bytes of a diary: a few commands and their answers."""


def _size(diary: Path) -> int:
    return diary.stat().st_size if diary.exists() else 0


class Crew:
    """Three kiosks and four counters, each with its diary in a folder."""

    def __init__(
        self,
        url: str,
        folder: Path,
        chance: random.Random,
        *,
        kiosks: int = KIOSKS,
        cable: Cable | None = None,
    ) -> None:
        folder.mkdir(exist_ok=True)
        self.url, self._chance, self._cable = url, chance, cable
        names = [f"kiosk-{at + 1}" for at in range(kiosks)] + [f"counter-{each}" for each in COUNTERS]
        self.diaries = [folder / f"{name}.jsonl" for name in names]
        self._at_work: dict[Path, ForkProcess] = {}
        self._began_with: dict[Path, int] = {}

    def __enter__(self) -> Self:
        for diary in self.diaries:
            self._begin(diary)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.kill_all()

    def kill_one(self) -> None:
        """Kill -9 one, mostly one that has done some work already, and start another in its place."""
        worked = [each for each in self.diaries if _size(each) > self._began_with.get(each, 0) + SOME_WORK]
        pool = worked if worked and self._chance.random() < 0.8 else self.diaries
        diary = self._chance.choice(pool)
        self._end(diary)
        self._begin(diary)

    def kill_all(self) -> None:
        """Kill -9 everybody at once."""
        for process in self._at_work.values():
            process.kill()
        for diary in self.diaries:
            self._end(diary)

    def begin_all(self) -> None:
        """Start those who do not work."""
        for diary in self.diaries:
            if diary not in self._at_work:
                self._begin(diary)

    def _begin(self, diary: Path) -> None:
        process = FORK.Process(target=self._live, args=(diary, self._chance.getrandbits(32)), daemon=True)
        self._began_with[diary] = _size(diary)
        process.start()
        self._at_work[diary] = process

    def _live(self, diary: Path, seed: int) -> None:
        if self._cable:
            self._cable.move_in()
        live(self.url, diary, seed)

    def _end(self, diary: Path) -> None:
        process = self._at_work.pop(diary, None)
        if process:
            process.kill()
            process.join()
