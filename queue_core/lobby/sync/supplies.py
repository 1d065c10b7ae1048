"""What a kiosk's own store is kept ready with while the site answers: all that issuing a number looks at, but the lines.

Counters are mirrored closed: what goes on at them is not known while the cable is cut, so no wait is foretold then.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Table, and_, bindparam, delete, insert, select, update

from queue_core.lobby.tables import (
    AGENCY,
    COUNTER,
    COUNTER_SERVICE,
    JOURNEY,
    LINK,
    NOTICE,
    OPENING_ORDER,
    QUOTA_USE,
    SERVICE,
    SITE,
    STAFF,
)
from queue_core.lobby.turn import Look
from queue_core.models import CounterState
from queue_core.numbering import NOT_ENROLLED
from queue_core.views import Supplies

_OWN = frozenset(
    {
        *("site_id", "origin", "event_seq", "catalogue_revision", "max_business_date", "last_event_at"),
        *("clock_accepts", "epoch", "epoch_day"),
    }
)
"""Columns of the site's row that each store has for itself."""
_COUNTER = ("number", "policy", "active")
_KEPT: Mapping[str, Table] = {
    "agency": AGENCY,
    "service": SERVICE,
    "counter": COUNTER,
    "journey": JOURNEY,
    "staff": STAFF,
}
"""Rows that are never removed: they are written over."""
_REPLACED: Mapping[str, Table] = {
    "counter_service": COUNTER_SERVICE,
    "opening_order": OPENING_ORDER,
    "notice": NOTICE,
    "quota_use": QUOTA_USE,
}
"""Rows that come and go."""
_CLOCK_STEP = 2.0
"""Seconds by which the two clocks may drift apart before it is written down: an answer takes its time."""

MOST_CONTACTS = 500
_SEQ_AND_CONTACTS = (
    select(SITE.c.event_seq, LINK.c.contacts)
    .join(LINK, LINK.c.site_id == SITE.c.site_id)
    .where(SITE.c.site_id == bindparam("site"))
)


def read_supplies(look: Look) -> Supplies:
    """Read all of it, at one moment."""
    site = _plain(look, SITE)[0]
    shown = {name: value for name, value in site.items() if name not in _OWN}
    rows = {name: _plain(look, table) for name, table in {**_KEPT, **_REPLACED}.items()}
    rows["counter"] = [{name: row[name] for name in _COUNTER} for row in rows["counter"]]
    rows["quota_use"] = [row for row in rows["quota_use"] if row["business_date"] == look.today]
    text = json.dumps([shown, rows], default=str, sort_keys=True)
    return Supplies(shown, rows, look.now, site["epoch"], hashlib.sha256(text.encode()).hexdigest())


def stock(connection: Connection, site: str, supplies: Supplies, new_source: str) -> None:
    """Put supplies into a kiosk's own store, which may not know the site yet."""
    link = connection.execute(select(LINK).where(LINK.c.site_id == site)).one_or_none()
    if link is None:
        _begin(connection, site, supplies, new_source)
    elif link.mirrored == supplies.digest:
        return
    changed = {**supplies.site, "catalogue_revision": SITE.c.catalogue_revision + 1}
    connection.execute(update(SITE).where(SITE.c.site_id == site).values(**changed))
    for name, table in _KEPT.items():
        for row in supplies.rows[name]:
            _write_over(connection, site, table, row)
    for name, table in _REPLACED.items():
        connection.execute(delete(table).where(table.c.site_id == site))
        if supplies.rows[name]:
            connection.execute(insert(table), [{"site_id": site, **row} for row in supplies.rows[name]])
    connection.execute(update(LINK).where(LINK.c.site_id == site).values(mirrored=supplies.digest))


def note_contact(connection: Connection, site: str, at: datetime, own: datetime) -> None:
    """Remember when the site answered, by its clock, and how far that is from this store's own (corrected) clock."""
    drift = (at - own).total_seconds()
    row = connection.execute(_SEQ_AND_CONTACTS, {"site": site}).one()
    known = contacts_with(row.contacts or (), row.event_seq, at)
    connection.execute(update(LINK).where(LINK.c.site_id == site).values(last_contact=at, contacts=known))
    if abs(drift) > _CLOCK_STEP:
        ahead = LINK.c.ahead_seconds + drift
        connection.execute(update(LINK).where(LINK.c.site_id == site).values(ahead_seconds=ahead))
        accepts = SITE.c.clock_accepts + 1  # the step is known: it is no fault
        connection.execute(update(SITE).where(SITE.c.site_id == site).values(clock_accepts=accepts))


def contacts_with(known: Sequence[tuple[int, str]], seq: int, at: datetime) -> list[tuple[int, str]]:
    """Return the contacts with one more; of those between which nothing happened only the last is kept."""
    return [*(each for each in known if each[0] < seq), (seq, at.isoformat())][-MOST_CONTACTS:]


def _plain(look: Look, table: Table) -> list[dict[str, Any]]:
    rows = look.connection.execute(
        select(table).where(table.c.site_id == bindparam("site")).order_by(*table.primary_key.columns),
        {"site": look.site},
    )
    return [
        {name: value for name, value in row._mapping.items() if name != "site_id" or table is SITE}  # noqa: SLF001
        for row in rows
    ]


def _begin(connection: Connection, site: str, supplies: Supplies, source: str) -> None:
    own = {"event_seq": 0, "catalogue_revision": 0, "clock_accepts": 0, "epoch": 1, "origin": NOT_ENROLLED}
    connection.execute(insert(SITE), {"site_id": site, **supplies.site, **own})
    link = {"site_id": site, "source": source, "acknowledged": 0, "ahead_seconds": 0.0, "mirrored": ""}
    connection.execute(insert(LINK), link)


def _write_over(connection: Connection, site: str, table: Table, row: Mapping[str, object]) -> None:
    keys = [column.name for column in table.primary_key.columns if column.name != "site_id"]
    values = {name: value for name, value in row.items() if name not in keys}
    this = and_(table.c.site_id == site, *(table.c[key] == row[key] for key in keys))
    if connection.execute(update(table).where(this).values(**values)).rowcount == 0:
        closed = {"state": CounterState.CLOSED, "staff": ""} if table is COUNTER else {}
        connection.execute(insert(table), {"site_id": site, **closed, **row})
