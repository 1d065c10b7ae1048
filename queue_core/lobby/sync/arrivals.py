"""One visit of another store arrives: is it known here, was its number called already, who has the say in it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import and_, bindparam, func, insert, select, update

from queue_core.bundles import Bundle, VisitRecord, clamped
from queue_core.events import EventKind
from queue_core.lifecycle import OPEN, Action, Status
from queue_core.lobby.day import expire
from queue_core.lobby.legs import drop_rest, leave
from queue_core.lobby.moves import move
from queue_core.lobby.quotas import take
from queue_core.lobby.reads.visits import rows_of
from queue_core.lobby.sync import writing
from queue_core.lobby.sync.retelling import answered_by, retell
from queue_core.lobby.sync.stubs import fill
from queue_core.lobby.sync.twins import settle
from queue_core.lobby.tables import EVENT, MERGED_VISIT, VISIT
from queue_core.lobby.turn import Turn
from queue_core.numbering import is_code

_PAPER = (EventKind.SLIP_PRINTED, EventKind.SLIP_FAILED, EventKind.SLIP_ASKED_AGAIN)
_HARMLESS = (EventKind.ISSUED, EventKind.JOURNEY_BEGUN, EventKind.NOTED, *_PAPER)
"""Events that change nothing about where a visit stands."""

_MERGED = select(MERGED_VISIT.c.here, MERGED_VISIT.c.version).where(
    MERGED_VISIT.c.site_id == bindparam("site"), MERGED_VISIT.c.visit_id == bindparam("visit")
)
_BY_ID = select(VISIT.c.visit_id).where(
    VISIT.c.site_id == bindparam("site"), VISIT.c.visit_id == bindparam("visit")
)
_BY_NUMBER = (
    select(VISIT.c.visit_id, MERGED_VISIT.c.visit_id.label("merged"))
    .outerjoin(
        MERGED_VISIT,
        and_(MERGED_VISIT.c.site_id == VISIT.c.site_id, MERGED_VISIT.c.here == VISIT.c.visit_id),
    )
    .where(
        VISIT.c.site_id == bindparam("site"),
        VISIT.c.prefix == bindparam("of"),
        VISIT.c.origin == bindparam("from_origin"),
        VISIT.c.business_date == bindparam("day"),
        VISIT.c.number == bindparam("wanted"),
    )
    .limit(1)
)
_TOUCHED = select(func.count()).where(
    EVENT.c.site_id == bindparam("site"),
    EVENT.c.visit_id == bindparam("visit"),
    EVENT.c.visit_id.is_not(None),
    EVENT.c.source.is_(None),
    EVENT.c.kind.not_in([kind.value for kind in (*_HARMLESS, EventKind.EXPIRED)]),
)
_KEEP = insert(MERGED_VISIT)
_RAISE = (
    update(MERGED_VISIT)
    .where(MERGED_VISIT.c.site_id == bindparam("site"), MERGED_VISIT.c.visit_id == bindparam("visit"))
    .values(version=bindparam("newest"))
)


@dataclass(frozen=True, slots=True)
class Arrival:
    """How a visit is known here: by which id, in which version; as a stub that a counter called; or as somebody else's."""

    visit: str | None = None
    version: int = 0
    stub: bool = False
    conflict: bool = False


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of it."""

    added: bool = False
    changed: bool = False
    twin: bool = False


def find_here(turn: Turn, record: VisitRecord) -> Arrival:
    """Look for a visit by its id, then by its number."""
    visit = record.visit
    keys = {"site": turn.site, "visit": visit.visit_id}
    merged = turn.connection.execute(_MERGED, keys).one_or_none()
    if merged is not None:
        return Arrival(merged.here, merged.version)
    if turn.connection.execute(_BY_ID, keys).one_or_none() is not None:
        return Arrival(visit.visit_id)
    number = {"of": visit.prefix, "from_origin": visit.origin, "day": visit.business_date}
    row = turn.connection.execute(
        _BY_NUMBER, {"site": turn.site, **number, "wanted": visit.number}
    ).one_or_none()
    if row is None:
        return Arrival()
    stub = row.merged is None and is_code(visit.origin)
    return Arrival(row.visit_id, stub=stub, conflict=not stub)


def take_record(turn: Turn, bundle: Bundle, record: VisitRecord, here: Arrival) -> Outcome:
    """Take a visit in, unless it is known as it is told."""
    if here.visit is not None and not here.stub and record.version <= here.version:
        return Outcome()
    if bundle.kind == "site":
        return _as_told(turn, bundle, record, here)
    if here.stub and here.visit is not None:
        return _called_before(turn, bundle, record, here.visit)
    if here.visit is not None and _has_moved(turn, record, here.visit):
        return _only_the_visitor(turn, bundle, record, here.visit)
    return _join(turn, bundle, record, here)


def _as_told(turn: Turn, bundle: Bundle, record: VisitRecord, here: Arrival) -> Outcome:
    visit = here.visit or record.visit.visit_id
    later = timedelta(0)
    writing.write(turn, record, visit, later, known=here.visit is not None)
    _tell(turn, bundle, record, visit, later)
    return Outcome(added=here.visit is None, changed=True)


def _join(turn: Turn, bundle: Bundle, record: VisitRecord, here: Arrival) -> Outcome:
    """The visitor waits here from now on, since the kiosk gave out the number, as far as its clock can be believed."""
    visit, known = here.visit or record.visit.visit_id, here.visit is not None
    twin = None if known else _twin(turn, record)
    settled = settle(turn, twin, record.visit.label) if twin else None
    later = _later(turn, record, visit, known=known)
    if settled is not None and settled.since is not None:
        later = min(later, settled.since - record.visit.arrived_at)
    writing.write(turn, writing.unmanned(record, bundle.made_at), visit, later, known=known)
    _tell(turn, bundle, record, visit, later)
    writing.write_jobs(turn, record, visit, {})
    if settled is not None and settled.over:
        _cancel(turn, visit, replaced_by=settled.label)
    elif not known and record.visit.business_date == turn.today:
        _count_quota(turn, record, later)
    _end_if_over(turn, record, visit)
    return Outcome(added=not known, changed=True, twin=settled is not None)


def _called_before(turn: Turn, bundle: Bundle, record: VisitRecord, visit: str) -> Outcome:
    twin = _twin(turn, record)
    settled = settle(turn, twin, record.visit.label) if twin else None
    later = _later(turn, record, visit, known=False)
    tickets = fill(turn, record, visit, later)
    _tell(turn, bundle, record, visit, later, tickets)
    writing.write_jobs(turn, record, visit, tickets)
    if record.visit.business_date == turn.today:
        _count_quota(turn, record, later)
    _cancel_if_wanted(turn, record, visit)
    return Outcome(added=True, changed=True, twin=settled is not None)


def _only_the_visitor(turn: Turn, bundle: Bundle, record: VisitRecord, visit: str) -> Outcome:
    """This site has moved the visit on. Its kiosk may still tell of paper, and that the visitor does not want to wait."""
    first = {record.tickets[0].ticket_id: rows_of(turn, visit)[0].ticket_id}
    later = _later(turn, record, visit, known=True)
    for event in record.events:
        if event.kind in _HARMLESS:
            retell(turn, bundle, event, visit=visit, tickets=first, later=later)
    writing.write_jobs(turn, record, visit, first)
    _cancel_if_wanted(turn, record, visit)
    _note(turn, bundle, record, visit)
    return Outcome(changed=True)


def _cancel_if_wanted(turn: Turn, record: VisitRecord, visit: str) -> None:
    row = rows_of(turn, visit)[-1]
    if record.tickets[-1].status is Status.CANCELLED and row.status == Status.WAITING and not row.calls:
        _cancel(turn, visit)


def _cancel(turn: Turn, visit: str, replaced_by: str = "") -> None:
    row = rows_of(turn, visit)[-1]
    if row.status not in OPEN:
        return
    cancelled = move(turn, row, Action.CANCEL)
    drop_rest(turn, cancelled)
    leave(turn, cancelled)
    said: dict[str, Any] = {"replaced_by": replaced_by} if replaced_by else {}
    turn.emit(EventKind.CANCELLED, cancelled, counter=cancelled.counter, **said)


def _end_if_over(turn: Turn, record: VisitRecord, visit: str) -> None:
    """Its day is over: nobody can be called any more."""
    if record.visit.business_date < turn.today:
        for row in rows_of(turn, visit):
            if row.status in OPEN:
                expire(turn, row)


def _twin(turn: Turn, record: VisitRecord) -> str | None:
    """The other visit that the same wish has had here: its answer was lost on the way to the kiosk."""
    asked = next((each.request_id for each in record.events if each.kind == EventKind.ISSUED), None)
    found = answered_by(turn, asked) if asked else None
    return found if found != record.visit.visit_id else None


def _later(turn: Turn, record: VisitRecord, visit: str, *, known: bool) -> timedelta:
    """By how much later than told the visit began, by this site's clock; what was found at first holds for good."""
    told = record.visit.arrived_at
    if known:
        began: datetime = rows_of(turn, visit)[0].arrived_at
        return began - told
    today = record.visit.business_date == turn.today
    return clamped(told, record.since if today else None, turn.now) - told


