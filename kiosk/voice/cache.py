"""Sounds that were made once are kept as files, named by what they say, and bounded in size."""

from __future__ import annotations

import logging
import os
from hashlib import blake2b
from pathlib import Path

from kiosk.voice.sound import Sound, read_wav

LIMIT = 64_000_000
"""Bytes that the folder may hold: some 250 calls. The longest unused go first."""

log = logging.getLogger(__name__)


class SoundCache:
    """A folder of WAV files. It may be deleted at any time; several programs may share it."""

    def __init__(self, folder: Path, limit: int = LIMIT) -> None:
        """`limit` is in bytes; nothing is written yet."""
        self._folder = folder
        self._limit = limit

    def find(self, *said: str) -> Path | None:
        """Return the file of what was said before by the same engine, if it is there and whole."""
        path = self._path(said)
        try:
            read_wav(path)
            os.utime(path)
        except (OSError, ValueError):
            return None
        return path

    def keep(self, sound: Sound, *said: str) -> Path:
        """Write a sound and return its file. Raises OSError when the disk is full or read-only."""
        path = self._path(said)
        self._folder.mkdir(parents=True, exist_ok=True)
        unfinished = path.with_suffix(f".{os.getpid()}.part")
        unfinished.write_bytes(sound.wav())
        unfinished.replace(path)
        self._bound(path)
        return path

    def _path(self, said: tuple[str, ...]) -> Path:
        return self._folder / f"{blake2b(chr(0).join(said).encode(), digest_size=12).hexdigest()}.wav"

    def _bound(self, newest: Path) -> None:
        """Delete what was not used for longest until the folder is within its limit."""
        files = [(each.stat(), Path(each.path)) for each in os.scandir(self._folder) if each.is_file()]
        size = sum(stat.st_size for stat, _ in files)
        for stat, path in sorted(files, key=lambda each: each[0].st_mtime_ns):
            if size <= self._limit:
                return
            if path != newest:
                path.unlink(missing_ok=True)
                size -= stat.st_size
