"""A store that was set back says so, and gives no number out a second time: a torn log, a file from before, none at all."""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from queue_core import Lobby, Store, open_store
from queue_core.alerts import alerts
from queue_core.errors import StoreDamaged, StoreUnreachable
from queue_core.ids import NewId, RandomBytes
from queue_core.settings import Catalogue
from queue_core.store.highwater import HighWater, Reached
from tests.support.house import SITE, Clock, Requests

Open = Callable[[], Lobby]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where the store of these tests lies; the file with the newest schema lies one up."""
    (tmp_path / "var").mkdir()
    return tmp_path / "var"


@pytest.fixture
def start(
    folder: Path, sqlite_url: str, clock: Clock, new_id: NewId, random_bytes: RandomBytes
) -> Iterator[Open]:
    """Starts a program on the file in the folder."""
    shutil.copy(folder.parent / "kiosk.db", folder)
    opened: list[Store] = []

    def start() -> Lobby:
        opened.append(open_store("sqlite:///kiosk.db", base=folder))
        return Lobby(opened[-1], SITE, clock=clock, new_id=new_id, random_bytes=random_bytes)

    yield start
    for store in opened:
        store.close()


def as_after_a_power_cut(folder: Path, harm: Callable[[Path], None]) -> Path:
    """The files as they are while a program has them open, in another folder, with harm done to the log."""
    after = folder.with_name("after")
    shutil.copytree(folder, after)
    (after / "kiosk.db-shm").unlink()
    harm(after / "kiosk.db-wal")
    return after


def cut_in_half(log: Path) -> None:
    os.truncate(log, log.stat().st_size // 2)


def garble_the_end(log: Path) -> None:
    with log.open("r+b") as file:
        file.seek(-2000, os.SEEK_END)
        file.write(b"\xff" * 16)


@pytest.mark.parametrize("harm", [cut_in_half, garble_the_end, Path.unlink])
def test_what_a_torn_log_has_lost_is_told_and_no_number_comes_twice(
    start: Open,
    folder: Path,
    catalogue: Catalogue,
    ask: Requests,
    clock: Clock,
    new_id: NewId,
    random_bytes: RandomBytes,
    harm: Callable[[Path], None],
) -> None:
    lobby = start()
    lobby.apply_catalogue(catalogue)
    lobby._store.close()  # the catalogue is in the file, what follows in the log
    lobby = start()
    given = {lobby.issue("DK.ktp", request_id=ask()).ticket.label for _ in range(6)}
    after = as_after_a_power_cut(folder, harm)

    store = open_store("sqlite:///kiosk.db", base=after)
    again = Lobby(store, SITE, clock=clock, new_id=new_id, random_bytes=random_bytes)
    new = again.issue("DK.ktp", request_id=ask()).ticket.label
    assert (new, new in given) == ("DK E2-001", False)
    (told,) = [event for event in again.events_after(0) if event.kind == "changes_lost"]
    kept = sum(event.kind == "issued" and " 0" in event.label for event in again.events_after(0))
    assert told.data["lost"] == 6 - kept > 0
    assert [(each.kind, each.subject) for each in alerts(again.queues())] == [("set_back", "E2")]
    assert again.issue("DK.ktp", request_id=ask()).ticket.label == "DK E2-002"  # told once
    assert (store.flaws(), again.flaws()) == ([], ())
    clock.forward(days=1)
    assert again.issue("DK.ktp", request_id=ask()).ticket.label == "DK 001"
    assert alerts(again.queues()) == ()
    store.close()


def test_a_log_that_is_torn_twice_on_one_day_begins_two_series(
    start: Open, folder: Path, catalogue: Catalogue, ask: Requests
) -> None:
    lobby = start()
    lobby.apply_catalogue(catalogue)
    lobby._store.close()
    shutil.copy(folder / "kiosk.db", folder / "before")
    labels = []
    for _ in range(3):
        lobby = start()
        labels.append(lobby.issue("DK.ktp", request_id=ask()).ticket.label)
        lobby._store.close()
        shutil.copy(folder / "before", folder / "kiosk.db")
    assert labels == ["DK 001", "DK E2-001", "DK E3-001"]


def test_a_store_that_vanished_and_is_made_anew_does_not_begin_at_one_again(
    start: Open, folder: Path, catalogue: Catalogue, ask: Requests
) -> None:
    lobby = start()
    lobby.apply_catalogue(catalogue)
    lobby.issue("DK.ktp", request_id=ask())
    lobby._store.close()
    (folder / "kiosk.db").unlink()
    lobby = start()
    lobby._store.create()
    lobby.apply_catalogue(catalogue)
    assert lobby.issue("DK.ktp", request_id=ask()).ticket.label == "DK E2-001"


def test_a_file_that_is_deleted_or_replaced_while_programs_run_takes_no_number_with_it(
    start: Open, folder: Path, catalogue: Catalogue, ask: Requests
) -> None:
    lobby, store = start(), folder / "kiosk.db"
    lobby.apply_catalogue(catalogue)
    labels = [lobby.issue("DK.ktp", request_id=ask()).ticket.label]
    lobby.board()
    store.rename(folder / "away")
    request = ask()
    for do in (lobby.board, lambda: lobby.issue("DK.ktp", request_id=request)):
        with pytest.raises(StoreUnreachable, match="not there any more"):
            do()
    (folder / "away").rename(store)  # it is back, and nothing had to be done
    labels.append(lobby.issue("DK.ktp", request_id=request).ticket.label)
    with closing(sqlite3.connect(store)) as live, closing(sqlite3.connect(folder / "other")) as other:
        live.backup(other)
    (folder / "other").replace(store)  # as a copy that is put in by hand
    labels.append(lobby.issue("DK.ktp", request_id=ask()).ticket.label)
    assert labels == ["DK 001", "DK 002", "DK 003"]
    assert [start().find(label).label for label in labels] == labels
    assert (lobby._store.flaws(), lobby.flaws()) == ([], ())


def test_what_was_lost_of_an_earlier_day_is_told_and_todays_numbers_are_plain(
    start: Open, folder: Path, catalogue: Catalogue, ask: Requests, clock: Clock
) -> None:
    lobby = start()
    lobby.apply_catalogue(catalogue)
    lobby._store.close()
    shutil.copy(folder / "kiosk.db", folder / "before")
    lobby = start()
    lobby.issue("DK.ktp", request_id=ask())
    lobby._store.close()
    (folder / "before").replace(folder / "kiosk.db")
    clock.forward(days=1)
    lobby = start()
    assert lobby.issue("DK.ktp", request_id=ask()).ticket.label == "DK 001"
    assert [event.data["lost"] for event in lobby.events_after(0) if event.kind == "changes_lost"] == [1]
    assert lobby.flaws() == ()


def test_a_program_that_dies_before_its_note_raises_no_alarm_and_a_garbled_note_is_none(
    start: Open, folder: Path, catalogue: Catalogue, ask: Requests
) -> None:
    lobby = start()
    lobby.apply_catalogue(catalogue)
    lobby.issue("DK.ktp", request_id=ask())
    note = (folder / "kiosk.db.lock").read_bytes()
    lobby.issue("DK.ktp", request_id=ask())
    for kept in (note, note[:-1] + bytes([note[-1] ^ 1]), b"\xff" * 40, b""):
        (folder / "kiosk.db.lock").write_bytes(kept)
        assert " E" not in lobby.issue("DK.ktp", request_id=ask()).ticket.label


def test_each_site_has_a_note_of_its_own_that_every_program_reads(tmp_path: Path) -> None:
    file = os.open(tmp_path / "lock", os.O_RDWR | os.O_CREAT)
    one, other = HighWater(file), HighWater(file)
    day = date(2026, 11, 24)
    assert one.of("aula") is None
    one.note("aula", Reached(3, day, 1))
    other.note("saboak", Reached(9, day, 1))
    one.note("aula", Reached(4, day, 1))
    for each in (one, other, HighWater(file)):
        assert (each.of("aula"), each.of("saboak"), each.of("none")) == (
            Reached(4, day, 1),
            Reached(9, day, 1),
            None,
        )
    os.close(file)


def test_a_copy_that_is_half_put_back_is_no_reason_for_an_empty_store(tmp_path: Path) -> None:
    (tmp_path / "kiosk.db.restoring").touch()
    store = open_store("sqlite:///kiosk.db", base=tmp_path)
    for act in (store.check, store.create):
        with pytest.raises(StoreDamaged, match="cut off"):
            act()
    assert not store.path.exists()
