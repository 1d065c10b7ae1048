"""Open or closed, and the business day, against answers worked out by hand."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from queue_core.hours import Hours, business_day, parse_span
from queue_core.opening import Level, Place, Rules
from queue_core.opening import opening as decide
from queue_core.views import Opening

WITA = "Asia/Makassar"  # UTC+8 all year
BERLIN = "Europe/Berlin"  # 2026: summer time from 29 March 01:00 UTC to 25 October 01:00 UTC
OFFICE = {
    **dict.fromkeys(("mon", "tue", "wed", "thu"), ("08:00-12:00", "13:00-15:00")),
    "fri": ("08:00-14:30",),
}
NIGHT_MARKET = {"sat": ["18:00-01:00"]}


def opening(now: datetime, zone: str, *layers: Hours | None) -> Opening:
    return decide(now, Place(ZoneInfo(zone)), [Level(str(at), Rules(each)) for at, each in enumerate(layers)])


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("now", "zone", "day_starts", "day"),
    [
        ("2026-11-24T01:00", WITA, "04:00", "2026-11-24"),  # Tuesday 09:00
        ("2026-11-28T11:30", WITA, "04:00", "2026-11-28"),  # Saturday 19:30, the night market
        ("2026-11-28T17:30", WITA, "04:00", "2026-11-28"),  # Sunday 01:30: still the market's Saturday
        ("2026-11-28T19:59", WITA, "04:00", "2026-11-28"),  # Sunday 03:59
        ("2026-11-28T20:00", WITA, "04:00", "2026-11-29"),  # Sunday 04:00
        ("2026-11-28T16:00", WITA, "00:00", "2026-11-29"),  # a site whose day starts at midnight
        ("2025-12-29T01:00", WITA, "04:00", "2025-12-29"),  # ISO week 1 of 2026; the year is 2025
        ("2027-01-01T01:00", WITA, "04:00", "2027-01-01"),  # ISO week 53 of 2026; the year is 2027
        ("2026-12-31T18:00", WITA, "04:00", "2026-12-31"),  # New Year's night, 02:00: the old year's last day
        ("2026-03-29T01:59", BERLIN, "04:00", "2026-03-28"),  # 03:59 after the hour was skipped
        ("2026-03-29T02:00", BERLIN, "04:00", "2026-03-29"),
        ("2026-10-25T02:59", BERLIN, "04:00", "2026-10-24"),  # 03:59 after the hour was repeated
        ("2026-10-25T03:00", BERLIN, "04:00", "2026-10-25"),
        ("2026-10-25T00:30", BERLIN, "02:30", "2026-10-25"),  # the first 02:30 starts the day …
        ("2026-10-25T01:10", BERLIN, "02:30", "2026-10-25"),  # … and the second 02:10 does not take it back
        ("2026-03-29T01:29", BERLIN, "02:30", "2026-03-28"),  # 02:30 is skipped: the day starts at 03:30
        ("2026-03-29T01:30", BERLIN, "02:30", "2026-03-29"),
    ],
)
def test_the_business_day(now: str, zone: str, day_starts: str, day: str) -> None:
    assert business_day(utc(now), zone, day_starts) == date.fromisoformat(day)


@given(
    minutes=st.integers(0, 366 * 24 * 60),
    step=st.integers(0, 3 * 60),
    day_starts=st.sampled_from(["00:00", "02:00", "02:30", "03:00", "04:00"]),
    zone=st.sampled_from([WITA, BERLIN, "Asia/Jayapura", "America/St_Johns"]),
)
def test_the_business_day_never_runs_backwards(minutes: int, step: int, day_starts: str, zone: str) -> None:
    first = utc("2026-01-01T00:00") + timedelta(minutes=minutes)
    then = first + timedelta(minutes=step)
    assert business_day(first, zone, day_starts) <= business_day(then, zone, day_starts)


def test_without_hours_it_is_always_open() -> None:
    assert opening(utc("2026-11-24T19:00"), WITA, None, None) == opening(utc("2026-11-24T19:00"), WITA)
    seen = opening(utc("2026-11-24T19:00"), WITA)
    assert (seen.open, seen.reason, seen.opens_at, seen.closes_at) == (True, "open", None, None)


@pytest.mark.parametrize(
    ("now", "reason", "opens", "closes"),
    [
        ("2026-11-23T23:59", "hours", "2026-11-24T00:00", None),  # Tuesday 07:59
        ("2026-11-24T00:00", "open", None, "2026-11-24T04:00"),  # 08:00
        ("2026-11-24T03:59", "open", None, "2026-11-24T04:00"),
        ("2026-11-24T04:00", "break_other", "2026-11-24T05:00", None),  # noon: the end is closed
        ("2026-11-24T05:00", "open", None, "2026-11-24T07:00"),
        ("2026-11-24T07:00", "hours", "2026-11-25T00:00", None),  # 15:00: tomorrow
        ("2026-11-27T06:30", "hours", "2026-11-30T00:00", None),  # Friday 14:30: Monday
        ("2026-11-28T02:00", "day_off", "2026-11-30T00:00", None),  # Saturday 10:00
    ],
)
def test_office_hours_in_kupang(now: str, reason: str, opens: str | None, closes: str | None) -> None:
    seen = opening(utc(now), WITA, OFFICE)
    assert (seen.open, seen.reason) == (reason == "open", reason)
    assert seen.opens_at == (utc(opens) if opens else None)
    assert seen.closes_at == (utc(closes) if closes else None)


@pytest.mark.parametrize(
    ("now", "is_open"),
    [
        ("2026-11-28T09:59", False),  # Saturday 17:59
        ("2026-11-28T10:00", True),
        ("2026-11-28T16:30", True),  # Sunday 00:30
        ("2026-11-28T17:00", False),  # Sunday 01:00
    ],
)
def test_a_night_market_reaches_past_midnight(now: str, is_open: bool) -> None:
    seen = opening(utc(now), WITA, NIGHT_MARKET)
    assert seen.open is is_open
    if is_open:
        assert seen.closes_at == utc("2026-11-28T17:00")


def test_all_layers_must_be_open() -> None:
    afternoon = {"tue": ["12:30-14:00"], "wed": ["09:00-10:00"]}
    noon, lunch, later = utc("2026-11-24T04:30"), utc("2026-11-24T04:45"), utc("2026-11-24T05:30")
    assert opening(noon, WITA, OFFICE, None, afternoon).opens_at == utc("2026-11-24T05:00")
    assert not opening(lunch, WITA, OFFICE, None, afternoon).open
    assert opening(later, WITA, OFFICE, None, afternoon).closes_at == utc("2026-11-24T06:00")
    assert opening(utc("2026-11-24T06:00"), WITA, OFFICE, None, afternoon).opens_at == utc("2026-11-25T01:00")


def test_hours_that_never_meet_never_open() -> None:
    seen = opening(utc("2026-11-24T01:00"), WITA, {"tue": ["08:00-09:00"]}, {"tue": ["10:00-11:00"]})
    assert (seen.open, seen.reason, seen.opens_at) == (False, "hours", None)
    assert not opening(utc("2026-11-24T01:00"), WITA, {}).open


def test_spans_that_touch_are_one_opening() -> None:
    evening = {"fri": ["20:00-24:00"], "sat": ["00:00-02:00"]}
    assert opening(utc("2026-11-27T13:00"), WITA, evening).closes_at == utc("2026-11-27T18:00")


def test_a_week_of_whole_days_has_no_end() -> None:
    days = dict.fromkeys(("mon", "tue", "wed", "thu", "fri", "sat", "sun"), ("00:00-24:00",))
    seen = opening(utc("2026-11-27T13:00"), WITA, days)
    assert (seen.open, seen.closes_at) == (True, None)


def test_a_clock_change_moves_the_instant_and_not_the_clock_on_the_wall() -> None:
    sunday = {"sun": ["08:00-12:00"]}
    assert opening(utc("2026-03-28T12:00"), BERLIN, sunday).opens_at == utc("2026-03-29T06:00")
    assert opening(utc("2026-10-24T12:00"), BERLIN, sunday).opens_at == utc("2026-10-25T07:00")
    night = {"sat": ["22:00-04:00"]}
    assert opening(utc("2026-10-24T22:00"), BERLIN, night).closes_at == utc("2026-10-25T03:00")


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("08:00-12:00", (480, 720)),
        ("18:00-01:00", (1080, 1500)),
        ("00:00-00:00", (0, 1440)),
        ("00:00-24:00", (0, 1440)),
    ],
)
def test_a_span_is_read_as_minutes(text: str, span: tuple[int, int]) -> None:
    assert parse_span(text) == span


@pytest.mark.parametrize("text", ["25:00-26:00", "08:60-09:00", "24:00-01:00", "24:01-24:30"])
def test_a_span_off_the_clock_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"24:00|not a time of day"):
        parse_span(text)
