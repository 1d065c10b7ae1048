"""What happened in another store is told here too, once, under a number of this store: readers' cursors never skip it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

from sqlalchemy import bindparam, select

from queue_core.bundles import Bundle, EventRow
from queue_core.lobby.tables import EVENT
from queue_core.lobby.turn import Turn

NO_TIME = timedelta(0)

_TOLD = select(EVENT.c.seq).where(
    EVENT.c.site_id == bindparam("site"),
    EVENT.c.source == bindparam("of"),
    EVENT.c.source_seq == bindparam("number"),
)
_ASKED = select(EVENT.c.visit_id).where(
    EVENT.c.site_id == bindparam("site"), EVENT.c.request_id == bindparam("request")
)


def retell(
    turn: Turn,
    bundle: Bundle,
    event: EventRow,
    *,
    visit: str | None = None,
    tickets: Mapping[str, str] | None = None,
    later: timedelta = NO_TIME,
) -> None:
    """Tell an event unless it was told before, `later` by what the other clock was slow, but not after now.

    Its `request_id` comes along where no event here has answered that one.
    """
    keys = {"site": turn.site, "of": bundle.source, "number": event.seq}
    if turn.connection.execute(_TOLD, keys).first() is not None:
        return
    answers = event.request_id is not None and not is_answered(turn, event.request_id)
    known = tickets or {}
    turn.retell(
        {
            "at": min(event.at + later, turn.now),
            "kind": event.kind,
            "label": event.label,
            "visit_id": visit,
            "ticket_id": known.get(event.ticket_id or "", event.ticket_id),
            "service": event.service,
            "counter": event.counter,
            "staff": event.staff,
            "machine": event.machine,
            "data": event.data,
            "request_id": event.request_id if answers else None,
            "command": event.command if answers else None,
            "source": bundle.source,
            "source_seq": event.seq,
        }
    )


def is_answered(turn: Turn, request: str) -> bool:
    """Whether an event of this store has answered a request."""
    return turn.connection.execute(_ASKED, {"site": turn.site, "request": request}).first() is not None


def answered_by(turn: Turn, request: str) -> str | None:
    """Return the visit whose event has answered a request here."""
    found: str | None = turn.connection.scalar(_ASKED, {"site": turn.site, "request": request})
    return found
