"""A print queue of CUPS, through its `lp` command: the queue keeps the paper's promise from there on, not we."""

from __future__ import annotations

import os
import subprocess
import time

from printers.device.base import Feedback
from printers.errors import PrinterBusy, PrinterUnreachable, TransportUnavailable

LOOK_SECONDS = 0.9
"""How long an answer of `lpstat` is believed: asking starts a program, so no slip asks twice; each look does."""
MISSING = "CUPS queues need the lp command: apt install cups-client"


class CupsDevice:
    """Hands raw bytes to a queue; says no more than that CUPS took them (it may print late, again, or never)."""

    def __init__(self, queue: str, *, timeout: float) -> None:
        self._queue, self._timeout = queue, timeout
        self._looked: float | None = None
        self.name = f"cups {queue}"
        self.feedback = Feedback.NONE

    def open(self) -> None:
        """See that the queue is there and enabled. Raises: PrinterUnreachable, TransportUnavailable."""
        if self._looked is not None and time.monotonic() - self._looked < LOOK_SECONDS:
            return
        self._looked = None
        said = self._run(["lpstat", "-p", self._queue])
        if " disabled " in said:
            message = f"{self.name} is disabled: {' '.join(said.split())}"
            raise PrinterUnreachable(message)
        self._looked = time.monotonic()

    def send(self, data: bytes) -> None:
        """Raises: PrinterBusy when CUPS takes too long, PrinterUnreachable when it refuses."""
        self._run(["lp", "-s", "-d", self._queue, "-o", "raw"], data)

    def read(self, timeout: float) -> bytes:  # noqa: ARG002  # a queue says nothing of paper
        """Nothing."""
        return b""

    def close(self) -> None:
        """Nothing to let go."""

    def _run(self, command: list[str], data: bytes = b"") -> str:
        try:
            done = subprocess.run(
                command,
                input=data,
                capture_output=True,
                timeout=self._timeout,
                check=True,
                env={**os.environ, "LC_ALL": "C"},
            )
        except FileNotFoundError as error:
            raise TransportUnavailable(MISSING, "cups") from error
        except subprocess.TimeoutExpired as error:
            message = f"{self.name}: {command[0]} takes too long"
            raise PrinterBusy(message) from error
        except subprocess.CalledProcessError as error:
            message = f"{self.name}: {error.stderr.decode(errors='replace').strip()}"
            raise PrinterUnreachable(message) from error
        return done.stdout.decode(errors="replace")
