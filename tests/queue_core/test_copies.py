"""Copies of the store: proved before they count, put back without giving a number out twice."""

from __future__ import annotations

import fcntl
import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from queue_core import Lobby, Store, forget_old_copies, make_copy, open_store, put_back, site_ids
from queue_core.errors import (
    CopyFailed,
    StoreBusy,
    StoreDamaged,
    StoreFull,
    StoreInUse,
    StoreNewer,
    StoreUnreachable,
)
from queue_core.ids import NewId, RandomBytes
from queue_core.settings import Catalogue
from queue_core.store import sqlite
from queue_core.store.before import Before
from tests.support.crowd import lobby_of
from tests.support.house import MORNING, SITE, Clock, Requests


@pytest.fixture
def copies(tmp_path: Path) -> Path:
    """Where copies lie."""
    return tmp_path / "copies"


@pytest.fixture
def reopened(
    store: Store, lobby: Lobby, clock: Clock, new_id: NewId, random_bytes: RandomBytes
) -> Iterator[Lobby]:
    """The way in to what was put back, for a program that starts afterwards."""
    again = open_store(store.url.render_as_string(hide_password=False), base=Path("/"))
    yield Lobby(again, SITE, clock=clock, new_id=new_id, random_bytes=random_bytes)
    again.close()


def restored(store: Store, path: Path, lobby_of: Lobby) -> Path | None:
    """Put a copy back as `kiosk restore-copy` does."""
    store.close()

    def prepare(fresh: Store, before: Before) -> None:
        for site in site_ids(fresh):
            Lobby(
                fresh,
                site,
                clock=lobby_of._clock,
                new_id=lobby_of._new_id,
                random_bytes=lobby_of._random_bytes,
            ).begin_epoch(reached=before.get(site))

    return put_back(store, path, MORNING, prepare)


