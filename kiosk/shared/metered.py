"""The journal as a spool sees it here: each report also says how much paper the printer has left."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

from queue_core.supply import PaperReading

if TYPE_CHECKING:
    from kiosk.shared.two_journals import TwoJournals
    from printers.spool import Job
    from printers.supply import Supply
    from queue_core.lobby.paper import PaperJournal


class MeteredJournal:
    """Fits `printers.spool.Journal`. The meter lies with the machine; the supervisor may sit at another one."""

    def __init__(self, journal: PaperJournal | TwoJournals, supply: Supply) -> None:
        self._journal, self._supply = journal, supply

    def next_job(self, printer: str) -> Job | None:
        """The oldest job that waits for this printer."""
        return self._journal.next_job(printer)

    def sending(self, job: str, payload: bytes, cut_counter: int | None) -> None:
        """The first byte may leave now."""
        self._journal.sending(job, payload, cut_counter)

    def settle(self, job: str, state: str, error: str = "") -> None:
        """What became of a job."""
        self._journal.settle(job, state, error)

    def report(self, printer: str, state: str, reason: str, holder: str) -> None:
        """How the printer is, and how much paper it has."""
        self._journal.report(printer, state, reason, holder, reading(self._supply))


def reading(supply: Supply) -> PaperReading:
    """The meter now, and what its printer can do."""
    roll = supply.roll
    return PaperReading(
        meter=supply.printed_mm,
        used=supply.used_mm,
        roll=None if roll is None else roll.length_mm,
        left=supply.left_mm,
        able=asdict(supply.capabilities),
    )
