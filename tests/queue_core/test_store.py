"""Transactions: one writer at a time, waits that end, errors that callers know."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import text

from queue_core import Lobby, Store, open_store
from queue_core.errors import StoreBusy, StoreError, StoreUnreachable, StoreUnready
from queue_core.store.sqlite import file_system, refuse_network
from queue_core.store.turns import Turns
from tests.support.house import SITE, Clock, Requests, small_catalogue
from tests.support.stores import lobby_on

# ----------------------------------------------------------------------------- opening


@pytest.mark.parametrize("url", ["sqlite://", "sqlite:///:memory:", "mysql://a/b", "nonsense", ""])
def test_only_a_file_or_postgresql_is_a_store(url: str, tmp_path: Path) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - the message is the url itself
        open_store(url, base=tmp_path)


def test_a_relative_file_counts_from_the_configuration(tmp_path: Path) -> None:
    store = open_store("sqlite:///var/kiosk.db", base=tmp_path)
    store.create()
    store.close()
    assert (tmp_path / "var" / "kiosk.db").exists()
    assert (tmp_path / "var" / "kiosk.db.lock").exists()


def test_an_absolute_file_stays_where_it_is(tmp_path: Path) -> None:
    store = open_store(f"sqlite:///{tmp_path}/here.db", base=Path("/nowhere"))
    assert store.path == tmp_path / "here.db"


def test_a_postgresql_store_has_no_file(tmp_path: Path) -> None:
    store = open_store("postgresql://kiosk@localhost/kiosk", base=tmp_path)
    assert not store.is_sqlite
    with pytest.raises(ValueError, match="localhost"):
        _ = store.path


def test_a_store_that_was_never_made_is_unready_and_is_not_made_by_asking(tmp_path: Path) -> None:
    store = open_store("sqlite:///kiosk.db", base=tmp_path)
    with pytest.raises(StoreUnready) as refused:
        store.check()
    assert refused.value.data["found"] == ""
    assert list(tmp_path.iterdir()) == []


def test_a_store_of_another_version_says_which(store: Store) -> None:
    store.check()
    with store.write(SITE) as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(StoreUnready) as refused:
        store.check()
    assert refused.value.data["found"] == "9999"


def test_making_a_store_that_stands_changes_nothing(store: Store, lobby: Lobby, ask: Requests) -> None:
    lobby.issue("DK.ktp", request_id=ask())
    store.create()
    assert lobby.find("DK 001").number == 1


MOUNTS = """\
/dev/root / ext4 rw 0 0
server:/export /mnt/hall nfs4 rw 0 0
/dev/sdb1 /mnt/hall/local\\040disk ext4 rw 0 0
//nas/share /srv cifs rw 0 0
broken line
""".splitlines()


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/var/kiosk.db", "ext4"),
        ("/mnt/hall/kiosk.db", "nfs4"),
        ("/mnt/hallway/kiosk.db", "ext4"),
        ("/mnt/hall/local disk/kiosk.db", "ext4"),
        ("/srv/a/b/kiosk.db", "cifs"),
    ],
)
def test_the_file_system_of_a_file_is_that_of_the_nearest_mount(path: str, kind: str) -> None:
    assert file_system(Path(path), MOUNTS) == kind


def test_a_network_file_system_is_refused_and_a_local_one_is_not(tmp_path: Path) -> None:
    mounts = tmp_path / "mounts"
    mounts.write_text(
        f"/dev/root / ext4 rw 0 0\nserver:/x {tmp_path.resolve()} nfs rw 0 0\n", encoding="utf-8"
    )
    with pytest.raises(StoreUnreachable) as refused:
        refuse_network(tmp_path / "kiosk.db", mounts)
    assert "nfs" in str(refused.value.data["detail"])
    refuse_network(Path("/elsewhere/kiosk.db"), mounts)
    refuse_network(tmp_path / "kiosk.db", tmp_path / "absent")


# ----------------------------------------------------------------------------- how SQLite is set


def test_a_commit_is_on_the_disk_before_the_paper(sqlite_url: str, tmp_path: Path) -> None:
    store = open_store(sqlite_url, base=tmp_path)
    with store.write(SITE) as connection:
        said = [
            connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys")
        ]
    store.close()
    assert said == ["wal", 2, 1]


def test_reads_cannot_write(store: Store) -> None:
    with pytest.raises(Exception, match=r"readonly|read-only"), store.read() as connection:
        connection.execute(text("DELETE FROM site"))


# ----------------------------------------------------------------------------- one writer at a time


def test_a_failed_block_leaves_nothing(store: Store, lobby: Lobby) -> None:
    def fail() -> None:
        with store.write(SITE) as connection:
            connection.execute(text("UPDATE site SET motto = 'lost'"))
            raise KeyError

    with pytest.raises(KeyError):
        fail()
    assert lobby.site().motto == "Melayani"


def test_a_reader_is_not_held_up_by_a_writer_and_does_not_see_its_work(store: Store, lobby: Lobby) -> None:
    with store.write(SITE) as connection:
        connection.execute(text("UPDATE site SET motto = 'soon'"))
        assert lobby.site().motto == "Melayani"


def test_writers_of_one_site_wait_for_each_other_and_give_up_in_time(
    store_url: str, store: Store, lobby: Lobby, tmp_path: Path
) -> None:
    impatient = open_store(store_url, base=tmp_path, busy_seconds=0.2)
    with store.write(SITE), pytest.raises(StoreBusy), impatient.write(SITE):
        pytest.fail("two writers at once")
    with impatient.write(SITE) as connection:
        assert connection.scalar(text("SELECT count(*) FROM site")) == 1
    impatient.close()


@contextmanager
def held_by_another_process(path: Path) -> Iterator[subprocess.Popen[str]]:
    """Another process has the lock; it keeps it until it is killed."""
    code = (
        "import fcntl, sys, time; f = open(sys.argv[1], 'w'); fcntl.flock(f, fcntl.LOCK_EX); print('held', flush=True); "
        "time.sleep(60)"
    )
    command = [sys.executable, "-c", code, str(path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "held\n"
        try:
            yield process
        finally:
            process.kill()


def test_a_process_that_hangs_with_the_lock_makes_others_busy_not_stuck(tmp_path: Path) -> None:
    turns = Turns(tmp_path / "lock", seconds=0.1)
    with held_by_another_process(tmp_path / "lock") as process:
        os.kill(process.pid, signal.SIGSTOP)
        before = threading.active_count()
        for _ in range(5):
            with pytest.raises(StoreBusy), turns:
                pytest.fail("the lock is held")
        assert threading.active_count() == before + 1, "one helper waits, however often it is asked"
    patient = Turns(tmp_path / "lock", seconds=10)
    with patient:
        pass
    patient.close()
    wait_for(lambda: threading.active_count() == before)
    with turns:
        pass
    turns.close()


def test_a_turn_is_taken_as_soon_as_the_other_process_lets_go(tmp_path: Path) -> None:
    turns = Turns(tmp_path / "lock", seconds=20)
    with held_by_another_process(tmp_path / "lock") as process:
        threading.Timer(0.2, process.kill).start()
        with turns:
            pass
    turns.close()


def test_threads_take_turns(tmp_path: Path) -> None:
    turns, inside, seen = Turns(tmp_path / "lock", seconds=20), [0], []

    def work() -> None:
        for _ in range(50):
            with turns:
                inside[0] += 1
                seen.append(inside[0])
                inside[0] -= 1

    threads = [threading.Thread(target=work) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    turns.close()
    assert seen == [1] * 400


def wait_for(fact: Callable[[], bool], seconds: float = 10.0) -> None:
    end = time.monotonic() + seconds
    while not fact():
        assert time.monotonic() < end, "it did not become true"
        time.sleep(0.01)


# ----------------------------------------------------------------------------- errors


def test_a_damaged_file_is_unreachable_and_says_why(tmp_path: Path) -> None:
    (tmp_path / "kiosk.db").write_bytes(b"this is no database" * 300)
    store = open_store("sqlite:///kiosk.db", base=tmp_path)
    with pytest.raises(StoreUnreachable) as refused:
        store.check()
    store.close()
    assert "not a database" in str(refused.value.data["detail"])


def test_a_folder_that_is_not_there_is_unreachable(tmp_path: Path) -> None:
    store = open_store("sqlite:///no/kiosk.db", base=tmp_path)
    with pytest.raises(StoreUnreachable), store.write(SITE):
        pytest.fail("there is no file")
    store.close()


def test_a_server_that_is_not_there_is_unreachable(tmp_path: Path) -> None:
    store = open_store(f"postgresql://kiosk@/kiosk?host={tmp_path}", base=tmp_path)
    with pytest.raises(StoreUnreachable), store.read():
        pytest.fail("there is no server")
    store.close()


def test_somebody_who_holds_the_file_from_outside_makes_it_busy(sqlite_url: str, tmp_path: Path) -> None:
    store = open_store(sqlite_url, base=tmp_path, busy_seconds=0.1)
    outsider = sqlite3.connect(store.path, isolation_level=None)
    outsider.execute("BEGIN IMMEDIATE")
    with pytest.raises(StoreBusy), store.write(SITE):
        pytest.fail("the file is held")
    outsider.execute("ROLLBACK")
    outsider.close()
    with store.write(SITE):
        pass
    store.close()


@pytest.mark.postgres
def test_a_server_that_drops_connections_is_reached_again(
    postgres_url: str, postgres_server: str, tmp_path: Path
) -> None:
    store = open_store(postgres_url, base=tmp_path)
    with store.write(SITE) as connection:
        own = connection.scalar(text("SELECT pg_backend_pid()"))
    other = open_store(postgres_url, base=tmp_path)
    with other.write(SITE) as connection:
        connection.execute(text("SELECT pg_terminate_backend(:pid)"), {"pid": own})
    with store.write(SITE) as connection:
        assert connection.scalar(text("SELECT pg_backend_pid()")) != own

    def lose_it_in_the_middle() -> None:
        with store.write(SITE) as connection:
            mine = connection.scalar(text("SELECT pg_backend_pid()"))
            with other.write("another") as killer:
                killer.execute(text("SELECT pg_terminate_backend(:pid)"), {"pid": mine})
            connection.execute(text("SELECT 1"))

    with pytest.raises(StoreUnreachable):
        lose_it_in_the_middle()
    other.close()
    store.close()


@pytest.mark.postgres
def test_who_has_the_turn_and_falls_silent_loses_it_and_nobody_else_is_refused(
    postgres_url: str, tmp_path: Path
) -> None:
    silent = open_store(postgres_url, base=tmp_path)
    other = open_store(postgres_url, base=tmp_path, busy_seconds=60)
    lobby_on(other, Clock()).apply_catalogue(small_catalogue())

    def stall() -> None:
        with silent.write(SITE) as connection:
            with other.write(SITE) as second:
                assert second.scalar(text("SHOW idle_in_transaction_session_timeout")) == "3s"
            connection.execute(text("SELECT 1"))

    with pytest.raises(StoreUnreachable):
        stall()
    with silent.write(SITE) as connection:
        assert connection.scalar(text("SELECT 1")) == 1
    with other.read() as looking:
        assert looking.scalar(text("SHOW idle_in_transaction_session_timeout")) == "15s"
    other.close()
    silent.close()


def test_a_fault_of_the_program_stays_loud(store: Store) -> None:
    with pytest.raises(Exception, match="no_such_table") as raised, store.read() as connection:
        connection.execute(text("SELECT * FROM no_such_table"))
    assert not isinstance(raised.value, StoreError)
