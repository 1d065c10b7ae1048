"""A counter opens, pauses and closes. While a visitor stands there it does none of the latter two."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Row, bindparam, select, update

from queue_core.errors import CounterBusy, CounterPaused
from queue_core.events import EventKind
from queue_core.lobby.tables import COUNTER
from queue_core.lobby.tickets import standing_at
from queue_core.lobby.turn import Turn
from queue_core.models import CounterState

_THIS = (COUNTER.c.site_id == bindparam("site"), COUNTER.c.number == bindparam("counter"))
_STATE = select(*(COUNTER.c[name] for name in ("state", "since", "staff", "back_at"))).where(*_THIS)
_SET = (
    update(COUNTER)
    .where(*_THIS)
    .values(
        state=bindparam("new_state"),
        since=bindparam("now"),
        staff=bindparam("who"),
        back_at=bindparam("back"),
        last_action_at=bindparam("now"),
        undo=None,
    )
)


def open_counter(turn: Turn, counter: str) -> None:
    """Take visitors from now on. Somebody else who opens an open counter takes it over."""
    number = turn.catalogue.counter(counter)
    row = state_of(turn, number)
    if row.state != CounterState.OPEN or turn.by.staff not in {"", row.staff}:
        _set(turn, number, CounterState.OPEN, turn.by.staff or row.staff)
        turn.emit(EventKind.COUNTER_OPENED, counter=number, answers=True)


def pause_counter(turn: Turn, counter: str, back_at: datetime | None) -> None:
    """Take a break, if it is known until when. Raises CounterBusy."""
    number = turn.catalogue.counter(counter)
    row = state_of(turn, number)
    if row.state == CounterState.PAUSED and row.back_at == back_at:
        return
    refuse_busy(turn, number)
    _set(turn, number, CounterState.PAUSED, turn.by.staff or row.staff, back_at)
    until = None if back_at is None else back_at.isoformat()
    turn.emit(EventKind.COUNTER_PAUSED, counter=number, answers=True, back_at=until)


def close_counter(turn: Turn, counter: str) -> None:
    """Take no more visitors. Raises CounterBusy."""
    number = turn.catalogue.counter(counter)
    if state_of(turn, number).state != CounterState.CLOSED:
        refuse_busy(turn, number)
        shut(turn, number)
        turn.answer_last()


def done_before(_turn: Turn, _event: Row[Any]) -> None:
    """A repeated request finds its work done; there is nothing to answer."""


def shut(turn: Turn, number: int) -> None:
    """Close a counter at which nobody stands."""
    _set(turn, number, CounterState.CLOSED, "")
    turn.emit(EventKind.COUNTER_CLOSED, counter=number)


def seat(turn: Turn, number: int, staff: str) -> None:
    """Let somebody else sit here from now on; who takes over is there, so that a break or a closed counter ends."""
    _set(turn, number, CounterState.OPEN, staff)


def ready(turn: Turn, number: int) -> None:
    """Make sure that visitors can be called here: open the counter if nobody did. Raises CounterPaused."""
    state = turn.states.get(number) or state_of(turn, number).state
    if state == CounterState.PAUSED:
        raise CounterPaused(counter=str(number))
    if state == CounterState.CLOSED:
        _set(turn, number, CounterState.OPEN, turn.by.staff)
        turn.emit(EventKind.COUNTER_OPENED, counter=number)


def touch(turn: Turn, number: int) -> None:
    """Remember that somebody works at this counter."""
    turn.touched.add(number)


def refuse_busy(turn: Turn, number: int) -> None:
    """Raise CounterBusy when a called or served visitor stands here."""
    standing = standing_at(turn, number)
    if standing is not None:
        raise CounterBusy(counter=str(number), label=standing.label, status=standing.status)


def state_of(turn: Turn, number: int) -> Row[Any]:
    """The row of a counter: its state, since when, whose, and back at what time."""
    return turn.connection.execute(_STATE, {"site": turn.site, "counter": number}).one()


def _set(turn: Turn, number: int, state: CounterState, staff: str, back_at: datetime | None = None) -> None:
    values = {
        "site": turn.site,
        "counter": number,
        "new_state": state,
        "now": turn.now,
        "who": staff,
        "back": back_at,
    }
    turn.connection.execute(_SET, values)
    turn.states[number] = state
