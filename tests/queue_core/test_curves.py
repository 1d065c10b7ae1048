"""How many waited at each mark."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from queue_core.curves import Spell, waiting_at
from tests.support.house import MORNING

MARKS = [MORNING + timedelta(minutes=30 * mark) for mark in range(4)]


def at(minutes: float) -> datetime:
    return MORNING + timedelta(minutes=minutes)


@pytest.mark.parametrize(
    ("spells", "counts"),
    [
        ([], [0, 0, 0, 0]),
        ([(at(0), at(30))], [1, 0, 0, 0]),
        ([(at(1), at(29))], [0, 0, 0, 0]),
        ([(at(-90), None)], [1, 1, 1, 1]),
        ([(at(10), at(70)), (at(20), None), (at(89), at(500))], [0, 2, 2, 2]),
        ([(at(200), None)], [0, 0, 0, 0]),
    ],
)
def test_who_waits_at_a_mark(spells: list[Spell], counts: list[int]) -> None:
    assert waiting_at(spells, MARKS) == counts
