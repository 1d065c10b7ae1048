"""Two stores meet: a kiosk's own and its site's, or that of a stand outside and the mall's. Repeat it at any time.

Nothing is lost by a cut in between: what the other store has taken is not taken again, and what was not acknowledged
is sent once more.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from queue_core.errors import StoreError, UnknownSite
from queue_core.numbering import parse_label
from queue_core.views import ContactView, MergeView

if TYPE_CHECKING:
    from queue_core.bundles import Bundle
    from queue_core.lobby import Lobby
    from queue_core.lobby.lobby import Clock
    from queue_core.lobby.sync.codes import Caller

A_PART = 30
"""Visits in one transaction of the other store: everybody at a counter waits for it, so it is short."""
LOOK_AGAIN_SECONDS = 20.0
SPARSELY = timedelta(seconds=50)


def make_contact(local: Lobby, site: Lobby, machine: str) -> ContactView:
    """Let a kiosk's own store meet its site's: get a code, send what was not sent, be kept ready for the next cut.

    Raises:
        StoreError: one of the two cannot answer; call again later.
    """
    supplies = site.supplies()
    fresh = _prepare(local, site, machine, supplies_first=not _knows_site(local))
    merged, left, conflicts = _send_all(local, site, machine)
    if any(_origin(label) == local.caller(machine).code for label in conflicts):
        local.give_up_code()  # two run from copies of one file, and this one came second
        fresh = _enrol(local, site, machine)
    supplies = site.supplies() if merged.added else supplies
    local.stock(supplies)
    before = local.sync_status()
    if before.last_contact is None or abs(supplies.at - before.last_contact) >= SPARSELY:
        local.met(supplies.at, set_clock=True)
    return ContactView(
        origin=before.origin,
        sent=merged.added + merged.changed,
        unsent=before.unsent,
        conflicts=conflicts,
        at=supplies.at,
        fresh=fresh,
        merged=_counts(merged, len(left)),
    )


def send_days(own: Lobby, mall: Lobby, machine: str) -> ContactView:
    """Bring what a stand outside kept in its own store to the mall's. Raises: StoreError, BundleRefused, UnknownSite."""
    caller = own.caller(machine)
    _rewind(own, caller, mall.arrived(caller))
    merged, left, conflicts = _send_all(own, mall, machine)
    at = mall.supplies().at
    own.met(at, set_clock=False)
    status = own.sync_status()
    sent = merged.added + merged.changed
    return ContactView("", sent, status.unsent, conflicts, at, merged=_counts(merged, len(left)))


def merge_parts(site: Lobby, bundle: Bundle, size: int = A_PART) -> MergeView:
    """Take in a large bundle in several short transactions; whatever comes between, the rest can be taken later."""
    whole = MergeView()
    visits, upto = bundle.visits, bundle.after
    for begin in range(0, max(1, len(visits)), size):
        last = begin + size >= len(visits)
        part = bundle.model_copy(
            update={
                "visits": visits[begin : begin + size],
                "events": bundle.events if last else [],
                "after": upto,
                "upto": (upto := bundle.upto if last else visits[begin + size - 1].version),
            }
        )
        whole = _sum(whole, site.merge(part))
    return whole


class LocalClock:
    """A kiosk's own clock, set right by what the site's said at the last contact; that is kept over a restart."""

    def __init__(
        self, raw: Clock, ahead: Callable[[], float], seconds: Callable[[], float] = time.monotonic
    ) -> None:
        """Prepare; `ahead` reads by how many seconds the site's clock is ahead, `seconds` counts up."""
        self._raw, self._read, self._seconds = raw, ahead, seconds
        self._ahead, self._read_at = 0.0, float("-inf")

    def __call__(self) -> datetime:
        """Return the moment, aware, in UTC."""
        if self._seconds() - self._read_at >= LOOK_AGAIN_SECONDS:
            self.refresh()
        return self._raw() + timedelta(seconds=self._ahead)

    def refresh(self) -> None:
        """Read again by how much to set it right."""
        self._read_at = self._seconds()
        try:
            self._ahead = self._read()
        except StoreError:
            return  # as it was; whoever needs the store finds out


def _knows_site(local: Lobby) -> bool:
    try:
        local.site()
    except UnknownSite:
        return False
    return True


def _prepare(local: Lobby, site: Lobby, machine: str, *, supplies_first: bool) -> bool:
    """See to it that the kiosk's own store has a code that is its alone; return whether it is a new one."""
    if supplies_first:
        local.stock(site.supplies())
    return _enrol(local, site, machine)


def _enrol(local: Lobby, site: Lobby, machine: str) -> bool:
    caller = local.caller(machine)
    enrolment = site.enrol(caller)
    if enrolment.code != caller.code:
        if not enrolment.code:
            local.give_up_code()  # it is a copy of a store that has gone on elsewhere
            return _enrol(local, site, machine)
        local.take_code(enrolment.code, machine)
    _rewind(local, caller, enrolment.upto)
    return enrolment.code != caller.code


def _origin(label: str) -> str:
    parts = parse_label(label)
    return parts.origin if parts else ""


def _rewind(own: Lobby, caller: Caller, upto: int) -> None:
    """The other store may have been put back from a copy; then it knows less than it had acknowledged."""
    if upto < caller.acknowledged:
        own.rewind(upto)


def _send_all(own: Lobby, other: Lobby, machine: str) -> tuple[MergeView, set[str], tuple[str, ...]]:
    whole, left, conflicts = MergeView(), set[str](), dict[str, None]()
    since: int | None = None
    while (bundle := own.bundle(machine, limit=A_PART, since=since)) is not None:
        merged = other.merge(bundle)
        whole = _sum(whole, merged)
        left |= set(merged.left)
        conflicts |= dict.fromkeys(merged.conflicts)
        if not left:
            own.acknowledge(bundle)
        elif merged.left and since is None:
            own.acknowledge(bundle, merged.left)
        since = bundle.upto if left else None
        if since is not None and len(bundle.visits) < A_PART:
            break
    return whole, left, tuple(conflicts)


def _sum(one: MergeView, other: MergeView) -> MergeView:
    return MergeView(
        one.added + other.added,
        one.changed + other.changed,
        one.known + other.known,
        one.called_before + other.called_before,
        one.twins + other.twins,
        one.left + other.left,
        one.conflicts + other.conflicts,
    )


def _counts(merged: MergeView, left: int) -> dict[str, int]:
    return {
        "added": merged.added,
        "changed": merged.changed,
        "known": merged.known,
        "called_before": merged.called_before,
        "twins": merged.twins,
        "left": left,
    }
