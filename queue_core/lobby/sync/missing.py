"""Which stores send their rows here, and what of their numbers has not come yet."""

from __future__ import annotations

from collections import Counter

from sqlalchemy import and_, bindparam, func, select

from queue_core.lobby.sync.codes import sources
from queue_core.lobby.tables import NUMBER_SERIES, SOURCE, VISIT
from queue_core.lobby.turn import Look
from queue_core.views import SourceView

_GIVEN = (
    select(VISIT.c.prefix, VISIT.c.origin, VISIT.c.business_date, func.count().label("given"))
    .where(VISIT.c.site_id == bindparam("site"), VISIT.c.origin != "")
    .group_by(VISIT.c.prefix, VISIT.c.origin, VISIT.c.business_date)
    .subquery()
)
_SAME = and_(*(NUMBER_SERIES.c[name] == _GIVEN.c[name] for name in ("prefix", "origin", "business_date")))
_SERIES = (
    select(NUMBER_SERIES.c.origin, NUMBER_SERIES.c.last, func.coalesce(_GIVEN.c.given, 0).label("given"))
    .outerjoin(_GIVEN, _SAME)
    .where(
        NUMBER_SERIES.c.site_id == bindparam("site"),
        NUMBER_SERIES.c.origin.in_(select(SOURCE.c.origin).where(SOURCE.c.site_id == bindparam("site"))),
        NUMBER_SERIES.c.origin != "",
    )
)


def source_views(look: Look) -> tuple[SourceView, ...]:
    """Return the stores from which rows come, oldest first."""
    missing: Counter[str] = Counter()
    for row in look.connection.execute(_SERIES, {"site": look.site}):
        missing[row.origin] += row.last - row.given
    return tuple(
        SourceView(each.origin, each.machine, each.last_contact, missing[each.origin])
        for each in sources(look)
    )
