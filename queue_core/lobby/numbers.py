"""The next number of a series. A number is a row that is raised in the transaction of its visit, never a count."""

from __future__ import annotations

from sqlalchemy import bindparam, insert, update

from queue_core.errors import NotEnrolled
from queue_core.lobby.tables import NUMBER_SERIES
from queue_core.lobby.turn import Turn
from queue_core.numbering import NOT_ENROLLED, next_number

_RAISE = (
    update(NUMBER_SERIES)
    .where(
        NUMBER_SERIES.c.site_id == bindparam("site"),
        NUMBER_SERIES.c.prefix == bindparam("of"),
        NUMBER_SERIES.c.origin == bindparam("from_origin"),
        NUMBER_SERIES.c.business_date == bindparam("day"),
    )
    .values(last=NUMBER_SERIES.c.last + 1)
    .returning(NUMBER_SERIES.c.last)
)
_BEGIN = insert(NUMBER_SERIES)


def take_number(turn: Turn, prefix: str, origin: str = "") -> int:
    """Raise a series and return its new number. The site is locked, so there are no gaps and no two alike.

    Raises NotEnrolled in a kiosk's own store that has no code of its site.
    """
    if origin == NOT_ENROLLED:
        raise NotEnrolled(site=turn.site)
    values = {"site": turn.site, "of": prefix, "from_origin": origin, "day": turn.today}
    number = turn.connection.execute(_RAISE, values).scalar_one_or_none()
    if number is not None:
        return int(number)
    number = next_number(None)
    row = {
        "site_id": turn.site,
        "prefix": prefix,
        "origin": origin,
        "business_date": turn.today,
        "last": number,
    }
    turn.connection.execute(_BEGIN, row)
    return number
