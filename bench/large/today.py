"""A day that is played on a large store: so many wait, whoever is called makes room for one more."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import count

from queue_core import Lobby, Store
from queue_core.ids import id_maker

WAITING = 400
COUNTERS = ("7", "9", "11", "14", "17")
"""Each takes all services of its agency."""
SERVICES = (
    "DK.ktp",
    "PD.pbb",
    "BN.bayar",
    "BK.cek",
    "PT.nib",
    "DK.kk",
    "PD.pajda",
    "BN.rek",
    "BK.ubah",
    "PT.izin",
)


class Moments:
    """A clock that moves by a second each time it is read."""

    def __init__(self, day: date) -> None:
        self._now = datetime.combine(day, time(1), UTC)

    def __call__(self) -> datetime:
        self._now += timedelta(seconds=1)
        return self._now


@dataclass
class Today:
    """One day on one store, the same on each: chance is seeded, and only ids and times carry the day."""

    lobby: Lobby
    day: date
    requests: Iterator[int]
    tokens: list[str]

    def request(self) -> str:
        """An id that no other run has used."""
        return f"{self.day}-{next(self.requests)}"

    def come(self, service: str, number: int) -> None:
        """One more visitor takes a number."""
        issued = self.lobby.issue(service, request_id=self.request(), priority=number % 8 == 0)
        self.tokens.append(issued.token)

    def call(self, number: int) -> str:
        """A counter calls the next; return for which service."""
        counter = COUNTERS[number % len(COUNTERS)]
        called = self.lobby.call_next(counter, request_id=self.request())
        assert called is not None, "the line of this counter ran out"
        return called.service

    def serve(self, number: int) -> None:
        """That counter is done with the visitor."""
        counter = COUNTERS[number % len(COUNTERS)]
        self.lobby.start(counter, request_id=self.request())
        self.lobby.complete(counter, request_id=self.request())


def begin(store: Store, site: str, day: date, *, waiting: int = WAITING) -> Today:
    """Let so many take a number, and each counter call once."""
    chance = random.Random(7)
    lobby = Lobby(
        store, site, clock=Moments(day), new_id=id_maker(chance.randbytes), random_bytes=chance.randbytes
    )
    today = Today(lobby, day, count(), [])
    for number in range(waiting):
        today.come(SERVICES[number % len(SERVICES)], number)
    for number in range(len(COUNTERS)):  # each counter has called before, and remembers
        service = today.call(number)
        today.serve(number)
        today.come(service, number)
    return today