@contextmanager
def in_another_process(path: Path) -> Iterator[None]:
    """Somebody else has the file open, and has read from it."""
    script = (
        "import sqlite3, sys; c = sqlite3.connect(sys.argv[1]);"
        "c.execute('SELECT * FROM site').fetchall(); print('open', flush=True); sys.stdin.read()"
    )
    command = [sys.executable, "-c", script, str(path)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "open\n"
        yield
        process.communicate()


def test_a_number_given_out_after_the_copy_is_never_given_out_again(
    store: Store, lobby: Lobby, reopened: Lobby, ask: Requests, clock: Clock, copies: Path
) -> None:
    known = lobby.issue("DK.ktp", request_id=ask(), printer="K1")
    copy = make_copy(store, copies, MORNING)
    lost = lobby.issue("DK.ktp", request_id=ask())
    seen = lobby.board().seq
    restored(store, copy.path, lobby)

    new = reopened.issue("DK.ktp", request_id=ask())
    assert (known.ticket.label, lost.ticket.label, new.ticket.label) == ("DK 001", "DK 002", "DK E2-001")
    assert reopened.find("dk e2-1").label == "DK E2-001"
    assert reopened.board().seq > seen
    assert reopened.print_job(str(known.job)).state == "asking"
    assert reopened.flaws() == ()
    clock.forward(days=1)
    assert reopened.issue("DK.ktp", request_id=ask()).ticket.label == "DK 001"


def _is_lost(store: Store) -> None:
    """All that the store held is gone, as with its disk."""
    store.close()
    if store.is_sqlite:
        for file in store.path.parent.glob(f"{store.path.name}*"):
            file.unlink()
        return
    with store.engine().begin() as connection:
        connection.execute(text("DROP SCHEMA public CASCADE"))
        connection.execute(text("CREATE SCHEMA public"))


def test_one_copy_put_back_again_and_again_on_one_day_gives_no_number_twice(
    store: Store, lobby: Lobby, ask: Requests, copies: Path
) -> None:
    copy = make_copy(store, copies, MORNING)
    labels, seen = [lobby.issue("DK.ktp", request_id=ask()).ticket.label], [lobby.board().seq]
    for lose in (Store.close, _is_lost, Store.close, _is_lost):
        lose(store)
        restored(store, copy.path, lobby)
        labels += [lobby.issue("DK.ktp", request_id=ask()).ticket.label for _ in range(2)]
        seen.append(lobby.board().seq)
        assert (store.flaws(), lobby.flaws()) == ([], ())
    assert labels[::2] == ["DK 001", *(f"DK E{epoch}-002" for epoch in range(2, 6))]
    assert len(set(labels)) == len(labels)
    assert seen == sorted(seen)  # no board takes what comes now for what it has shown


@pytest.mark.postgres
def test_a_dump_that_was_half_put_back_begins_no_program_until_it_is_put_back_again(
    postgres_url: str, tmp_path: Path, catalogue: Catalogue, ask: Requests, copies: Path
) -> None:
    store = open_store(postgres_url, base=tmp_path)
    lobby = lobby_of(store, SITE)
    lobby.apply_catalogue(catalogue)
    copy = make_copy(store, copies, MORNING)
    lobby.begin_epoch()
    store.close()

    def lights_out(_fresh: Store, _before: Before) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        put_back(store, copy.path, MORNING, lights_out)
    for begin in (store.check, store.create):
        with pytest.raises(StoreDamaged, match="cut off"):
            begin()
    restored(store, copy.path, lobby)
    store.check()
    assert lobby.issue("DK.ktp", request_id=ask()).ticket.label == "DK E3-001"
    store.close()


def test_a_copy_is_made_while_a_command_is_under_way(store: Store, lobby: Lobby, copies: Path) -> None:
    with store.write(SITE) as connection:
        connection.execute(text("UPDATE site SET motto = 'not yet'"))
        copy = make_copy(store, copies, MORNING)
    assert copy.bytes == copy.path.stat().st_size
    assert copy.revision
    assert [path.name for path in copies.iterdir()] == [copy.path.name]


def test_a_copy_that_was_cut_off_leaves_nothing_and_a_folder_that_is_none_is_told(
    store: Store, lobby: Lobby, copies: Path
) -> None:
    copies.mkdir()
    (copies / "kiosk-20261124T000000Z.db.part").touch()
    handle = os.open(copies, os.O_RDONLY)
    fcntl.flock(handle, fcntl.LOCK_EX)
    with pytest.raises(CopyFailed, match="another copy"):
        make_copy(store, copies, MORNING)
    os.close(handle)
    path = make_copy(store, copies, MORNING).path
    assert list(copies.iterdir()) == [path]
    with pytest.raises(CopyFailed, match=r"exists|directory"):
        make_copy(store, path, MORNING)


def test_only_the_newest_copies_are_kept_and_nothing_else_is_touched(
    store: Store, lobby: Lobby, copies: Path
) -> None:
    made = [make_copy(store, copies, MORNING + timedelta(hours=hour)).path for hour in range(3)]
    (copies / "kiosk-by-hand.db").touch()
    assert forget_old_copies(copies, 2) == made[:1]
    assert sorted(copies.iterdir()) == sorted([*made[1:], copies / "kiosk-by-hand.db"])


def test_a_damaged_copy_is_refused_and_the_store_stays(
    store: Store, lobby: Lobby, reopened: Lobby, ask: Requests, copies: Path
) -> None:
    lobby.issue("DK.ktp", request_id=ask())
    path = make_copy(store, copies, MORNING).path
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 2])
    with pytest.raises(CopyFailed):
        restored(store, path, lobby)
    with pytest.raises(CopyFailed):
        restored(store, copies / "none", lobby)
    assert reopened.find("DK 001").label == "DK 001"


def test_a_store_that_somebody_has_open_is_not_replaced(store: Store, lobby: Lobby, copies: Path) -> None:
    path = make_copy(store, copies, MORNING).path
    if store.is_sqlite:
        with in_another_process(store.path), pytest.raises(StoreInUse):
            restored(store, path, lobby)
        return
    other = open_store(store.url.render_as_string(hide_password=False), base=copies)
    with other.read(), pytest.raises(StoreInUse):
        restored(store, path, lobby)
    other.close()


