"""Fixtures that several folders share: a site whose time stands still, on SQLite and on PostgreSQL."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from queue_core import Lobby, Store, open_store
from queue_core.ids import NewId, RandomBytes, id_maker
from queue_core.lobby.tables import STAFF
from queue_core.settings import Catalogue
from tests.support import postgres
from tests.support.house import SITE, Clock, Requests, counting_bytes, person, small_catalogue

TEMPLATE = "kiosk_template"


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file with the newest schema, to be copied."""
    path = tmp_path_factory.mktemp("template") / "kiosk.db"
    _create(f"sqlite:///{path}")
    return path


@pytest.fixture(scope="session")
def postgres_binaries() -> Path:
    """The folder of PostgreSQL's programs."""
    binaries = postgres.find_binaries()
    if binaries is None:
        absent = "PostgreSQL's initdb and postgres are not installed"
        if os.environ.get("CI"):
            pytest.fail(absent)
        pytest.skip(absent)
    return binaries


@pytest.fixture(scope="session")
def postgres_server(postgres_binaries: Path) -> Iterator[str]:
    """The URL of a PostgreSQL server's databases, `{database}` to be filled in; the template has the newest schema."""
    with postgres.server(postgres_binaries) as url:
        _administer(url, f"CREATE DATABASE {TEMPLATE}")
        _create(url.format(database=TEMPLATE))
        yield url


@pytest.fixture
def sqlite_url(sqlite_template: Path, tmp_path: Path) -> str:
    """A SQLite file of this test's own, with the newest schema and nothing in it."""
    shutil.copy(sqlite_template, tmp_path / "kiosk.db")
    return f"sqlite:///{tmp_path / 'kiosk.db'}"


@pytest.fixture
def postgres_url(postgres_server: str, request: pytest.FixtureRequest) -> Iterator[str]:
    """A PostgreSQL database of this test's own, with the newest schema and nothing in it."""
    database = f"t{abs(hash(request.node.nodeid))}"
    _administer(postgres_server, f"CREATE DATABASE {database} TEMPLATE {TEMPLATE}")
    yield postgres_server.format(database=database)
    _administer(postgres_server, f"DROP DATABASE {database} WITH (FORCE)")


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def store_url(request: pytest.FixtureRequest) -> str:
    """An empty store of this test's own: each test that asks for it runs on both engines."""
    return str(request.getfixturevalue(f"{request.param}_url"))


@pytest.fixture
def store(store_url: str, tmp_path: Path) -> Iterator[Store]:
    """An empty store, opened."""
    store = open_store(store_url, base=tmp_path)
    yield store
    store.close()


@pytest.fixture
def clock() -> Clock:
    """The time of this test, standing still."""
    return Clock()


@pytest.fixture
def random_bytes() -> RandomBytes:
    """What takes the place of chance."""
    return counting_bytes()


@pytest.fixture
def new_id(random_bytes: RandomBytes) -> NewId:
    """Ids in the order in which they are made."""
    return id_maker(random_bytes)


@pytest.fixture
def ask() -> Requests:
    """A new request_id each time."""
    return Requests()


@pytest.fixture
def catalogue() -> Catalogue:
    """Two agencies, three services, three counters, a journey."""
    return small_catalogue()


@pytest.fixture
def lobby(
    store: Store, clock: Clock, new_id: NewId, random_bytes: RandomBytes, catalogue: Catalogue
) -> Lobby:
    """The way in to the small site."""
    lobby = Lobby(store, SITE, clock=clock, new_id=new_id, random_bytes=random_bytes)
    lobby.apply_catalogue(catalogue)
    return lobby


@pytest.fixture
def sari(lobby: Lobby, store: Store) -> None:
    """Sari and Budi work at the small site; they have no PIN, since hashing one for each test would take too long."""
    with store.write(SITE) as connection:
        connection.execute(STAFF.insert(), [person("sari", "supervisor"), person("budi", "counter")])


def _create(url: str) -> None:
    store = open_store(url, base=Path("/"))
    store.create()
    store.close()


def _administer(url: str, statement: str) -> None:
    with psycopg.connect(url.format(database="postgres"), autocommit=True) as connection:
        connection.execute(statement)
