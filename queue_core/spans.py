"""Spans of days: a month, a week, any; what came before, and the same a year ago. Pure."""

from __future__ import annotations

import re
from datetime import date, timedelta

from queue_core.views import Span

_MONTH = re.compile(r"^(\d{4})-(\d{2})$")
_WEEK = re.compile(r"^(\d{4})-?W(\d{2})$", re.IGNORECASE)


def month(text: str) -> Span:
    """Return the month of `2026-11`. Raises ValueError for anything else."""
    found = _MONTH.match(text.strip())
    if found is None:
        raise ValueError(text)
    first = date(int(found[1]), int(found[2]), 1)
    return Span(first, _month_after(first) - timedelta(days=1))


def week(text: str) -> Span:
    """Return the week of `2026-W47`, Monday to Sunday (ISO 8601). Raises ValueError for anything else."""
    found = _WEEK.match(text.strip())
    if found is None:
        raise ValueError(text)
    first = date.fromisocalendar(int(found[1]), int(found[2]), 1)
    return Span(first, first + timedelta(days=6))


def week_of(day: date) -> Span:
    """Return the week that a day lies in."""
    first = day - timedelta(days=day.weekday())
    return Span(first, first + timedelta(days=6))


def days(first: date, last: date) -> Span:
    """Return any span. Raises ValueError when it ends before it begins."""
    if last < first:
        raise ValueError(last.isoformat())
    return Span(first, last)


def until(span: Span, today: date) -> Span:
    """Return as much of a span as has come; one that lies wholly ahead is its own first day."""
    return Span(span.first, max(span.first, min(span.last, today)))


def before(span: Span, whole: Span | None = None) -> Span:
    """Return the days to compare with: of a month the same days of the one before, else as many days just before.

    Args:
        span: the days that have come.
        whole: what was asked for, if that is longer: a month remains one while it is not over.
    """
    whole = whole or span
    if not _is_month(whole):
        first = whole.first - timedelta(days=whole.days)
        return Span(first, first + timedelta(days=span.days - 1))
    first = (whole.first - timedelta(days=1)).replace(day=1)
    last = whole.first - timedelta(days=1)
    if span != whole:
        last = min(last, first + timedelta(days=span.days - 1))
    return Span(first, last)


def year_ago(span: Span, whole: Span | None = None) -> Span:
    """Return the same dates of the year before; of whole weeks the same weekdays, 52 weeks before."""
    whole = whole or span
    if whole.days % 7 == 0 and whole.first.weekday() == 0 and not _is_month(whole):
        back = timedelta(weeks=52)
        return Span(span.first - back, span.last - back)
    last = _year_before(span.last)
    if _is_month(whole) and span == whole:
        last = _month_after(_year_before(span.first)) - timedelta(days=1)
    return Span(_year_before(span.first), last)


def _is_month(span: Span) -> bool:
    return span.first.day == 1 and span.last == _month_after(span.first) - timedelta(days=1)


def _month_after(first: date) -> date:
    return (first + timedelta(days=32)).replace(day=1)


def _year_before(day: date) -> date:
    """The same date; of 29 February the 28th."""
    try:
        return day.replace(year=day.year - 1)
    except ValueError:
        return day.replace(year=day.year - 1, day=28)


def earlier(day: date, *, weeks: int = 0, days: int = 0) -> date:
    """Return the day so many weeks and days before."""
    return day - timedelta(weeks=weeks, days=days)
