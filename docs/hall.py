"""A morning at the mall, for pictures: a small store that looks the same each time it is made."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from kiosk.commands.crowd import Crowd
from kiosk.commands.day import Choice, arrivals
from kiosk.settings import Settings, load, sample_path
from kiosk.shared.backend import Backend
from kiosk.shared.place import Place
from kiosk.wiring import House, build_house, build_spool, dice, make_if_absent, start_spool
from queue_core import Actor, Lobby
from queue_core.ids import id_maker

if TYPE_CHECKING:
    from queue_core.views import Offer

OPENED = datetime(2026, 11, 24, 0, 0, tzinfo=UTC)
"""A Tuesday, 08.00 WITA."""
DRAWN = OPENED + timedelta(minutes=101)
"""The moment of the pictures, 09.41 WITA."""
TAKES_SEAT, BEGINS = DRAWN - timedelta(minutes=4, seconds=50), DRAWN - timedelta(minutes=4, seconds=12)
"""When staff at the counter of the pictures call somebody, and begin to serve."""
VISITS = 700
"""Visitors of the whole day, thrice a usual one, so that there are lines to see."""
SEAT = "3"
"""The counter in the pictures; the crowd's staff leave it free."""
STAFF, PIN = "sari", "2468"
COLLEAGUES = {"1": "Maria", "4": "Yohanes", "5": "Rina", "6": "Adi", "8": "Marthen", "9": "Wati"}
"""Who sits at some of the counters; made up."""
EMPTY = frozenset({"2", "7", "13", "17", "19", "21", "28", "29"})
"""Counters where nobody sits this morning."""


@dataclass
class Clock:
    """Stands still, until it is set."""

    at: datetime

    def __call__(self) -> datetime:
        """Return the moment."""
        return self.at


@dataclass(frozen=True)
class Hall:
    """The store as it is at 09.41, with all that a screen needs."""

    settings: Settings
    lobby: Lobby
    house: House
    folder: Path

    def connect(self, *, spool: bool = False) -> Backend:
        """A screen's backend; with `spool`, slips are drawn to `var/paper` in the hall's folder."""
        with ExitStack() as opened:
            feed = self.house.feed()
            opened.callback(feed.close)
            if spool:
                worker, _ = build_spool(self.lobby, self.settings, Place(sample_path(), self.folder))
                opened.callback(start_spool(self.house, worker))
            return Backend(
                settings=self.settings,
                lobby=self.lobby,
                feed=feed,
                clock=self.house.clock,
                new_request_id=lambda: "drawn",
                close=opened.pop_all().close,
            )


class _Enough(Exception):  # noqa: N818  the end of the story
    """The moment of the pictures has come."""


@contextmanager
def morning(folder: Path, *, week_before: bool = False) -> Iterator[Hall]:
    """Make the store in a folder, and play the morning from 08.00 to 09.41; with `week_before`, after a Tuesday of its own."""
    settings = load(sample_path(), {})
    chance, clock = dice(7), Clock(OPENED - timedelta(days=7) if week_before else OPENED)
    built = build_house(settings, Place(sample_path(), folder))
    house = House(built.store, clock)
    try:
        make_if_absent(house, settings, Actor(machine="K1"))
        bytes_of = chance.randbytes
        lobby = Lobby(
            built.store, settings.site[0].id, clock=clock, new_id=id_maker(bytes_of), random_bytes=bytes_of
        )
        if week_before:
            _play_past(lobby, clock)
            clock.at = OPENED
        _sit_down(lobby)
        _play(lobby, clock)
        yield Hall(settings, lobby, house, folder)
    finally:
        built.store.close()


def _play_past(lobby: Lobby, clock: Clock) -> None:
    """The whole of the same weekday a week ago, so that the charts have a usual day."""
    began, chance, numbers, offer = clock(), dice(5), iter(range(10**6)), lobby.offer()

    def reach(minute: float) -> None:
        clock.at = began + timedelta(seconds=int(minute * 60) + 0.5)

    crowd = Crowd(
        lobby=lobby,
        by=Actor(machine="K1"),
        chance=chance,
        minutes={service.id: service.minutes for agency in offer.agencies for service in agency.services},
        counters={seat.id: frozenset(seat.services) for seat in lobby.queues().counters},
        reach=reach,
        new_request_id=lambda: f"a week ago {next(numbers)}",
    )
    crowd.play(arrivals(chance, VISITS // 2, _choices(offer), ("id", "en")))
    lobby.close_day()


def _sit_down(lobby: Lobby) -> None:
    """Give people their PINs, and open counters in their names."""
    lobby.add_staff(STAFF, STAFF.capitalize(), PIN, "counter")
    lobby.open_counter(SEAT, by=Actor(machine="C3", staff=STAFF))
    for seat, name in COLLEAGUES.items():
        lobby.add_staff(name.lower(), name, PIN, "counter")
        lobby.open_counter(seat, by=Actor(machine=f"C{seat}", staff=name.lower()))


def _play(lobby: Lobby, clock: Clock) -> None:
    """Let people come and be served. At the counter of the pictures somebody sits down some minutes before the end."""
    chance, sari = dice(11), Actor(machine="C3", staff=STAFF)
    numbers = iter(range(10**6))
    offer, seats = lobby.offer(), {seat.id: frozenset(seat.services) for seat in lobby.queues().counters}
    ahead: list[tuple[datetime, Callable[[], object]]] = [
        (TAKES_SEAT, lambda: lobby.call_next(SEAT, by=sari)),
        (BEGINS, lambda: lobby.start(SEAT, by=sari)),
    ]

    def reach(minute: float) -> None:
        # At half seconds, so that durations on the screens do not turn over while they are drawn.
        moment = OPENED + timedelta(seconds=int(minute * 60) + 0.5)
        while ahead and ahead[0][0] <= moment:
            clock.at, act = ahead.pop(0)
            act()
        if moment >= DRAWN:
            raise _Enough
        clock.at = moment

    crowd = Crowd(
        lobby=lobby,
        by=Actor(machine="K1"),
        chance=chance,
        minutes={service.id: service.minutes for agency in offer.agencies for service in agency.services},
        counters={seat: services for seat, services in seats.items() if seat not in EMPTY | {SEAT}},
        reach=reach,
        new_request_id=lambda: f"arrival {next(numbers)}",
    )
    try:
        crowd.play(arrivals(chance, VISITS, _choices(offer), ("id", "en")))
    except _Enough:
        clock.at = DRAWN


def _choices(offer: Offer) -> list[list[Choice]]:
    """Every service; the sample names its agencies in the order of how busy they are expected to be."""
    return [
        [Choice(service.id, agency.code, service.minutes) for service in agency.services]
        for agency in offer.agencies
    ]
