"""What a screen needs from below, handed to it after its first paint by the function that wiring gives it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kiosk.settings import Settings
    from kiosk.shared.link import Link
    from queue_core import Feed, Lobby


@dataclass(frozen=True)
class Backend:
    """The store's Lobby and Feed, the settings of this machine, and the clock."""

    settings: Settings
    lobby: Lobby
    feed: Feed
    clock: Callable[[], datetime]
    new_request_id: Callable[[], str]
    close: Callable[[], None]  # stops the spool, closes the feed and the store
    free_megabytes: Callable[[], int | None] = lambda: (
        None
    )  # room beside this machine's store; None: not known
    link: Link | None = None  # where the kiosk has a store of its own, to go on with when the site's is away


Connect = Callable[[], Backend]
"""Builds the Backend; slow (it imports the store), so screens call it in a worker after their first paint."""
