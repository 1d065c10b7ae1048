"""Taking in what another store tells. The same record twice, an older one after a newer, or in any order: the end is the same.

Two kinds. A `site` bundle comes from who keeps that site alone: its rows are taken as they stand. A `kiosk` bundle
comes from a kiosk that was cut off from this very site: its visits join the lines here, and once this site has moved
one on, the kiosk has no more say in it, except that its visitor may cancel while nobody has called.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field, replace
from typing import Any

from sqlalchemy import and_, delete, insert

from queue_core.bundles import Bundle, VisitRecord
from queue_core.errors import BundleRefused
from queue_core.events import EventKind
from queue_core.lobby.counting import forget_days
from queue_core.lobby.sync import codes
from queue_core.lobby.sync.arrivals import Arrival, Outcome, find_here, take_record
from queue_core.lobby.sync.outbox import link_of
from queue_core.lobby.sync.retelling import retell
from queue_core.lobby.sync.series import raise_series
from queue_core.lobby.tables import PRIORITY_REASON, RATING, WAIT_ACCURACY
from queue_core.lobby.turn import Turn
from queue_core.numbering import is_code
from queue_core.views import MergeView, Span


@dataclass
class _Count:
    added: int = 0
    changed: int = 0
    known: int = 0
    called_before: int = 0
    twins: int = 0
    left: list[str] = field(default_factory=list)
    conflicts: list[str] = field(default_factory=list)

    def leave(self, record: VisitRecord, *, conflict: bool = False) -> None:
        """Leave a visit with its sender."""
        self.left.append(record.visit.visit_id)
        if conflict:
            self.conflicts.append(record.visit.label)


def merge(turn: Turn, bundle: Bundle) -> MergeView:
    """Take in a bundle and say what became of its visits.

    Raises:
        BundleRefused: it is of another site, or this store's own; or a site's day was kept here, too.
    """
    _refuse_odd(turn, bundle)
    caller = codes.Caller(bundle.source, bundle.machine, bundle.origin, bundle.upto)
    if bundle.kind == "kiosk":
        row = codes.adopt(turn, caller)
        count = _take_kiosk(turn, bundle, _own_codes(turn, bundle, caller))
        _say(turn, bundle, count)
    else:
        row = codes.keeper(turn, caller)
        count = _take_site(turn, bundle, whole=bundle.upto >= row.upto)
    if row is not None:
        complete = not count.left and codes.arrived(turn, caller) >= bundle.after
        codes.note_contact(turn, row, bundle.upto if complete else row.upto)
    turn.quiet = True
    return _view(count)


def _take_kiosk(turn: Turn, bundle: Bundle, own: Collection[str]) -> _Count:
    count = _Count()
    for record in sorted(bundle.visits, key=_standing_last):
        if record.visit.origin in own:
            _take(turn, bundle, record, count)
        else:
            count.leave(record, conflict=True)
    for series in bundle.series:
        if series.origin in own:
            raise_series(turn, series.prefix, series.origin, series.business_date, series.last)
    return count


def _say(turn: Turn, bundle: Bundle, count: _Count) -> None:
    """Tell supervisors why a line has become longer all at once. Only of numbers that are new here: nothing is said twice."""
    if count.added:
        told: dict[str, Any] = {"origin": bundle.origin, "machine": bundle.machine, "added": count.added}
        turn.emit(EventKind.KIOSK_CAUGHT_UP, **told, called_before=count.called_before, twins=count.twins)


def _take_site(turn: Turn, bundle: Bundle, *, whole: bool) -> _Count:
    """What is counted by the day is taken from the newest bundle only, `whole`: an older one knows less of that day."""
    count = _Count()
    for record in sorted(bundle.visits, key=_standing_last):
        _take(turn, bundle, record, count)
    for series in bundle.series:
        raise_series(turn, series.prefix, series.origin, series.business_date, series.last)
    for event in bundle.events:
        retell(turn, bundle, event)
    if whole:
        _replace_sums(turn, bundle)
    return count


def _refuse_odd(turn: Turn, bundle: Bundle) -> None:
    if bundle.site != turn.site:
        raise BundleRefused(reason="other_site", found=bundle.site, site=turn.site)
    own = link_of(turn)
    if own is not None and own.source == bundle.source:
        raise BundleRefused(reason="own", site=turn.site)
    for record in bundle.visits:
        for service in {*(each.service for each in record.tickets), *(each.service for each in record.legs)}:
            if service not in turn.catalogue.services:
                raise BundleRefused(reason="service", service=service, site=turn.site)


def _own_codes(turn: Turn, bundle: Bundle, caller: codes.Caller) -> frozenset[str]:
    """The codes of a bundle's visits that are the sender's; those of another store it has to give up."""
    told = {each.visit.origin for each in bundle.visits if is_code(each.visit.origin)}
    return frozenset(code for code in told if codes.adopt(turn, replace(caller, code=code)) is not None)


def _standing_last(record: VisitRecord) -> tuple[bool, str]:
    """A counter holds one visitor: who has left it is written before who stands there now. Else as they came."""
    return any(each.status in ("called", "serving") for each in record.tickets), record.visit.visit_id


def _take(turn: Turn, bundle: Bundle, record: VisitRecord, count: _Count) -> None:
    visit = record.visit
    if visit.business_date > turn.today:  # by a clock that runs ahead: it keeps until its day has come
        count.leave(record)
        return
    here = find_here(turn, record)
    if here.conflict:
        if bundle.kind == "site":
            day = visit.business_date.isoformat()
            raise BundleRefused(reason="taken", label=visit.label, day=day)
        count.leave(record, conflict=True)
        return
    outcome = take_record(turn, bundle, record, here)
    _tally(count, outcome, here)
    if outcome.changed and visit.business_date < turn.today:
        forget_days(turn, Span(visit.business_date, visit.business_date))


def _tally(count: _Count, outcome: Outcome, here: Arrival) -> None:
    count.added += outcome.added
    count.changed += outcome.changed and not outcome.added
    count.known += not outcome.changed
    count.called_before += outcome.added and here.stub
    count.twins += outcome.twin


def _replace_sums(turn: Turn, bundle: Bundle) -> None:
    sums = bundle.sums
    for table, rows in (
        (WAIT_ACCURACY, sums.wait_accuracy),
        (RATING, sums.rating),
        (PRIORITY_REASON, sums.priority_reason),
    ):
        days = sorted({row.business_date for row in rows})
        turn.connection.execute(
            delete(table).where(and_(table.c.site_id == turn.site, table.c.business_date.in_(days)))
        )
        if rows:
            turn.connection.execute(
                insert(table), [{"site_id": turn.site, **row.model_dump()} for row in rows]
            )


def _view(count: _Count) -> MergeView:
    return MergeView(
        added=count.added,
        changed=count.changed,
        known=count.known,
        called_before=count.called_before,
        twins=count.twins,
        left=tuple(count.left),
        conflicts=tuple(count.conflicts),
    )
