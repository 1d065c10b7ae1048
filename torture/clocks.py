"""Clocks that step: back, ahead, to a wrong year, over midnight and 04:00, over a change of summer time."""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from queue_core import Lobby
from queue_core.errors import ClockSuspect, QueueError
from torture.hall import COUNTERS, SERVICES, SITE, apart, catalogue, opened
from torture.tally import Tally

ZONES = ("Asia/Makassar", "Asia/Jayapura", "Europe/Berlin", "America/St_Johns")
STARTS = (
    datetime(2026, 3, 27, 20, tzinfo=UTC),
    datetime(2026, 10, 24, 20, tzinfo=UTC),
    datetime(2026, 12, 30, tzinfo=UTC),
)
"""Before Europe's summer time begins and ends, and before a new year."""
STEPS: dict[str, timedelta] = {
    "little ahead": timedelta(minutes=3),
    "little back": timedelta(minutes=-3),
    "an hour ahead": timedelta(hours=1),
    "an hour back": timedelta(hours=-1),
    "a day ahead": timedelta(days=1),
    "a day back": timedelta(days=-1),
    "months ahead": timedelta(days=100),
    "years back": timedelta(days=-4000),
    "years ahead": timedelta(days=3650),
}


MUST_NOT = "must not: "
"""What a round counts under such a name breaks a promise."""


class Lived:
    """A clock that is wrong, and the time that really passes."""

    def __init__(self, start: datetime) -> None:
        self.right, self.off, self.seconds = start, timedelta(), 0.0

    def now(self) -> datetime:
        """What the clock shows."""
        return self.right + self.off

    def passed(self) -> float:
        """What has really passed, in seconds."""
        return self.seconds

    def live(self, time: timedelta) -> None:
        """Let time pass."""
        self.right += time
        self.seconds += time.total_seconds()


def steps(seconds: float, seed: int, folder: Path) -> Tally:
    """Two programs on a site whose clock steps; what may not be given out is refused, and what staff vouch for goes on."""
    tally, chance, round_ = Tally("clock steps", seed), random.Random(seed), 0
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        round_ += 1
        url = f"sqlite:///{folder / f'{round_}.db'}"
        for name, many in apart(_round, url, chance.getrandbits(32)).items():
            if name.startswith(MUST_NOT):
                tally.must(name.removeprefix(MUST_NOT), [f"round {round_}"] * many)
            else:
                tally.add(name, many)
    tally.add("sites", round_)
    return tally


def _round(url: str, seed: int) -> Counter[str]:
    """A few days in the life of a site with a clock that nobody can rely on."""
    chance, counts = random.Random(seed), Counter[str]()
    lived = Lived(chance.choice(STARTS))
    with opened(url, busy_seconds=30) as (store, _):
        store.create()
        programs = [_program(store, lived) for _ in range(2)]
        programs[0].apply_catalogue(catalogue(chance.choice(ZONES)))
        given: Counter[tuple[date, str]] = Counter()
        for at in range(60):
            lived.live(timedelta(minutes=chance.choice((0, 1, 7, 40, 300))))
            if chance.random() < 0.3:
                name = chance.choice(list(STEPS))
                lived.off += STEPS[name]
                counts[f"steps: {name}"] += 1
            _press(chance.choice(programs), f"{at}", chance, counts, given)
            _mend(programs, lived, chance, counts, f"{at}")
        counts[f"{MUST_NOT}numbers of one day given out twice"] = sum(each > 1 for each in given.values())
        refused = _refused_for_ever(programs, lived)
        counts[f"{MUST_NOT}right clocks refused though staff vouch for them"] = refused
        counts[f"{MUST_NOT}flaws in the store"] = len(store.flaws()) + len(programs[0].flaws())
    return counts


def _program(store: object, lived: Lived) -> Lobby:
    import secrets

    from queue_core.ids import id_maker

    return Lobby(
        store,  # type: ignore[arg-type]
        SITE,
        clock=lived.now,
        new_id=id_maker(secrets.token_bytes),
        random_bytes=secrets.token_bytes,
        seconds=lived.passed,
    )


