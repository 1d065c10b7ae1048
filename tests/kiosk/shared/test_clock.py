"""Times and durations read as people write them in Kupang."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from kiosk.i18n import Words
from kiosk.shared.clock import MovingClock, clock_seconds, clock_time, day, day_at, duration

WITA = ZoneInfo("Asia/Makassar")
MORNING = datetime(2026, 11, 24, 1, 41, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("seconds", "indonesian", "english"),
    [
        (0, "00.00", "00.00"),
        (9.9, "00.09", "00.09"),
        (760, "12.40", "12.40"),
        (3599, "59.59", "59.59"),
        (3600, "1 j 00 mnt", "1 h 00 min"),
        (3900, "1 j 05 mnt", "1 h 05 min"),
        (36_000, "10 j 00 mnt", "10 h 00 min"),
        (-5, "00.00", "00.00"),
    ],
)
def test_a_duration_is_minutes_and_seconds_and_from_an_hour_on_hours_and_minutes(
    seconds: float, indonesian: str, english: str
) -> None:
    assert duration(seconds, Words("id")) == indonesian
    assert duration(timedelta(seconds=seconds), Words("en")) == english


def test_times_are_those_of_the_site() -> None:
    assert clock_time(MORNING, WITA) == "09.41"
    assert clock_seconds(MORNING, WITA) == "09.41.12"
    assert day(date(2026, 11, 24)) == "24-11-2026"
    assert day_at(MORNING, WITA, Words("id")) == "Selasa pukul 09.41"
    assert day_at(MORNING, WITA, Words("en")) == "Tuesday at 09.41"


def test_the_stores_moment_moves_on_between_two_reads() -> None:
    seconds = [100.0]
    clock = MovingClock(MORNING, lambda: seconds[0])
    seconds[0] = 107.5
    assert clock.now() == MORNING + timedelta(seconds=7.5)
    clock.set(MORNING)
    assert clock.now() == MORNING
