"""The slip's logo in the printer's own memory: stored once, looked for again after every doubt, else sent as a picture."""

from __future__ import annotations

from dataclasses import replace

from printers.logo import define, fingerprint, forget, stored
from printers.spool.talk import Talk
from printers.supply import Supply
from printers.template import Logo

MOST_WRITES = 3
"""Printers bear some ten writes a day into this memory; a program that needs more than these does without it."""
STORING_SECONDS = 10.0
"""While it stores a picture, a printer answers nothing."""


class StoredLogo:
    """One logo and one printer. What was stored is remembered among the printer's capabilities."""

    def __init__(self, logo: Logo | None, supply: Supply) -> None:
        able = supply.capabilities
        self._logo, self._supply = logo, supply
        # Only where a broken-off command can be cleared: half a picture would swallow the beginning of the next slip.
        self._usable = logo is not None and able.graphics and able.clear
        self._sure = False
        self._writes = 0
        if logo is not None:
            supply.pictures = {fingerprint(logo)[:2]: logo.height}

    @property
    def logo(self) -> Logo | None:
        """The logo as slips print it now."""
        return stored(self._logo) if self._logo is not None and self._usable else self._logo

    def doubt(self) -> None:
        """The printer was away: it may have forgotten, or be another one."""
        self._sure = False

    def ensure(self, talk: Talk) -> bool:
        """See that the printer has the logo. False: it does not keep it, so slips must be composed anew, with the picture.

        Raises: PrinterUnreachable.
        """
        if self._logo is None or not self._usable or self._sure:
            return True
        mark = fingerprint(self._logo)
        known, kept = self._supply.capabilities.logo, talk.pictures()
        if kept is not None and (known != mark or mark[:2] not in kept) and self._writes < MOST_WRITES:
            self._writes += 1
            if known and known[:2] in kept:
                talk.send(forget(known[:2]))
            talk.send(define(self._logo))
            kept, known = talk.pictures(STORING_SECONDS), mark
        self._sure = self._usable = kept is not None and known == mark and mark[:2] in kept
        if self._sure:
            self._supply.remember(replace(self._supply.capabilities, logo=mark))
        return self._usable
