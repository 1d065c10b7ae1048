"""The tables. One schema on SQLite and PostgreSQL; every key starts with the site."""

from queue_core.models.announcements import Announcement
from queue_core.models.base import METADATA
from queue_core.models.catalogue import (
    Agency,
    Counter,
    CounterService,
    CounterState,
    Journey,
    Machine,
    Service,
    SignInAttempts,
    Site,
    Staff,
)
from queue_core.models.figures import CountedDay, HourCount
from queue_core.models.notices import Notice
from queue_core.models.opening import Order, QuotaUse
from queue_core.models.paper import JOB_STATES, OPEN_JOBS, Printer, PrintJob, Roll
from queue_core.models.ratings import Rating
from queue_core.models.supervising import AlertRow, PriorityReason
from queue_core.models.syncing import Link, MergedVisit, Source
from queue_core.models.visits import (
    AWAY,
    KEPT,
    STANDING,
    WAITING,
    Event,
    NumberSeries,
    Ticket,
    Visit,
    VisitLeg,
)
from queue_core.models.waits import PastWait, WaitAccuracy

__all__ = [
    "AWAY",
    "JOB_STATES",
    "KEPT",
    "METADATA",
    "OPEN_JOBS",
    "STANDING",
    "WAITING",
    "Agency",
    "AlertRow",
    "Announcement",
    "CountedDay",
    "Counter",
    "CounterService",
    "CounterState",
    "Event",
    "HourCount",
    "Journey",
    "Link",
    "Machine",
    "MergedVisit",
    "Notice",
    "NumberSeries",
    "Order",
    "PastWait",
    "PrintJob",
    "Printer",
    "PriorityReason",
    "QuotaUse",
    "Rating",
    "Roll",
    "Service",
    "SignInAttempts",
    "Site",
    "Source",
    "Staff",
    "Ticket",
    "Visit",
    "VisitLeg",
    "WaitAccuracy",
]
