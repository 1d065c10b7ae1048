"""The journal of a kiosk with a store of its own: slips of that store come first, those of the site while it answers."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from queue_core.errors import StoreError

if TYPE_CHECKING:
    from kiosk.shared.link import Link
    from printers.spool import Job
    from queue_core import Lobby
    from queue_core.supply import PaperReading

_log = logging.getLogger(__name__)


class TwoJournals:
    """Fits what `kiosk.shared.metered` asks of a journal. Used by one thread, the spool's.

    What became of a slip of the site is told there as soon as it answers again: until then the slip is not taken for one
    that waits.
    """

    def __init__(self, link: Link, own: Lobby) -> None:
        self._link, self._own = link, own
        self._mine: set[str] = set()
        self._untold: dict[str, tuple[str, str]] = {}

    def next_job(self, printer: str) -> Job | None:
        """The oldest job that waits for this printer, of the kiosk's own first."""
        own = self._own.journal.next_job(printer) if self._link.ready else None
        if own is not None:
            self._mine.add(own.id)
            return own
        if self._link.cut_off:
            return None
        try:
            self._tell()
            return self._link.ask_site(lambda lobby: lobby.journal.next_job(printer))
        except StoreError as error:
            self._link.lost(error)
            return None

    def sending(self, job: str, payload: bytes, cut_counter: int | None) -> None:
        """The first byte may leave now. Raises StoreError when it may not: nothing was written down."""
        if job in self._mine:
            self._own.journal.sending(job, payload, cut_counter)
        else:
            self._link.ask_site(lambda lobby: lobby.journal.sending(job, payload, cut_counter))

    def settle(self, job: str, state: str, error: str = "") -> None:
        """What became of a job."""
        if job in self._mine:
            self._own.journal.settle(job, state, error)
            self._mine.discard(job)
            return
        self._untold[job] = (state, error)
        try:
            self._tell()
        except StoreError as lost:
            self._link.lost(lost)

    def report(
        self, printer: str, state: str, reason: str, holder: str, reading: PaperReading | None = None
    ) -> None:
        """How the printer is."""
        if self._link.ready:
            self._own.journal.report(printer, state, reason, holder, reading)
        if not self._link.cut_off:
            try:
                self._link.ask_site(
                    lambda lobby: lobby.journal.report(printer, state, reason, holder, reading)
                )
            except StoreError as error:
                self._link.lost(error)

    def _tell(self) -> None:
        for job, (state, error) in tuple(self._untold.items()):
            self._link.ask_site(
                lambda lobby, job=job, state=state, error=error: lobby.journal.settle(job, state, error)  # type: ignore[misc]
            )
            del self._untold[job]
