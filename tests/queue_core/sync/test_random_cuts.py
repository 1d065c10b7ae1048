"""Kiosks that are cut off at random, lose answers, restart, lose their disks; a site that is put back from a copy.

Whatever happened: no label on two papers, no number lost that somebody holds, one visit for one wish, no contradiction
in any store; and what the bundles say ends the same in whatever order they come. `KIOSK_SEEDS=200` plays more, and so
does `python -m torture offline`.
"""

from __future__ import annotations

import os
import random
from pathlib import Path

import pytest

from queue_core import Store, make_copy, open_store, put_back
from tests.support.house import Clock, small_catalogue
from tests.support.mall import (
    begin_mall,
    contradictions,
    lost,
    play,
    state,
    twice_on_paper,
    wished_twice,
)
from tests.support.stores import Open, lobby_on

SEEDS = range(int(os.environ.get("KIOSK_SEEDS", "2")))
STEPS = 70


@pytest.mark.parametrize("seed", SEEDS)
def test_no_label_twice_nothing_lost_and_one_visit_for_one_wish(
    seed: int, store: Store, clock: Clock, open_local: Open
) -> None:
    mall = begin_mall(seed, store, clock, open_local)

    play(mall, STEPS)
    mall.end()

    assert twice_on_paper(mall) == []
    assert lost(mall, store) == []
    assert list(wished_twice(mall, store)) == []
    assert contradictions(mall) == []


@pytest.mark.parametrize("seed", SEEDS)
def test_a_site_that_was_put_back_from_a_copy_learns_again_what_its_kiosks_had_told(
    seed: int, store: Store, store_url: str, clock: Clock, open_local: Open, tmp_path: Path
) -> None:
    mall = begin_mall(seed, store, clock, open_local)
    play(mall, STEPS // 2)
    copy = make_copy(store, tmp_path / "copies", clock.now)
    play(mall, STEPS // 2)

    store.close()
    fresh = open_store(store_url, base=tmp_path)
    put_back(fresh, copy.path, clock.now, mall.begin_epochs)
    fresh.close()
    store = open_store(store_url, base=tmp_path)
    mall.forget_since_copy(lobby_on(store, clock))
    play(mall, STEPS // 2)
    mall.end()

    assert twice_on_paper(mall) == []
    assert lost(mall, store) == []
    assert contradictions(mall) == []
    store.close()


@pytest.mark.parametrize("seed", SEEDS)
def test_in_whatever_order_and_however_often_bundles_come_the_end_is_the_same(
    seed: int, store: Store, clock: Clock, open_local: Open
) -> None:
    mall = begin_mall(seed, store, clock, open_local)
    play(mall, STEPS)
    mall.end()
    told = mall.told()

    ends = []
    for order in range(2):
        dice, other = random.Random(order), open_local(f"other-{order}")
        other.apply_catalogue(small_catalogue())
        for bundle in dice.sample(told * 2, len(told) * 2):
            other.merge(bundle)
        assert other.flaws() == ()
        ends.append(state(other))

    assert ends[0] == ends[1]
    assert len(ends[0]["visit"]) >= len(
        {each.label for each in mall.papers if not each.by_site and not each.lost}
    )
