"""What stands in `[store] url`: one local file, or a server's database."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError

from queue_core.store import sqlite
from queue_core.store.store import Store


def open_store(url: str, *, base: Path, busy_seconds: float = 5.0) -> Store:
    """Open the store at `url`; nothing is created or checked yet.

    Args:
        url: `sqlite:///relative/to/base.db`, `sqlite:////absolute.db` or `postgresql://user@host/database`.
        base: the folder from which a relative path counts: the one that holds config.toml.
        busy_seconds: how long a command waits for its turn.

    Raises:
        ValueError: no such kind of store, or no file named.
        StoreUnreachable: the file would lie on a network file system.
    """
    try:
        address = make_url(url)
    except ArgumentError as error:
        raise ValueError(url) from error
    backend = address.get_backend_name()
    if backend == "postgresql":
        return Store(address, busy_seconds=busy_seconds)
    if backend != "sqlite" or address.database in {None, "", ":memory:"}:
        raise ValueError(url)
    path = base / str(address.database)
    sqlite.refuse_network(path)
    return Store(URL.create("sqlite", database=str(path)), busy_seconds=busy_seconds)
