"""How much paper is left, and when it ends."""

from __future__ import annotations

from datetime import timedelta

import pytest

from queue_core import Lobby
from queue_core.events import EventKind
from queue_core.supply import PaperReading, ends, left, noted, runs_out
from tests.support.house import MORNING, Clock, Requests

TODAY = MORNING.date()


def reading(meter: float, used: float, roll: float | None) -> PaperReading:
    """What a machine whose printer has no sensor tells."""
    return PaperReading(meter, used, roll, None if roll is None else max(0.0, roll - used))


@pytest.mark.parametrize(
    ("left_mm", "today_mm", "minutes", "lasts"),
    [
        (12_000, 6_000, 60, 120),  # six metres an hour: twelve last two hours
        (12_000, 6_000, 120, 240),
        (1_000, 10_000, 30, 3),
        (0, 6_000, 60, 0),
        (-5, 0, 0, 0),
        (12_000, 0, 60, None),  # nothing was printed today
        (12_000, 6_000, 14, None),  # too early to speak of a pace
        (80_000, 1_000, 60, None),  # eighty hours: not today's worry
    ],
)
def test_the_roll_ends_at_todays_pace(
    left_mm: float, today_mm: float, minutes: int, lasts: int | None
) -> None:
    now = MORNING + timedelta(minutes=minutes)
    ends_at = runs_out(left_mm, today_mm, MORNING, now)
    assert ends_at == (None if lasts is None else now + timedelta(minutes=lasts))


def test_a_roll_of_unknown_length_has_no_end() -> None:
    kept = noted(None, reading(100, 100, None), MORNING, TODAY)
    assert (left(kept), ends(kept, MORNING, TODAY), left(None), ends(None, MORNING, TODAY)) == (None,) * 4


def test_a_new_roll_keeps_the_days_pace() -> None:
    hour = MORNING + timedelta(hours=1)
    kept = noted(None, reading(50_000, 79_000, 80_000), MORNING, TODAY)
    kept = noted(kept, reading(52_000, 0, 80_000), hour, TODAY)
    assert left(kept) == 80_000
    kept = noted(kept, reading(56_000, 76_000, 80_000), hour, TODAY)
    assert ends(kept, hour, TODAY) == hour + timedelta(minutes=40)  # six metres in the hour, four are left


def test_yesterdays_pace_says_nothing_of_today() -> None:
    kept = noted(None, reading(0, 0, 10_000), MORNING, TODAY)
    kept = noted(kept, reading(9_000, 9_000, 10_000), MORNING + timedelta(hours=8), TODAY)
    morrow = MORNING + timedelta(days=1)
    assert ends(kept, morrow, morrow.date()) is None
    kept = noted(kept, reading(9_000, 9_000, 10_000), morrow, morrow.date())
    assert (left(kept), ends(kept, morrow + timedelta(hours=1), morrow.date())) == (1_000, None)


def test_the_store_tells_what_the_spool_reported(lobby: Lobby, clock: Clock) -> None:
    lobby.journal.report("K1", "ok", "", "test")
    assert lobby.printers()[0].paper_left_mm is None
    lobby.journal.report("K1", "ok", "", "test", reading(1_000, 0, 10_000))
    clock.forward(minutes=30)
    lobby.journal.report("K1", "ok", "", "test", reading(6_000, 5_000, 10_000))
    (printer,) = lobby.printers()
    assert (printer.paper_left_mm, printer.paper_ends_at) == (5_000, clock.now + timedelta(minutes=30))


def test_a_silent_printer_still_has_its_paper(lobby: Lobby, clock: Clock) -> None:
    lobby.journal.report("K1", "ok", "", "test", reading(0, 0, 10_000))
    clock.forward(minutes=5)
    (printer,) = lobby.printers()
    assert (printer.state, printer.paper_left_mm) == ("silent", 10_000)


def test_a_roll_put_in_is_told_at_once_and_an_unchanged_one_is_not_written_again(
    lobby: Lobby, clock: Clock
) -> None:
    lobby.journal.report("K1", "ok", "", "test", reading(0, 9_000, 10_000))
    clock.forward(seconds=1)
    lobby.journal.report("K1", "ok", "", "test", reading(0, 9_500, 10_000))
    assert lobby.printers()[0].paper_left_mm == 1_000
    lobby.journal.report("K1", "ok", "", "test", reading(0, 0, 80_000))
    assert lobby.printers()[0].paper_left_mm == 80_000


def test_a_machine_that_puts_a_roll_in_tells_the_store_and_hears_what_the_supervisor_sees(
    lobby: Lobby, clock: Clock, ask: Requests
) -> None:
    before = lobby.board().seq
    request = ask()
    view = lobby.note_paper("K1", reading(0, 0, 80_000), changed=True, request_id=request)
    assert (view.state, view.paper_left_mm) == ("silent", 80_000)
    assert lobby.note_paper("K1", reading(0, 0, 80_000), changed=True, request_id=request) == view
    (event,) = lobby.events_after(before)
    assert (event.kind, event.data) == (EventKind.PAPER_CHANGED, {"printer": "K1", "roll": 80_000})
    lobby.journal.report("K1", "ok", "", "test", reading(0, 0, 80_000))
    clock.forward(minutes=30)
    told = lobby.note_paper("K1", reading(20_000, 20_000, 80_000))
    assert (told.state, told.paper_ends_at) == ("silent", clock.now + timedelta(minutes=90))
    assert told == lobby.printers()[0]
    assert len(lobby.events_after(before)) == 2


def test_the_sensors_word_goes_before_the_rolls_length_and_the_store_knows_whether_there_is_one(
    lobby: Lobby,
) -> None:
    lobby.journal.report("K1", "ok", "", "test", PaperReading(0, 0, 80_000, 2_500, {"near_end": True}))
    (printer,) = lobby.printers()
    assert (printer.paper_left_mm, printer.near_end_sensor) == (2_500, True)
