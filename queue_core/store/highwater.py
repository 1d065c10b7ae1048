"""How far each site of a SQLite file had come: noted beside it, so that a file that was set back is noticed.

SQLite drops the torn end of a write-ahead log without a word and goes on from the whole transactions before it
(sqlite.org/walformat.html, section 4.4). It has no way to know that there were more, and the numbers in the lost ones
would be given out again. The note lies in the lock file, which every program has open and only the one whose turn it is
writes. It is not forced to the disk: that would cost as much as the commit. So it knows of all that was lost while the
machine ran on, and after a power cut of what the disk had time to keep.
"""

from __future__ import annotations

import logging
import os
import struct
import zlib
from dataclasses import dataclass
from datetime import date
from functools import cache
from hashlib import blake2b

_log = logging.getLogger(__name__)

_RECORD = struct.Struct(">16sQIII")
"""A site's digest, the number of its newest event, the business day as an ordinal, the epoch, and the sum that proves the rest."""
_MOST = 256
"""Sites in one file."""


@dataclass(frozen=True, slots=True)
class Reached:
    """The newest event that was committed, the business day it belongs to, and how often the site had been set back by then."""

    seq: int
    day: date
    epoch: int


class HighWater:
    """The notes in one open file. Whoever calls has the turn."""

    def __init__(self, file: int) -> None:
        self._file = file
        self._places: dict[str, int] = {}

    def of(self, site: str) -> Reached | None:
        """Return how far a site had come; None when nothing is known, or the note itself is damaged."""
        place = self._place(site)
        record = os.pread(self._file, _RECORD.size, place)
        if len(record) < _RECORD.size:
            return None
        digest, seq, day, epoch, proof = _RECORD.unpack(record)
        if digest != _digest(site) or proof != zlib.crc32(record[:-4]) or not day:
            return None
        return Reached(seq, date.fromordinal(day), epoch)

    def note(self, site: str, reached: Reached) -> None:
        """Note how far a site has come. A note that cannot be written is missed one day, not now."""
        record = _RECORD.pack(_digest(site), reached.seq, reached.day.toordinal(), reached.epoch, 0)
        record = record[:-4] + struct.pack(">I", zlib.crc32(record[:-4]))
        try:
            os.pwrite(self._file, record, self._place(site))
        except OSError:
            _log.warning("cannot note how far %s has come", site, exc_info=True)

    def _place(self, site: str) -> int:
        """Return where a site's note lies; a new one lies after all others."""
        place = self._places.get(site)
        if place is None:
            kept = os.pread(self._file, _RECORD.size * _MOST, 0)
            digests = [kept[at : at + 16] for at in range(0, len(kept), _RECORD.size)]
            at = digests.index(_digest(site)) if _digest(site) in digests else len(digests)
            place = at * _RECORD.size
            if at < len(digests):  # else another program may take this place first
                self._places[site] = place
        return place


@cache
def _digest(site: str) -> bytes:
    return blake2b(site.encode(), digest_size=16).digest()
