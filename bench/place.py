"""A folder with the sample catalogue and a store of its own, made anew for each measure."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from kiosk.settings import Settings, load, sample_path
from kiosk.shared.place import Place
from kiosk.wiring import House, build_house, make_if_absent
from queue_core import Actor, Lobby

ROOT = Path(__file__).parent.parent
KIOSK = (sys.executable, "-m", "kiosk")


@contextmanager
def prepared_folder() -> Iterator[Path]:
    """A folder as `kiosk init` leaves it."""
    with TemporaryDirectory(prefix="bench-", dir=disk()) as name:
        folder = Path(name)
        shutil.copy(sample_path(), folder / "config.toml")
        subprocess.run([*KIOSK, "init"], cwd=folder, check=True, capture_output=True)
        yield folder


@contextmanager
def prepared_lobby() -> Iterator[tuple[Lobby, House, Settings]]:
    """A Lobby on a fresh SQLite store of the sample's first site."""
    with TemporaryDirectory(prefix="bench-", dir=disk()) as name:
        settings = load(sample_path(), {})
        house = build_house(settings, Place(sample_path(), Path(name)))
        make_if_absent(house, settings, Actor(machine="K1"))
        try:
            yield house.lobby(settings.site[0].id), house, settings
        finally:
            house.store.close()


def disk() -> Path:
    """Beside the source tree, not in a temporary folder: that may be memory, where nothing is ever synced."""
    folder = ROOT / "var"
    folder.mkdir(exist_ok=True)
    return folder
