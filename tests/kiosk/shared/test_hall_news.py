"""What the hall is told beside the calls."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from kiosk.i18n import Words
from kiosk.shared.hall_news import hall_news
from queue_core.views import BreakView, EarlyView

BREAKS = (BreakView(3, "DK", datetime(2026, 11, 24, 5, 0, tzinfo=UTC)),)
EARLY = (EarlyView("BN", {"id": "Bank"}, {"id": "rapat"}),)


def test_breaks_and_early_leavers_are_told_where_they_belong() -> None:
    said = hall_news(BREAKS, EARLY, Words("id"), ZoneInfo("Asia/Makassar"))
    assert said == (
        "Bank tutup lebih awal hari ini: rapat",
        "Loket 3 istirahat, kembali pukul 13.00",
    )
    assert hall_news(BREAKS, EARLY, Words("id"), ZoneInfo("Asia/Makassar"), ["DK"]) == said[1:]
