"""What the Spool asks of anything with paper."""

from __future__ import annotations

from enum import StrEnum
from typing import Protocol

QUESTION_BYTES = 16
"""So short is a question to a printer at most; a slip is longer."""
QUESTION_SECONDS = 0.9
"""So long a question may wait to be taken: who asks wants to tell people soon why nothing prints."""


def patience(data: bytes, timeout: float) -> float:
    """How many seconds these bytes may wait to be taken."""
    return min(timeout, QUESTION_SECONDS) if len(data) <= QUESTION_BYTES else timeout


class Feedback(StrEnum):
    """How much a device can tell of what became of the bytes."""

    DRAWN = "drawn"  # accepted means done: a picture, a memory
    NONE = "none"  # bytes are accepted and nothing is ever said
    STATUS = "status"  # it can be asked


class Device(Protocol):
    """A connection to one printer. Used by one thread at a time; open and close may be called again and again."""

    @property
    def name(self) -> str:
        """For the log and for staff, such as `network 10.0.0.9:9100`."""
        ...

    @property
    def feedback(self) -> Feedback:
        """What may be expected of it after sending."""
        ...

    def open(self) -> None:
        """Connect. Raises: PrinterUnreachable within the time limit."""
        ...

    def send(self, data: bytes) -> None:
        """Hand over all of `data`. Raises: PrinterUnreachable when that failed; how much arrived is then unknown."""
        ...

    def read(self, timeout: float) -> bytes:
        """What arrived, at the latest after `timeout` seconds; empty when nothing did.

        Raises: PrinterUnreachable when the connection has ended. Silence is never reported as good news.
        """
        ...

    def close(self) -> None:
        """Let go of the printer. Never raises."""
        ...
