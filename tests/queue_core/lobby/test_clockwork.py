"""A clock that cannot be right stops numbers, and goes on when it is mended or staff vouch for it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from queue_core import Actor, Lobby, Store
from queue_core.errors import ClockSuspect, NotAllowed
from queue_core.ids import NewId, RandomBytes
from queue_core.settings import Catalogue
from tests.support.house import SITE, Clock, Requests

Start = Callable[[], Lobby]


class Passing:
    """The time that really passes, moved by hand."""

    def __init__(self) -> None:
        self.at = 1000.0

    def __call__(self) -> float:
        return self.at

    def with_clock(self, clock: Clock, **by: float) -> None:
        """Let time pass as it does where nothing is wrong."""
        self.at += timedelta(**by).total_seconds()
        clock.forward(**by)


@pytest.fixture
def start(
    store: Store,
    clock: Clock,
    new_id: NewId,
    random_bytes: RandomBytes,
    catalogue: Catalogue,
    passing: Passing,
) -> Start:
    """Starts a program at the site."""

    def start() -> Lobby:
        return Lobby(store, SITE, clock=clock, new_id=new_id, random_bytes=random_bytes, seconds=passing)

    start().apply_catalogue(catalogue)
    return start


@pytest.fixture
def passing() -> Passing:
    """The time that really passes; it stands still."""
    return Passing()


def refused(lobby: Lobby, ask: Requests) -> str:
    """Why no number is given out; empty when one is."""
    try:
        lobby.issue("DK.ktp", request_id=ask())
    except ClockSuspect as error:
        return str(error.data["reason"])
    return ""


@pytest.mark.parametrize(
    ("clock_shows", "fault"),
    [
        (
            datetime(2018, 11, 24, 1, tzinfo=UTC),
            "year",
        ),  # a clock eight years slow, as in one city's open data
        (datetime(2026, 11, 23, 1, tzinfo=UTC), "backwards"),
        (datetime(2026, 11, 24, 0, 29, tzinfo=UTC), "backwards"),
        (datetime(2026, 11, 24, 0, 30, tzinfo=UTC), ""),
        (datetime(2026, 12, 7, 1, tzinfo=UTC), ""),  # back from the holidays
        (datetime(2027, 1, 23, 1, tzinfo=UTC), ""),
        (datetime(2027, 12, 30, 1, tzinfo=UTC), "rest"),  # the week's year instead of the year
    ],
)
def test_what_the_site_has_seen_tells_a_wrong_clock(
    start: Start, clock: Clock, ask: Requests, clock_shows: datetime, fault: str
) -> None:
    right = clock.now
    start().issue("DK.ktp", request_id=ask())
    clock.now, lobby = clock_shows, start()
    assert (refused(lobby, ask), lobby.offer().clock_fault) == (fault, "" if fault == "" else fault)
    assert lobby.clock_fault() == fault
    if fault:
        assert not lobby.queues().clock_good
        clock.now = right
        assert refused(start(), ask) == ""


def test_after_a_jump_ahead_staff_vouch_for_the_right_time_and_everything_goes_on(
    lobby: Lobby, clock: Clock, ask: Requests
) -> None:
    right = clock.now
    lobby.issue("DK.ktp", request_id=ask())
    clock.forward(days=20)  # within what a holiday may last
    lobby.issue("DK.ktp", request_id=ask())
    lobby.call_next("1", request_id=ask())
    clock.now = right + timedelta(minutes=5)
    assert refused(lobby, ask) == "backwards"
    assert lobby.accept_clock(request_id="sure") == "backwards"
    assert lobby.accept_clock(request_id="sure") == "backwards"  # the same answer again
    issued = lobby.issue("DK.ktp", request_id=ask())
    assert (issued.ticket.label, issued.business_date) == ("DK 002", datetime(2026, 11, 24).date())
    called = lobby.call_next("1", request_id=ask())
    assert called is not None
    assert called.label == "DK 002"
    assert lobby.flaws() == ()
    kinds = [event.kind for event in lobby.events_after(0)]
    assert kinds.count("clock_accepted") == 1
    assert lobby.accept_clock(request_id=ask()) == ""
    clock.forward(days=20)  # the day that the clock had run ahead to: its numbers go on, none comes twice
    assert lobby.issue("DK.ktp", request_id=ask()).ticket.number == 2


def test_what_is_noted_under_a_wrong_clock_makes_it_no_better(
    start: Start, clock: Clock, ask: Requests
) -> None:
    start().issue("DK.ktp", request_id=ask())
    clock.forward(days=400)
    lobby = start()
    lobby.add_staff("rani", "Rani", "2468", "supervisor")
    assert refused(lobby, ask) == "rest"


def test_only_a_supervisor_or_the_machine_itself_vouches_and_nobody_for_an_absurd_year(
    start: Start, clock: Clock, ask: Requests
) -> None:
    lobby = start()
    lobby.add_staff("budi", "Budi", "1357", "counter")
    lobby.add_staff("rani", "Rani", "2468", "supervisor")
    lobby.issue("DK.ktp", request_id=ask())
    clock.forward(days=90)
    lobby = start()
    with pytest.raises(NotAllowed):
        lobby.accept_clock(by=Actor(staff="budi"), request_id=ask())
    assert lobby.accept_clock(by=Actor(staff="rani"), request_id=ask()) == "rest"
    assert refused(lobby, ask) == ""
    clock.now = datetime(2010, 1, 1, tzinfo=UTC)
    with pytest.raises(ClockSuspect):
        lobby.accept_clock(request_id=ask())


def test_a_clock_that_jumps_while_the_program_runs_is_noticed_there(
    start: Start, passing: Passing, clock: Clock, ask: Requests
) -> None:
    kiosk, counter = start(), start()
    counter.open_counter("1", request_id=ask())
    assert refused(kiosk, ask) == ""
    passing.with_clock(clock, hours=9)  # a night asleep
    assert refused(kiosk, ask) == ""
    clock.forward(minutes=4)  # set right by a little
    assert refused(kiosk, ask) == ""
    clock.forward(hours=3)
    assert (refused(kiosk, ask), kiosk.clock_fault()) == ("jumped", "jumped")
    clock.forward(hours=-3)
    assert refused(kiosk, ask) == ""
    clock.forward(hours=3)
    assert refused(kiosk, ask) == "jumped"
    assert kiosk.accept_clock(request_id=ask()) == "jumped"
    assert refused(kiosk, ask) == ""
    assert counter.call_next("1", request_id=ask()) is not None  # the other program takes it over
    assert refused(start(), ask) == ""
