"""Is the SQLite file that is open still the one of that name? What is written to one that was deleted or replaced is lost."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

from queue_core.errors import StoreUnreachable


class SameFile:
    """Looks at a file's name before each transaction: two microseconds."""

    def __init__(self, path: Path, let_go: Callable[[], None]) -> None:
        """Know no file yet; `let_go` closes all that has the former one open."""
        self._path = path
        self._let_go = let_go
        self._known: tuple[int, int] | None = None

    def prove(self) -> None:
        """Let go of a file that another has replaced. Raises StoreUnreachable while there is none of that name any more."""
        found = self._found()
        if found == self._known:
            return
        if self._known is not None:
            if found is None:
                raise StoreUnreachable(detail=f"{self._path} is not there any more")
            self._let_go()
        self._known = found

    def _found(self) -> tuple[int, int] | None:
        try:
            status = os.stat(self._path)  # noqa: PTH116 - half the time of Path.stat
        except OSError:  # not there, or not to be seen: opening it will tell
            return None
        return status.st_dev, status.st_ino
