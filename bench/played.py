"""A `kiosk` program that lives in played time: `python -m bench.played CLOCK command …`.

The clock is a file that somebody else moves. All but the clock is the program itself, so that a month passes in minutes.
"""

from __future__ import annotations

import mmap
import struct
import sys
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

import kiosk.wiring
from kiosk.cli import build

_SINCE = datetime(1970, 1, 1, tzinfo=UTC)
_SHAPE = struct.Struct("<q")
STANDS = 0.01
"""Seconds that a call stands on the board at the least: four of played time would last as long as a thousand others."""


class SharedClock:
    """Microseconds in eight bytes of a file that several processes have in memory."""

    def __init__(self, path: Path) -> None:
        with path.open("r+b") as file:
            self._bytes = mmap.mmap(file.fileno(), _SHAPE.size)

    @classmethod
    def made(cls, path: Path, begin: datetime) -> SharedClock:
        """A new clock that stands at `begin`."""
        path.write_bytes(bytes(_SHAPE.size))
        clock = cls(path)
        clock.set(begin)
        return clock

    def __call__(self) -> datetime:
        """Return the moment."""
        return _SINCE + timedelta(microseconds=_SHAPE.unpack_from(self._bytes)[0])

    def set(self, moment: datetime) -> None:
        """Go to a moment, for all who look."""
        _SHAPE.pack_into(self._bytes, 0, (moment - _SINCE) // timedelta(microseconds=1))

    def forward(self, **by: float) -> datetime:
        """Move on, such as by `seconds=5`."""
        moment = self() + timedelta(**by)
        self.set(moment)
        return moment


def main() -> None:
    """Run the command that follows the clock's path."""
    clock = SharedClock(Path(sys.argv.pop(1)))
    kiosk.wiring.now = clock
    setattr(kiosk.wiring, "passed_seconds", lambda: clock().timestamp())  # noqa: B010 - what it imports, it does not export
    if "board" in sys.argv:
        from kiosk import board

        setattr(board, "BoardApp", partial(board.BoardApp, hold=STANDS))  # noqa: B010 - a class of theirs, and ours
    build()()


if __name__ == "__main__":
    main()
