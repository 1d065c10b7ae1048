"""People waiting: sites, tickets, counters, and the one way in, the Lobby.

Names resolve on first use, so that importing a pure module loads no database library.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from queue_core.events import NOBODY, Actor, EventKind
    from queue_core.feed import Feed, open_feed
    from queue_core.lifecycle import Action, Status, advance
    from queue_core.lobby import Lobby
    from queue_core.store import Store, open_store
    from queue_core.store.clock import ServerClock

_HOME = {
    "NOBODY": "events",
    "Action": "lifecycle",
    "Actor": "events",
    "EventKind": "events",
    "Feed": "feed",
    "Lobby": "lobby",
    "ServerClock": "store.clock",
    "Status": "lifecycle",
    "Store": "store",
    "advance": "lifecycle",
    "open_feed": "feed",
    "open_store": "store",
}

__all__ = [
    "NOBODY",
    "Action",
    "Actor",
    "EventKind",
    "Feed",
    "Lobby",
    "ServerClock",
    "Status",
    "Store",
    "advance",
    "open_feed",
    "open_store",
]


def __getattr__(name: str) -> object:
    try:
        home = _HOME[name]
    except KeyError:
        message = f"module 'queue_core' has no attribute {name!r}"
        raise AttributeError(message) from None
    return getattr(import_module(f"queue_core.{home}"), name)


def __dir__() -> list[str]:
    return __all__
