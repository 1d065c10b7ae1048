"""What the Spool needs of the store, declared here so that neither knows the other."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Protocol

HEARTBEAT_SECONDS = 15.0


class JobState(StrEnum):
    """How far a slip has come. The value is what is stored; never rename one."""

    NEW = "new"  # asked for, nothing sent
    SENDING = "sending"  # bytes stored; the first byte may have left
    STUB = (
        "stub"  # sent, and known not to have been cut: a torn piece may hang there; void it, then print again
    )
    SENT = "sent"  # all bytes accepted by a printer that cannot prove more
    PRINTED = "printed"  # the printer proved it, or a picture was drawn
    ASKING = "asking"  # in doubt and unprovable: a person is asked whether the paper came out
    STALE = "stale"  # older than ten minutes when its turn came: waits for a hand
    FAILED = "failed"  # cannot be composed; waits for a hand
    VOID = "void"  # no longer wanted (cancelled before it was printed)


class Job(Protocol):
    """One slip to print. `facts` were frozen when it was asked for; `payload` is set once bytes were stored."""

    @property
    def id(self) -> str:
        """As the journal calls it."""
        ...

    @property
    def copy(self) -> int:
        """1 is the original; higher ones are marked as copies."""
        ...

    @property
    def state(self) -> str:
        """A `JobState`."""
        ...

    @property
    def facts(self) -> Mapping[str, object]:
        """What the slip says, as it was when it was asked for."""
        ...

    @property
    def payload(self) -> bytes | None:
        """The bytes stored by `sending`, or None."""
        ...

    @property
    def age_seconds(self) -> float:
        """Since the slip was asked for, by the store's clock."""
        ...

    @property
    def cut_counter(self) -> int | None:
        """The printer's autocutter count before the first byte of this job, where it has one."""
        ...


class Journal(Protocol):
    """What the Spool needs of the store. Each call is one transaction and survives a crash right after it returns."""

    def next_job(self, printer: str) -> Job | None:
        """The oldest job that is not finished and waits for no hand (new, sending, stub), or None.

        Those in doubt (sending, stub) come first.
        """
        ...

    def sending(self, job: str, payload: bytes, cut_counter: int | None) -> None:
        """Store the bytes, the printer's cut count before them, and that the first one may leave now: `sending`.

        It may be called again for the same job: after a piece of it had to be voided.
        """
        ...

    def settle(self, job: str, state: str, error: str = "") -> None:
        """Store what became of a job."""
        ...

    def report(self, printer: str, state: str, reason: str, holder: str) -> None:
        """Store the printer's state (`ok`, `warning`, `trouble`, `silent`), its reason and a heartbeat.

        `reason` is a `Trouble`'s value, or empty. Told on every change, else every `HEARTBEAT_SECONDS`: a row three
        times as old says that no program looks after this printer.
        """
        ...
