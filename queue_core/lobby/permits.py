"""The table of roles, enforced: whoever acts in person must have the role now. One that was taken away counts at once."""

from __future__ import annotations

from sqlalchemy import Connection, bindparam, select

from queue_core.errors import NotAllowed
from queue_core.events import Actor
from queue_core.lobby.tables import STAFF
from queue_core.lobby.turn import Turn
from queue_core.roles import allows, needed, satisfies

_ROLE = select(STAFF.c.role).where(
    STAFF.c.site_id == bindparam("site"), STAFF.c.staff_id == bindparam("staff"), STAFF.c.active.is_(True)
)


def check(connection: Connection, site: str, by: Actor, verb: str) -> None:
    """Raise NotAllowed unless `by` may use the verb; a machine without a person may use each."""
    if not by.staff:
        return
    role = connection.scalar(_ROLE, {"site": site, "staff": by.staff})
    if role is None:
        raise NotAllowed(reason="staff", staff=by.staff)
    if not allows(role, verb):
        raise NotAllowed(reason="role", needs=needed(verb))


def require(turn: Turn, needs: str) -> None:
    """Raise NotAllowed unless who acts has at least this role: for what a verb does only sometimes, such as late."""
    if not turn.by.staff:
        return
    role = turn.connection.scalar(_ROLE, {"site": turn.site, "staff": turn.by.staff})
    if role is None or not satisfies(role, needs):
        raise NotAllowed(reason="role", needs=needs)
