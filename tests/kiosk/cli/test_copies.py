"""Copies by command, as an operator types it."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from alembic import command
from sqlalchemy import create_engine

from queue_core import migrations
from tests.support.commands import Kiosk


def test_a_lost_store_is_put_back_and_gives_no_number_out_twice(ready: Kiosk, folder: Path) -> None:
    ready("issue", "DK.ktp", "--no-print")
    copied = ready("backup", "--json").json
    assert Path(str(copied["copy"])).parent == folder / "var" / "copies"
    ready("issue", "DK.ktp", "--no-print")
    (folder / "var" / "kiosk.db").write_bytes(b"gone")
    broken = ready("issue", "DK.ktp", "--no-print", "--json")
    assert (broken.code, broken.json["error"]) == (1, "store_damaged")
    assert ready("check", "--store").code == 1

    refused = ready("restore-copy", str(copied["copy"]))
    assert (refused.code, refused.err) == (2, "Ini menggantikan seluruh penyimpanan; ulangi dengan --yes.\n")
    put_back = ready("restore-copy", str(copied["copy"]), "--yes", "--json").json
    assert Path(str(put_back["old"])).read_bytes() == b"gone"
    assert ready("issue", "DK.ktp", "--no-print", "--json").json["label"] == "DK E2-001"
    assert ready("check", "--store", "--json").json["ok"]


def test_a_copy_that_was_made_is_told_by_check_and_one_that_is_not_made_any_more_by_an_alert(
    ready: Kiosk, folder: Path
) -> None:
    assert "Salinan" not in ready("check").out
    ready("backup")
    assert "Salinan terakhir penyimpanan" in ready("check").out
    with closing(sqlite3.connect(folder / "var" / "kiosk.db")) as store:
        changed = store.execute(
            "UPDATE machine SET last_seen = datetime(last_seen, '-27 hours') || '.000000' WHERE machine_id LIKE 'backup:%'"
        )
        assert changed.rowcount >= 1
        store.commit()
    late = ready("check")
    assert (late.code, "Salinan terakhir" in late.out) == (1, True)
    assert "27 jam" in ready("alerts").out


def test_migrate_copies_an_old_store_first_and_refuses_a_newer_one(ready: Kiosk, folder: Path) -> None:
    store = folder / "var" / "kiosk.db"
    store.unlink()
    with create_engine(f"sqlite:///{store}").begin() as connection:
        command.upgrade(migrations.configuration(connection), "0005")
    copy = Path(str(ready("migrate", "--json").json["copy"]))
    with closing(sqlite3.connect(copy)) as old:
        assert old.execute("SELECT version_num FROM alembic_version").fetchone() == ("0005",)
    assert ready("migrate", "--json").json["copy"] == ""

    with closing(sqlite3.connect(store)) as newer:
        newer.execute("UPDATE alembic_version SET version_num = '9999'")
        newer.commit()
    for words in (("migrate",), ("issue", "DK.ktp"), ("restore-copy", str(store), "--yes")):
        refused = ready(*words, "--json")
        assert (refused.code, refused.json["error"]) == (1, "store_newer")


def test_after_a_standby_took_over_numbers_are_of_a_new_series(ready: Kiosk) -> None:
    assert ready("issue", "DK.ktp", "--json").json["label"] == "DK 001"
    assert "seri" in ready("new-series", "--lang", "id").out
    assert ready("issue", "DK.ktp", "--json").json["label"] == "DK E2-001"
