"""How much room is left on a disk."""

from __future__ import annotations

import shutil
from pathlib import Path


def free_megabytes(folder: Path) -> int | None:
    """Return the room beside a folder's files; None when it cannot be looked at, which is told by whoever needs it."""
    try:
        return shutil.disk_usage(folder).free // 1_000_000
    except OSError:
        return None
