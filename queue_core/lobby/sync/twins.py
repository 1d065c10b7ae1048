"""One wish, two numbers: the site gave one out and its answer was lost, so the kiosk gave out another and printed it.

The paper in the visitor's hand is the kiosk's. So the site's number is withdrawn, and a slip for it that has not come out
yet never will. But when the site's number was already answered for at a counter, the visitor was there with it, and
it is the kiosk's number that is withdrawn.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, update

from queue_core.events import EventKind
from queue_core.lifecycle import Action, Status
from queue_core.lobby.legs import drop_rest, leave, planned_services
from queue_core.lobby.moves import move
from queue_core.lobby.quotas import give_back
from queue_core.lobby.reads.visits import rows_of
from queue_core.lobby.tables import EVENT, PRINT_JOB
from queue_core.lobby.turn import Turn

_NOBODY_CAME = (Status.CANCELLED, Status.EXPIRED, Status.NO_SHOW)
_FREE_REQUEST = (
    update(EVENT)
    .where(
        EVENT.c.site_id == bindparam("site"),
        EVENT.c.visit_id == bindparam("visit"),
        EVENT.c.visit_id.is_not(None),
        EVENT.c.kind == EventKind.ISSUED.value,
    )
    .values(request_id=None, command=None)
)
_VOID = (
    update(PRINT_JOB)
    .where(
        PRINT_JOB.c.site_id == bindparam("site"),
        PRINT_JOB.c.visit_id == bindparam("visit"),
        PRINT_JOB.c.state.in_(("new", "asking", "stale", "failed")),
    )
    .values(state="void", payload=None, updated_at=bindparam("now"))
)


@dataclass(frozen=True, slots=True)
class Settled:
    """Whose number counts: `over` when the site's does. `since` is from when the site's number waited, if it was withdrawn."""

    over: bool
    label: str
    since: datetime | None = None


def settle(turn: Turn, twin: str, label: str) -> Settled:
    """Withdraw the site's number in favour of `label`, unless its visitor has been at a counter."""
    ticket = rows_of(turn, twin)[-1]
    waits = ticket.leg == 1 and ticket.status in (Status.WAITING, Status.CALLED)
    if not waits and ticket.status not in _NOBODY_CAME:
        return Settled(over=True, label=ticket.label)
    keys = {"site": turn.site, "visit": twin}
    turn.connection.execute(_FREE_REQUEST, keys)  # whoever asks once more is answered with the kiosk's number
    turn.connection.execute(_VOID, {**keys, "now": turn.now})
    if not waits:
        return Settled(over=False, label=ticket.label)
    cancelled = move(turn, ticket, Action.CANCEL)
    give_back(turn, ticket, [ticket.service, *planned_services(turn, ticket)])
    drop_rest(turn, cancelled)
    leave(turn, cancelled)
    turn.emit(EventKind.CANCELLED, cancelled, counter=cancelled.counter, replaced_by=label)
    return Settled(over=False, label=ticket.label, since=ticket.waiting_since)
