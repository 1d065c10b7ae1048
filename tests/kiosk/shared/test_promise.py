"""How well the announced waits held, in words."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from kiosk.i18n import Words
from kiosk.shared.promise import Held, by_service, held, sentences
from queue_core.views import AccuracyView
from tests.kiosk.shared.test_figures import overview
from tests.support.house import MORNING

TODAY = MORNING.date()
YESTERDAY = TODAY - timedelta(days=1)
ROWS = (
    AccuracyView(TODAY, "BN.sim", told=4, kept=4, sooner=0),
    AccuracyView(TODAY, "DK.ktp", told=26, kept=16, sooner=4),
    AccuracyView(YESTERDAY, "DK.ktp", told=70, kept=60, sooner=6),
)


def test_today_and_the_last_days_are_told_with_their_tone() -> None:
    seen = replace(overview(), accuracy=ROWS)
    assert sentences(seen, Words("id")) == [
        ("hari ini 67 % tepat (20 dari 30)", "soon"),
        ("2 hari: 80 % tepat, 10 % dipanggil lebih cepat", "good"),
    ]
    assert by_service(seen, TODAY) == {"DK.ktp": Held(26, 16, 4), "BN.sim": Held(4, 4, 0)}


def test_of_a_first_day_only_today_is_told() -> None:
    seen = replace(overview(), accuracy=ROWS[:2])
    assert len(sentences(seen, Words("en"))) == 1


def test_of_few_visitors_nothing_is_said_by_colour_and_of_none_no_figure() -> None:
    assert sentences(replace(overview(), accuracy=ROWS[:1]), Words("id"))[0][1] == "muted"
    assert sentences(overview(), Words("id")) == [("hari ini belum ada yang dapat dibandingkan", "muted")]
    assert held([]).percent == 0
