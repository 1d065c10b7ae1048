"""A month in minutes: the real programs, open all the while, with scripted days; does any of them grow?

Twenty-six days of the scripted day are played on one store at high speed, in the programs' own clock. All the while a finger
takes numbers at the touch screen, phones and a hall's browser look at the web server. What a program holds after the first
days is compared with what it holds at the end of the last one. The screens look at most ten times a second, so they show
fewer changes than in a month: some four thousand each.
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
from bench.pages import free_port, wait_for_server
from bench.place import disk
from bench.played import SharedClock
from bench.programs import Use, drain, serving, use
from bench.pty_program import PtyProgram
from bench.screens import GREETING
from bench.table import Row
from bench.ways import HEADING
from kiosk.settings import load
from kiosk.shared.place import Place
from kiosk.wiring import build_house, dice
from queue_core import Lobby
from queue_core.ids import id_maker
from queue_core.settings import Catalogue

DAYS, WARM, VISITS = 26, 3, 235
"""The month; the day from which growth is counted; who comes a day, besides those whom the touch screen serves in the same time."""
TOUCHED = 10
"""Numbers taken at the touch screen a day, by a finger, at the most: as many as a played day has time for."""
PHONE_EVERY = 10
"""Minutes of the day between two phones that open their page, and hold it open for a moment."""
TAKEN_IN = 0.03
"""Seconds of each minute in which people come for the programs to show what happened."""
MOST_GROWTH = 0.05
MOST_MINUTES = 1150
PLAYED = "bench.played"
"""The module that runs a command in played time."""
BEGIN = datetime(2026, 12, 1, 0, 0, tzinfo=UTC)
SCREENS: dict[str, tuple[str, ...]] = {
    "touch": ("touch",),
    "counter": ("counter", "1"),
    "supervisor": ("supervisor",),
    "board": ("board",),
}


def soak(days: int = DAYS, visits: int = VISITS, warm: int = WARM) -> Iterator[Row]:
    """How much more each program holds at the end than after the first days: resident, and what no other program shares."""
    with TemporaryDirectory(prefix="soak-", dir=disk()) as name, ExitStack() as opened:
        month = opened.enter_context(_month(Path(name)))
        held = []
        for day in range(days):
            month.play(day, visits)
            held.append(month.held())
            said = ", ".join(
                f"{name} {use.resident / 1e6:.1f} ({use.private / 1e6:.1f})" for name, use in held[-1].items()
            )
            print(f"day {day + 1} of {days}, {month.visits} visits so far: {said} MB", file=sys.stderr)
    yield Row("visits in the month", month.visits, "visits")
    yield Row("numbers taken at the touch screen", month.finger.taken, "numbers")
    yield Row("phones that looked", month.phones, "phones")
    for program in held[0]:
        yield from grown(program, held[warm - 1][program], held[-1][program], f"day {warm} to day {days}")


def grown(program: str, before: Use, after: Use, span: str) -> Iterator[Row]:
    """Rows that compare what a program held at two moments of a span, `day 3 to day 26`."""
    said = f"at most {100 * MOST_GROWTH:g} %"
    for kind in ("resident", "private"):
        was, now = getattr(before, kind), getattr(after, kind)
        growth = now / was - 1
        yield Row(f"{program}: {kind}, at the end", now / 1e6, "MB", was / 1e6, span.partition(" to ")[0])
        yield Row(
            f"{program}: {kind}, growth from {span}",
            100 * growth,
            "%",
            target=said,
            met=growth <= MOST_GROWTH,
        )


class Finger:
    """Visitors at the touch screen, one after the other: agency, service, number, done. It goes on whenever it is looked at."""

    WAY = (
        ("Instansi AA", "Layanan 2"),
        ("Layanan 2", "REGULER"),
        ("REGULER", HEADING),
        ("Selesai", GREETING),
    )
    """What is touched, and what stands there then."""
    PAUSE = 0.35
    """Seconds. A second touch that comes sooner may be taken for a double tap."""
    AGAIN, PATIENCE = 3.0, 60.0

    def __init__(self, touch: PtyProgram) -> None:
        self._touch = touch
        self._step, self._then = 0, GREETING
        self._sent = self._begun = time.perf_counter()
        self.taken = 0

    @property
    def rests(self) -> bool:
        """Whether nobody stands at the screen."""
        return self._step == 0 and self._touch.shows(GREETING)

    def go_on(self) -> None:
        """Touch what is next, if it stands there by now; once more, as people do, if nothing came of it for some seconds."""
        since = time.perf_counter() - self._sent
        words, then = self.WAY[self._step]
        if since < self.PAUSE:
            return
        if self._touch.shows(self._then, words):
            self._step, self._then = (self._step + 1) % len(self.WAY), then
            self.taken += self._step == 0
            self._begun = self._put_on(words)
        elif time.perf_counter() - self._begun > self.PATIENCE:
            message = f"never saw {self._then!r} and {words!r}; the screen was:\n{self._touch.text()}"
            raise TimeoutError(message)
        elif since > self.AGAIN and self._touch.shows(before := self.WAY[self._step - 1][0]):
            self._put_on(before)

    def _put_on(self, words: str) -> float:
        self._sent = self._touch.send(self._touch.touch(words))
        return self._sent


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
        self.finger = Finger(screens["touch"])
        self.visits = self.phones = 0

    def play(self, day: int, visits: int) -> None:
        """One day, until nobody is under way; the screens' output is taken in between."""
        self._clock.set(BEGIN + timedelta(days=day))
        players = Players(
            self._lobby, self._clock, self._chance, _hall(), visits, [_nothing], lambda _: _nothing, _nothing,
            alone=False, first_request=day * 1_000_000,
        )  # fmt: skip
        players.account.seq = self._seq
        players.listen()
        before = self.finger.taken
        for minute in range(MOST_MINUTES):
            players.minute(minute)
            self._take(TAKEN_IN if players.came < visits else 0.001)
            if not self.finger.rests or (players.came < visits and self.finger.taken - before < TOUCHED):
                self.finger.go_on()
            if minute % PHONE_EVERY == 0:
                self._look(list(players.tokens.values())[-1:])
            if players.over and self.finger.rests:
                break
        self._lobby.close_day()
        players.listen()
        self._seq = players.account.seq
        self.visits += len(players.account.visits)
        self._take(1.0)

    def _take(self, seconds: float) -> None:
        drain(self._screens.values(), seconds)
        for name, screen in self._screens.items():
            if name != "touch":
                screen.forget()

    def _look(self, tokens: Iterable[str]) -> None:
        for token in tokens:
            self.phones += 1
            for path in ("/board", "/metrics", f"/T/{token}"):
                self._read(path, -1)
            self._read(f"/T/{token}/stream", 1)

    def _read(self, path: str, most: int) -> None:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self._port}{path}", timeout=30) as answer:
                answer.read(most)
        except urllib.error.HTTPError as error:
            error.close()  # a page that is not there any more is an answer too

    def held(self) -> dict[str, Use]:
        """What each program holds."""
        return {name: use(pid) for name, pid in self._pids.items()}


@contextmanager
def _month(folder: Path) -> Iterator[Month]:
    port, config = free_port(), folder / "config.toml"
    config.write_text(_config(port), encoding="utf-8")
    path = folder / "clock"
    clock = SharedClock.made(path, BEGIN)
    played = (sys.executable, "-m", PLAYED, str(path))
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
        wait_for_server(port)
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
    """The scripted day's hall as a configuration file; what is printed goes nowhere."""
    hall = _hall().model_dump(mode="json", exclude_defaults=True)
    return (
        "".join(
            f"{name} = {toml(value)}\n"
            for name, value in hall.items()
            if name in {"site", "agency", "journey"}
        )
        + '\n[printer]\ndevice = "file"\npath = "/dev/null"\n\n[machine]\nid = "K1"\ndemonstration = true\n'
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
