"""The life of a ticket: the whole table, move by move, written down a second time."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from queue_core.errors import IllegalMove
from queue_core.lifecycle import AT_COUNTER, MOVES, OPEN, Action, Status, advance, allowed

LEGAL = {
    ("waiting", "call"): "called",
    ("waiting", "step_back"): "waiting",
    ("waiting", "transfer"): "transferred",
    ("waiting", "skip"): "transferred",
    ("waiting", "cancel"): "cancelled",
    ("waiting", "expire"): "expired",
    ("called", "recall"): "called",
    ("called", "start"): "serving",
    ("called", "no_show"): "no_show",
    ("called", "hold"): "held",
    ("called", "transfer"): "transferred",
    ("called", "skip"): "transferred",
    ("called", "cancel"): "cancelled",
    ("called", "expire"): "expired",
    ("serving", "complete"): "completed",
    ("serving", "hold"): "held",
    ("serving", "transfer"): "transferred",
    ("serving", "expire"): "expired",
    ("held", "resume"): "called",
    ("held", "come_back"): "waiting",
    ("held", "skip"): "transferred",
    ("held", "no_show"): "no_show",
    ("held", "cancel"): "cancelled",
    ("held", "expire"): "expired",
    ("no_show", "restore"): "waiting",
}
PAIRS = list(product(Status, Action))


@pytest.mark.parametrize(("status", "action"), PAIRS, ids=[f"{s}-{a}" for s, a in PAIRS])
def test_a_move_is_legal_exactly_as_written_here(status: Status, action: Action) -> None:
    follows = LEGAL.get((status.value, action.value))
    if follows is not None:
        assert advance(status, action) is Status(follows)
        return
    with pytest.raises(IllegalMove) as refusal:
        advance(status, action, label="DK 001")
    assert refusal.value.data == {
        "label": "DK 001",
        "status": status.value,
        "action": action.value,
        "allowed": [move for (at, move) in LEGAL if at == status.value],
    }


def test_the_table_knows_every_status() -> None:
    assert set(MOVES) == set(Status)


@pytest.mark.parametrize("status", [Status.COMPLETED, Status.TRANSFERRED, Status.CANCELLED, Status.EXPIRED])
def test_what_is_over_stays_over(status: Status) -> None:
    assert allowed(status) == ()


def test_open_and_at_counter_follow_from_the_moves() -> None:
    assert {status for status in Status if Action.EXPIRE in MOVES[status]} == OPEN
    assert {status for status in Status if Action.TRANSFER in MOVES[status]} == AT_COUNTER | {Status.WAITING}


@given(st.lists(st.sampled_from(Action), max_size=60))
def test_no_walk_leaves_the_table(actions: list[Action]) -> None:
    status = Status.WAITING
    for action in actions:
        if action in allowed(status):
            status = advance(status, action)
        else:
            with pytest.raises(IllegalMove):
                advance(status, action)
    assert status in MOVES
