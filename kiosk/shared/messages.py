"""What the live reader tells a screen."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Generic, TypeVar

from textual.message import Message

if TYPE_CHECKING:
    from queue_core.errors import QueueError

View = TypeVar("View")


class StoreChanged(Message, Generic[View]):
    """The store was read again; `view` is what it says now. A newer one replaces one that still waits its turn."""

    def __init__(self, view: View) -> None:
        super().__init__()
        self.view = view

    def can_replace(self, message: Message) -> bool:
        """Say that a burst of changes costs one repaint: Textual skips this one when a newer follows it."""
        return isinstance(message, StoreChanged | StoreLost)


class StoreLost(Message):
    """The store could not be read; what is on the screen is as old as `since` (aware). It is tried again by itself."""

    def __init__(self, error: QueueError, since: datetime) -> None:
        super().__init__()
        self.error = error
        self.since = since

    def can_replace(self, message: Message) -> bool:
        """Say that the newest word on the connection is the one that counts."""
        return isinstance(message, StoreChanged | StoreLost)
