"""What has not reached the other store yet: a visit is sent whole when an event newer than the last receipt tells of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any, TypeVar

from pydantic import BaseModel
from sqlalchemy import Connection, Row, Table, bindparam, insert, select, update

from queue_core.bundles import (
    FORMAT,
    Bundle,
    EventRow,
    JobRow,
    LegRow,
    SeriesRow,
    Sums,
    TicketRow,
    VisitRecord,
)
from queue_core.bundles.forms import DONE_JOBS, AccuracyRow, RatingRow, ReasonRow, VisitRow
from queue_core.events import EventKind
from queue_core.lobby.tables import (
    EVENT,
    LINK,
    NUMBER_SERIES,
    PRINT_JOB,
    PRIORITY_REASON,
    RATING,
    SITE,
    TICKET,
    VISIT,
    VISIT_LEG,
    WAIT_ACCURACY,
)
from queue_core.lobby.turn import Look, Turn
from queue_core.numbering import NOT_ENROLLED
from queue_core.views import SyncView

Model = TypeVar("Model", bound=BaseModel)
Here = Look | Turn

IN_PERSONS_HANDS = ("asking", "stale", "failed")
_NOT_TOLD = (
    *(EventKind.COPY_PUT_BACK, EventKind.CHANGES_LOST, EventKind.CATALOGUE_APPLIED, EventKind.KIOSK_ENROLLED),
    EventKind.KIOSK_CAUGHT_UP,
    *(EventKind.CLOCK_ACCEPTED, EventKind.ALERT_RAISED, EventKind.ALERT_ENDED, EventKind.ALERT_ACKNOWLEDGED),
)
"""What concerns the store or its machine alone."""

_LINK = select(LINK).where(LINK.c.site_id == bindparam("site"))
_ORIGIN = select(SITE.c.origin).where(SITE.c.site_id == bindparam("site"))
_OWN = (EVENT.c.site_id == bindparam("site"), EVENT.c.source.is_(None), EVENT.c.seq > bindparam("known"))
_NEWER = select(EVENT.c.seq, EVENT.c.visit_id).where(*_OWN).order_by(EVENT.c.seq)
"""Sorted out by visit afterwards: asked to do that, SQLite reads the whole history along the index of visits."""
_ARRIVED = select(VISIT.c.arrived_at).where(
    VISIT.c.site_id == bindparam("site"), VISIT.c.visit_id == bindparam("visit")
)
_OTHERS = (
    select(EVENT)
    .where(
        *_OWN, EVENT.c.seq <= bindparam("upto"), EVENT.c.visit_id.is_(None), EVENT.c.kind.not_in(_NOT_TOLD)
    )
    .order_by(EVENT.c.seq)
)
_SET = update(LINK).where(LINK.c.site_id == bindparam("site"))
_HAND_OVER = (
    update(PRINT_JOB)
    .where(
        PRINT_JOB.c.site_id == bindparam("site"),
        PRINT_JOB.c.job_id.in_(bindparam("jobs", expanding=True)),
        PRINT_JOB.c.state.in_(IN_PERSONS_HANDS),
    )
    .values(state="void", payload=None)
)


def link_of(here: Here) -> Row[Any] | None:
    """Return what this store knows of the other one; None when they never met."""
    return here.connection.execute(_LINK, {"site": here.site}).one_or_none()


def begin_link(connection: Connection, site: str, source: str) -> None:
    """Give a store that keeps a site of its own a name, by which it is known elsewhere."""
    row = {"site_id": site, "source": source, "acknowledged": 0, "ahead_seconds": 0.0, "mirrored": ""}
    connection.execute(insert(LINK), row)


def code_of(here: Here) -> str:
    """Return the code of this store's numbers; empty when it has none."""
    origin = here.connection.scalar(_ORIGIN, {"site": here.site}) or ""
    return "" if origin == NOT_ENROLLED else str(origin)


def take_code(turn: Turn, code: str) -> None:
    """Give out numbers under this code from now on."""
    turn.connection.execute(update(SITE).where(SITE.c.site_id == turn.site).values(origin=code))
    turn.emit(EventKind.KIOSK_ENROLLED, origin=code, machine=turn.by.machine)


def rename(turn: Turn) -> None:
    """Be somebody else from now on: another store goes by the same name, since its file was copied."""
    turn.connection.execute(_SET.values(source=turn.new_id()), {"site": turn.site})
    turn.quiet = True


def rewind(turn: Turn, upto: int) -> None:
    """The other store was put back from a copy: what it has forgotten is sent once more."""
    turn.connection.execute(_SET.values(acknowledged=upto), {"site": turn.site})
    turn.quiet = True


def status(look: Look) -> SyncView:
    """How far this store has come."""
    link = link_of(look)
    if link is None:
        return SyncView("", 0, None, None)
    newer = _newer(look, link.acknowledged)
    first = min(newer, default="")  # ids sort by the time when they were made
    oldest = look.connection.scalar(_ARRIVED, {"site": look.site, "visit": first})
    return SyncView(code_of(look), len(newer), oldest, link.last_contact)


