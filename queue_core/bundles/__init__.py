"""What one store gives to another: its form, its file, the codes by which stores are told apart. Knows no database."""

from queue_core.bundles.codes import Codes, next_code
from queue_core.bundles.files import read_file, write_file
from queue_core.bundles.forms import (
    FORMAT,
    Bundle,
    EventRow,
    JobRow,
    LegRow,
    SeriesRow,
    Sums,
    TicketRow,
    VisitRecord,
    VisitRow,
)
from queue_core.bundles.moments import clamped

__all__ = [
    "FORMAT",
    "Bundle",
    "Codes",
    "EventRow",
    "JobRow",
    "LegRow",
    "SeriesRow",
    "Sums",
    "TicketRow",
    "VisitRecord",
    "VisitRow",
    "clamped",
    "next_code",
    "read_file",
    "write_file",
]
