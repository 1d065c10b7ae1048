"""A supervisor gives a counter other services than the catalogue does.

The move holds until it is lifted or the day ends, and `kiosk config apply` does not undo it: what the file says of the
counter is kept aside (`counter.home`) and comes back then. What a counter takes stands in one place all the while
(`counter_service`), so nobody who calls or counts needs to know of moves.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Row, bindparam, delete, insert, select, update

from queue_core.errors import ServiceClosed
from queue_core.events import EventKind
from queue_core.lobby.catalogue_rows import read_catalogue
from queue_core.lobby.tables import COUNTER, COUNTER_SERVICE, SITE
from queue_core.lobby.turn import Turn

_THIS = (COUNTER.c.site_id == bindparam("site"), COUNTER.c.number == bindparam("counter"))
_HOME = select(COUNTER.c.home).where(*_THIS)
_SET_HOME = update(COUNTER).where(*_THIS).values(home=bindparam("services"))
_MOVED = (
    select(COUNTER.c.number, COUNTER.c.home)
    .where(COUNTER.c.site_id == bindparam("site"), COUNTER.c.home.is_not(None))
    .order_by(COUNTER.c.number)
)
_EMPTY = delete(COUNTER_SERVICE).where(
    COUNTER_SERVICE.c.site_id == bindparam("site"), COUNTER_SERVICE.c.counter == bindparam("at")
)
_FILL = insert(COUNTER_SERVICE)
_NEXT_REVISION = (
    update(SITE)
    .where(SITE.c.site_id == bindparam("site"))
    .values(catalogue_revision=SITE.c.catalogue_revision + 1)
)


def move_counter(turn: Turn, counter: str, services: Sequence[str], reason: str) -> tuple[str, ...]:
    """Let a counter take these services, the main one first; return them. To take what it takes already is no change."""
    number = turn.catalogue.counter(counter)
    wanted = tuple(dict.fromkeys(_offered(turn, name) for name in services))
    if not wanted:
        raise ValueError(services)
    was = turn.catalogue.counters[number]
    if wanted == was:
        return wanted
    home = _home(turn.connection, turn.site, number)
    if home is not None and wanted == tuple(home):
        return return_counter(turn, counter)
    _set_home(turn, number, list(was) if home is None else home)
    write_services(turn.connection, turn.site, number, wanted)
    said: dict[str, Any] = {"reason": reason} if reason else {}
    said |= {"services": list(wanted), "was": list(was)}
    turn.emit(EventKind.COUNTER_MOVED, counter=number, answers=True, **said)
    _renew(turn)
    return wanted


def return_counter(turn: Turn, counter: str) -> tuple[str, ...]:
    """Let a counter take again what the catalogue gives it; return that."""
    number = turn.catalogue.counter(counter)
    home = _home(turn.connection, turn.site, number)
    if home is None:
        return turn.catalogue.counters[number]
    _back(turn, number, home)
    turn.answer_last()
    _renew(turn)
    return tuple(home)


def all_return(turn: Turn) -> None:
    """The day is over: whoever was moved takes again what the catalogue gives them."""
    moved = turn.connection.execute(_MOVED, {"site": turn.site}).all()
    for row in moved:
        _back(turn, row.number, row.home)
    if moved:
        _renew(turn)


def moved_before(turn: Turn, event: Row[Any]) -> tuple[str, ...]:
    """Give the same answer again."""
    return tuple(event.data.get("services") or turn.catalogue.counters[event.counter])


def keep_home(connection: Connection, site: str, number: int, services: Sequence[str]) -> bool:
    """Let the catalogue change what a moved counter will come back to; False when it is not moved."""
    if _home(connection, site, number) is None:
        return False
    keys = {"site": site, "counter": number}
    connection.execute(_SET_HOME, {**keys, "services": list(services)})
    return True


def write_services(connection: Connection, site: str, number: int, services: Sequence[str]) -> None:
    """Write what a counter takes from now on."""
    connection.execute(_EMPTY, {"site": site, "at": number})
    rows = [
        {"site_id": site, "counter": number, "service": service, "position": position}
        for position, service in enumerate(services)
    ]
    if rows:
        connection.execute(_FILL, rows)


def _offered(turn: Turn, name: str) -> str:
    entry = turn.catalogue.service(name)
    if not (entry.active and turn.catalogue.agencies[entry.agency].active):
        raise ServiceClosed(service=entry.id, reason="inactive", opens_at=None)
    return entry.id


def _back(turn: Turn, number: int, home: Sequence[str]) -> None:
    write_services(turn.connection, turn.site, number, home)
    _set_home(turn, number, None)
    turn.emit(EventKind.COUNTER_RETURNED, counter=number, services=list(home))


def _home(connection: Connection, site: str, number: int) -> list[str] | None:
    home: list[str] | None = connection.scalar(_HOME, {"site": site, "counter": number})
    return home


def _set_home(turn: Turn, number: int, services: Sequence[str] | None) -> None:
    turn.connection.execute(_SET_HOME, {"site": turn.site, "counter": number, "services": services})


def _renew(turn: Turn) -> None:
    """Every program reads the catalogue again."""
    turn.connection.execute(_NEXT_REVISION, {"site": turn.site})
    turn.catalogue = read_catalogue(turn.connection, turn.site)
