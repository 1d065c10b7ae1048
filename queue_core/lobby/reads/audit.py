"""Who did what, and where: the events of some days, found by their time."""

from __future__ import annotations

from sqlalchemy import select

from queue_core.hours import instant, minutes_of, zone_of
from queue_core.lobby.rows import event_view
from queue_core.lobby.tables import EVENT
from queue_core.lobby.turn import Look
from queue_core.numbering import normal_label
from queue_core.spans import earlier
from queue_core.views import AuditFilter, EventView, Span


def audit(look: Look, span: Span, wanted: AuditFilter, limit: int) -> tuple[EventView, ...]:
    """The newest `limit` events of these business days that fit, oldest first."""
    zone = zone_of(look.catalogue.site.time_zone)
    starts = minutes_of(look.catalogue.place.day_starts)
    begin, end = instant(span.first, starts, zone), instant(earlier(span.last, days=-1), starts, zone)
    where = [EVENT.c.site_id == look.site, EVENT.c.at >= begin, EVENT.c.at < end]
    for column, value in (
        (EVENT.c.staff, wanted.staff.strip().casefold()),
        (EVENT.c.machine, wanted.machine),
        (EVENT.c.label, (normal_label(wanted.label) or wanted.label) if wanted.label else ""),
        (EVENT.c.kind, wanted.kind),
    ):
        if value:
            where.append(column == value)
    rows = look.connection.execute(select(EVENT).where(*where).order_by(EVENT.c.seq.desc()).limit(limit))
    return tuple(event_view(row) for row in reversed(rows.all()))
