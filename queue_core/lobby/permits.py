"""Who may do what. A person needs the role; a script acts for its machine, whose permission is the machine's."""

from __future__ import annotations

from sqlalchemy import bindparam, select

from queue_core.errors import NotAllowed
from queue_core.lobby.tables import STAFF
from queue_core.lobby.turn import Turn

ROLES = ("visitor_desk", "counter", "supervisor", "admin")
"""Each may do what those before it may."""

_ROLE = select(STAFF.c.role).where(
    STAFF.c.site_id == bindparam("site"), STAFF.c.staff_id == bindparam("staff"), STAFF.c.active.is_(True)
)


def satisfies(role: str, needs: str) -> bool:
    """Whether somebody with this role may do what needs that one."""
    return ROLES.index(role) >= ROLES.index(needs)


def require(turn: Turn, needs: str) -> None:
    """Raise NotAllowed unless who acts has at least this role now; a role that was taken away counts at once."""
    if not turn.by.staff:
        return
    role = turn.connection.scalar(_ROLE, {"site": turn.site, "staff": turn.by.staff})
    if role is None or not satisfies(role, needs):
        raise NotAllowed(reason="role", needs=needs)
