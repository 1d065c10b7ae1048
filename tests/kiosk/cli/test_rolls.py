"""The day without a kiosk, by command."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.commands import Kiosk


def test_numbers_from_a_roll_are_called_like_any_other(ready: Kiosk, folder: Path) -> None:
    started = ready("roll", "start", "dk", "1-100").out
    assert started.startswith("Gulungan DK 1-100 dibagikan untuk DK.ktp.")
    assert ready("roll", "given", "DK", "57").out == (
        "DK: nomor 1-57 sudah dibagikan, dan menunggu sesuai urutan. Sisa gulungan: 43.\n"
    )
    assert ready("next", "1", "--json").json["label"] == "DK R1-001"
    ready("start", "1")
    assert ready("call", "1", "40", "--json").json["label"] == "DK R1-040"
    assert ready("board", "--once", "--json").lines[0]["label"] == "DK R1-040"
    assert not (folder / "var" / "paper").exists()


def test_status_lists_todays_rolls(ready: Kiosk) -> None:
    assert ready("roll", "status").out == "Hari ini tidak ada gulungan nomor yang dibagikan.\n"
    assert ready("roll", "status", "--json").lines == []
    ready("roll", "start", "DK", "1-50")
    ready("roll", "given", "DK", "3")
    ready("roll", "stop", "DK")
    ready("roll", "start", "BN.bayar", "101-150")
    first, second = ready("roll", "status", "--json").lines
    assert (first["agency"], first["origin"], first["given"], first["stopped_at"] is None) == (
        *("DK", "R1", 3, False),
    )
    assert (second["agency"], second["first"], second["given"], second["stopped_at"]) == (
        "BN",
        101,
        100,
        None,
    )
    assert "berhenti" in ready("roll", "status").out


@pytest.mark.parametrize("numbers", ["100-1", "0-5", "abc", "1-99999", "5"])
def test_numbers_that_are_no_range_are_bad_usage(ready: Kiosk, numbers: str) -> None:
    said = ready("roll", "start", "DK", numbers)
    assert said.code == 2
    assert "1-100" in said.err


def test_what_cannot_be_handed_out_is_refused_in_a_sentence(ready: Kiosk) -> None:
    assert ready("roll", "given", "DK", "5").code == 1
    ready("roll", "start", "DK", "1-10")
    refused = ready("roll", "given", "DK", "11", "--json")
    assert (refused.code, refused.json["error"], refused.json["next"], refused.json["last"]) == (
        *(1, "roll_range", 1, 10),
    )
    again = ready("roll", "start", "DK", "1-10")
    assert (again.code, again.err) == (1, "DK masih membagikan gulungan 1-10; hentikan dahulu.\n")