def test_a_log_left_by_a_restore_that_was_cut_off_is_not_read_into_the_next(
    sqlite_url: str, tmp_path: Path, catalogue: Catalogue, ask: Requests
) -> None:
    store = open_store(sqlite_url, base=tmp_path)
    lobby = lobby_of(store, SITE)
    lobby.apply_catalogue(catalogue)
    copy = make_copy(store, tmp_path / "copies", MORNING)
    lobby.issue("DK.ktp", request_id=ask())
    log = store.path.with_name("kiosk.db-wal").read_bytes()
    store.close()
    store.path.rename(tmp_path / "old.db")  # the first of the names was changed, then the power went
    store.path.with_name("kiosk.db-wal").write_bytes(log)
    restored(store, copy.path, lobby)
    again = open_store(sqlite_url, base=tmp_path)
    assert lobby_of(again, SITE).issue("DK.ktp", request_id=ask()).ticket.label == "DK E2-001"
    assert (again.flaws(), lobby_of(again, SITE).flaws()) == ([], ())
    again.close()


def test_a_store_of_a_newer_program_is_refused_by_name(store: Store, lobby: Lobby) -> None:
    with store.write(SITE) as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    for act in (store.check, store.migrate, store.is_old):
        with pytest.raises(StoreNewer) as refused:
            act()
        assert refused.value.data["found"] == "9999"


def test_a_page_that_was_overwritten_is_found(sqlite_url: str, tmp_path: Path, catalogue: Catalogue) -> None:
    store = open_store(sqlite_url, base=tmp_path)
    assert store.flaws() == []
    store.close()
    with closing(sqlite3.connect(store.path)) as connection:
        (page,) = connection.execute(
            "SELECT rootpage FROM sqlite_schema WHERE name = 'ix_visit_label'"
        ).fetchone()
        (size,) = connection.execute("PRAGMA page_size").fetchone()
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    with store.path.open("r+b") as file:
        file.seek((page - 1) * size)
        file.write(b"\xff" * size)
    damaged = open_store(sqlite_url, base=tmp_path)
    assert damaged.flaws()
    damaged.close()
    with pytest.raises(CopyFailed):
        make_copy(store, tmp_path / "copies", MORNING)


@pytest.mark.parametrize(
    ("change", "kind"),
    [
        ("UPDATE number_series SET last = 9", "numbers"),
        ("UPDATE visit SET legs = 0", "visit"),
        ("DELETE FROM print_job; DELETE FROM ticket; DELETE FROM visit", "numbers"),
        ("UPDATE visit SET label = 'DK 044' WHERE number = 1", "label"),
        ("UPDATE event SET label = 'DK 044' WHERE kind = 'issued' AND label = 'DK 001'", "untold"),
        ("UPDATE ticket SET business_date = '2026-11-20' WHERE leg = 1", "left_open"),
        ("UPDATE ticket SET business_date = '2026-12-20' WHERE leg = 1", "nowhere"),
        ("UPDATE ticket SET service = 'DK.none'", "nowhere"),
        ("UPDATE ticket SET counter = 99", "nowhere"),
        ("UPDATE ticket SET status = 'completed'", "end"),
        ("UPDATE print_job SET ticket_id = 'none'", "slip"),
        ("DELETE FROM event WHERE kind = 'issued'", "untold"),
        ("UPDATE site SET event_seq = event_seq + 1", "events"),
    ],
)
def test_rows_that_contradict_each_other_are_found(
    store: Store, lobby: Lobby, ask: Requests, change: str, kind: str
) -> None:
    lobby.issue("DK.ktp", request_id=ask(), printer="K1")
    lobby.start_roll("DK.ktp", first=7, last=90)
    lobby.hand_out("DK", 9)
    assert lobby.flaws() == ()
    with store.write(SITE) as connection:
        for each in change.split(";"):
            connection.execute(text(each))
    assert kind in {flaw.kind for flaw in lobby.flaws()}


