"""Which programs of the site are alive: each says so about once a minute, in a row and without an event."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import bindparam, insert, select, update

from queue_core.lobby.entrance import Entrance
from queue_core.lobby.tables import MACHINE
from queue_core.lobby.turn import Look
from queue_core.views import MachineView

SPARSELY = timedelta(seconds=50)
"""A program that was heard of within so long need not be written again."""

_THIS = (MACHINE.c.site_id == bindparam("site"), MACHINE.c.machine_id == bindparam("machine"))
_SEEN = select(MACHINE.c.last_seen).where(*_THIS)
_SEE = update(MACHINE).where(*_THIS).values(last_seen=bindparam("now"))
_SEE_FIRST = insert(MACHINE)


class Heartbeats(Entrance):
    """The part of the Lobby by which programs say that they run."""

    def beat(self, machine: str) -> None:
        """Say that a program runs, such as `counter:3`, `touch:K1`, `board:K2` or `web:K1`; at most 32 characters.

        Called every minute. Whatever is due at this moment, such as a visitor on hold who is back, is done with it.
        """
        with self.turn() as turn:
            keys = {"site": turn.site, "machine": machine}
            seen = turn.connection.scalar(_SEEN, keys)
            if seen is None:
                row = {"site_id": turn.site, "machine_id": machine, "last_seen": turn.now}
                turn.connection.execute(_SEE_FIRST, row)
            elif abs(turn.now - seen) >= SPARSELY:
                turn.connection.execute(_SEE, {**keys, "now": turn.now})
            else:
                return
            turn.quiet = True

    def machines(self) -> tuple[MachineView, ...]:
        """All programs that ever ran here, and when they were last heard of, by name."""
        with self.look() as look:
            return tuple(MachineView(name, at) for name, at in sorted(last_seen(look).items()))


def last_seen(look: Look) -> dict[str, datetime]:
    """Return when each program of the site was last heard of."""
    rows = look.connection.execute(
        select(MACHINE.c.machine_id, MACHINE.c.last_seen).where(MACHINE.c.site_id == look.site)
    )
    return {row.machine_id: row.last_seen for row in rows}
