"""Who may sign in, by command."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.commands import CONFIG, Kiosk


def test_a_person_is_added_listed_and_disabled(ready: Kiosk) -> None:
    added = ready("staff", "add", "ani", "--name", "Ani Bria", "--pin-file", "-", "--json", stdin="4711\n")
    assert added.json == {"staff": "ani", "name": "Ani Bria", "role": "counter", "active": True}
    assert ready("staff", "disable", "ani", "--json").json["active"] is False
    assert ready("staff", "enable", "ani").out == "Petugas ani aktif kembali.\n"
    assert {line["staff"] for line in ready("staff", "list", "--json").lines} == {"ani", "demo"}


def test_a_pin_is_read_from_a_file_and_never_shown(ready: Kiosk, folder: Path) -> None:
    (folder / "pin").write_text("48151623\n", encoding="utf-8")
    for words in (["add", "ani", "--role", "supervisor"], ["reset", "ani"]):
        said = ready("staff", *words, "--pin-file", "pin")
        assert said.code == 0
        assert "48151623" not in said.out + said.err


@pytest.mark.parametrize(
    ("pin", "says"),
    [
        ("", "PIN harus 4 sampai 8 angka."),
        ("12a4", "PIN harus 4 sampai 8 angka."),
        ("4321", "PIN ini terlalu mudah ditebak. Pilih angka yang tidak berurutan dan tidak berulang."),
        ("1985", "PIN tidak boleh sama dengan nama petugas."),
    ],
)
def test_a_pin_that_is_easily_guessed_is_refused(ready: Kiosk, pin: str, says: str) -> None:
    said = ready("staff", "add", "ani1985", "--pin-file", "-", stdin=f"{pin}\n")
    assert (said.code, said.err) == (1, f"{says}\n")
    assert [line["staff"] for line in ready("staff", "list", "--json").lines] == ["demo"]


def test_a_person_is_given_another_role(ready: Kiosk) -> None:
    ready("staff", "add", "ani", "--pin-file", "-", stdin="4711\n")
    assert ready("staff", "role", "ani", "supervisor", "--json").json["role"] == "supervisor"
    assert ready("staff", "role", "ani", "visitor_desk").out == "Petugas ani kini: meja informasi.\n"
    assert ready("staff", "role", "ani", "king").code == 2
    assert ready("staff", "role", "nobody", "admin").code == 1


def test_without_a_terminal_a_pin_must_come_from_somewhere(ready: Kiosk) -> None:
    assert ready("staff", "add", "ani").code == 2


def test_the_demonstrations_person_exists_only_where_a_machine_is_a_demonstration(
    ready: Kiosk, folder: Path
) -> None:
    (person,) = ready("staff", "list", "--json").lines
    assert (person["staff"], person["active"]) == ("demo", True)
    (folder / "config.toml").write_text(CONFIG.replace("demonstration = true", ""), encoding="utf-8")
    ready("config", "apply")
    (person,) = ready("staff", "list", "--json").lines
    assert (person["staff"], person["active"]) == ("demo", False)
    assert ready("staff", "add", "demo", "--pin-file", "-", stdin="1836\n").code == 2
