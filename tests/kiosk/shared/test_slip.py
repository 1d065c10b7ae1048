"""What the paper says, in the visitor's words."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from kiosk.i18n import Words
from kiosk.settings import Settings, WebSettings
from kiosk.shared.dates import long_moment, short_time, zone_name
from kiosk.shared.links import qr_payload, ticket_url
from kiosk.shared.slip import slip_for

if TYPE_CHECKING:
    from queue_core.views import SlipFacts

TOKEN = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
AT = datetime(2026, 11, 24, 1, 41, tzinfo=UTC)


def facts() -> SlipFacts:
    return {
        "label": "DK 003",
        "language": "id",
        "site_names": {"id": "Mal Pelayanan Publik", "en": "Public Service Mall"},
        "motto": "Beres dan Pasti",
        "time_zone": "Asia/Makassar",
        "agency_names": {"id": "Dinas Dukcapil", "en": "Civil Registry"},
        "service_names": {"id": "KTP-el", "en": "ID card"},
        "priority": False,
        "ahead": 4,
        "wait": [15, 25],
        "open_counters": 2,
        "token": TOKEN,
        "issued_at": AT.isoformat(),
        "legs": [],
    }


def settings(public_url: str = "") -> Settings:
    return Settings.model_construct(site=[], agency=[], web=WebSettings(public_url=public_url))


def test_the_slip_speaks_indonesian_with_the_day_and_the_time_of_the_site() -> None:
    slip = slip_for(facts(), 1, Words("id"), settings())
    assert slip.site == "Mal Pelayanan Publik"
    assert slip.heading == "NOMOR ANTREAN ANDA"
    assert slip.ahead == "Orang di depan Anda: 4"
    assert slip.wait == "Perkiraan waktu tunggu: 15-25 menit (dapat berubah)"
    assert slip.issued == "Selasa, 24 November 2026 09.41 WITA"
    assert slip.priority == slip.copy == ""


def test_the_same_facts_make_an_english_slip() -> None:
    slip = slip_for(facts(), 1, Words("en"), settings())
    assert (slip.agency, slip.service) == ("Civil Registry", "ID card")
    assert slip.issued == "Tuesday, 24 November 2026 09:41 WITA"


def test_a_copy_and_a_priority_visitor_are_marked() -> None:
    slip = slip_for({**facts(), "priority": True}, 2, Words("id"), settings())
    assert (slip.copy, slip.priority) == ("CETAK ULANG 2", "PRIORITAS")


@pytest.mark.parametrize(
    ("wait", "counters", "says"),
    [
        (None, 0, "No counter for this service is open yet"),
        (None, 1, ""),
        ([0, 0], 1, "You will be called shortly"),
        ([5, 5], 1, "Estimated wait: 5 minutes (may change)"),
    ],
)
def test_no_minutes_are_promised_that_nobody_knows(wait: list[int] | None, counters: int, says: str) -> None:
    slip = slip_for({**facts(), "wait": wait, "open_counters": counters}, 1, Words("en"), settings())
    assert slip.wait == says


def test_a_journey_lists_its_steps() -> None:
    legs: list[dict[str, object]] = [
        {"agency_names": {"id": "Bapenda"}, "service_names": {"id": "PBB-P2"}, "optional": False},
        {"agency_names": {"id": "Bank NTT"}, "service_names": {"id": "Pembayaran"}, "optional": True},
    ]
    slip = slip_for({**facts(), "legs": legs}, 1, Words("id"), settings())
    assert slip.legs == ("Langkah 1 dari 2.", "1. Bapenda: PBB-P2", "2. Bank NTT: Pembayaran (pilihan)")
    legs[0]["done"], legs[1]["free"] = True, True
    again = slip_for({**facts(), "legs": legs, "leg": 2}, 2, Words("id"), settings())
    assert again.legs[:2] == (
        "Langkah 2 dari 2. Urutan dapat berubah: Anda diarahkan ke antrean terpendek.",
        "1. Bapenda: PBB-P2 (selesai)",
    )


def test_what_to_bring_is_listed_in_the_visitors_language_under_its_heading() -> None:
    known = {"id": ["KTP lama"], "en": ["Old ID card", "Photo"]}
    slip = slip_for({**facts(), "requirements": known, "address": "Jalan 1"}, 1, Words("en"), settings())
    assert slip.requirements == ("Have these documents ready:", "- Old ID card", "- Photo")
    assert (slip.more, slip.address) == ("Please ask the staff for the rest.", "Jalan 1")
    assert slip_for({**facts(), "requirements": {"id": ["KTP"]}}, 1, Words("en"), settings()).requirements[
        1:
    ] == ("- KTP",)


def test_a_slip_that_was_asked_for_by_an_older_program_is_still_printed() -> None:
    slip = slip_for(facts(), 1, Words("id"), settings())
    assert (slip.requirements, slip.address) == ((), "")


def test_without_a_public_address_the_code_holds_the_label_and_promises_no_page() -> None:
    slip = slip_for(facts(), 1, Words("id"), settings())
    assert (slip.qr, slip.qr_hint) == ("DK 003", "Tunjukkan kode ini kepada petugas")


def test_with_a_public_address_the_code_opens_the_visitors_page() -> None:
    slip = slip_for(facts(), 1, Words("id"), settings("https://antre.example/"))
    assert slip.qr == f"HTTPS://ANTRE.EXAMPLE/T/{TOKEN}"
    assert slip.qr_hint == "Pindai untuk memantau antrean"


def test_only_what_ignores_case_is_written_in_capitals() -> None:
    assert ticket_url("http://antre.example:8080/kupang", "ABC") == "HTTP://ANTRE.EXAMPLE:8080/kupang/T/ABC"
    assert qr_payload("", "ABC", "DK 001") == "DK 001"


@pytest.mark.parametrize(
    ("zone", "name"),
    [
        ("Asia/Jakarta", "WIB"),
        ("Asia/Makassar", "WITA"),
        ("Asia/Jayapura", "WIT"),
        ("Europe/Berlin", "CET"),
        ("Asia/Kathmandu", "UTC+5:45"),
        ("America/Sao_Paulo", "UTC-3"),
    ],
)
def test_a_zone_has_the_name_that_people_there_use(zone: str, name: str) -> None:
    assert zone_name(zone, AT) == name


def test_times_are_written_as_the_language_does() -> None:
    assert short_time(AT, "Asia/Makassar", "id", zone=True) == "09.41 WITA"
    assert short_time(AT, "Asia/Makassar", "en") == "09:41"
    assert long_moment(AT, "Asia/Jayapura", "id") == "Selasa, 24 November 2026 10.41 WIT"


@pytest.mark.parametrize(
    ("language", "said"), [("id", "bisa lewat jam tutup"), ("en", "may go past closing time")]
)
def test_a_wait_that_may_go_past_closing_says_so(language: str, said: str) -> None:
    late = facts()
    late["past_closing"] = True
    assert slip_for(late, 1, Words(language), settings()).wait.endswith(
        f"15-25 {'menit' if language == 'id' else 'minutes'}; {said}"
    )
