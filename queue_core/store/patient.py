"""A connection to PostgreSQL that waits for each answer only so long. Imported when there is such a store, never before."""

from __future__ import annotations

from collections.abc import Generator
from typing import Any

import psycopg

from queue_core.store.postgres import ANSWER_SECONDS


class PatientConnection(psycopg.Connection[Any]):
    """A connection that is given up when the server falls silent.

    The kernel's own limits do not see a server that was halted, nor a relay on the way that still acknowledges what it no
    longer passes on; without this a screen would wait for ever.
    """

    longest: float = ANSWER_SECONDS
    """Seconds that a statement within a transaction may take; one by itself is a question that needs no lock."""

    def wait(self, gen: Generator[Any, Any, Any], interval: float = 0.1, timeout: float | None = None) -> Any:
        """Wait as psycopg does. Raises OperationalError, and gives the connection up, when the answer does not come."""
        if timeout is not None:
            return super().wait(gen, interval, timeout)
        patience: float = ANSWER_SECONDS if self.autocommit else self.longest
        try:
            return super().wait(gen, interval, patience)
        except psycopg.errors._WaitTimeout as error:  # noqa: SLF001 - has no public name
            self.pgconn.finish()
            silent = f"the server has not answered for {patience:g} seconds"
            raise psycopg.OperationalError(silent) from error
