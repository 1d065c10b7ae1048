"""Printing on a printer that can be asked: nothing lost, nothing doubled, as far as the printer can prove it.

The journal is told before anything can happen on paper, so that after a crash at any instant the next program knows
at least as much as it needs: `sending` before the first byte, `stub` before a torn piece is voided (voiding cuts too, and a
verdict reached after that cut would be wrong), the final state only on the printer's word.
"""

from __future__ import annotations

import time
import zlib
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from enum import Enum, auto

from printers.capabilities import Capabilities
from printers.device import Device
from printers.errors import PrinterUnreachable, Trouble
from printers.spool.journal import Job, JobState, Journal
from printers.spool.reporter import Reporter
from printers.spool.stored_logo import StoredLogo
from printers.spool.talk import ANSWER_SECONDS, CUT_OFF, SENSOR, Connection, Talk, process_mark
from printers.status import Kind, Reply, is_warning

PATIENCE_SECONDS = 10.0
"""How long a printer that is well may take to confirm a slip; the longest takes two seconds to print."""
SILENCES_TO_BE_MUTE = 3
"""A printer that is booting is silent for a while; one that never speaks is mute."""
MOST_TRIES = 10
"""So often an answer that the printer can give is waited for before the question goes to people."""
IN_DOUBT = frozenset({JobState.SENDING, JobState.STUB})


class _Verdict(Enum):
    """What is known of a job in doubt."""

    SETTLED = auto()  # the journal knows what became of it
    TORN = auto()  # it has not been cut off: void what hangs there and print it
    LATER = auto()  # the printer does not answer now


