"""What an event means, in plain words: by table."""

from __future__ import annotations

from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest

from kiosk.i18n import Words
from kiosk.shared.telling import Telling
from queue_core.lifecycle import Status
from queue_core.views import EventView
from tests.support.house import MORNING
from tests.support.queue_views import ticket

TELLING = Telling({"DK.ktp": "KTP", "DK.kk": "KK"}, Words("id"), ZoneInfo("Asia/Makassar"))


@pytest.mark.parametrize(
    ("kind", "data", "told"),
    [
        ("issued", {"ahead": 3, "wait": [10, 20]}, "3 di depan, perkiraan 10–20 menit"),
        ("issued", {"ahead": 0, "wait": None}, "0 di depan, tanpa perkiraan"),
        ("issued", {"roll": "R1"}, "dari gulungan R1"),
        ("called", {"why": "order"}, "sesuai urutan"),
        (
            "called",
            {"why": "order", "waited": 12, "told": [10, 20]},
            "sesuai urutan, menunggu 12 menit: perkiraan 10–20 tepat",
        ),
        (
            "called",
            {"why": "priority", "waited": 4, "told": [10, 20]},
            "prioritas, menunggu 4 menit: lebih cepat dari perkiraan 10–20",
        ),
        (
            "called",
            {"why": "late", "waited": 31, "told": [10, 20]},
            "sudah lewat janji, menunggu 31 menit: lebih lama dari perkiraan 10–20",
        ),
        (
            "called",
            {"why": "by_number", "reason": "fotokopi", "waited": 2},
            "dipanggil menurut nomor, “fotokopi”, menunggu 2 menit",
        ),
        ("recalled", {"calls": 3}, "panggilan ke-3"),
        ("held", {"reason": "fotokopi", "until": MORNING.isoformat()}, "“fotokopi”, sampai 09.00"),
        ("held", {}, ""),
        ("transferred", {"to": "DK.kk"}, "ke KK"),
        ("leg_begun", {"leg": 2}, "langkah 2"),
        (
            "leg_begun",
            {"leg": 2, "because": "shortest", "credit": 12},
            "langkah 2, antrean terpendek, dihitung datang 12 menit lebih awal",
        ),
        ("leg_dropped", {"step": "DK.kk", "reason": "skipped"}, "KK"),
        ("leg_dropped", {"step": "DK.kk", "reason": "closed"}, "KK sudah tutup hari ini dan dilewati"),
        ("journey_begun", {"services": ["DK.ktp", "DK.kk"]}, "KTP → KK"),
        ("priority_set", {"priority": True}, "didahulukan"),
        ("slip_printed", {"copy": 1, "printer": "K1"}, "slip asli, pencetak K1"),
        ("slip_asked_again", {"copy": 2, "printer": "K1"}, "salinan ke-2, pencetak K1"),
        ("restored", {"override": True}, "di luar aturan, oleh pengawas"),
        ("undone", {"undone": "called"}, "dipanggil"),
        ("stepped_back", {"places": 2}, "2 orang lebih dahulu"),
        ("noted", {"note": "berkas lengkap"}, "“berkas lengkap”"),
        ("completed", {}, ""),
    ],
)
def test_what_an_event_means(kind: str, data: dict[str, object], told: str) -> None:
    event = EventView(1, MORNING, kind, "DK 001", "DK.ktp", "1", "sari", "C1", data)
    assert TELLING.details(event) == told


def test_a_step_says_how_long_was_waited_and_served() -> None:
    done = ticket(
        Status.COMPLETED,
        counter="3",
        called_at=MORNING + timedelta(minutes=12),
        started_at=MORNING + timedelta(minutes=13),
        finished_at=MORNING + timedelta(minutes=20, seconds=5),
    )
    assert TELLING.leg(done) == "KTP · selesai · loket 3 · menunggu 12.00 · dilayani 07.05"
    second = ticket(service="DK.kk", leg=2, legs=2)
    assert TELLING.leg(second) == "Langkah 2 dari 2: KK · menunggu"
