"""Tells the journal how the printer is: on every change at once, else as a slow heartbeat."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable

from printers.errors import Trouble
from printers.spool.journal import HEARTBEAT_SECONDS, Journal
from printers.status import is_warning, worst
from printers.supply import Supply

SILENT = frozenset({Trouble.UNREACHABLE, Trouble.UNAVAILABLE, Trouble.MUTE, Trouble.BUSY})


class Reporter:
    """Keeps what was told last, so that an idle printer costs the store one write each quarter of a minute."""

    def __init__(
        self,
        journal: Journal,
        printer: str,
        holder: str,
        supply: Supply | None = None,
        *,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        """`supply` hears what a printer that answers says, and warns by the length that was printed on the roll."""
        self._journal, self._printer, self._holder = journal, printer, holder
        self._supply = supply
        self._monotonic = monotonic
        self._told: tuple[str, str] | None = None
        self._when = 0.0

    def tell(self, troubles: Iterable[Trouble], *, prints: bool = False) -> None:
        """Report the worst of `troubles`. `prints` says that it is known to print all the same (a mute printer)."""
        troubles = frozenset(troubles)
        if self._supply and not troubles & SILENT:
            self._supply.sense(troubles)
        low = self._supply is not None and self._supply.low
        found = worst(troubles) or (Trouble.PAPER_NEAR_END if low else None)
        if found is None:
            state = "ok"
        elif is_warning(found) and (found is not Trouble.MUTE or prints):
            state = "warning"
        else:
            state = "silent" if found in SILENT else "trouble"
        self._report(state, found.value if found else "")

    def _report(self, state: str, reason: str) -> None:
        now = self._monotonic()
        if (state, reason) == self._told and now - self._when < HEARTBEAT_SECONDS:
            return
        self._journal.report(self._printer, state, reason, self._holder)
        self._told, self._when = (state, reason), now