def _count_quota(turn: Turn, record: VisitRecord, later: timedelta) -> None:
    if record.tickets[-1].status is not Status.CANCELLED:
        planned = [each.service for each in record.legs if each.state == "planned"]
        services = [record.tickets[0].service, *planned]
        take(turn, services, record.visit.arrived_at + later)


def _has_moved(turn: Turn, record: VisitRecord, visit: str) -> bool:
    """Whether this site has moved the visit on. That its day has ended here is undone by a better end, not by none."""
    if turn.connection.scalar(_TOUCHED, {"site": turn.site, "visit": visit}):
        return True
    ended = rows_of(turn, visit)[-1].status == Status.EXPIRED
    return ended and record.tickets[-1].status in OPEN


def _tell(
    turn: Turn,
    bundle: Bundle,
    record: VisitRecord,
    visit: str,
    later: timedelta,
    tickets: dict[str, str] | None = None,
) -> None:
    for event in record.events:
        if tickets is None or event.kind in _HARMLESS:
            retell(turn, bundle, event, visit=visit, tickets=tickets, later=later)
    _note(turn, bundle, record, visit)


def _note(turn: Turn, bundle: Bundle, record: VisitRecord, visit: str) -> None:
    """Remember which version is here."""
    keys = {"site": turn.site, "visit": record.visit.visit_id}
    if turn.connection.execute(_RAISE, {**keys, "newest": record.version}).rowcount == 0:
        row = {"site_id": turn.site, "visit_id": record.visit.visit_id, "here": visit}
        turn.connection.execute(_KEEP, {**row, "source": bundle.source, "version": record.version})
