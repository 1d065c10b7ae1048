"""The supervisor's line of text, by command."""

from __future__ import annotations

from tests.support.commands import Kiosk


def test_a_notice_is_put_up_shown_and_taken_down(ready: Kiosk) -> None:
    assert ready("notice").out == "Tidak ada pesan di papan.\n"
    assert ready("notice", "--clear", "--json").json == {"cleared": False}
    said = ready("notice", "Listrik padam", "--en", "No power", "--until", "2099-12-01 08:30").out
    assert said == "Terpasang di papan sampai 01-12-2099 08.30: Listrik padam / No power\n"
    shown = ready("notice", "--json").json
    assert (shown["texts"], shown["until"]) == (
        *({"id": "Listrik padam", "en": "No power"}, "2099-12-01T00:30:00+00:00"),
    )
    assert ready("board", "--once").out.splitlines()[-1] == "» Listrik padam / No power"
    assert ready("notice", "Kembali sebentar lagi").out.startswith("Terpasang di papan sampai akhir hari:")
    assert ready("notice", "--clear").out == "Pesan dihapus dari papan.\n"
    assert ready("notice").out == "Tidak ada pesan di papan.\n"


def test_a_notice_until_a_time_of_day_ends_when_the_clock_shows_it_next(ready: Kiosk) -> None:
    shown = ready("notice", "Istirahat", "--until", "13.05", "--json").json
    assert shown["until"].endswith("05:05:00+00:00")


def test_what_cannot_be_a_notice_is_bad_usage_or_refused(ready: Kiosk) -> None:
    for words in (
        ("x" * 201,),
        ("Satu", "--clear"),
        ("Satu", "--until", "25:00"),
        ("Satu", "--until", "abc"),
    ):
        assert ready("notice", *words).code == 2
    refused = ready("notice", "Satu", "--until", "2026-01-01 08:00")
    assert (refused.code, refused.err) == (1, "Pukul 08.00 sudah lewat; tulis waktu yang akan datang.\n")
