"""What a supervisor should not have to look for: alerts, the limits past which they are raised, and what is known of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


class AlertKind(StrEnum):
    """What is wrong. The value is what is stored; never rename one."""

    CLOCK = "clock"  # of the site, or of its newest event: subject empty
    SET_BACK = (
        "set_back"  # a copy was put back, or changes were lost; subject: what today's numbers begin with
    )
    DISK = "disk"  # subject: the machine
    PRINTER = "printer"  # subject: the printer
    OVERDUE = "overdue"  # subject: the service
    CROWDED = "crowded"  # subject: the service
    SILENT = "silent"  # subject: the counter
    COPY = "copy"  # of the store; subject: the machine that makes copies
    PROGRAM = "program"  # subject: the program, such as `touch:K1`


class AlertState(StrEnum):
    """Whether somebody has to be told."""

    NEW = "new"
    AGAIN = "again"  # acknowledged, and it has held on for so long that it is told again
    KNOWN = "known"


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Past what an alert is raised. Minutes are minutes."""

    waiting: int = 15  # people in one line
    overdue_minutes: int = 10  # past the promise
    silent_minutes: int = 10  # at a counter, while somebody waits for what it serves
    serving_minutes: int = 60  # with one visitor, while somebody waits
    program_minutes: int = 5  # without a word of a kiosk, a board or the pages, while the site is open
    disk_megabytes: int = 500
    repeat_minutes: int = 15
    waiting_of: Mapping[str, int] = field(default_factory=dict)  # services with a limit of their own

    def crowded(self, service: str, waiting: int) -> bool:
        """Return whether so many in this line are too many."""
        return waiting >= self.waiting_of.get(service, self.waiting)


@dataclass(frozen=True, slots=True)
class AlertRecord:
    """What the store knows of an alert. `acknowledged_at` None: nobody has said "I know"."""

    kind: AlertKind
    subject: str
    raised_at: datetime
    ended_at: datetime | None = None
    acknowledged_at: datetime | None = None
    acknowledged_by: str = ""


@dataclass(frozen=True, slots=True)
class Alert:
    """One thing that is wrong now. `value`: people, minutes, megabytes; `detail` a printer's reason."""

    kind: AlertKind
    subject: str
    value: int = 0
    detail: str = ""
    state: AlertState = AlertState.NEW
    since: datetime | None = None
    acknowledged_by: str = ""

    @property
    def key(self) -> tuple[AlertKind, str]:
        """What makes it the same alert as before."""
        return self.kind, self.subject
