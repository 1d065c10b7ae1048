"""A crowded piece of a scripted day: all verbs, on both engines; `python -m bench.day` plays the whole of it."""

from __future__ import annotations

import pytest

from bench.day.play import play
from bench.day.specials import NOT_OF_A_DAY, VERBS
from kiosk.wiring import dice
from queue_core import Store
from queue_core.roles import LEAST, needed


@pytest.mark.story
def test_board_counters_phones_supervisor_and_figures_say_the_same_all_day(store: Store) -> None:
    players = play(store, dice(4), visits=150, look_every=400)
    assert len(players.account.visits) == 150
    assert {visit.now.status for visit in players.account.visits.values()} <= {
        "completed",
        "no_show",
        "cancelled",
    }


def test_a_day_uses_all_that_staff_can_do_but_for_administration() -> None:
    assert VERBS | NOT_OF_A_DAY.keys() == LEAST.keys()
    assert all(needed(verb) == "admin" for verb in NOT_OF_A_DAY.keys() - {"accept_clock"})
    assert not VERBS & NOT_OF_A_DAY.keys()
