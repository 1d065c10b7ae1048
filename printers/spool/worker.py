"""The worker: takes the next job, has it printed, settles it. One for each printer, on its own thread or by hand."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from pathlib import Path

from printers.capabilities import Capabilities
from printers.device import Device, Feedback
from printers.errors import CannotCompose, PrinterError, Trouble, UnknownCommand
from printers.spool.journal import Job, JobState, Journal
from printers.spool.lock import PrinterLock
from printers.spool.proof import IN_DOUBT, Prover
from printers.spool.reporter import Reporter
from printers.spool.stored_logo import StoredLogo
from printers.supply import Supply

Compose = Callable[[Job], bytes]
"""The job's frozen facts become bytes. Raises: CannotCompose."""
LOOK_SECONDS = 1.0
STALE_SECONDS = 600.0
VOID = b"\x1b@\x1ba\x01\x1d!\x11* BATAL / VOID *\n\x1dVB\x00"
log = logging.getLogger(__name__)


class Spool:
    """Prints a printer's jobs in order, as long as this program holds the printer's lock."""

    def __init__(  # noqa: PLR0913  # the composition root joins all of this once
        self,
        device: Device,
        journal: Journal,
        compose: Compose,
        *,
        printer: str,
        lock_path: Path,
        holder: str = "",
        void: bytes = VOID,
        capabilities: Capabilities | None = None,
        supply: Supply | None = None,
        logo: StoredLogo | None = None,
    ) -> None:
        """Join the parts.

        `printer` names it in the journal, `holder` this program; `void` is printed over a torn slip. `supply` counts the
        paper and knows what the printer can prove, unless `capabilities` say so. `logo` is the one that the printer stores.
        """
        self._device, self._journal, self._compose = device, journal, compose
        self._printer = printer
        self._lock = PrinterLock(lock_path)
        self._supply = supply
        self._reporter = Reporter(journal, printer, holder, supply)
        self._stop, self._wake = threading.Event(), threading.Event()
        self._thread: threading.Thread | None = None
        self.prover = Prover(
            device,
            journal,
            self._reporter,
            void=void,
            capabilities=capabilities or (supply.capabilities if supply else Capabilities()),
            count=self._count,
            stopping=self._stop.is_set,
            logo=logo,
        )

    # ------------------------------------------------------------------ by hand
    def run_once(self) -> bool:
        """Take the next job one step on. True when there may be more to do at once.

        False: nothing to do, another program holds the printer, or the printer cannot print now (reported).
        """
        if not self._lock.acquire():
            return False
        job = self._journal.next_job(self._printer)
        try:
            if job is None:
                self._look()
                return False
            return self._take(job)
        except PrinterError as error:
            log.info("%s: %s", self._device.name, error)
            self.prover.doubt()
            self._reporter.tell([error.trouble])
            return False

    def drain(self, limit_seconds: float) -> int:
        """Print what waits until there is nothing more to do or the time is over; return how many jobs moved.

        For a command that prints its own job when no other program holds the printer. Lets go of the printer.
        """
        deadline = time.monotonic() + limit_seconds
        moved = 0
        try:
            while time.monotonic() < deadline and self.run_once():
                moved += 1
        finally:
            self._lock.release()
        return moved

    # ------------------------------------------------------------------ on a thread
    def start(self) -> None:
        """Print from now on, on a thread of its own."""
        self._stop.clear()
        self._thread = threading.Thread(target=self._run, name=f"spool-{self._printer}", daemon=True)
        self._thread.start()

    def wake(self) -> None:
        """There may be work: look now."""
        self._wake.set()

    def stop(self, limit_seconds: float = 10.0) -> None:
        """End the thread and let go of the printer. A slip under way stays in doubt and is settled by who comes next."""
        self._stop.set()
        self._wake.set()
        if self._thread:
            self._thread.join(limit_seconds)
            self._thread = None

    def _run(self) -> None:
        try:
            while not self._stop.is_set():
                self._wake.clear()
                try:
                    moved = self.run_once()
                except Exception:
                    # The store may be busy or away; a worker that dies would leave every later slip unprinted.
                    log.exception("printer %s: the spool goes on after this", self._printer)
                    moved = False
                if not moved:
                    self._wake.wait(LOOK_SECONDS)
        finally:
            self._lock.release()

    # ------------------------------------------------------------------ one job
    def _take(self, job: Job) -> bool:
        stale = job.age_seconds > STALE_SECONDS
        if stale and job.state not in IN_DOUBT:
            self._journal.settle(job.id, JobState.STALE)
            return True
        try:
            payload = job.payload or self._compose(job)
            if self._device.feedback is Feedback.STATUS:
                return self.prover.deliver(job, payload, stale=stale)
            return self._hand_over(job, payload)
        except (CannotCompose, UnknownCommand) as error:
            self._journal.settle(job.id, JobState.FAILED, str(error))
            return True

    def _hand_over(self, job: Job, payload: bytes) -> bool:
        """Print where nothing can be asked. A picture is simply drawn again; paper that may be out is asked about."""
        drawn = self._device.feedback is Feedback.DRAWN
        if job.state in IN_DOUBT and not drawn:
            self._journal.settle(job.id, JobState.ASKING)
            return True
        self._device.open()
        try:
            self._journal.sending(job.id, payload, None)
            self._device.send(payload)
            self._count(payload)
        finally:
            self._device.close()
        self._journal.settle(job.id, JobState.PRINTED if drawn else JobState.SENT)
        self._tell_unasked()
        return True

    def _count(self, data: bytes) -> None:
        if self._supply:
            self._supply.count(data)

    def _look(self) -> None:
        """Nothing to print: see how the printer is."""
        if self._device.feedback is Feedback.STATUS:
            self.prover.look()
            return
        self._device.open()
        self._device.close()
        self._tell_unasked()

    def _tell_unasked(self) -> None:
        """How a device is that takes bytes and says nothing of paper: well when it draws, else mute."""
        drawn = self._device.feedback is Feedback.DRAWN
        self._reporter.tell([] if drawn else [Trouble.MUTE], prints=True)
