"""Feed: wait until something changed; then look again. SQLite and PostgreSQL behind one face."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from queue_core.store import Store


class Feed(Protocol):
    """A wake-up that only says "look again": it may come twice, or for nothing, and is never the news itself."""

    def wait(self, timeout: float) -> bool:
        """Block for at most `timeout` seconds; True when something may have changed, False when time ran out."""
        ...

    def close(self) -> None:
        """Let go; a `wait` that is under way returns False soon."""
        ...


def open_feed(store: Store) -> Feed:
    """Choose by the store's dialect: PRAGMA data_version, or LISTEN on a connection of its own."""
    raise NotImplementedError
