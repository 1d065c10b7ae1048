"""The store that gives out codes of series, each once: who asks, who has one already, and who has lost the right to it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Row, bindparam, insert, select, update

from queue_core.bundles import next_code
from queue_core.events import EventKind
from queue_core.lobby.tables import SITE, SOURCE
from queue_core.lobby.turn import Look, Turn
from queue_core.numbering import is_code

SPARSELY = timedelta(seconds=50)
"""A contact is not written more often: each write wakes every screen of the site."""

_ALL = select(SOURCE).where(SOURCE.c.site_id == bindparam("site")).order_by(SOURCE.c.given_at)
_EPOCH = select(SITE.c.epoch).where(SITE.c.site_id == bindparam("site"))
_INSERT = insert(SOURCE)
_SEEN = (
    update(SOURCE)
    .where(
        SOURCE.c.site_id == bindparam("site"),
        SOURCE.c.source == bindparam("of"),
        SOURCE.c.origin == bindparam("code"),
    )
    .values(last_contact=bindparam("now"), upto=bindparam("highest"))
)


@dataclass(frozen=True, slots=True)
class Caller:
    """A store that makes contact: its own name, its machine, the code that it has (or none), its newest event.

    `acknowledged` is up to where it believes all to have come.
    """

    source: str
    machine: str
    code: str
    last_seq: int
    acknowledged: int = 0


@dataclass(frozen=True, slots=True)
class Enrolment:
    """The answer: the code, and up to which of the caller's events all has come."""

    code: str
    upto: int


def standing(here: Look | Turn, caller: Caller) -> Row[Any] | None:
    """Return the row of a caller that may go on with its code; None when it has none, or must not use it again.

    Not: another store has this code; the caller is an older copy of the store that had it (it does not know of events that
    have come from there); or its disk is in another machine now, so there may be two of it.
    """
    if not is_code(caller.code):
        return None
    rows = sources(here)
    row = next((each for each in rows if each.origin == caller.code), None)
    if row is None or row.source != caller.source or row.machine != caller.machine:
        return None
    return None if _upto(rows, caller.source) > caller.last_seq else row


def is_due(row: Row[Any], now: datetime) -> bool:
    """Whether the contact is worth writing down."""
    return bool(abs(now - row.last_contact) >= SPARSELY)


def enrol(turn: Turn, caller: Caller) -> Enrolment:
    """Return the code with which a caller goes on: the one that it has, or a new one if it claims none.

    An empty code: it must give up the one that it claims, and ask again.
    """
    row = standing(turn, caller)
    if row is not None:
        note_contact(turn, row, row.upto)
        return Enrolment(str(row.origin), arrived(turn, caller))
    forgotten = _is_forgotten(turn, caller)
    if is_code(caller.code) and not forgotten:
        return Enrolment("", arrived(turn, caller))
    return Enrolment(_give(turn, caller, forgotten=forgotten), arrived(turn, caller))


def arrived(here: Look | Turn, caller: Caller) -> int:
    """Return up to which of a caller's events all has come."""
    return _upto(sources(here), caller.source)


def adopt(turn: Turn, caller: Caller) -> Row[Any] | None:
    """Return the row of a code from which rows come; of one that a lost store had given, begin it anew.

    None when another store has it.
    """
    row = next((each for each in sources(turn) if each.origin == caller.code), None)
    if row is None:
        _write(turn, caller)
        return next(each for each in sources(turn) if each.origin == caller.code)
    return row if row.source == caller.source else None


def keeper(turn: Turn, caller: Caller) -> Row[Any]:
    """Return the row of a store that keeps this site alone."""
    found = [each for each in sources(turn) if (each.source, each.origin) == (caller.source, "")]
    if not found:
        _write(turn, caller)
        return keeper(turn, caller)
    return found[0]


def note_contact(turn: Turn, row: Row[Any], upto: int) -> None:
    """Remember that a store was heard of now, and up to which of its events all has come."""
    values = {"site": turn.site, "of": row.source, "code": row.origin, "now": turn.now}
    turn.connection.execute(_SEEN, {**values, "highest": max(upto, row.upto)})
    turn.quiet = True


def sources(here: Look | Turn) -> Sequence[Row[Any]]:
    """Return all stores from which rows come, oldest first."""
    return here.connection.execute(_ALL, {"site": here.site}).all()


def _is_forgotten(turn: Turn, caller: Caller) -> bool:
    """Whether a code was given before this store was put back from a copy, which does not know of it."""
    rows = sources(turn)
    unknown = is_code(caller.code) and caller.code not in {each.origin for each in rows}
    return unknown and _upto(rows, caller.source) <= caller.last_seq


def _give(turn: Turn, caller: Caller, *, forgotten: bool) -> str:
    rows, code = sources(turn), caller.code
    if not forgotten:
        epoch = turn.connection.execute(_EPOCH, {"site": turn.site}).scalar_one()
        code = next_code((each.origin for each in rows), epoch)
    renamed = not forgotten and caller.source not in {each.source for each in rows}
    _write(turn, replace(caller, code=code), caller.acknowledged if renamed else 0)
    turn.emit(EventKind.KIOSK_ENROLLED, origin=code, machine=caller.machine)
    return code


def _upto(rows: Sequence[Row[Any]], source: str) -> int:
    return max((each.upto for each in rows if each.source == source), default=0)


def _write(turn: Turn, caller: Caller, upto: int = 0) -> None:
    row = {
        "site_id": turn.site,
        "source": caller.source,
        "origin": caller.code,
        "machine": caller.machine,
        "given_at": turn.now,
        "last_contact": turn.now,
        "upto": upto,
    }
    turn.connection.execute(_INSERT, row)
