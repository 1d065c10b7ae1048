"""Opening and closing by hand, and the clock, by command."""

from __future__ import annotations

from pathlib import Path

from tests.support.commands import Kiosk


def test_a_supervisor_closes_a_service_and_everybody_reads_why(ready: Kiosk) -> None:
    closed = ready("service", "close", "dk.KTP", "--reason", "Rapat", "--reason", "en=Meeting")
    assert closed.out.startswith("KTP-el ditutup. Tutup sementara: Rapat; buka lagi ")
    refused = ready("issue", "DK.ktp", "--no-print")
    assert (refused.code, refused.out) == (1, "")
    assert "Tutup sementara: Rapat" in refused.err
    told = ready("issue", "DK.ktp", "--no-print", "--json").json
    assert (told["error"], told["reason"], told["name"]) == (
        "service_closed",
        "by_hand",
        {"id": "Rapat", "en": "Meeting"},
    )
    assert "Closed for now: Meeting" in ready("service", "list", "--lang", "en").out
    assert ready("service", "open", "DK.ktp").out == "Penutupan KTP-el berakhir. Buka.\n"
    assert ready("issue", "DK.ktp", "--no-print").code == 0


def test_the_whole_site_is_closed_and_one_service_held_open(ready: Kiosk) -> None:
    assert ready("service", "close", "*", "--json").json["reason"] == "by_hand"
    assert ready("issue", "BN.bayar", "--no-print", "--json").json["error"] == "site_closed"
    held = ready("service", "force-open", "BN.bayar", "--json").json
    assert (held["place"], held["open"], held["order"]["opens"]) == ("BN.bayar", True, True)
    assert ready("issue", "BN.bayar", "--no-print").code == 0
    states = {line["place"]: line["open"] for line in ready("service", "list", "--json").lines}
    assert states == {"*": True, "BN": True, "BN.bayar": True, "DK": False, "DK.ktp": False, "DK.kk": False}
    assert ready("service", "lift", "*").code == 0
    assert ready("service", "lift", "BN.bayar", "--json").json["order"] is None
    kinds = [line["kind"] for line in ready("events", "--json").lines]
    assert [kind for kind in kinds if kind.startswith(("service", "order"))] == [
        *("service_closed", "service_held_open", "order_lifted", "order_lifted"),
    ]
    assert "*" in ready("events").out


def test_what_does_not_exist_and_times_that_are_none_are_refused(ready: Kiosk) -> None:
    assert ready("service", "close", "DK.paspor", "--json").json["error"] == "unknown_service"
    assert ready("service", "close", "DK.ktp", "--until", "nanti").code == 2
    past = ready("service", "close", "DK.ktp", "--until", "2020-01-01 08:00")
    assert (past.code, past.err) == (2, "2020-01-01 08:00 sudah lewat.\n")


def test_a_clock_that_can_be_right_needs_nobodys_word(ready: Kiosk, folder: Path) -> None:
    assert ready("clock", "show", "--json").json["fault"] is None
    assert "Tidak ada yang perlu dinyatakan" in ready("clock", "accept").out
    pin = folder / "pin"
    pin.write_text("0000\n", encoding="utf-8")
    wrong = ready("clock", "accept", "--as", "demo", "--pin-file", str(pin), "--json").json
    assert wrong["error"] == "not_allowed"
