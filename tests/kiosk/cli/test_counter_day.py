"""A day at a counter, as scripts and push buttons type it."""

from __future__ import annotations

import tomllib
from pathlib import Path

from tests.support.commands import Kiosk

ROOT = Path(__file__).parents[3]


def test_what_the_keys_do_can_be_typed(ready: Kiosk) -> None:
    called = ready("walk-in", "1", "DK.ktp", "--json")
    assert (called.code, called.lines[0]["status"], called.lines[0]["counter"]) == (0, "called", "1")
    assert ready("undo", "1").out == "Dibatalkan: DK 001 kembali menunggu.\n"
    assert ready("note", "dk1", "berkas lengkap").out == "Catatan untuk DK 001 disimpan.\n"
    assert ready("note", "dk1", "0812 3456 7890").code == 1
    ready("next", "1")
    held = ready("hold", "1", "--reason", "fotokopi", "--until", "23:59", "--json")
    assert (held.lines[0]["reason"], held.lines[0]["note"]) == ("fotokopi", "berkas lengkap")
    assert held.lines[0]["held_until"] is not None
    assert ready("no-show", "1", "dk 1").code == 0
    assert ready("restore", "dk 1", "--override").code == 0
    ready("next", "1")
    assert ready("transfer", "1").code == 2
    assert ready("close", "1", "--settle", "hold", "--json").lines[0]["state"] == "closed"
    ready("issue", "DK.kk", "--no-print")
    left = ready("agency", "leave", "dk", "--reason", "rapat", "--json")
    assert (left.code, left.lines[0]["told"]) == (0, 2)
    assert ready("issue", "DK.kk", "--no-print").code == 1


def test_a_colleague_goes_on_at_a_counter_by_name_and_pin(ready: Kiosk, tmp_path: Path) -> None:
    right, wrong = tmp_path / "right", tmp_path / "wrong"
    right.write_text("1836\n")
    wrong.write_text("1837\n")
    assert ready("staff", "add", "rina", "--role", "counter", "--pin-file", str(right)).code == 0
    ready("walk-in", "1", "DK.ktp")
    assert ready("hand-over", "1", "rina", "--pin-file", str(wrong)).code == 1
    assert ready("hand-over", "1", "rina", "--pin-file", str(right)).out == "Loket 1 diteruskan oleh rina.\n"
    trail = ready("audit", "--kind", "counter_handed_over", "--json")
    assert [(each["staff"], each["counter"], each["label"]) for each in trail.lines] == [
        ("rina", "1", "DK 001")
    ]


def test_the_version_is_that_of_the_package(kiosk: Kiosk) -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    assert kiosk("--version").out == f"kiosk {project['version']}\n"
