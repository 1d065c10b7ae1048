"""Where tickets are kept: one face over SQLite and PostgreSQL. Only this package and the feed name a dialect."""

from queue_core.store.address import open_store
from queue_core.store.answers import changed
from queue_core.store.store import Store

__all__ = ["Store", "changed", "open_store"]
