"""What would help a line most: by table."""

from __future__ import annotations

from datetime import timedelta

import pytest

from kiosk.i18n import LANGUAGES, Words
from kiosk.shared.advice import Advice, Do, advice
from queue_core.lifecycle import Status
from queue_core.views import CounterSummary, QueueView
from tests.support.house import MORNING
from tests.support.queue_views import counter, queue, ticket

LATE = queue(waiting=4, over_limit=2, longest_wait=2400)
BUSY = {"current": ticket(Status.SERVING)}


@pytest.mark.parametrize(
    ("line", "counters", "wanted"),
    [
        (queue(waiting=2, longest_wait=60), [counter()], None),
        (queue(), [], None),
        (LATE, [], Advice(Do.NOBODY)),
        (LATE, [counter(1, **BUSY)], Advice(Do.BUSY)),
        (LATE, [counter(1, **BUSY), counter(2)], Advice(Do.CALL, "2")),
        (LATE, [counter(1, **BUSY), counter(5, state="closed")], Advice(Do.OPEN, "5")),
        (LATE, [counter(1, **BUSY), counter(4, state="paused")], Advice(Do.BACK, "4")),
        (LATE, [counter(4, state="paused"), counter(5, state="closed")], Advice(Do.OPEN, "5")),
        (
            LATE,
            [counter(4, state="paused", back_at=MORNING - timedelta(minutes=1)), counter(5, state="closed")],
            Advice(Do.BACK, "4"),
        ),
        (LATE, [counter(1, **BUSY), counter(6, services=("DK.kk",))], Advice(Do.MOVE, "6")),
        (LATE, [counter(1, **BUSY), counter(6, services=("DK.akta",))], Advice(Do.BUSY)),
        (LATE, [counter(1, **BUSY), counter(6, agency="BN", services=("BN.sim",))], Advice(Do.BUSY)),
        (
            LATE,
            [counter(3, state="closed", services=("DK.kk", "DK.ktp")), counter(9, state="closed")],
            Advice(Do.OPEN, "9"),
        ),
    ],
)
def test_the_nearest_help_is_named(
    line: QueueView, counters: list[CounterSummary], wanted: Advice | None
) -> None:
    waiting = {"DK.ktp": 4, "DK.kk": 0, "DK.akta": 3}
    assert advice(line, counters, waiting, MORNING) == wanted


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("do", list(Do))
def test_every_advice_has_words(do: Do, language: str) -> None:
    assert not Advice(do, "5").sentence(Words(language)).startswith("supervisor.")
