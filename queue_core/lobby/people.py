"""Staff: who may sign in, with a PIN, as what.

PINs are short, so that guessing must be slow: five wrong ones in a row close a name for five minutes, whether anybody
has that name or not. A wrong name costs the same work as a wrong PIN and gets the same answer. Hashing takes a good
part of a second and is never done while others wait for the store.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Row, bindparam, insert, select, update

from queue_core.errors import NotAllowed, PinRefused, StaffExists, UnknownStaff
from queue_core.events import NOBODY, Actor, EventKind
from queue_core.lobby import attempts
from queue_core.lobby.entrance import Entrance
from queue_core.lobby.pins import ArgonHasher, Hasher
from queue_core.lobby.rows import staff_view
from queue_core.lobby.tables import STAFF
from queue_core.lobby.turn import Look, Turn
from queue_core.pin_rules import fault_of
from queue_core.roles import ROLES, satisfies
from queue_core.views import StaffView

DOOR_ROLE = "supervisor"
"""Who may leave the kiosk's screen with a bare PIN."""

_PERSON = select(STAFF).where(STAFF.c.site_id == bindparam("site"), STAFF.c.staff_id == bindparam("staff"))
_PEOPLE = select(STAFF).where(STAFF.c.site_id == bindparam("site")).order_by(STAFF.c.staff_id)
_SET_PERSON = update(STAFF).where(
    STAFF.c.site_id == bindparam("site"), STAFF.c.staff_id == bindparam("person")
)
_ADD_PERSON = insert(STAFF)


def staff_id(name: str) -> str:
    """A name as it is kept: `Demo ` and `demo` are one person."""
    return name.strip().casefold()


