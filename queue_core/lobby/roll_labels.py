"""The plain number of a pre-printed roll becomes the label of its visit."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Connection, and_, bindparam, select

from queue_core.lobby.tables import ROLL, VISIT
from queue_core.numbering import parse_label

_ON_ROLL = (
    select(VISIT.c.label)
    .join(
        ROLL,
        and_(
            ROLL.c.site_id == VISIT.c.site_id,
            ROLL.c.business_date == VISIT.c.business_date,
            ROLL.c.prefix == VISIT.c.prefix,
            ROLL.c.origin == VISIT.c.origin,
        ),
    )
    .where(
        ROLL.c.site_id == bindparam("site"),
        ROLL.c.business_date == bindparam("day"),
        ROLL.c.prefix == bindparam("of"),
        VISIT.c.number == bindparam("wanted"),
    )
    .order_by(ROLL.c.started_at.desc())
    .limit(1)
)


def label_on_roll(connection: Connection, site: str, day: date, label: str) -> str | None:
    """Return `DK R1-057` for `DK 57`, which is all that stands on a pre-printed roll; the newest roll's, or None."""
    parts = parse_label(label)
    if parts is None or parts.origin:
        return None
    values = {"site": site, "day": day, "of": parts.prefix, "wanted": parts.number}
    found: str | None = connection.scalar(_ON_ROLL, values)
    return found
