"""The Lobby's part for stores that meet. Who calls which is told by `queue_core.contact`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from queue_core.errors import UnknownSite
from queue_core.events import Actor
from queue_core.lobby import epoch
from queue_core.lobby.entrance import Entrance
from queue_core.lobby.sync import codes, merging, outbox, supplies
from queue_core.lobby.sync.missing import source_views
from queue_core.lobby.tables import LINK, SITE

if TYPE_CHECKING:
    from datetime import datetime

    from queue_core.bundles import Bundle
    from queue_core.lobby.sync.codes import Caller, Enrolment
    from queue_core.store import Store
    from queue_core.views import MergeView, SourceView, Supplies, SyncView


def ahead_seconds(store: Store) -> float:
    """By how much the clock of the site is ahead of this machine's, as a kiosk's own store noted at the last contact."""
    with store.read() as connection:
        return float(connection.scalar(select(LINK.c.ahead_seconds).limit(1)) or 0.0)


class Syncing(Entrance):
    """What a store that takes rows does (`enrol`, `merge`, `supplies`), and what one that sends them does (the others)."""

    # ------------------------------------------------------------------ the store that takes
    def enrol(self, caller: Caller) -> Enrolment:
        """Return the code under which a kiosk's own store gives out numbers, and how far its rows have come."""
        with self.look() as look:
            row = codes.standing(look, caller)
            if row is not None and not codes.is_due(row, look.now):
                return codes.Enrolment(str(row.origin), codes.arrived(look, caller))
        with self.turn("enrol", any_clock=True) as turn:
            return codes.enrol(turn, caller)

    def merge(self, bundle: Bundle) -> MergeView:
        """Take in what another store tells; what was told before changes nothing.

        Raises: BundleRefused, ClockSuspect.
        """
        with self.turn("merge") as turn:
            return merging.merge(turn, bundle)

    def arrived(self, caller: Caller) -> int:
        """Up to which of another store's events all has come."""
        with self.look() as look:
            return codes.arrived(look, caller)

    def supplies(self) -> Supplies:
        """All that a kiosk's own store needs to go on alone."""
        with self.look() as look:
            return supplies.read_supplies(look)

    def sources(self) -> tuple[SourceView, ...]:
        """The stores from which rows come, in the order in which they first came."""
        with self.look() as look:
            return source_views(look)

    # ------------------------------------------------------------------ the store that sends
    def stock(self, supplies_now: Supplies) -> None:
        """Keep a kiosk's own store ready; the first time, begin the site in it."""
        with self._store.write(self._site_id) as connection:
            supplies.stock(connection, self._site_id, supplies_now, self._new_id(self._clock()))

    def met(self, at: datetime, *, set_clock: bool) -> None:
        """Remember when the other store answered, by its clock; with `set_clock`, go by that one from now on."""
        with self._store.write(self._site_id) as connection:
            supplies.note_contact(connection, self._site_id, at, self._clock() if set_clock else at)

    def caller(self, machine: str) -> Caller:
        """Who this store is to the other one; a store that has no name yet is given one. Raises: UnknownSite."""
        with self.look() as look:
            link, code, seq = outbox.link_of(look), outbox.code_of(look), look.seq
        if link is not None:
            return codes.Caller(link.source, machine, code, seq, link.acknowledged)
        with self._store.write(self._site_id) as connection:
            if connection.execute(select(SITE).where(SITE.c.site_id == self._site_id)).first() is None:
                raise UnknownSite(site=self._site_id)
            outbox.begin_link(connection, self._site_id, self._new_id(self._clock()))
        return self.caller(machine)

    def take_code(self, code: str, machine: str = "") -> None:
        """Give out numbers under this code from now on."""
        with self.turn("take_code", by=Actor(machine=machine), any_clock=True) as turn:
            outbox.take_code(turn, code)

    def give_up_code(self) -> None:
        """Use code and name no more: another store has the same ones, or may have."""
        with self.turn("give_up_code", any_clock=True) as turn:
            epoch.begin_epoch(turn)
            outbox.rename(turn)

    def bundle(self, machine: str, *, limit: int = 100, since: int | None = None) -> Bundle | None:
        """What the other store has not acknowledged, at most so many visits; None: nothing. `since`: instead of the receipt."""
        with self.look() as look:
            return outbox.read_bundle(look, machine, limit, since)

    def acknowledge(self, bundle: Bundle, left: tuple[str, ...] = ()) -> None:
        """Note that the other store has all of a bundle, but for the visits that it left."""
        with self.turn("acknowledge", any_clock=True) as turn:
            outbox.acknowledge(turn, bundle, left)

    def rewind(self, upto: int) -> None:
        """Send all after this event once more: the other store has forgotten it."""
        with self.turn("rewind", any_clock=True) as turn:
            outbox.rewind(turn, upto)

    def sync_status(self) -> SyncView:
        """How far this store has come with the other one. Raises: UnknownSite before the first contact."""
        with self.look() as look:
            return outbox.status(look)
