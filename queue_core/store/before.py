"""How far the sites of a store had come in whose place a copy is put: what it gave out must not begin again.

Three places know it, and each may be lost: the rows of that store, the note beside a SQLite file (see highwater), and a
list beside the copy, of what followed each time that a copy from that folder was put back.
"""

from __future__ import annotations

import json
import logging
import os
import sqlite3
from collections.abc import Iterable, Mapping
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, text

from queue_core.store.highwater import HighWater, Reached

_log = logging.getLogger(__name__)

Before = Mapping[str, Reached]
"""By site."""
LIST = "put-back.jsonl"
_ROWS = "SELECT site_id, event_seq, epoch FROM site"


def of_rows(connection: Connection) -> dict[str, Reached]:
    """Return what the rows of an open store tell."""
    return _reached(connection.execute(text(_ROWS)))


def of_file(path: Path, sites: Iterable[str]) -> dict[str, Reached]:
    """Return what a SQLite file and the note beside it still tell of these sites, whatever state they are in."""
    found: dict[str, Reached] = {}
    try:
        with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as file:
            found = _reached(file.execute(_ROWS))
    except sqlite3.Error as error:
        _log.info("%s does not tell how far it had come: %s", path, error)
    return farther(found, _noted(path.with_name(f"{path.name}.lock"), sites))


def of_list(folder: Path) -> dict[str, Reached]:
    """Return what was written down when copies of this folder were put back before."""
    found: dict[str, Reached] = {}
    try:
        lines = (folder / LIST).read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return found
    for line in lines:
        try:
            told = json.loads(line)
            found = farther(found, _reached([(told["site"], told["seq"], told["epoch"])]))
        except (ValueError, LookupError, TypeError):
            _log.warning("a line of %s cannot be read", folder / LIST)
    return found


def write_down(folder: Path, copy: str, sites: Before) -> None:
    """Add to the list what follows now. A folder that cannot be written, such as one on a read-only stick, is no obstacle."""
    lines = [
        json.dumps({"site": site, "seq": each.seq, "epoch": each.epoch, "copy": copy})
        for site, each in sites.items()
    ]
    try:
        with (folder / LIST).open("a", encoding="utf-8") as file:
            file.writelines(f"{line}\n" for line in lines)
            file.flush()
            os.fsync(file.fileno())
    except OSError:
        _log.warning("cannot write down that %s was put back", copy, exc_info=True)


def farther(one: Before, other: Before) -> dict[str, Reached]:
    """Return the farthest that either tells of each site."""
    both = {**other, **one}
    for site in one.keys() & other.keys():
        a, b = one[site], other[site]
        both[site] = Reached(max(a.seq, b.seq), max(a.day, b.day), max(a.epoch, b.epoch))
    return both


def _reached(rows: Iterable[Any]) -> dict[str, Reached]:
    return {str(site): Reached(int(seq), date.min, int(epoch)) for site, seq, epoch in rows}


def _noted(lock: Path, sites: Iterable[str]) -> dict[str, Reached]:
    try:
        file = os.open(lock, os.O_RDONLY | os.O_CLOEXEC)
    except OSError:
        return {}
    try:
        notes = HighWater(file)
        return {site: noted for site in sites if (noted := notes.of(site)) is not None}
    finally:
        os.close(file)
