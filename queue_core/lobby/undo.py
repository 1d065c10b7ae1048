"""Taking back the last action at a counter: for some seconds the counter's row remembers how everything was before.

Nothing that happened is erased: what the action's events told is answered by one `undone` event each. Only a wait that had
just begun, and of which nobody has taken notice, is withdrawn. What was foretold has had its answer at the call that is taken
back, so that the next one teaches nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Set
from datetime import datetime, timedelta
from typing import Any, TypeVar

from sqlalchemy import bindparam, delete, func, insert, select, update

from queue_core.errors import CannotUndo
from queue_core.events import EventKind
from queue_core.lifecycle import Status
from queue_core.lobby.moves import FINAL, put_back
from queue_core.lobby.rows import ticket_view
from queue_core.lobby.shares import take_back
from queue_core.lobby.tables import COUNTER, EVENT, TICKET, VISIT, VISIT_LEG
from queue_core.lobby.tickets import TicketRow, by_id, look_at_counter
from queue_core.lobby.turn import Look, Turn
from queue_core.views import TicketView, UndoView

Answer = TypeVar("Answer")
Memento = dict[str, Any]

_ALWAYS = frozenset({"status", "finished_at", "passed", "owed"})
"""Columns that are put back whether the action set them or not: others may have counted on the ticket since."""
_FORETOLD = ("wait_low", "wait_high", "place")
_UNSEEN = ("noted", "slip_printed", "slip_failed", "slip_asked_again")
"""Events that do not change what becomes of a ticket."""
_NOT_OURS = frozenset({EventKind.ISSUED, EventKind.HOLD_ENDED, EventKind.EXPIRED})
"""What may happen within the same command and is not taken back with it."""

_THIS = (COUNTER.c.site_id == bindparam("site"), COUNTER.c.number == bindparam("counter"))
_READ = select(COUNTER.c.undo).where(*_THIS)
_WRITE = update(COUNTER).where(*_THIS).values(undo=bindparam("new_undo"))
_WRITE_AND_TOUCH = _WRITE.values(last_action_at=bindparam("now"))
_TOUCHED = select(func.count()).where(
    EVENT.c.site_id == bindparam("site"),
    EVENT.c.visit_id.in_(bindparam("visits", expanding=True)),
    EVENT.c.visit_id.is_not(None),
    EVENT.c.seq > bindparam("seq"),
    EVENT.c.kind.not_in(_UNSEEN),
)
_PLAN = select(VISIT_LEG).where(
    VISIT_LEG.c.site_id == bindparam("site"), VISIT_LEG.c.visit_id == bindparam("visit")
)
_ERASE_PLAN = delete(VISIT_LEG).where(
    VISIT_LEG.c.site_id == bindparam("site"), VISIT_LEG.c.visit_id == bindparam("visit")
)
_WRITE_PLAN = insert(VISIT_LEG)
_SET_VISIT = update(VISIT).where(VISIT.c.site_id == bindparam("site"), VISIT.c.visit_id == bindparam("visit"))
_SET_WAY = _SET_VISIT.values(legs=bindparam("new_legs"), journey=bindparam("new_journey"))
_WITHDRAW = delete(TICKET).where(
    TICKET.c.site_id == bindparam("site"),
    TICKET.c.ticket_id == bindparam("ticket"),
    TICKET.c.status == Status.WAITING,
)


def remembering(turn: Turn, counter: str, do: Callable[[], Answer]) -> Answer:
    """Do something at a counter, and keep how it was before, so that it can be taken back."""
    number = turn.catalogue.counter(counter)
    here = look_at_counter(turn, number)
    plan = None if here is None else _plan_of(turn, here)
    seq = turn.last_seq
    answer = do()
    if turn.before:
        kept = _memento(turn, plan) if turn.catalogue.desk.undo_seconds else None
        _keep(turn, number, kept)
    elif turn.last_seq > seq:  # such as a number for somebody without paper: now that was the last action
        _keep(turn, number, None)
    return answer


def undo(turn: Turn, counter: str) -> TicketView:
    """Put back what the last action at this counter changed; return the ticket that it was about.

    Raises:
        CannotUndo: there is nothing to take back, it is too late, or somebody else has gone on with the visit.
    """
    number = turn.catalogue.counter(counter)
    kept = turn.connection.scalar(_READ, {"site": turn.site, "counter": number})
    kept = _takeable(turn, number, kept)
    rows = {each["ticket"]: _put_back(turn, each) for each in reversed(kept["tickets"])}
    rows |= {ticket: by_id(turn.connection, turn.site, ticket) for ticket in kept["begun"]}
    _withdraw(turn, kept)  # last: a leg that this action began and called waits again only now
    take_back(turn, number, kept)
    _keep(turn, number, None)
    about = kept["tickets"][-1]["ticket"]
    answered = False
    for kind, ticket in reversed(kept["events"]):
        answers = ticket == about and not answered
        answered |= answers
        turn.emit(EventKind.UNDONE, rows[ticket], counter=number, answers=answers, undone=kind)
    return ticket_view(turn, rows[about])


def takeable_until(turn: Look, kept: Memento | None) -> UndoView | None:
    """What could be taken back at a counter, and until when."""
    if kept is None:
        return None
    until = datetime.fromisoformat(kept["at"]) + timedelta(seconds=turn.catalogue.desk.undo_seconds)
    return UndoView(kept["events"][-1][0], kept["label"], until) if until > turn.now else None


def _plan_of(turn: Turn, ticket: TicketRow) -> Memento:
    """The way of a visit as it is planned now; that of most is a single service, and has no rows."""
    keys = {"site": turn.site, "visit": ticket.visit_id}
    rows = turn.connection.execute(_PLAN, keys) if ticket.has_plan else ()
    return {
        "visit": ticket.visit_id,
        "legs": ticket.legs,
        "journey": ticket.journey,
        "rows": [dict(row._mapping) for row in rows],  # noqa: SLF001 - SQLAlchemy's public name for it
    }


def _memento(turn: Turn, plan: Memento | None) -> Memento:
    events = [(kind, ticket) for kind, ticket in turn.happened() if kind not in _NOT_OURS]
    if plan is not None and plan["visit"] not in {row.visit_id for row in turn.before.values()}:
        plan = None  # of somebody who only stands here meanwhile
    return {
        "at": turn.now.isoformat(),
        "seq": turn.last_seq,
        "label": list(turn.before.values())[-1].label,
        "tickets": [_as_it_was(row, turn.moved.get(ticket, _ALWAYS)) for ticket, row in turn.before.items()],
        "plan": plan,
        "begun": [ticket for kind, ticket in events if kind == EventKind.LEG_BEGUN],
        "events": [list(each) for each in events],
        "passed": list(turn.passed),
        "lent": dict(turn.lent),
        "shares": turn.shares,
    }


def _as_it_was(row: TicketRow, moved: Set[str]) -> Memento:
    values = {name: getattr(row, name) for name in sorted(_ALWAYS | moved)}
    times = {name: value.isoformat() for name, value in values.items() if isinstance(value, datetime)}
    plain = {name: value for name, value in values.items() if name not in times}
    return {"ticket": row.ticket_id, "visit": row.visit_id, "columns": plain, "times": times}


def _takeable(turn: Turn, number: int, kept: Memento | None) -> Memento:
    seconds = turn.catalogue.desk.undo_seconds
    if kept is None:
        raise CannotUndo(counter=str(number), reason="nothing")
    if turn.now - datetime.fromisoformat(kept["at"]) > timedelta(seconds=seconds):
        raise CannotUndo(counter=str(number), reason="too_late", seconds=seconds)
    visits = sorted({each["visit"] for each in kept["tickets"]})
    keys = {"site": turn.site, "visits": visits, "seq": kept["seq"]}
    just_now = {ticket for _, ticket in turn.happened()}  # a hold that has ended with this very command
    ours = {*kept["begun"], *(each["ticket"] for each in kept["tickets"])}
    if ours & just_now or turn.connection.scalar(_TOUCHED, keys):
        raise CannotUndo(counter=str(number), reason="touched", label=kept["label"])
    return kept


def _withdraw(turn: Turn, kept: Memento) -> None:
    """Take back the legs that had begun, and plan the way as it was."""
    for ticket in kept["begun"]:
        turn.connection.execute(_WITHDRAW, {"site": turn.site, "ticket": ticket})
    for each in kept["tickets"]:
        keys = {"site": turn.site, "visit": each["visit"], "left": _left_at(each)}
        turn.connection.execute(_SET_VISIT.values(left_at=bindparam("left")), keys)
    plan = kept["plan"]
    if plan is None:
        return
    keys = {"site": turn.site, "visit": plan["visit"]}
    turn.connection.execute(_SET_WAY, {**keys, "new_legs": plan["legs"], "new_journey": plan["journey"]})
    turn.connection.execute(_ERASE_PLAN, keys)
    if plan["rows"]:
        turn.connection.execute(_WRITE_PLAN, plan["rows"])


def _left_at(kept: Memento) -> datetime | None:
    """When the visitor had left before: only whoever did not come had."""
    ended = kept["times"].get("finished_at") if kept["columns"]["status"] in FINAL else None
    return datetime.fromisoformat(ended) if ended else None


def _put_back(turn: Turn, kept: Memento) -> TicketRow:
    times = {name: datetime.fromisoformat(value) for name, value in kept["times"].items()}
    values = kept["columns"] | times
    if values["status"] == Status.WAITING:
        values |= dict.fromkeys(_FORETOLD)
    return put_back(turn, by_id(turn.connection, turn.site, kept["ticket"]), values)


def _keep(turn: Turn, number: int, memento: Memento | None) -> None:
    keys = {"site": turn.site, "counter": number, "new_undo": memento}
    if number in turn.touched:
        turn.touched.remove(number)
        turn.connection.execute(_WRITE_AND_TOUCH, {**keys, "now": turn.now})
    else:
        turn.connection.execute(_WRITE, keys)
