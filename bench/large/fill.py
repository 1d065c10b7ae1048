"""Bring ten million rows into a store as fast as its engine takes them; a store that is full already is left as it is."""

from __future__ import annotations

import sqlite3
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path

import psycopg
from sqlalchemy import URL, select, text

from bench.large.history import COLUMNS, Line, Past
from kiosk.settings import Settings
from kiosk.wiring import House, make_if_absent
from queue_core import Actor, Store
from queue_core.errors import StoreUnready
from queue_core.lobby.tables import SITE
from queue_core.models import METADATA

LAST = date(2026, 10, 30)
AT_ONCE = 40
"""Days in one transaction."""
_SPEED = ("journal_mode=OFF", "synchronous=OFF", "cache_size=-400000", "locking_mode=EXCLUSIVE")
_STATE = "UPDATE site SET event_seq = {seq}, max_business_date = '{day}', last_event_at = '{day} 09:00:00.000000' WHERE site_id = '{site}'"

Days = Iterable[dict[str, list[Line]]]


def filled(house: House, settings: Settings, tickets: int) -> float:
    """Make the store hold so many tickets of the past; return the seconds that it took, 0 when it did already.

    A store that was left half full must have been removed: the rows of a day would stand there twice.
    """
    if _is_full(house.store, settings.site[0].id):
        house.store.migrate()
        return 0.0
    make_if_absent(house, settings, Actor(machine="K1"))
    begun = time.monotonic()
    past = past_of(settings, tickets)
    load = _load_sqlite if house.store.is_sqlite else _load_postgres
    load(house.store, past.days(), lambda: _STATE.format(seq=past.seq, day=LAST, site=past.site))
    return time.monotonic() - begun


def past_of(settings: Settings, tickets: int) -> Past:
    """The past of the sample's first site."""
    site = settings.site[0]
    services = [
        f"{agency.code}.{service.id}"
        for agency in settings.agency
        if agency.code in site.agencies
        for service in agency.service
    ]
    return Past(site.id, services, LAST, tickets)


def first_day(store: Store, site: str) -> date:
    """The next day on which nothing has happened yet: the store is used for many runs, each on a day of its own."""
    with store.read() as connection:
        day = connection.execute(select(SITE.c.max_business_date).where(SITE.c.site_id == site)).scalar_one()
    following: date = max(day, LAST) + timedelta(days=1)
    while following.weekday() >= 5:
        following += timedelta(days=1)
    return following


def size(store: Store) -> int:
    """Bytes on the disk."""
    if store.is_sqlite:
        return store.path.stat().st_size
    with store.read() as connection:
        return int(connection.execute(text("SELECT pg_database_size(current_database())")).scalar_one())


def tidied(store: Store) -> None:
    """Do what PostgreSQL's autovacuum does, at a moment of our choosing.

    The tables that hold a few rows whatever the years bring are written anew: pages that earlier runs left empty in one of
    two stores must not count for it, nor against it.
    """
    if not store.is_sqlite:
        with psycopg.connect(_address(store.url), autocommit=True) as connection:
            for name in sorted(set(METADATA.tables) - set(COLUMNS)):
                connection.execute(f"VACUUM FULL {name}")
            connection.execute("VACUUM ANALYZE")


def _is_full(store: Store, site: str) -> bool:
    """The last step of filling tells the site how far it has come."""
    try:
        store.check()
    except StoreUnready as error:
        if not error.data.get("found"):
            return False
        store.migrate()
    with store.read() as connection:
        day = connection.execute(
            select(SITE.c.max_business_date).where(SITE.c.site_id == site)
        ).scalar_one_or_none()
    return day is not None and day >= LAST and _has_past(store)


def _has_past(store: Store) -> bool:
    with store.read() as connection:
        return connection.execute(text("SELECT 1 FROM ticket LIMIT 1")).first() is not None


def _load_sqlite(store: Store, days: Days, state: Callable[[], str]) -> None:
    store.close()
    with closing(sqlite3.connect(store.path, isolation_level=None)) as connection:
        for pragma in _SPEED:
            connection.execute(f"PRAGMA {pragma}")
        for many in _batches(days):
            connection.execute("BEGIN")
            for name, columns in COLUMNS.items():
                marks = ", ".join("?" * len(columns))
                into = f"INSERT INTO {name} ({', '.join(columns)}) VALUES ({marks})"
                for day in many:
                    connection.executemany(into, day[name])
            connection.execute("COMMIT")
        connection.execute(state())
        connection.execute("PRAGMA journal_mode=WAL")


def _load_postgres(store: Store, days: Days, state: Callable[[], str]) -> None:
    with psycopg.connect(_address(store.url), autocommit=True) as connection:
        connection.execute(
            "SET session_replication_role = replica"
        )  # the rows fit: nothing is looked up for each
        connection.execute("SET synchronous_commit = off")
        connection.execute("SET timezone = 'UTC'")
        for many in _batches(days):
            with connection.transaction(), connection.cursor() as cursor:
                for name, columns in COLUMNS.items():
                    with cursor.copy(f"COPY {name} ({', '.join(columns)}) FROM STDIN") as copy:
                        for day in many:
                            copy.write("".join(map(_as_text, day[name])))
        connection.execute(state())
        connection.execute("VACUUM (ANALYZE)")
        connection.execute("CHECKPOINT")


def _as_text(line: Line) -> str:
    return "\t".join(["\\N" if value is None else value for value in line]) + "\n"


def _batches(days: Days) -> Iterable[Sequence[dict[str, list[Line]]]]:
    many: list[dict[str, list[Line]]] = []
    done, begun = 0, time.monotonic()
    for day in days:
        many.append(day)
        if len(many) == AT_ONCE:
            yield many
            done += sum(len(each["ticket"]) for each in many)
            many = []
            print(f"\r{done:,} tickets in {time.monotonic() - begun:.0f} s ", end="", file=sys.stderr)
    yield many
    print(file=sys.stderr)


def _address(url: URL) -> str:
    return url.set(drivername="postgresql").render_as_string(hide_password=False)


def remove_sqlite(folder: Path) -> None:
    """What is left of a store that was not filled to its end."""
    for path in folder.glob("*.db*"):
        path.unlink()
