"""The tables. One schema on SQLite and PostgreSQL; every key starts with the site."""

from queue_core.models.base import METADATA
from queue_core.models.catalogue import (
    Agency,
    Counter,
    CounterService,
    CounterState,
    Journey,
    Machine,
    Service,
    Site,
    Staff,
)
from queue_core.models.paper import JOB_STATES, Printer, PrintJob
from queue_core.models.visits import STANDING, WAITING, Event, NumberSeries, Ticket, Visit, VisitLeg

__all__ = [
    "JOB_STATES",
    "METADATA",
    "STANDING",
    "WAITING",
    "Agency",
    "Counter",
    "CounterService",
    "CounterState",
    "Event",
    "Journey",
    "Machine",
    "NumberSeries",
    "PrintJob",
    "Printer",
    "Service",
    "Site",
    "Staff",
    "Ticket",
    "Visit",
    "VisitLeg",
]
