"""Who waits, who was chosen, and why."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

Memory = Mapping[str, int]
"""What a counter remembers of its shares: service to what it is owed (negative: what it had too much)."""
NOTHING: Memory = {}


@dataclass(frozen=True, slots=True)
class Candidate:
    """The head of one class (priority or regular) of one service's queue."""

    ticket: str
    service: str
    priority: bool
    waiting_since: datetime
    due_at: datetime
    passed: int = 0  # people called past this one by preference since it became late at the head of its line
    owed: int = 0  # what a ratio owes this one


def arrival(candidate: Candidate) -> tuple[datetime, str]:
    """The order of arrival; the id decides within one moment, so that every machine decides alike."""
    return candidate.waiting_since, candidate.ticket


class Why(StrEnum):
    """Why this visitor was chosen; the sentences are in kiosk/locales. The value is stored in events; never rename one."""

    PRIORITY = "priority"
    LATE = "late"
    ORDER = "order"
    BY_NUMBER = "by_number"
    WALK_IN = "walk_in"  # without paper, at a counter for which nobody waits
    DUE = "due"
    RATIO_PRIORITY = "ratio_priority"
    RATIO_REGULAR = "ratio_regular"
    URGENT = "urgent"
    MAIN = "main"
    HELPING = "helping"
    SHARE = "share"


@dataclass(frozen=True, slots=True)
class Reason:
    """One rule that had a say, with what its sentence needs: small and plain."""

    why: Why
    data: Mapping[str, int | str] = field(default_factory=dict)

    def plain(self) -> dict[str, int | str]:
        """Return it as an event keeps it."""
        return {"why": self.why.value, **self.data}


@dataclass(frozen=True, slots=True)
class Choice:
    """The chosen ticket, why, and what has to be remembered of it.

    Attributes:
        ticket: whose turn it is.
        reasons: the rule that decided, then the one within what was left to it.
        passed: the late heads that were passed by choosing it; each counts one more.
        owes: heads to their new count.
        inherits: what it owes the next of the same service and class.
        memory: what the counter remembers from now on; None: what it did before.
    """

    ticket: str
    reasons: tuple[Reason, ...]
    passed: tuple[str, ...] = ()
    owes: Mapping[str, int] = field(default_factory=dict)
    inherits: int = 0
    memory: Memory | None = None

    @property
    def why(self) -> Why:
        """The rule that decided."""
        return self.reasons[0].why