class Prover:
    """Delivers one job at a time over a device with a way back."""

    def __init__(  # noqa: PLR0913  # only the Spool builds one
        self,
        device: Device,
        journal: Journal,
        reporter: Reporter,
        *,
        void: bytes,
        capabilities: Capabilities,
        stopping: Callable[[], bool],
        count: Callable[[bytes], None],
        logo: StoredLogo | None = None,
    ) -> None:
        """`count` hears of all that is sent to be printed; `logo` is seen to before each slip."""
        self._device, self._journal, self._reporter = device, journal, reporter
        self._void_slip = void
        self.capabilities = capabilities
        self._stopping, self._count, self._logo = stopping, count, logo
        self._silences = 0
        self._kept_back: Counter[str] = Counter()
        self._confirms = False  # it has confirmed a slip before: from now on its silence is a doubt
        self.patience = PATIENCE_SECONDS
        self.answer_seconds = ANSWER_SECONDS

    def look(self) -> None:
        """Ask how the printer is, and report it. Raises: PrinterUnreachable."""
        with self._connection() as talk:
            self._ready(talk)

    def doubt(self) -> None:
        """The printer was away, or is silent."""
        if self._logo:
            self._logo.doubt()

    def deliver(self, job: Job, payload: bytes, *, stale: bool) -> bool:
        """Bring a job one step on; True when it can be taken further at once. Raises: PrinterUnreachable."""
        with self._connection() as talk:
            cleared = self._cleared(talk) if self._ready(talk) else None
            if cleared is None:
                return False
            if self._logo and not self._logo.ensure(talk) and job.payload is None:
                return True
            if job.state == JobState.SENDING:
                verdict = self._judge(talk, job, cleared=cleared)
                if verdict is not _Verdict.TORN:
                    return verdict is _Verdict.SETTLED
            if job.state in IN_DOUBT and not self._processed(talk, self._void_slip):
                return False
            if stale:
                self._journal.settle(job.id, JobState.STALE)
                return True
            count = talk.cut_count() if self.capabilities.cut_counter else None
            if self.capabilities.cut_counter and not self._go_on("count", answered=count is not None):
                return False
            self._journal.sending(job.id, payload, count)
            return self._print(talk, job, payload)

    def _cleared(self, talk: Talk) -> bool | None:
        """Whether the printer's buffer is certainly empty; None: ask again later.

        Also before a new job: half a command of a broken connection would swallow the beginning of the slip.
        """
        if not self.capabilities.clear:
            return False
        cleared = talk.clear()
        return cleared if self._go_on("clear", answered=cleared) else None

    def _go_on(self, question: str, *, answered: bool) -> bool:
        """Whether to go on: with an answer, or without one once the printer has kept this one back again and again."""
        self._kept_back[question] = 0 if answered else self._kept_back[question] + 1
        return answered or self._kept_back[question] > MOST_TRIES

    def _connection(self) -> Connection:
        return Connection(self._device, answer_seconds=self.answer_seconds)

    def _ready(self, talk: Talk) -> bool:
        """Whether it would print now; reports how it is."""
        troubles = talk.troubles()
        if Trouble.MUTE in troubles:
            self.doubt()
            self._silences += 1
            mute = self.capabilities.status is None and self._silences >= SILENCES_TO_BE_MUTE
            if mute:
                self.capabilities = Capabilities(status=False)
            self._reporter.tell(troubles, prints=self.capabilities.status is False)
            return self.capabilities.status is False
        if not self.capabilities.status:
            self.capabilities = replace(self.capabilities, status=True)
        self._reporter.tell(troubles)
        return all(map(is_warning, troubles))

    def _judge(self, talk: Talk, job: Job, *, cleared: bool) -> _Verdict:
        """What became of a job whose end nobody saw."""
        provable = cleared and self.capabilities.cut_counter and job.cut_counter is not None
        count = talk.cut_count() if provable else None
        if provable and not self._go_on("count", answered=count is not None):
            return _Verdict.LATER
        if count is None:
            if not self._processed(talk, bytes(len(job.payload or b"")) + CUT_OFF):
                return _Verdict.LATER
            self._journal.settle(job.id, JobState.ASKING)
            return _Verdict.SETTLED
        cut = count != job.cut_counter
        self._journal.settle(job.id, JobState.PRINTED if cut else JobState.STUB)
        return _Verdict.SETTLED if cut else _Verdict.TORN

    def _print(self, talk: Talk, job: Job, payload: bytes) -> bool:
        if not self._processed(talk, payload):
            return False  # in doubt: the next look settles it
        self._journal.settle(job.id, JobState.PRINTED if self.capabilities.process_id else JobState.SENT)
        return True

    def _processed(self, talk: Talk, data: bytes) -> bool:
        """Send, and have it confirmed as well as this printer can; False leaves a doubt."""
        proves = self.capabilities.process_id
        self._count(data)
        if not self.capabilities.status:
            talk.send(data)
            return True
        if self._confirmed(talk, data, _new_mark() if proves else b""):
            self._confirms = True
            return True
        return not (proves or self._confirms or self._stopping())

    def _confirmed(self, talk: Talk, data: bytes, mark: bytes) -> bool:
        """Send, and wait for the printer's word. While it has a trouble that people can mend, wait on."""
        talk.send(data + (process_mark(mark) if mark else SENSOR))
        wanted = _is_mark(mark) if mark else _is_sensor
        well_since = time.monotonic()
        while not self._stopping():
            if talk.hear(wanted, self.answer_seconds):
                return True
            troubles = talk.troubles()
            self._reporter.tell(troubles)
            if Trouble.MUTE in troubles or all(map(is_warning, troubles)):
                if time.monotonic() - well_since > self.patience:
                    break
            else:
                well_since = time.monotonic()
        return False


def _is_mark(mark: bytes) -> Callable[[Reply], bool]:
    return lambda reply: reply.kind is Kind.PROCESS_ID and reply.data == mark


def _is_sensor(reply: Reply) -> bool:
    return reply.kind is Kind.SENSOR


def _new_mark() -> bytes:
    """Four printable characters, different for each try, so that no late answer to an older one counts."""
    number = zlib.crc32(str(time.monotonic_ns()).encode())
    return bytes(32 + number // 95**place % 95 for place in range(4))


__all__ = ["IN_DOUBT", "PATIENCE_SECONDS", "PrinterUnreachable", "Prover"]
