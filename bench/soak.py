"""A month in minutes: the real programs, open all the while, with scripted days; does any of them grow?

Twenty-six days of the scripted day are played on one store at high speed, in the programs' own clock. A visitor takes
numbers at the touch screen, phones and a hall's browser look at the web server. What a program holds after the warm-up, when
all has been loaded and every cache is full, is compared with what it holds at the end of the last day.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from bench.day.hall import SITE, catalogue
from bench.day.player import PEOPLE, PIN, Players
from bench.pages import free_port
from bench.place import disk
from bench.played import SharedClock
from bench.programs import drain, serving, use
from bench.pty_program import PtyProgram
from bench.screens import GREETING
from bench.table import Row
from bench.ways import HEADING, tap
from kiosk.settings import load
from kiosk.shared.place import Place
from kiosk.wiring import build_house, dice
from queue_core import Lobby
from queue_core.ids import id_maker
from queue_core.settings import Catalogue

DAYS, WARM, VISITS = 26, 16, 25
"""Sixteen of these small days are some four hundred visits, one day of the mall: by then every cache is full."""
TOUCHED = 1
"""Numbers taken at the touch screen, by hand, each day."""
LOOKS = 10
"""Pages that phones ask for each day."""
MOST_GROWTH = 0.05
MOST_MINUTES = 1150
BEGIN = datetime(2026, 12, 1, 0, 0, tzinfo=UTC)
SCREENS: dict[str, tuple[str, ...]] = {
    "touch": ("touch",),
    "counter": ("counter", "1"),
    "supervisor": ("supervisor",),
    "board": ("board",),
}


def soak(days: int = DAYS, visits: int = VISITS, warm: int = WARM) -> Iterator[Row]:
    """One row for each program: how much more it holds at the end than after the warm-up."""
    with TemporaryDirectory(prefix="soak-", dir=disk()) as name, ExitStack() as opened:
        month = opened.enter_context(_month(Path(name)))
        sizes = []
        for day in range(days):
            month.play(day, visits)
            sizes.append(month.sizes())
            held = ", ".join(f"{name} {size / 1e6:.1f}" for name, size in sizes[-1].items())
            print(f"day {day + 1} of {days}: {held} MB", file=sys.stderr)
    said = f"at most {100 * MOST_GROWTH:g} %"
    for program, before in sizes[warm - 1].items():
        growth = sizes[-1][program] / before - 1
        yield Row(
            f"{days} days of {visits + TOUCHED} visits: {program} grew", 100 * growth, "%",
            target=said, met=growth <= MOST_GROWTH,
        )  # fmt: skip
        yield Row(f"{program}: resident after {warm} days", before / 1e6, "MB")


class Month:
    """The programs, the clock, and who plays."""

    def __init__(
        self,
        lobby: Lobby,
        clock: SharedClock,
        screens: Mapping[str, PtyProgram],
        pids: Mapping[str, int],
        port: int,
    ) -> None:
        self._lobby, self._clock, self._screens, self._pids, self._port = lobby, clock, screens, pids, port
        self._chance, self._seq = dice(1), 0

    def play(self, day: int, visits: int) -> None:
        """One day, until nobody is under way; the screens' output is taken in between."""
        self._clock.set(BEGIN + timedelta(days=day))
        players = Players(
            self._lobby, self._clock, self._chance, _hall(), visits, [_nothing], lambda _: _nothing, _nothing,
            first_request=day * 1_000_000,
        )  # fmt: skip
        players.account.seq = self._seq
        players.listen()
        for minute in range(MOST_MINUTES):
            players.minute(minute)
            drain(self._screens.values(), 0.001)
            if minute in range(30, 30 + 20 * TOUCHED, 20):
                self._touch()
            if players.over:
                break
        self._look(list(players.tokens.values())[:LOOKS])
        self._lobby.close_day()
        players.listen()
        self._seq = players.account.seq
        drain(self._screens.values(), 1.0)

    def _touch(self) -> None:
        """A visitor at the touch screen: agency, service, number, done."""
        touch, others = self._screens["touch"], list(self._screens.values())
        tap(touch, "Instansi AA", "Layanan 2", others)
        tap(touch, "Layanan 2", "REGULER", others)
        tap(touch, "REGULER", HEADING, others)
        tap(touch, "Selesai", GREETING, others)

    def _look(self, tokens: Iterable[str]) -> None:
        for path in ("/board", "/health", "/metrics", *(f"/T/{token}" for token in tokens)):
            try:
                with urllib.request.urlopen(f"http://127.0.0.1:{self._port}{path}", timeout=30) as answer:
                    answer.read()
            except urllib.error.HTTPError as error:
                error.close()  # a page that is not there any more is an answer too

    def sizes(self) -> dict[str, int]:
        """Bytes that each program holds."""
        return {name: use(pid).resident for name, pid in self._pids.items()}


