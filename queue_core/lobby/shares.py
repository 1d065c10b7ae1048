"""What a choice has to remember, written in the transaction of its call: on the tickets, and on the counter for its shares."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import Integer, bindparam, case, false, select, text, update

from queue_core.calling import NOTHING, Candidate, Choice, Memory, Policy
from queue_core.lobby.tables import COUNTER, TICKET
from queue_core.lobby.turn import Look, Turn
from queue_core.models import WAITING

_COUNTER = (COUNTER.c.site_id == bindparam("site"), COUNTER.c.number == bindparam("counter"))
_MEMORY = select(COUNTER.c.turns).where(*_COUNTER)
_REMEMBER = update(COUNTER).where(*_COUNTER).values(turns=bindparam("new_turns"))
_TICKET = update(TICKET).where(
    TICKET.c.site_id == bindparam("site"), TICKET.c.ticket_id == bindparam("ticket")
)
_PASS = _TICKET.values(passed=TICKET.c.passed + 1)
_UNPASS = _TICKET.where(TICKET.c.passed > 0).values(passed=TICKET.c.passed - 1)
_LENT = TICKET.c.owed + bindparam("more", type_=Integer)
_LEND = _TICKET.values(owed=case((_LENT > 0, _LENT), else_=0))
_FIRST_REGULAR = (
    select(TICKET.c.ticket_id, TICKET.c.owed)
    .where(
        TICKET.c.site_id == bindparam("site"),
        TICKET.c.business_date == bindparam("day"),
        TICKET.c.service == bindparam("of"),
        TICKET.c.priority == false(),
        text(WAITING),  # in these very words, so that the partial index serves
    )
    .order_by(TICKET.c.waiting_since, TICKET.c.ticket_id)
    .limit(1)
)


def read_memory(here: Look | Turn, counter: int, policy: Policy) -> Memory:
    """Return what a counter remembers; one that has no shares has nothing to remember."""
    if not policy.shares:
        return NOTHING
    found: Memory | None = here.connection.scalar(_MEMORY, {"site": here.site, "counter": counter})
    return found or NOTHING


def remember(turn: Turn, counter: int, heads: Iterable[Candidate], choice: Choice, memory: Memory) -> None:
    """Write what the next choice must know of this one, after its ticket has left the line; `undo` takes it back."""
    before = {head.ticket: head for head in heads}
    for ticket in choice.passed:
        turn.connection.execute(_PASS, {"site": turn.site, "ticket": ticket})
    turn.passed += choice.passed
    for ticket, owed in choice.owes.items():
        _lend(turn, ticket, owed - before[ticket].owed)
    if choice.inherits:
        keys = {"site": turn.site, "day": turn.today, "of": before[choice.ticket].service}
        following = turn.connection.execute(_FIRST_REGULAR, keys).one_or_none()
        if following is not None:
            _lend(turn, following.ticket_id, choice.inherits - following.owed)
    if choice.memory is not None:
        turn.shares = dict(memory)
        keep_memory(turn, counter, choice.memory)


def take_back(turn: Turn, counter: int, kept: Mapping[str, Any]) -> None:
    """Undo `remember`, whatever was remembered by others since; `kept` is the part of an undo's memento."""
    for ticket in kept["passed"]:
        turn.connection.execute(_UNPASS, {"site": turn.site, "ticket": ticket})
    for ticket, lent in kept["lent"].items():
        _lend(turn, ticket, -lent)
    if kept["shares"] is not None:
        keep_memory(turn, counter, kept["shares"])


def keep_memory(turn: Turn, counter: int, memory: Memory) -> None:
    """Let a counter remember this."""
    keys = {"site": turn.site, "counter": counter, "new_turns": dict(memory)}
    turn.connection.execute(_REMEMBER, keys)


def _lend(turn: Turn, ticket: str, more: int) -> None:
    if more:
        turn.lent[ticket] = more
        turn.connection.execute(_LEND, {"site": turn.site, "ticket": ticket, "more": more})
