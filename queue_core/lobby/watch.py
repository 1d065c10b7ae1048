"""What is known of alerts: raised when somebody first saw them, acknowledged, over."""

from __future__ import annotations

from collections.abc import Collection
from datetime import timedelta
from typing import Any

from sqlalchemy import Row, bindparam, insert, or_, select, update

from queue_core.events import EventKind
from queue_core.lobby.tables import ALERT
from queue_core.lobby.turn import Look, Turn
from queue_core.views import AlertKind, AlertRecord

Key = tuple[AlertKind, str]

_HERE = ALERT.c.site_id == bindparam("site")
_THIS = (_HERE, ALERT.c.kind == bindparam("of"), ALERT.c.subject == bindparam("about"))
_ONE = select(ALERT).where(*_THIS)
_RECENT = select(ALERT).where(_HERE, or_(ALERT.c.ended_at.is_(None), ALERT.c.ended_at > bindparam("since")))
_ADD = insert(ALERT)
_SET = update(ALERT).where(*_THIS)


def records(look: Look) -> tuple[AlertRecord, ...]:
    """Return the alerts that run, and those that ended so lately that they would go on if they came back."""
    since = look.now - _lull(look)
    rows = look.connection.execute(_RECENT, {"site": look.site, "since": since})
    return tuple(_record(row) for row in rows)


def note(turn: Turn, begun: Collection[Key], ended: Collection[Key]) -> None:
    """Write down what has begun and what is over; what another program has written down already is no change.

    An alert that comes back within the time after which it would be told again goes on as the one that it was, with
    its acknowledgement and without an event: one that flickers is no flood.
    """
    for kind, subject in begun:
        keys = {"site": turn.site, "of": kind, "about": subject}
        row = turn.connection.execute(_ONE, keys).one_or_none()
        if row is None:
            new = {"site_id": turn.site, "kind": kind, "subject": subject, "raised_at": turn.now}
            turn.connection.execute(_ADD, {**new, "acknowledged_by": ""})
        elif row.ended_at is None:
            continue
        elif turn.now - row.ended_at < _lull(turn):
            turn.connection.execute(_SET.values(ended_at=None), keys)
            turn.quiet = True
            continue
        else:
            fresh = {"raised_at": turn.now, "ended_at": None, "acknowledged_at": None, "acknowledged_by": ""}
            turn.connection.execute(_SET.values(**fresh), keys)
        turn.emit(EventKind.ALERT_RAISED, alert=kind, subject=subject)
    for kind, subject in ended:
        keys = {"site": turn.site, "of": kind, "about": subject}
        done = turn.connection.execute(_SET.where(ALERT.c.ended_at.is_(None)).values(ended_at=turn.now), keys)
        if done.rowcount:
            turn.emit(EventKind.ALERT_ENDED, alert=kind, subject=subject)


def acknowledge(turn: Turn, keys: Collection[Key]) -> int:
    """Remember who knows of these alerts; return how many there were to know of."""
    known = 0
    for kind, subject in keys:
        values = {"acknowledged_at": turn.now, "acknowledged_by": turn.by.staff}
        here = {"site": turn.site, "of": kind, "about": subject}
        done = turn.connection.execute(_SET.where(ALERT.c.ended_at.is_(None)).values(**values), here)
        if done.rowcount:
            known += 1
            turn.emit(EventKind.ALERT_ACKNOWLEDGED, alert=kind, subject=subject)
    turn.answer_last()
    return known


def _lull(here: Look | Turn) -> timedelta:
    return timedelta(minutes=here.catalogue.thresholds.repeat_minutes)


def _record(row: Row[Any]) -> AlertRecord:
    return AlertRecord(
        AlertKind(row.kind),
        row.subject,
        row.raised_at,
        row.ended_at,
        row.acknowledged_at,
        row.acknowledged_by,
    )
