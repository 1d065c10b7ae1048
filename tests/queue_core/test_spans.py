"""Months, weeks, and what they are compared with."""

from __future__ import annotations

from datetime import date

import pytest

from queue_core import spans
from queue_core.views import Span


def span(first: str, last: str) -> Span:
    return Span(date.fromisoformat(first), date.fromisoformat(last))


@pytest.mark.parametrize(
    ("read", "text", "first", "last"),
    [
        (spans.month, "2026-11", "2026-11-01", "2026-11-30"),
        (spans.month, "2028-02", "2028-02-01", "2028-02-29"),
        (spans.month, "2026-12", "2026-12-01", "2026-12-31"),
        (spans.week, "2026-W47", "2026-11-16", "2026-11-22"),
        (spans.week, "2026w01", "2025-12-29", "2026-01-04"),
        (spans.week, "2026-W53", "2026-12-28", "2027-01-03"),
    ],
)
def test_a_month_and_a_week_are_read(read: object, text: str, first: str, last: str) -> None:
    assert callable(read)
    assert read(text) == span(first, last)


@pytest.mark.parametrize(
    ("read", "text"),
    [
        (spans.month, "2026-13"),
        (spans.month, "2026"),
        (spans.month, "2026-11-01"),
        (spans.week, "2025-W53"),
        (spans.week, "2026-47"),
    ],
)
def test_anything_else_is_none(read: object, text: str) -> None:
    assert callable(read)
    with pytest.raises(ValueError, match=r"."):
        read(text)


COMPARED = [
    # asked for, that much has come, before, a year ago
    ("2026-11-01 2026-11-30", "2026-12-24", "2026-10-01 2026-10-31", "2025-11-01 2025-11-30"),
    ("2026-11-01 2026-11-30", "2026-11-24", "2026-10-01 2026-10-24", "2025-11-01 2025-11-24"),
    ("2026-03-01 2026-03-31", "2026-03-30", "2026-02-01 2026-02-28", "2025-03-01 2025-03-30"),
    ("2028-02-01 2028-02-29", "2028-02-29", "2028-01-01 2028-01-31", "2027-02-01 2027-02-28"),
    ("2025-02-01 2025-02-28", "2025-04-01", "2025-01-01 2025-01-31", "2024-02-01 2024-02-29"),
    ("2026-11-16 2026-11-22", "2026-11-30", "2026-11-09 2026-11-15", "2025-11-17 2025-11-23"),
    ("2026-11-23 2026-11-29", "2026-11-24", "2026-11-16 2026-11-17", "2025-11-24 2025-11-25"),
    ("2026-11-03 2026-11-05", "2026-11-30", "2026-10-31 2026-11-02", "2025-11-03 2025-11-05"),
]


@pytest.mark.parametrize(("asked", "today", "before", "year_ago"), COMPARED)
def test_like_is_compared_with_like(asked: str, today: str, before: str, year_ago: str) -> None:
    """A month that is not over is compared with as many days of the one before; weeks with weeks."""
    whole = span(*asked.split())
    come = spans.until(whole, date.fromisoformat(today))
    assert spans.before(come, whole) == span(*before.split())
    assert spans.year_ago(come, whole) == span(*year_ago.split())


def test_any_days_are_a_span_but_not_backwards() -> None:
    assert spans.days(date(2026, 11, 3), date(2026, 11, 3)).days == 1
    assert spans.week_of(date(2026, 11, 24)) == spans.week("2026-W48")
    with pytest.raises(ValueError, match="2026-11-02"):
        spans.days(date(2026, 11, 3), date(2026, 11, 2))
