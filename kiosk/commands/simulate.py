"""`kiosk simulate`: a day at the mall on the given store, for demonstration, training and load."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from datetime import time as clock_face
from typing import TYPE_CHECKING, Annotated

import typer

from kiosk.commands.common import HELP, command
from kiosk.commands.endings import Misused, NotDone
from kiosk.commands.output import answer
from kiosk.commands.session import Session

if TYPE_CHECKING:
    from collections import Counter

    from kiosk.commands.day import Choice
    from queue_core import Lobby
    from queue_core.views import CounterSummary, Offer

Visits = Annotated[
    int, typer.Option("--visits", metavar="N", min=1, max=100_000, help=HELP("cli.option.visits"))
]
Speed = Annotated[str, typer.Option("--speed", metavar="N|max", help=HELP("cli.option.speed"))]
Seed = Annotated[int, typer.Option("--seed", metavar="N", help=HELP("cli.option.seed"))]

VISITS = 245
"""A working day of MPP Kota Kupang: 55,000 visits in about 10.7 months, were all of them in the building."""
LENGTH = timedelta(minutes=480)
"""The day's seven hours of arrivals, and one to serve who is left."""


def register(app: typer.Typer) -> None:
    """Add this verb to the app."""
    command(app, "simulate", "practice")(simulate)


def simulate(session: Session, *, visits: Visits = VISITS, speed: Speed = "60", seed: Seed = 1) -> None:
    """Play a day of arrivals and service."""
    from kiosk.commands.crowd import Crowd
    from kiosk.commands.day import arrivals
    from kiosk.wiring import dice, new_request_id

    pace = _pace(session, speed)
    lobby = session.house.lobby(session.site, pace.clock)
    chance = dice(seed)
    seats = _free_counters(lobby)
    offer = lobby.offer()
    agencies = _agencies(offer, seats)
    if not agencies:
        raise NotDone(says="cli.no_free_counter", site=session.site)
    crowd = Crowd(
        lobby=lobby,
        by=session.by,
        chance=chance,
        minutes={service.id: service.minutes for agency in offer.agencies for service in agency.services},
        counters={seat.id: frozenset(seat.services) for seat in seats},
        reach=pace.reach,
        new_request_id=new_request_id,
    )
    began = time.monotonic()
    crowd.play(arrivals(chance, visits, agencies, session.section.languages))
    seconds = time.monotonic() - began
    for counter in crowd.idle:
        lobby.close_counter(counter, by=session.by)
    _tell(session, crowd.count, len(seats), seconds)


# ----------------------------------------------------------------------------- pace


@dataclass(frozen=True)
class Pace:
    """How the day's minutes become moments: `reach` waits for one, `clock` tells the store what time it is."""

    reach: Callable[[float], None]
    clock: Callable[[], datetime]


def _pace(session: Session, speed: str) -> Pace:
    """Follow the real clock, so many times faster; or, at `max`, play the hours that lie behind us without waiting."""
    if speed == "max":
        return _behind_us(session)
    try:
        times = float(speed)
    except ValueError:
        times = 0.0
    if not 0 < times <= 100_000:
        raise Misused(says="cli.bad_speed", value=speed)
    began = time.monotonic()

    def reach(minute: float) -> None:
        time.sleep(max(0.0, began + minute * 60 / times - time.monotonic()))

    return Pace(reach, session.house.clock)


def _behind_us(session: Session) -> Pace:
    """Let the day end now: waits are true to life, and no moment lies in the future or on another business day."""
    now = session.house.clock()
    begins = datetime.combine(
        session.lobby.queues().business_date,
        clock_face.fromisoformat(session.section.day_starts),
        session.zone,
    )
    length = min(LENGTH, (now - begins) * 0.9)
    at = {"minute": 0.0}

    def reach(minute: float) -> None:
        at["minute"] = minute

    def clock() -> datetime:
        return min(now, now - length + length * (at["minute"] / (LENGTH / timedelta(minutes=1))))

    return Pace(reach, clock)


# ----------------------------------------------------------------------------- who takes part


def _free_counters(lobby: Lobby) -> list[CounterSummary]:
    """Return the counters where nobody has signed in; a visitor who was left standing there is sent home first."""
    seats = [seat for seat in lobby.queues().counters if not seat.staff and seat.services]
    for seat in seats:
        if seat.current is not None:
            end = lobby.complete if seat.current.started_at else lobby.no_show
            end(seat.id)
        if seat.state == "paused":
            lobby.open_counter(seat.id)
    return seats


def _agencies(offer: Offer, seats: list[CounterSummary]) -> list[list[Choice]]:
    """Return the open services that a free counter takes, by agency; the one with most counters is the busiest."""
    from kiosk.commands.day import Choice

    served = {service for seat in seats for service in seat.services}
    found = [
        [
            Choice(service.id, agency.code, service.minutes)
            for service in agency.services
            if service.id in served and service.opening.open
        ]
        for agency in sorted(
            offer.agencies, key=lambda agency: -sum(seat.agency == agency.code for seat in seats)
        )
    ]
    return [agency for agency in found if agency]


def _tell(session: Session, count: Counter[str], counters: int, seconds: float) -> None:
    words = session.words
    shape = {
        "site": session.site,
        "counters": counters,
        "seconds": round(seconds, 3),
        **dict(sorted(count.items())),
    }
    refused = sum(number for name, number in count.items() if name.startswith("refused"))
    parts = ("issued", "priority", "completed", "no_show", "transferred", "held", "cancelled")
    sentence = words(
        "cli.simulated",
        counters=counters,
        seconds=f"{seconds:.1f}",
        refused=refused,
        **{name: count[name] for name in parts},
    )
    answer(session, shape, sentence)
