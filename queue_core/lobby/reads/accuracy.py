"""How often the announced wait was true, day by day and line by line."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import bindparam, select

from queue_core.lobby.tables import WAIT_ACCURACY
from queue_core.lobby.turn import Look
from queue_core.views import AccuracyView

DAYS = 7
"""Today, and the days before it: as far back as a supervisor looks, and no look reads more."""

_SINCE = (
    select(*(WAIT_ACCURACY.c[name] for name in ("business_date", "service", "told", "kept", "sooner")))
    .where(WAIT_ACCURACY.c.site_id == bindparam("site"), WAIT_ACCURACY.c.business_date >= bindparam("since"))
    .order_by(WAIT_ACCURACY.c.business_date.desc(), WAIT_ACCURACY.c.service)
)


def accuracy(look: Look) -> tuple[AccuracyView, ...]:
    """The last days of this site, the newest first."""
    since = look.today - timedelta(days=DAYS - 1)
    rows = look.connection.execute(_SINCE, {"site": look.site, "since": since})
    return tuple(AccuracyView(*row) for row in rows)
