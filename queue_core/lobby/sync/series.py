"""How far a series has come that another store gives out: the highest number that is known of here."""

from __future__ import annotations

from datetime import date

from sqlalchemy import bindparam, func, insert, select, update

from queue_core.lobby.tables import NUMBER_SERIES, VISIT
from queue_core.lobby.turn import Turn

_THIS = (
    NUMBER_SERIES.c.site_id == bindparam("site"),
    NUMBER_SERIES.c.prefix == bindparam("of"),
    NUMBER_SERIES.c.origin == bindparam("from_origin"),
    NUMBER_SERIES.c.business_date == bindparam("day"),
)
_LAST = select(NUMBER_SERIES.c.last).where(*_THIS)
_RAISE = update(NUMBER_SERIES).where(*_THIS).values(last=bindparam("highest"))
_HIGHEST = select(func.max(VISIT.c.number)).where(
    VISIT.c.site_id == bindparam("site"),
    VISIT.c.prefix == bindparam("of"),
    VISIT.c.origin == bindparam("from_origin"),
    VISIT.c.business_date == bindparam("day"),
)


def raise_series(turn: Turn, prefix: str, origin: str, day: date, told: int) -> None:
    """Note that a series has come to `told` at least; what of it has not come yet is missing, not lost."""
    keys = {"site": turn.site, "of": prefix, "from_origin": origin, "day": day}
    known = turn.connection.scalar(_LAST, keys)
    highest = max(told, turn.connection.scalar(_HIGHEST, keys) or 0)
    if known is None:
        row = {"site_id": turn.site, "prefix": prefix, "origin": origin, "business_date": day}
        turn.connection.execute(insert(NUMBER_SERIES), {**row, "last": highest})
    elif known < highest:
        turn.connection.execute(_RAISE, {**keys, "highest": highest})


def known_of(turn: Turn, prefix: str, origin: str, day: date) -> int:
    """Return the highest number that is known of a series, 0 for none."""
    keys = {"site": turn.site, "of": prefix, "from_origin": origin, "day": day}
    return turn.connection.scalar(_LAST, keys) or 0
