"""The Lobby's part for who looks after the store: is it sound, and what follows when a copy was put back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from queue_core.events import NOBODY, Actor
from queue_core.lobby import epoch, soundness
from queue_core.lobby.entrance import Entrance
from queue_core.lobby.tables import SITE

if TYPE_CHECKING:
    from queue_core.store import Store
    from queue_core.store.highwater import Reached
    from queue_core.views import Flaw


def site_ids(store: Store) -> tuple[str, ...]:
    """Return every site that a store keeps, closed ones too."""
    with store.read() as connection:
        return tuple(connection.scalars(select(SITE.c.site_id).order_by(SITE.c.site_id)))


class Upkeep(Entrance):
    """What no visitor and no counter ever asks for."""

    def flaws(self) -> tuple[Flaw, ...]:
        """What contradicts itself in all that this site has kept; reads its whole history."""
        with self.look() as look:
            return tuple(soundness.flaws(look))

    def begin_epoch(self, *, by: Actor = NOBODY, reached: Reached | None = None) -> int:
        """Say that the store was put back from a copy, so that no number is given out a second time; return the epoch.

        For the rest of the day numbers are of the series `E2` (`E3` after the next time): `DK E2-001`. `reached`: how far the store had come in whose place this one
        is put, see `put_back`; its epochs are not begun again.
        """
        with self.turn("begin_epoch", by=by, any_clock=True) as turn:
            return epoch.begin_epoch(turn, reached)
