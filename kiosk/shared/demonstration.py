"""The demonstration's member of staff: exists where a machine is a demonstration, and cannot sign in anywhere else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from queue_core.events import NOBODY, Actor

if TYPE_CHECKING:
    from queue_core import Lobby

STAFF = "demo"
PIN = "2580"  # told on the demonstration's start screen, and worth nothing elsewhere
ROLE = "admin"


def settle_demonstration(lobby: Lobby, *, wanted: bool, by: Actor = NOBODY) -> None:
    """Make the demonstration's staff able to sign in, or not. A second call changes nothing."""
    known = next((person for person in lobby.staff() if person.id == STAFF), None)
    if known is None:
        if wanted:
            lobby.add_staff(STAFF, STAFF.capitalize(), PIN, ROLE, by=by)
    elif wanted and not known.active:
        lobby.set_staff(STAFF, active=True, pin=PIN, by=by)
    elif not wanted and known.active:
        lobby.set_staff(STAFF, active=False, by=by)
