"""Several stores of one place: the site's, and those of kiosks and of a stand outside."""

from __future__ import annotations

import secrets
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from sqlalchemy import Connection, func, select

from queue_core import Lobby, Store, open_store
from queue_core.bundles import Bundle
from queue_core.errors import StoreUnreachable
from queue_core.ids import id_maker
from queue_core.lobby.lobby import Clock
from queue_core.lobby.tables import VISIT
from tests.support.house import SITE

Open = Callable[..., Lobby]


@pytest.fixture
def open_local(sqlite_template: Path, tmp_path: Path, clock: Clock, request: pytest.FixtureRequest) -> Open:
    """Opens a store in a file of its own: `open_local("k1")`; the same name again is the same file, opened anew. `like`: a copy of that one."""

    def open_(name: str, *, at: Clock | None = None, site: str = SITE, like: str = "") -> Lobby:
        path = tmp_path / f"{name}.db"
        if like:
            with (
                closing(sqlite3.connect(tmp_path / f"{like}.db")) as old,
                closing(sqlite3.connect(path)) as new,
            ):
                old.backup(new)
        elif not path.exists():
            shutil.copy(sqlite_template, path)
        store = open_store(f"sqlite:///{path}", base=tmp_path)
        request.addfinalizer(store.close)
        return lobby_on(store, at or clock, site)

    return open_


def lobby_on(store: Store, clock: Clock, site: str = SITE) -> Lobby:
    """The way in to a site on a store, with real chance: ids of several stores must differ."""
    make = id_maker(secrets.token_bytes)
    return Lobby(store, site, clock=clock, new_id=make, random_bytes=secrets.token_bytes)


class Wire:
    """The cable to the site's store: it can be cut before or after what is asked, and keeps a copy of each bundle."""

    def __init__(self, site: Lobby) -> None:
        self.site = site
        self.cut = False
        self.lose_answer_of = ""
        self.carried: list[Bundle] = []

    def __getattr__(self, name: str) -> Callable[..., object]:
        def ask(*given: object, **named: object) -> object:
            if self.cut:
                raise StoreUnreachable(detail="cut")
            if name == "merge":
                self.carried.append(given[0])  # type: ignore[arg-type]
            answer = getattr(self.site, name)(*given, **named)
            if name == self.lose_answer_of:
                self.lose_answer_of = ""
                raise StoreUnreachable(detail="the answer was lost")
            return answer

        return ask


_VISITS = select(func.count()).select_from(VISIT)


class Plug:
    """The plug of the cable to a store, for whoever has it open here: pulled out, every read and change fails.

    With `lose_answers` the next number is given out, and then the plug is out before anybody is told.
    """

    def __init__(self, store: Store) -> None:
        self._read, self._write = store.read, store.write
        self.out = self.lose_answers = False
        setattr(store, "read", self.read)  # noqa: B010 - a method of one object is replaced
        setattr(store, "write", self.write)  # noqa: B010

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """As Store.read."""
        if self.out:
            raise StoreUnreachable(detail="the plug is out")
        with self._read() as connection:
            yield connection

    @contextmanager
    def write(self, site: str, **_: bool) -> Iterator[Connection]:
        """As Store.write; it looks before the block does, so the block does not look first."""
        if self.out:
            raise StoreUnreachable(detail="the plug is out")
        with self._write(site) as connection:
            before = connection.scalar(_VISITS)
            yield connection
            given = connection.in_transaction() and connection.scalar(_VISITS) != before
        if self.lose_answers and given:
            self.out = True
            raise StoreUnreachable(detail="the answer was lost")