def read_bundle(look: Look, machine: str, limit: int, since: int | None = None) -> Bundle | None:
    """Return the next `limit` visits that were not acknowledged, oldest change first, with all that belongs to them.

    None when there is nothing to tell. `since` takes the place of the last receipt.
    """
    link = link_of(look)
    if link is None or look.connection.scalar(_ORIGIN, {"site": look.site}) == NOT_ENROLLED:
        return None
    known = link.acknowledged if since is None else since
    keys = {"site": look.site, "known": known}
    newer = dict(list(_newer(look, known).items())[:limit])
    upto = max(newer.values()) if len(newer) == limit else look.seq
    site_alone = not code_of(look)
    others = look.connection.execute(_OTHERS, {**keys, "upto": upto}).all() if site_alone else []
    if not newer and not others:
        return None
    return _bundle(look, link, (newer, others), (known, upto), machine)


def _newer(look: Look, known: int) -> dict[str, int]:
    """Return the visits of which events after `known` tell, with the newest of those, the longest unchanged first."""
    rows = look.connection.execute(_NEWER, {"site": look.site, "known": known})
    versions = {row.visit_id: row.seq for row in rows if row.visit_id is not None}
    return dict(sorted(versions.items(), key=lambda each: each[1]))


def _bundle(
    look: Look,
    link: Row[Any],
    told: tuple[dict[str, int], Sequence[Any]],
    span: tuple[int, int],
    machine: str,
) -> Bundle:
    """Put together what visits and other events tell within a span of the store's events."""
    (newer, others), (known, upto) = told, span
    origin = code_of(look)
    records = _records(look, link, newer, with_jobs=bool(origin))
    days = sorted({each.visit.business_date for each in records})
    return Bundle(
        format=FORMAT,
        kind="kiosk" if origin else "site",
        site=look.site,
        source=link.source,
        origin=origin,
        machine=machine,
        made_at=look.now,
        after=known,
        upto=upto,
        visits=records,
        events=[_model(EventRow, row) for row in others],
        series=_of_days(look, NUMBER_SERIES, SeriesRow, days),
        sums=Sums() if origin else _sums(look, days),
    )


def acknowledge(turn: Turn, bundle: Bundle, left: Iterable[str]) -> None:
    """Note that the other store has what the bundle held, but for the visits named; slips in doubt are its business now."""
    kept = set(left)
    versions = [each.version for each in bundle.visits if each.visit.visit_id in kept]
    upto = min(versions) - 1 if versions else bundle.upto
    link = link_of(turn)
    if link is not None and upto > link.acknowledged:
        turn.connection.execute(_SET.values(acknowledged=upto), {"site": turn.site})
    taken = [each for each in bundle.visits if each.visit.visit_id not in kept]
    jobs = [job.job_id for each in taken for job in each.jobs if job.state in IN_PERSONS_HANDS]
    if jobs:
        turn.connection.execute(_HAND_OVER, {"site": turn.site, "jobs": jobs})
    turn.quiet = True


def _records(look: Look, link: Row[Any], versions: dict[str, int], *, with_jobs: bool) -> list[VisitRecord]:
    """The visits named, in the order in which they are named."""
    visits = {row.visit_id: row for row in _of_visits(look, VISIT, versions)}
    legs, tickets = (
        _by_visit(_of_visits(look, VISIT_LEG, versions)),
        _by_visit(_of_visits(look, TICKET, versions)),
    )
    events, jobs = (
        _by_visit(_of_visits(look, EVENT, versions)),
        _by_visit(_of_visits(look, PRINT_JOB, versions)),
    )
    return [
        VisitRecord(
            version=version,
            since=contact_before(link.contacts or (), events[visit][0].seq),
            visit=_model(VisitRow, visits[visit]),
            legs=[_model(LegRow, row) for row in legs.get(visit, ())],
            tickets=[_model(TicketRow, row) for row in tickets[visit]],
            events=[_model(EventRow, row) for row in events[visit] if row.source is None],
            jobs=[_model(JobRow, row) for row in jobs.get(visit, ()) if with_jobs and row.state in DONE_JOBS],
        )
        for visit, version in versions.items()
        if visit in visits and visit in tickets
    ]


def _of_visits(look: Look, table: Table, visits: Iterable[str]) -> Sequence[Row[Any]]:
    order = [column for column in table.primary_key.columns if column.name != "site_id"]
    within = (table.c.site_id == look.site, table.c.visit_id.in_(list(visits)))
    return look.connection.execute(select(table).where(*within).order_by(*order)).all()


def _by_visit(rows: Sequence[Row[Any]]) -> dict[str, list[Row[Any]]]:
    found: dict[str, list[Row[Any]]] = {}
    for row in rows:
        found.setdefault(row.visit_id, []).append(row)
    return found


def contact_before(contacts: Sequence[tuple[int, str]], seq: int) -> datetime | None:
    """Return the last contact before an event, if it is still known."""
    return next((datetime.fromisoformat(at) for then, at in reversed(contacts) if then < seq), None)


def _sums(look: Look, days: Sequence[date]) -> Sums:
    return Sums(
        wait_accuracy=_of_days(look, WAIT_ACCURACY, AccuracyRow, days),
        rating=_of_days(look, RATING, RatingRow, days),
        priority_reason=_of_days(look, PRIORITY_REASON, ReasonRow, days),
    )


def _of_days(look: Look, table: Table, model: type[Model], days: Sequence[date]) -> list[Model]:
    within = (table.c.site_id == look.site, table.c.business_date.in_(days))
    return [_model(model, row) for row in look.connection.execute(select(table).where(*within))]


def _model(model: type[Model], row: Row[Any]) -> Model:
    return model(**{name: getattr(row, name) for name in model.model_fields})