def test_a_guard_that_was_dropped_is_missed(store: Store, lobby: Lobby) -> None:
    assert store.flaws() == []
    with store.write(SITE) as connection:
        connection.execute(text("DROP INDEX uq_event_request"))
    assert store.flaws() == ["index uq_event_request is missing"]


@pytest.mark.parametrize(
    ("code", "family"),
    [
        (sqlite3.SQLITE_FULL, StoreFull),
        (sqlite3.SQLITE_CORRUPT, StoreDamaged),
        (sqlite3.SQLITE_NOTADB, StoreDamaged),
        (sqlite3.SQLITE_CONSTRAINT_UNIQUE, StoreDamaged),
        (sqlite3.SQLITE_IOERR_FSYNC, StoreUnreachable),
        (sqlite3.SQLITE_IOERR_WRITE, StoreUnreachable),
        (sqlite3.SQLITE_READONLY, StoreUnreachable),
        (sqlite3.SQLITE_BUSY_SNAPSHOT, StoreBusy),
        (sqlite3.SQLITE_CONSTRAINT_NOTNULL, type(None)),
        (sqlite3.SQLITE_ERROR, type(None)),
    ],
)
def test_what_a_disk_can_do_has_a_name_and_a_fault_of_ours_has_none(code: int, family: type) -> None:
    error = sqlite3.OperationalError("what SQLite says")
    error.sqlite_errorcode = code
    assert type(sqlite.meaning(error, 1.0)) is family


def test_on_a_full_disk_nothing_is_taken_nothing_is_lost_and_it_goes_on_by_itself(
    sqlite_url: str, tmp_path: Path, catalogue: Catalogue, ask: Requests
) -> None:
    store = open_store(sqlite_url, base=tmp_path)
    lobby = lobby_of(store, SITE)
    lobby.apply_catalogue(catalogue)

    def room(pages: str) -> None:
        with store.engine().connect() as connection:  # the one connection that writes
            connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")

    given, refused = [], ""
    room("1")  # SQLite takes it for "no more than there are"
    while not refused:
        request = ask()
        try:
            given.append(lobby.issue("DK.ktp", request_id=request).ticket.number)
        except StoreFull:
            refused = request
    assert lobby.queues().queues[0].waiting == len(given) > 0
    room("1073741823")
    assert lobby.issue("DK.ktp", request_id=refused).ticket.number == len(given) + 1
    assert (store.flaws(), lobby.flaws()) == ([], ())
    store.close()


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE ticket SET waiting_since = '2026-1!-24 01:00:00.000000'",
        "UPDATE site SET max_business_date = '2O26-11-24'",
        "UPDATE event SET data = '{\"ahead\": 0'",
    ],
)
def test_a_value_that_cannot_be_read_is_told_as_a_damaged_file(
    sqlite_url: str, tmp_path: Path, catalogue: Catalogue, ask: Requests, change: str
) -> None:
    store = open_store(sqlite_url, base=tmp_path)
    lobby = lobby_of(store, SITE)
    lobby.apply_catalogue(catalogue)
    request = ask()
    lobby.issue("DK.ktp", request_id=request)
    with store.write(SITE) as connection:
        connection.execute(text(change))

    def look() -> None:
        lobby.issue("DK.ktp", request_id=request)
        lobby.line("DK.ktp")

    for _ in range(3):  # as SQLAlchemy reads it, and as a statement that is prepared
        with pytest.raises(StoreDamaged, match="cannot be read"):
            look()
    store.close()


def test_a_file_that_has_forgotten_a_column_begins_no_program(sqlite_url: str, tmp_path: Path) -> None:
    with closing(sqlite3.connect(sqlite_url.removeprefix("sqlite:///"))) as file:
        file.execute("PRAGMA writable_schema = ON")
        file.execute("UPDATE sqlite_schema SET sql = replace(sql, 'motto', 'mottp') WHERE name = 'site'")
        file.commit()
    store = open_store(sqlite_url, base=tmp_path)
    assert store.flaws() == []
    with pytest.raises(StoreDamaged, match=r"site\.motto"):
        store.check()
    store.close()
