"""Bringing a catalogue into a site: add, change, close, reopen; never delete, since tickets point at it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import cast

from sqlalchemy import Connection, Table, Update, bindparam, insert, select, update

from queue_core.errors import CounterBusy
from queue_core.events import Actor, EventKind
from queue_core.lobby.moving import keep_home, write_services
from queue_core.lobby.tables import AGENCY, COUNTER, COUNTER_SERVICE, EVENT, JOURNEY, SERVICE, SITE
from queue_core.lobby.tickets import at_counter
from queue_core.lobby.wanted import KINDS, Key, Values, Wanted, wanted_of
from queue_core.models import CounterState
from queue_core.settings import Catalogue
from queue_core.views import CatalogueChange

_TABLES = {"site": SITE, "agency": AGENCY, "service": SERVICE, "counter": COUNTER, "journey": JOURNEY}
_KEYS = {
    "site": "site_id",
    "agency": "code",
    "service": "service_id",
    "counter": "number",
    "journey": "journey_id",
}
_DEFAULTS: dict[str, dict[str, object]] = {
    "site": {"catalogue_revision": 0, "event_seq": 0, "clock_accepts": 0, "epoch": 1, "origin": ""},
    "counter": {"state": CounterState.CLOSED, "staff": ""},
}
_COUNTER_SERVICES = (
    select(COUNTER_SERVICE.c.counter, COUNTER_SERVICE.c.service)
    .where(COUNTER_SERVICE.c.site_id == bindparam("site"))
    .order_by(COUNTER_SERVICE.c.counter, COUNTER_SERVICE.c.position)
)
_NEXT_REVISION = (
    update(SITE)
    .where(SITE.c.site_id == bindparam("site"))
    .values(event_seq=SITE.c.event_seq + 1, catalogue_revision=SITE.c.catalogue_revision + 1)
    .returning(SITE.c.event_seq, SITE.c.catalogue_revision)
)


@dataclass(frozen=True, slots=True)
class _Difference:
    what: str  # added, changed, closed, reopened
    kind: str
    key: Key
    values: Values  # to be written
    fields: tuple[str, ...] = ()  # what changed

    def shown(self) -> CatalogueChange:
        return CatalogueChange(self.what, self.kind, str(self.key), ", ".join(self.fields))


def diff_catalogue(connection: Connection, site: str, catalogue: Catalogue) -> tuple[CatalogueChange, ...]:
    """Return what `apply_catalogue` would change."""
    return tuple(each.shown() for each in _differences(connection, site, catalogue))


def apply_catalogue(
    connection: Connection, site: str, catalogue: Catalogue, *, now: datetime, by: Actor
) -> tuple[CatalogueChange, ...]:
    """Make the site what the catalogue says; a site that it does not name is closed. Returns what changed.

    Who waits for a service that is closed here keeps the number; staff can still call it by its label.

    Raises:
        CounterBusy: a counter that is to be closed has a visitor.
    """
    differences = list(_differences(connection, site, catalogue))
    for each in differences:
        _write(connection, site, each)
    if differences:
        _say(connection, site, differences, now, by)
    return tuple(each.shown() for each in differences)


def _differences(connection: Connection, site: str, catalogue: Catalogue) -> Iterator[_Difference]:
    wanted, held = wanted_of(catalogue, site), _held(connection, site)
    for kind in KINDS:
        for key, values in wanted[kind].items():
            yield from _difference(kind, key, values, held[kind].get(key))
        for key, values in held[kind].items():
            if values["active"] and key not in wanted[kind]:
                yield _Difference("closed", kind, key, {"active": False})


def _difference(kind: str, key: Key, wanted: Values, held: Values | None) -> Iterator[_Difference]:
    if held is None:
        yield _Difference("added", kind, key, {**wanted, "active": True})
        return
    fields = tuple(name for name in wanted if wanted[name] != held[name])
    if not held["active"]:
        yield _Difference("reopened", kind, key, {**wanted, "active": True}, fields)
    elif fields:
        yield _Difference("changed", kind, key, {name: wanted[name] for name in fields}, fields)


def _held(connection: Connection, site: str) -> Wanted:
    """What the store has of the site, in the same form, closed parts too."""
    held = {
        kind: {
            row._mapping[_KEYS[kind]]: dict(row._mapping)  # noqa: SLF001 - SQLAlchemy's public name for it
            for row in connection.execute(select(table).where(table.c.site_id == site))
        }
        for kind, table in _TABLES.items()
    }
    services: dict[int, list[str]] = {}
    for row in connection.execute(_COUNTER_SERVICES, {"site": site}):
        services.setdefault(row.counter, []).append(row.service)
    for number, counter in held["counter"].items():
        home = counter["home"]
        counter["services"] = services.get(number, []) if home is None else home
    return held


def _write(connection: Connection, site: str, difference: _Difference) -> None:
    kind, key = difference.kind, difference.key
    table, name = _TABLES[kind], _KEYS[kind]
    values = {column: value for column, value in difference.values.items() if column != "services"}
    if kind == "counter" and difference.what == "closed":
        _refuse_busy(connection, site, int(key))
        values |= {"state": CounterState.CLOSED, "staff": ""}
    if difference.what == "added":
        connection.execute(insert(table), {"site_id": site, name: key, **_DEFAULTS.get(kind, {}), **values})
    elif values:
        connection.execute(_of(table, site, name, key).values(**values))
    if "services" in difference.values:
        services = cast("list[str]", difference.values["services"])
        if not keep_home(connection, site, int(key), services):
            write_services(connection, site, int(key), services)


def _of(table: Table, site: str, name: str, key: Key) -> Update:
    return update(table).where(table.c.site_id == site, table.c[name] == key)


def _refuse_busy(connection: Connection, site: str, counter: int) -> None:
    standing = at_counter(connection, site, counter)
    if standing is not None:
        raise CounterBusy(counter=str(counter), label=standing.label, status=standing.status)


def _say(connection: Connection, site: str, differences: list[_Difference], now: datetime, by: Actor) -> None:
    row = connection.execute(_NEXT_REVISION, {"site": site}).one()
    event = {
        "site_id": site,
        "seq": row.event_seq,
        "at": now,
        "kind": EventKind.CATALOGUE_APPLIED,
        "label": "",
        "service": "",
        "staff": by.staff,
        "machine": by.machine,
        "data": {
            "revision": row.catalogue_revision,
            "changes": [[each.what, each.kind, str(each.key)] for each in differences],
        },
    }
    connection.execute(insert(EVENT), event)