@contextmanager
def _month(folder: Path) -> Iterator[Month]:
    port, config = free_port(), folder / "config.toml"
    config.write_text(_config(port), encoding="utf-8")
    path = folder / "clock"
    clock = SharedClock.made(path, BEGIN)
    played = (sys.executable, "-m", "bench.played", str(path))
    subprocess.run([*played, "init"], cwd=folder, check=True, capture_output=True, timeout=120)
    house = build_house(load(config, {}), Place(config, folder))
    with ExitStack() as opened:
        opened.callback(house.store.close)
        pids = {name: opened.enter_context(serving((*played, name), folder)) for name in ("spool", "web")}
        screens = {
            name: opened.enter_context(PtyProgram((*played, *words), cwd=folder, columns=101, rows=28))
            for name, words in SCREENS.items()
        }
        pids |= {name: screen.pid for name, screen in screens.items()}
        screens["touch"].wait_for("Instansi AA")
        screens["counter"].wait_for("PIN 2580")
        drain(screens.values(), 1)
        screens["counter"].send(b"demo\r2580\r")
        opened.enter_context(_listening(port))
        chance = dice(2)
        lobby = Lobby(
            house.store, SITE, clock=clock, new_id=id_maker(chance.randbytes), random_bytes=chance.randbytes
        )
        for person, role in PEOPLE.items():
            lobby.add_staff(person, person.title(), PIN, role)
        yield Month(lobby, clock, screens, pids, port)


def _nothing(*_: object) -> None:
    """An ordinary day: nobody watches, and nothing special is done."""


@contextmanager
def _listening(port: int) -> Iterator[None]:
    """A hall's browser that stays: it takes in the board's stream."""
    over = threading.Event()

    def listen() -> None:
        while not over.is_set():
            try:
                with urllib.request.urlopen(f"http://127.0.0.1:{port}/board/stream", timeout=5) as stream:
                    while not over.is_set() and stream.readline():
                        pass
            except OSError:
                time.sleep(0.2)

    thread = threading.Thread(target=listen, daemon=True)
    thread.start()
    yield
    over.set()


def _hall() -> Catalogue:
    """The scripted day's hall with everywhere the usual policy: a configuration file is read with more care than tests are."""
    hall = catalogue()
    plain = [each.model_copy(update={"policy": None}) for each in hall.site[0].counter]
    return hall.model_copy(update={"site": [hall.site[0].model_copy(update={"counter": plain})]})


def _config(port: int) -> str:
    """The scripted day's hall as a configuration file; the printer's paper is in memory."""
    hall = _hall().model_dump(mode="json", exclude_defaults=True)
    return (
        "".join(
            f"{name} = {toml(value)}\n"
            for name, value in hall.items()
            if name in {"site", "agency", "journey"}
        )
        + '\n[printer]\ndevice = "memory"\n\n[machine]\nid = "K1"\ndemonstration = true\n'
        + f"\n[web]\nport = {port}\n\n[board]\nvoice = false\n\n[screen]\ntickets_a_minute = 60\n"
    )


def toml(value: Any) -> str:
    """Return a value of JSON in TOML's inline form."""
    if isinstance(value, dict):
        inside = ", ".join(f"{_key(name)} = {toml(each)}" for name, each in value.items() if each is not None)
        return f"{{{inside}}}"
    if isinstance(value, list):
        return f"[{', '.join(map(toml, value))}]"
    return json.dumps(value, ensure_ascii=False)


def _key(name: str) -> str:
    return name if re.fullmatch(r"[A-Za-z0-9_-]+", name) else json.dumps(name)
