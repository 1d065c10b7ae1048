"""Open or closed in words: every reason has them, and the next opening is told as people say it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from kiosk.i18n import LANGUAGES, Words
from kiosk.shared.explain import explain
from kiosk.shared.openings import (
    closed_line,
    opening_line,
    opens_again,
    refused,
    remarks,
    short_why,
    why_closed,
)
from queue_core.errors import QuotaReached, ServiceClosed, SiteClosed
from queue_core.views import Opening

WITA = ZoneInfo("Asia/Makassar")
NOW = datetime(2026, 11, 24, 1, 0, tzinfo=UTC)  # Tuesday, 09:00
REASONS = (
    "inactive",
    "by_hand",
    "holiday",
    "special",
    "day_off",
    "hours",
    "break_midday",
    "break_friday_prayer",
    "break_other",
    "last_ticket",
    "full",
    "quota_day",
    "quota_hour",
)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_reason_has_words(language: str) -> None:
    words = Words(language)
    for reason in REASONS:
        said = why_closed(Opening(open=False, reason=reason, last_ticket_at=NOW), WITA, words)
        assert said
        assert not said.startswith("common.")
        short = short_why(Opening(open=False, reason=reason), words)
        assert short[:1].islower()
        assert "00.00" not in short
    for reason in REASONS[1:4] + REASONS[6:9]:
        seen = Opening(open=False, reason=reason, name={"id": "Apel", "en": "Parade"})
        assert words.pick({"id": "Apel", "en": "Parade"}) in why_closed(seen, WITA, words)


@pytest.mark.parametrize(
    ("seen", "indonesian", "english"),
    [
        (
            Opening(open=False, reason="hours", opens_at=NOW + timedelta(days=6, hours=-1)),
            "Tutup; buka lagi Senin 08.00",
            "Closed; opens Monday 08.00",
        ),
        (
            Opening(open=False, reason="quota_day", opens_at=NOW + timedelta(hours=23), left=0),
            "Kuota hari ini habis; buka lagi besok 08.00",
            "Today's quota is used up; opens tomorrow 08.00",
        ),
        (
            Opening(open=False, reason="holiday", name={"id": "Hari Kemerdekaan", "en": "Independence Day"}),
            "Libur: Hari Kemerdekaan",
            "Holiday: Independence Day",
        ),
        (
            Opening(
                open=False, reason="last_ticket", last_ticket_at=NOW + timedelta(hours=5.5), opens_at=None
            ),
            "Nomor terakhir pukul 14.30",
            "Last number was at 14.30",
        ),
        (
            Opening(open=False, reason="break_friday_prayer", opens_at=NOW + timedelta(hours=4)),
            "Istirahat salat Jumat; buka lagi pukul 13.00",
            "Break for the Friday prayer; opens at 13.00",
        ),
        (
            Opening(open=False, reason="holiday", opens_at=NOW + timedelta(days=13, hours=-1)),
            "Libur; buka lagi Senin, 7 Desember 08.00",
            "Holiday; opens Monday 7 December 08.00",
        ),
    ],
)
def test_a_closed_place_says_why_and_until_when(seen: Opening, indonesian: str, english: str) -> None:
    assert closed_line(seen, NOW, WITA, Words("id")) == indonesian
    assert closed_line(seen, NOW, WITA, Words("en")) == english


def test_a_week_from_now_the_weekday_alone_would_mislead() -> None:
    words = Words("id")
    assert opens_again(NOW + timedelta(days=6), NOW, WITA, words) == "buka lagi Senin 09.00"
    assert opens_again(NOW + timedelta(days=7), NOW, WITA, words) == "buka lagi Selasa, 1 Desember 09.00"


def test_an_open_place_warns_of_the_last_number_and_of_few_numbers_left() -> None:
    words = Words("id")
    seen = Opening(open=True, last_ticket_at=NOW + timedelta(minutes=61), left=11)
    assert remarks(seen, NOW, WITA, words) == []
    seen = Opening(open=True, last_ticket_at=NOW + timedelta(minutes=60), left=10)
    assert remarks(seen, NOW, WITA, words) == ["nomor terakhir pukul 10.00", "sisa 10 nomor"]


def test_staff_read_how_a_place_stands() -> None:
    words = Words("id")
    assert opening_line(Opening(open=True), NOW, WITA, words) == "Buka"
    assert opening_line(Opening(open=True, closes_at=NOW), NOW, WITA, words) == "Buka sampai 09.00"
    held = Opening(open=True, closes_at=NOW, until=NOW + timedelta(hours=1), left=3)
    assert opening_line(held, NOW, WITA, words) == "Dibuka petugas sampai 10.00 · sisa 3 nomor"
    assert opening_line(Opening(open=False, reason="full"), NOW, WITA, words) == "Antrean hari ini penuh"


def test_a_refusal_tells_staff_the_same() -> None:
    words, opens_at = Words("id"), NOW + timedelta(hours=23)
    for error, said in (
        (SiteClosed(reason="day_off", opens_at=None), "Tempat pelayanan sedang tutup (Tutup hari ini)."),
        (
            ServiceClosed(service="DK.ktp", reason="by_hand", opens_at=opens_at, name={"id": "Rapat"}),
            "Layanan DK.ktp tidak memberi nomor sekarang (Tutup sementara: Rapat). Buka kembali Rabu pukul 08.00.",
        ),
        (
            QuotaReached(service="DK.ktp", reason="quota_hour", opens_at=opens_at),
            "Kuota untuk DK.ktp sudah habis (Kuota jam ini habis). Buka kembali Rabu pukul 08.00.",
        ),
    ):
        assert explain(error, words, WITA) == said
        assert refused(error.data).opens_at == error.data["opens_at"]
