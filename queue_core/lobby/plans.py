"""The way of a visit as the store keeps it: what lies ahead, in order, and what will not happen."""

from __future__ import annotations

from sqlalchemy import bindparam, delete, insert, select, update

from queue_core.journeys import Gone, Step, Way
from queue_core.lobby.tables import VISIT, VISIT_LEG
from queue_core.lobby.turn import Look, Turn

BEGUN, PLANNED, DROPPED = "begun", "planned", "dropped"

_OF_VISIT = (VISIT_LEG.c.site_id == bindparam("site"), VISIT_LEG.c.visit_id == bindparam("visit"))
_NOT_BEGUN = (*_OF_VISIT, VISIT_LEG.c.state != BEGUN)
_READ = select(VISIT_LEG).where(*_NOT_BEGUN).order_by(VISIT_LEG.c.leg)
_FORGET = delete(VISIT_LEG).where(*_NOT_BEGUN)
_WRITE = insert(VISIT_LEG)
_DROP_PLANNED = (
    update(VISIT_LEG)
    .where(*_OF_VISIT, VISIT_LEG.c.state == PLANNED)
    .values(state=DROPPED, reason=bindparam("why"))
)
_COUNT = (
    update(VISIT)
    .where(VISIT.c.site_id == bindparam("site"), VISIT.c.visit_id == bindparam("visit"))
    .values(legs=bindparam("all_legs"))
)


def read_way(here: Look | Turn, visit: str) -> Way:
    """Return what lies ahead of a visit; nothing for one that plans nothing."""
    rows = here.connection.execute(_READ, {"site": here.site, "visit": visit}).all()
    steps = [(row, Step(row.service, row.optional, row.stage)) for row in rows]
    return Way(
        tuple(step for row, step in steps if row.state == PLANNED),
        tuple((step, Gone(row.reason)) for row, step in steps if row.state == DROPPED),
    )


def write_way(turn: Turn, visit: str, way: Way, *, begun: int, now: Step | None = None) -> None:
    """Keep the way of a visit whose newest leg is `begun`; `now` is the planned step that this leg is."""
    keys = {"site": turn.site, "visit": visit}
    turn.connection.execute(_FORGET, keys)
    rows = [_row(now, BEGUN)] if now else []
    rows += [_row(step, PLANNED) for step in way.planned]
    rows += [_row(step, DROPPED, why) for step, why in way.gone]
    first = begun if now else begun + 1
    if rows:
        own = {"site_id": turn.site, "visit_id": visit}
        turn.connection.execute(_WRITE, [{**own, "leg": leg, **row} for leg, row in enumerate(rows, first)])
    turn.connection.execute(_COUNT, {**keys, "all_legs": begun + len(way.planned)})


def drop_planned(turn: Turn, visit: str) -> None:
    """What a journey still planned will not happen: the visit has ended."""
    turn.connection.execute(_DROP_PLANNED, {"site": turn.site, "visit": visit, "why": Gone.ENDED})


def _row(step: Step, state: str, reason: str = "") -> dict[str, object]:
    return {
        "service": step.service,
        "optional": step.optional,
        "stage": step.stage,
        "state": state,
        "reason": reason,
    }
