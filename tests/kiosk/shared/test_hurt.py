"""What hurts most comes first."""

from __future__ import annotations

import pytest

from kiosk.shared.hurt import ORDERS, Level, hurt, level
from queue_core.views import Opening, QueueView
from tests.support.queue_views import queue

MINUTE = 60
CLOSED = Opening(open=False, reason="hours")


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (queue(waiting=3, longest_wait=31 * MINUTE, over_limit=1), Level.LATE),
        (queue(waiting=3, longest_wait=31 * MINUTE, over_limit=1, open_counters=0), Level.LATE),
        (queue(waiting=3, longest_wait=20 * MINUTE), Level.SOON),
        (queue(waiting=3, longest_wait=19 * MINUTE, open_counters=0), Level.UNATTENDED),
        (queue(waiting=3, longest_wait=19 * MINUTE), Level.FINE),
        (queue(waiting=30, longest_wait=MINUTE, crowded=True), Level.CROWDED),
        (queue(waiting=30, longest_wait=MINUTE, crowded=True, open_counters=0), Level.UNATTENDED),
        (queue(), Level.CALM),
        (queue(opening=CLOSED), Level.CLOSED),
        (queue(opening=CLOSED, serving=1), Level.CALM),
        (queue(opening=CLOSED, waiting=1, longest_wait=MINUTE), Level.FINE),
    ],
)
def test_how_bad_it_is(line: QueueView, expected: Level) -> None:
    assert level(line) is expected


WORST_FIRST = (
    queue("AA.late-far", waiting=1, longest_wait=90 * MINUTE, over_limit=1),
    queue("AA.late-near", waiting=10, longest_wait=31 * MINUTE, over_limit=1),
    queue("AA.soon-short-promise", waiting=1, longest_wait=14 * MINUTE, target_minutes=15),
    queue("AA.soon-unattended", waiting=1, longest_wait=25 * MINUTE, open_counters=0),
    queue("AA.unattended", waiting=1, longest_wait=10 * MINUTE, open_counters=0),
    queue("AA.crowded", waiting=9, longest_wait=MINUTE, crowded=True),
    queue("AA.waiting-long", waiting=1, longest_wait=12 * MINUTE),
    queue("AA.waiting-many", waiting=8, longest_wait=2 * MINUTE),
    queue("AA.waiting-few", waiting=2, longest_wait=2 * MINUTE),
    queue("AA.calm"),
    queue("AA.closed", opening=CLOSED),
)


def test_late_then_close_to_the_promise_then_nobody_serving_then_waiting() -> None:
    assert sorted(WORST_FIRST, key=hurt, reverse=True) == list(WORST_FIRST)
    assert sorted(WORST_FIRST[6:] + WORST_FIRST[:6], key=ORDERS["hurt"]) == list(WORST_FIRST)


@pytest.mark.parametrize(
    ("order", "first"),
    [("waiting", "AA.late-near"), ("longest", "AA.late-far"), ("name", "AA.calm")],
)
def test_other_orders(order: str, first: str) -> None:
    assert min(WORST_FIRST, key=ORDERS[order]).service == first
