"""The store and its catalogue by command: made, compared, applied, checked, closed for the day."""

from __future__ import annotations

import os
from pathlib import Path

from tests.support.commands import CONFIG, Kiosk


def test_init_makes_the_store_beside_the_configuration_and_may_be_repeated(
    kiosk: Kiosk, folder: Path
) -> None:
    first = kiosk("init", "--json")
    assert first.code == 0
    assert first.json["changes"] > 0
    assert (folder / "var" / "kiosk.db").is_file()
    assert kiosk("init", "--json").json["changes"] == 0


def test_init_brings_in_every_site(ready: Kiosk) -> None:
    assert [line["service"] for line in ready("services", "--site", "pasar", "--json").lines] == ["BN.bayar"]


def test_the_store_may_be_named_by_the_environment(kiosk: Kiosk, folder: Path) -> None:
    os.environ["KIOSK_STORE_URL"] = "sqlite:///elsewhere.db"
    try:
        assert kiosk("init").code == 0
    finally:
        del os.environ["KIOSK_STORE_URL"]
    assert (folder / "elsewhere.db").is_file()


def test_migrate_leaves_a_store_of_this_version_as_it_is(ready: Kiosk) -> None:
    ready("issue", "DK.ktp", "--no-print")
    assert ready("migrate").code == 0
    assert ready("ticket", "DK001").code == 0


def test_a_changed_file_is_shown_then_applied_then_equal(ready: Kiosk, folder: Path) -> None:
    assert ready("config", "diff").out == "Katalog di penyimpanan sama dengan berkas.\n"
    changed = CONFIG.replace('"DK", "BN"', '"DK"').replace(
        'services = ["BN.bayar", "DK.ktp"]', 'services = ["DK.ktp"]'
    )
    changed = changed.replace("minutes = 10", "minutes = 12").replace(
        ', { service = "BN.bayar", optional = true }', ', { service = "DK.kk" }'
    )
    (folder / "config.toml").write_text(changed, encoding="utf-8")
    shown = ready("config", "diff", "--json").lines
    assert {(line["site"], line["what"], line["kind"], line["id"]) for line in shown} >= {
        ("aula", "changed", "service", "DK.kk"),
        ("aula", "closed", "agency", "BN"),
    }
    assert "DK.kk" in ready("config", "diff").out
    assert ready("config", "apply", "--json").lines == shown
    assert ready("config", "diff", "--json").lines == []
    assert [line["service"] for line in ready("services", "--json").lines] == ["DK.ktp", "DK.kk"]


def test_check_has_one_line_for_each_thing(ready: Kiosk) -> None:
    said = ready("check", "--json")
    assert said.code == 0
    assert [(line["check"], line["ok"]) for line in said.lines] == [
        ("config", True),
        ("store", True),
        ("printer", True),
        ("clock", True),
    ]
    assert len(ready("check").out.splitlines()) == 4


def test_check_tells_that_the_store_is_not_there(kiosk: Kiosk) -> None:
    said = kiosk("check", "--json")
    assert said.code == 1
    assert [(line["check"], line["ok"]) for line in said.lines] == [("config", True), ("store", False)]


def test_closing_the_day_expires_who_still_waits(ready: Kiosk) -> None:
    ready("issue", "DK.ktp", "--no-print")
    assert ready("close-day", "--json").json["expired"] == 1
    assert ready("ticket", "DK001", "--json").json["status"] == "expired"