class People:
    """Staff of one site. Each method is one transaction, but those that ask for a PIN: they look, hash, then write."""

    def __init__(self, entrance: Entrance, hasher: Hasher | None = None) -> None:
        self._entrance = entrance
        self._hasher = hasher or ArgonHasher()

    # ------------------------------------------------------------------ who there is
    def add(self, staff: str, name: str, pin: str, role: str, *, by: Actor = NOBODY) -> StaffView:
        """Let a person sign in.

        Raises:
            ValueError: an empty or overlong name, or an unknown role.
            PinRefused: by queue_core.pin_rules.
            StaffExists: somebody has this name.
        """
        person = staff_id(staff)
        if not 0 < len(person) <= 64 or role not in ROLES:
            raise ValueError(person if role in ROLES else role)
        row = {
            "staff_id": person,
            "name": name.strip() or staff.strip(),
            "role": role,
            "pin_hash": self._hash(pin, person, name),
            "active": True,
        }
        with self._entrance.turn("add_staff", by=by, any_clock=True) as turn:
            if _person(turn, person) is not None:
                raise StaffExists(staff=person)
            turn.connection.execute(_ADD_PERSON, {**row, "site_id": turn.site, "created_at": turn.now})
            turn.emit(EventKind.STAFF_ADDED, person=person, role=role)
            return staff_view(_known(turn, person))

    def change(
        self,
        staff: str,
        *,
        active: bool | None = None,
        pin: str | None = None,
        role: str | None = None,
        by: Actor = NOBODY,
    ) -> StaffView:
        """Close or reopen a person's access, give another role, or a new PIN, which also ends a lock.

        Raises:
            ValueError: an unknown role.
            PinRefused: by queue_core.pin_rules.
            UnknownStaff: there is nobody of this name.
        """
        if role is not None and role not in ROLES:
            raise ValueError(role)
        person = staff_id(staff)
        changes: dict[str, object] = {"active": active, "role": role}
        changes = {column: value for column, value in changes.items() if value is not None}
        if pin is not None:
            changes["pin_hash"] = self._hash(pin, person, self._name_of(person))
        with self._entrance.turn("set_staff", by=by, any_clock=True) as turn:
            _known(turn, person)
            if changes:
                turn.connection.execute(_SET_PERSON.values(**changes), {"site": turn.site, "person": person})
                said: dict[str, Any] = {"role": role} if role is not None else {}
                turn.emit(
                    EventKind.STAFF_CHANGED, person=person, active=active, new_pin=pin is not None, **said
                )
            if pin is not None:
                attempts.forgive(turn, person)
            return staff_view(_known(turn, person))

    # ------------------------------------------------------------------ who is there
    def sign_in(self, staff: str, pin: str, *, needs: str = "counter", by: Actor = NOBODY) -> StaffView:
        """Return who it is.

        Raises:
            ValueError: `needs` is no role.
            NotAllowed: `sign_in` for a wrong name or PIN, `locked` after five of them, `role` if more is needed.
        """
        if needs not in ROLES:
            raise ValueError(needs)
        person = staff_id(staff)
        with self._entrance.look() as look:
            row = _person(look, person)
        candidates = [row] if row is not None and row.active else []
        self._reserve(person, by, known=person if row is not None else "")
        return self._decide(person, self._match(candidates, pin), [row] if row else (), needs=needs, by=by)

    def unlock(self, pin: str, *, by: Actor = NOBODY) -> StaffView:
        """Return whose bare PIN this is, among those who may leave the kiosk's screen. Raises NotAllowed.

        Wrong PINs are counted for all doors of the site together, so that nobody can try the ten thousand there are.
        """
        with self._entrance.look() as look:
            rows = look.connection.execute(_PEOPLE, {"site": look.site}).all()
        candidates = [row for row in rows if row.active and satisfies(row.role, DOOR_ROLE)]
        self._reserve("", by)
        return self._decide("", self._match(candidates, pin), (), needs=DOOR_ROLE, by=by)

    def _hash(self, pin: str, *names: str) -> str:
        fault = fault_of(pin, *names)
        if fault is not None:
            raise PinRefused(reason=fault)
        return self._hasher.hash(pin)

    def _name_of(self, person: str) -> str:
        with self._entrance.look() as look:
            row = _person(look, person)
        return "" if row is None else str(row.name)

    def _match(self, candidates: Iterable[Row[Any]], pin: str) -> Row[Any] | None:
        """Whose PIN it is; all are tried, and one hash is made where there is nobody, so that time tells nothing."""
        found, tried = None, False
        for row in candidates:
            tried = True
            if self._hasher.matches(row.pin_hash, pin) and found is None:
                found = row
        if not tried:
            self._hasher.hash(pin)
        return found

    def _reserve(self, person: str, by: Actor, known: str = "") -> None:
        """Count this attempt as a wrong one before it is known to be right: so many at once cannot slip through.

        Raises:
            NotAllowed: there were too many.
        """
        with self._entrance.turn("sign_in", by=by, any_clock=True) as turn:
            until = attempts.count(turn, person)
            if until is not None:
                turn.emit(EventKind.SIGN_IN_REFUSED, person=known, reason="locked", door=not person)
            turn.quiet = True
        if until is not None:
            raise NotAllowed(reason="locked", until=until)

    def _decide(
        self, person: str, found: Row[Any] | None, asked: Iterable[Row[Any]], *, needs: str, by: Actor
    ) -> StaffView:
        """Write what came out, then say it."""
        allowed = found is not None and satisfies(found.role, needs)
        known = found.staff_id if found is not None else next((row.staff_id for row in asked), "")
        who = Actor(known, by.machine) if allowed else by
        with self._entrance.turn("sign_in", by=who, any_clock=True) as turn:
            if found is not None:
                attempts.forgive(turn, person)
            if allowed:
                turn.emit(EventKind.SIGNED_IN, needs=needs, door=not person)
            else:
                reason = "sign_in" if found is None else "role"
                turn.emit(EventKind.SIGN_IN_REFUSED, person=known, reason=reason, door=not person)
        if found is None:
            raise NotAllowed(reason="sign_in")
        if not allowed:
            raise NotAllowed(reason="role", needs=needs)
        return staff_view(found)


def staff(look: Look) -> tuple[StaffView, ...]:
    """All who may or might sign in, by name."""
    return tuple(staff_view(row) for row in look.connection.execute(_PEOPLE, {"site": look.site}))


def _person(here: Look | Turn, person: str) -> Row[Any] | None:
    return here.connection.execute(_PERSON, {"site": here.site, "staff": person}).one_or_none()


def _known(turn: Turn, person: str) -> Row[Any]:
    row = _person(turn, person)
    if row is None:
        raise UnknownStaff(staff=person)
    return row
