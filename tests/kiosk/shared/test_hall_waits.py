"""Who waits where, as boards say it."""

from __future__ import annotations

import pytest

from kiosk.i18n import Words
from kiosk.shared.hall_waits import lines
from queue_core.views import AgencyOffer, Opening, ServiceOffer, WaitRange

WORDS = Words("id")


def agency(*waits: WaitRange | None, is_open: bool = True, waiting: int = 4) -> AgencyOffer:
    services = tuple(
        ServiceOffer(
            f"DK.{at}", "DK", {}, 5, None, None, None, Opening(open=True), 0, int(wait is not None), wait
        )
        for at, wait in enumerate(waits)
    )
    return AgencyOffer("DK", {}, "Dukcapil", Opening(open=is_open), waiting, 1, 0, services)


@pytest.mark.parametrize(
    ("waits", "minutes"),
    [
        ((WaitRange(5, 15), WaitRange(10, 30), None), "5-30"),
        ((WaitRange(0, 0), WaitRange(0, 0)), "langsung dilayani"),
        ((WaitRange(5, 15), WaitRange(60, 120, past_closing=True)), "bisa lewat jam tutup"),
        ((None, None), "loket belum buka"),
    ],
)
def test_an_agency_waits_from_the_least_to_the_most_of_its_lines_or_says_why_no_minutes(
    waits: tuple[WaitRange | None, ...], minutes: str
) -> None:
    (line,) = lines([agency(*waits)], WORDS)
    assert (line.name, line.waiting, line.minutes) == ("Dukcapil", 4, minutes)
    assert line.sentence.startswith("4 menunggu · ")


def test_an_agency_that_is_closed_stands_there_only_while_somebody_waits() -> None:
    assert len(lines([agency(None, is_open=False)], WORDS)) == 1
    assert lines([agency(None, is_open=False, waiting=0)], WORDS) == ()
