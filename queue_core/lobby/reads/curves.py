"""How long the lines were over the day, today and on usual days: read by day, never more than a few of them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import bindparam, select

from queue_core.curves import Spell, waiting_at
from queue_core.ids import made_at
from queue_core.lobby.tables import TICKET
from queue_core.lobby.turn import Look
from queue_core.views import WaitingCurve

SLOT = timedelta(minutes=30)
SLOTS = 64
"""Half hours from midnight: a business day may end in the small hours."""

_SPELLS = select(
    *(TICKET.c[name] for name in ("business_date", "ticket_id", "called_at", "finished_at"))
).where(TICKET.c.site_id == bindparam("site"), TICKET.c.business_date.in_(bindparam("days", expanding=True)))


def waiting_curve(look: Look, weeks: int) -> WaitingCurve:
    """Return how many waited at each half hour, today until now and in the mean of the last such weekdays with visitors."""
    days = [look.today - timedelta(weeks=back) for back in range(weeks + 1)]
    spells: dict[date, list[Spell]] = {day: [] for day in days}
    for row in look.connection.execute(_SPELLS, {"site": look.site, "days": days}):
        # When a leg was made is in its id; `waiting_since` keeps a transferred visitor's old place instead.
        spells[row.business_date].append((made_at(row.ticket_id), row.called_at or row.finished_at))
    zone = ZoneInfo(look.catalogue.site.time_zone)
    now_waiting = waiting_at(spells[look.today], marks := _marks(look.today, zone))
    past = [waiting_at(_ended(spells[day]), _marks(day, zone)) for day in days[1:] if spells[day]]
    return WaitingCurve(
        at=look.now,
        days=len(past),
        today={slot: count for slot, count in enumerate(now_waiting) if marks[slot] <= look.now},
        usual={slot: sum(each[slot] for each in past) / len(past) for slot in range(SLOTS)} if past else {},
    )


def _ended(spells: Sequence[Spell]) -> list[Spell]:
    """Of a day that is over: a wait without an end was left open by a fault, and is left out."""
    return [spell for spell in spells if spell[1] is not None]


def _marks(day: date, zone: ZoneInfo) -> list[datetime]:
    midnight = datetime.combine(day, time(), zone).astimezone(UTC)
    return [midnight + slot * SLOT for slot in range(SLOTS)]