def _press(
    lobby: Lobby, request: str, chance: random.Random, counts: Counter[str], given: Counter[tuple[date, str]]
) -> None:
    try:
        issued = lobby.issue(chance.choice(SERVICES), request_id=f"issue-{request}")
        given[issued.business_date, issued.ticket.label] += 1
        counts["numbers given out"] += 1
        for verb in ("call_next", "start", "complete"):
            with suppress(QueueError):
                getattr(lobby, verb)(chance.choice(COUNTERS), request_id=f"{verb}-{request}")
    except ClockSuspect as error:
        counts[f"refused: {error.data['reason']}"] += 1


def _mend(
    programs: list[Lobby], lived: Lived, chance: random.Random, counts: Counter[str], request: str
) -> None:
    """Somebody sets the clock right, or vouches for it as it is, or nobody does anything yet."""
    fault = programs[0].clock_fault()
    if not fault or chance.random() < 0.5:
        return
    if chance.random() < 0.5:
        lived.off = timedelta()
        counts["clocks set right"] += 1
    with suppress(ClockSuspect):
        if programs[0].accept_clock(request_id=f"accept-{request}"):
            counts["clocks vouched for"] += 1


def _refused_for_ever(programs: list[Lobby], lived: Lived) -> int:
    """In the end the clock is right and staff say so: then every program must give out numbers."""
    lived.off = timedelta()
    for at, lobby in enumerate(programs):
        lobby.accept_clock(request_id=f"at-last-{at}")
    refused = 0
    for at, lobby in enumerate(programs):
        try:
            lobby.issue("DK.ktp", request_id=f"last-{at}")
        except ClockSuspect:
            refused += 1
    return refused


# ----------------------------------------------------------------------------- the real program

MOMENTS = (
    "2026-11-24 15:59:50",  # UTC; midnight in Makassar is at 16:00
    "2026-11-24 16:00:20",
    "2026-11-24 19:59:30",  # before and after 04:00, where the business day turns
    "2026-11-24 20:00:30",
    "2026-11-23 01:00:00",
    "2010-01-01 00:00:00",
    "2026-11-25 02:00:00",
    "2031-05-01 02:00:00",
    "2026-11-25 02:10:00",
)


def faketime(_seconds: float, seed: int, folder: Path) -> Tally:
    """`kiosk issue` itself, each time under another clock."""
    tally = Tally("clock faketime", seed)
    library = next(_libraries(), None)
    if library is None:
        tally.left_out = "libfaketime is not installed (FAKETIME_LIB may name it)"
        return tally
    url, given = f"sqlite:///{folder / 'kiosk.db'}", Counter[str]()
    _kiosk(library, "2026-11-24 01:00:00", url, "init")
    for moment in MOMENTS:
        code, said = _kiosk(library, moment, url, "issue", "DK.ktp", "--no-print", "--json")
        tally.add("numbers given out" if code == 0 else "refused in one sentence")
        if code == 0:
            given[said] += 1
        elif "clock_suspect" not in said and "closed" not in said:
            tally.must("answers that nobody promised", [said[:300]])
    tally.must("numbers given out twice", [each for each, many in given.items() if many > 1])
    tally.must(
        "kiosk check --store says no",
        [said for code, said in [_kiosk(library, MOMENTS[-1], url, "check", "--store")] if code],
    )
    return tally


def _libraries() -> Iterator[str]:
    named = os.environ.get("FAKETIME_LIB")
    yield from [named] if named else []
    yield from map(str, Path("/usr/lib").glob("*/faketime/libfaketime.so.1"))
    if found := shutil.which("faketime"):
        yield from map(str, Path(found).parent.parent.glob("lib*/**/libfaketime.so.1"))


def _kiosk(library: str, moment: str, url: str, *words: str) -> tuple[int, str]:
    clock = {"LD_PRELOAD": library, "FAKETIME": f"@{moment}", "TZ": "UTC", "KIOSK_STORE_URL": url}
    ran = subprocess.run(
        [sys.executable, "-m", "kiosk", *words],
        env={**os.environ, **clock},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    return ran.returncode, (ran.stdout + ran.stderr).strip()
