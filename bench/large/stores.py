"""Where the large stores lie: `.large/` beside the source tree, on SQLite and in a PostgreSQL server of their own."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import psycopg

from bench.crowd import DURABLE
from bench.large.fill import filled, remove_sqlite
from bench.place import ROOT
from kiosk.settings import Settings, load, sample_path
from kiosk.shared.place import Place
from kiosk.wiring import House, build_house
from tests.support import postgres

FOLDER = ROOT / ".large"
SETTINGS = (
    *DURABLE[:3],
    "--shared_buffers=512MB",
    "--max_wal_size=4GB",
    "--checkpoint_timeout=15min",
)
"""What a small server would have."""


def settings_for(url: str) -> Settings:
    """The sample's, with another store."""
    settings = load(sample_path(), {})
    return settings.model_copy(update={"store": settings.store.model_copy(update={"url": url})})


@contextmanager
def sqlite_house(folder: Path, tickets: int) -> Iterator[tuple[House, Settings, float]]:
    """A filled SQLite store in this folder, and the seconds that filling took."""
    place = folder / f"sqlite-{tickets}"
    place.mkdir(parents=True, exist_ok=True)
    full = place / "full"
    if not full.exists():
        remove_sqlite(place)
    settings = settings_for("sqlite:///kiosk.db")
    house = build_house(settings, Place(sample_path(), place))
    try:
        seconds = filled(house, settings, tickets)
        full.touch()
        yield house, settings, seconds
    finally:
        house.store.close()


@contextmanager
def postgres_server(folder: Path) -> Iterator[str]:
    """A server on data that stay; the URL of its databases, `{database}` to be filled in."""
    binaries = postgres.find_binaries()
    if binaries is None:
        message = "PostgreSQL's initdb and postgres are not installed"
        raise FileNotFoundError(message)
    with postgres.lasting(binaries, folder / "postgres", *SETTINGS) as url:
        yield url


@contextmanager
def postgres_house(server: str, tickets: int) -> Iterator[tuple[House, Settings, float]]:
    """A filled database on this server, and the seconds that filling took."""
    name = f"tickets_{tickets}"
    with psycopg.connect(server.format(database="postgres"), autocommit=True) as connection:
        found = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone()
        if not found:
            connection.execute("DROP DATABASE IF EXISTS filling")
            connection.execute("CREATE DATABASE filling")
    seconds = 0.0
    if not found:
        seconds = _filled(server.format(database="filling"), tickets)
        with psycopg.connect(server.format(database="postgres"), autocommit=True) as connection:
            connection.execute(f"ALTER DATABASE filling RENAME TO {name}")
    house, settings = _house(server.format(database=name))
    try:
        filled(house, settings, tickets)
        yield house, settings, seconds
    finally:
        house.store.close()


def _filled(url: str, tickets: int) -> float:
    house, settings = _house(url)
    try:
        return filled(house, settings, tickets)
    finally:
        house.store.close()


def _house(url: str) -> tuple[House, Settings]:
    settings = settings_for(url)
    return House(build_house(settings, Place(sample_path(), FOLDER)).store, _no_clock), settings


def _no_clock() -> datetime:
    """Each measure plays a day of its own; what is only brought in happens before all of them."""
    return datetime(2026, 10, 29, 0, tzinfo=UTC)


def room_for(folder: Path, bytes_needed: int) -> None:
    """Raise OSError when the disk has not room for so much more."""
    folder.mkdir(parents=True, exist_ok=True)
    found = os.statvfs(folder)
    free = found.f_bavail * found.f_frsize
    if free < bytes_needed:
        message = f"{folder} needs {bytes_needed / 1e9:.0f} GB and has {free / 1e9:.0f} GB"
        raise OSError(message)
