"""The heads of the lines that a counter serves: one small statement, whose cost knows no history."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import Connection, Select, and_, bindparam, false, select, text, true, union_all

from queue_core.calling import Candidate
from queue_core.lobby.tables import COUNTER_SERVICE, TICKET
from queue_core.models import WAITING

CANDIDATE = ("ticket_id", "service", "priority", "waiting_since", "due_at", "passed", "owed")
"""The columns of a ticket that make a `Candidate`, in its order."""


def _first_of(*, priority: bool) -> Select[Any]:
    """For each service of a counter, the first who waits in one class: one step into the index of the waiting."""
    line = TICKET.alias("line")
    first = (
        select(line.c.ticket_id)
        .where(
            line.c.site_id == bindparam("site"),
            line.c.business_date == bindparam("day"),
            line.c.service == COUNTER_SERVICE.c.service,
            line.c.priority == (true() if priority else false()),
            text(f"line.{WAITING}"),  # in these very words, so that the partial index serves
        )
        .order_by(line.c.waiting_since, line.c.ticket_id)
        .limit(1)
        .correlate(COUNTER_SERVICE)
        .scalar_subquery()
    )
    return (
        select(*(TICKET.c[name] for name in CANDIDATE))
        .select_from(COUNTER_SERVICE)
        .join(TICKET, and_(TICKET.c.site_id == bindparam("site"), TICKET.c.ticket_id == first))
        .where(
            COUNTER_SERVICE.c.site_id == bindparam("site"), COUNTER_SERVICE.c.counter == bindparam("counter")
        )
    )


HEADS = union_all(_first_of(priority=True), _first_of(priority=False))


def read_heads(connection: Connection, site: str, day: date, counter: int) -> list[Candidate]:
    """Return at most two candidates, priority and regular, for each service of the counter."""
    values = {"site": site, "day": day, "counter": counter}
    return [Candidate(*row) for row in connection.execute(HEADS, values)]
