"""One program per printer: whoever holds the kernel's lock on a file prints, the others keep trying quietly."""

from __future__ import annotations

import fcntl
import os
from pathlib import Path


class PrinterLock:
    """An advisory lock that the kernel lets go of when its holder ends, however it ends."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._file: int | None = None

    def acquire(self) -> bool:
        """Take the lock if nobody else has it; never waits."""
        if self._file is not None:
            return True
        self.path.parent.mkdir(parents=True, exist_ok=True)
        file = os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o664)
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(file)
            return False
        self._file = file
        return True

    def release(self) -> None:
        """Let another program print."""
        if self._file is not None:
            os.close(self._file)
            self._file = None
