"""The hall that suffers lives in a day that does not end meanwhile: else numbers begin at 1 again, by right."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from torture.hall import quiet_zone


def test_no_new_day_begins_within_hours() -> None:
    for hour in range(24):
        now = datetime(2026, 11, 24, hour, 59, tzinfo=UTC)
        here = now.astimezone(ZoneInfo(quiet_zone(now)))
        begins = here.replace(hour=4, minute=0) + timedelta(days=here.hour >= 4)
        assert begins - here >= timedelta(hours=4), f"{hour}:59 UTC"
