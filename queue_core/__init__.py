"""People waiting: sites, tickets, counters, and the one way in, the Lobby.

Names resolve on first use, so that importing a pure module loads no database library.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from queue_core.bundles import Bundle, read_file, write_file
    from queue_core.contact import LocalClock, make_contact, merge_parts, send_days
    from queue_core.events import NOBODY, Actor, EventKind
    from queue_core.feed import Feed, open_feed
    from queue_core.lifecycle import Action, Status, advance
    from queue_core.lobby import Lobby
    from queue_core.lobby.syncing import ahead_seconds
    from queue_core.lobby.upkeep import site_ids
    from queue_core.store import Store, open_store
    from queue_core.store.before import Before
    from queue_core.store.clock import ServerClock
    from queue_core.store.copies import Copy, forget_old_copies, make_copy, put_back

_HOME = {
    "NOBODY": "events",
    "Action": "lifecycle",
    "Actor": "events",
    "Before": "store.before",
    "Bundle": "bundles",
    "Copy": "store.copies",
    "EventKind": "events",
    "Feed": "feed",
    "Lobby": "lobby",
    "LocalClock": "contact",
    "ServerClock": "store.clock",
    "Status": "lifecycle",
    "Store": "store",
    "advance": "lifecycle",
    "ahead_seconds": "lobby.syncing",
    "forget_old_copies": "store.copies",
    "make_contact": "contact",
    "make_copy": "store.copies",
    "merge_parts": "contact",
    "open_feed": "feed",
    "open_store": "store",
    "put_back": "store.copies",
    "read_file": "bundles",
    "send_days": "contact",
    "site_ids": "lobby.upkeep",
    "write_file": "bundles",
}

__all__ = [
    "NOBODY",
    "Action",
    "Actor",
    "Before",
    "Bundle",
    "Copy",
    "EventKind",
    "Feed",
    "Lobby",
    "LocalClock",
    "ServerClock",
    "Status",
    "Store",
    "advance",
    "ahead_seconds",
    "forget_old_copies",
    "make_contact",
    "make_copy",
    "merge_parts",
    "open_feed",
    "open_store",
    "put_back",
    "read_file",
    "send_days",
    "site_ids",
    "write_file",
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
