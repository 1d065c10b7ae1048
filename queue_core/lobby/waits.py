"""A wait has ended: what was foretold is compared with what became true, and the next forecast learns from it."""

from __future__ import annotations

from sqlalchemy import bindparam, insert, select, update

from queue_core.calling import Why
from queue_core.learning import band, newest
from queue_core.lobby.tables import PAST_WAIT, WAIT_ACCURACY
from queue_core.lobby.tickets import TicketRow
from queue_core.lobby.turn import Turn
from queue_core.waiting import was_kept, whole_minutes

_ROW = (
    PAST_WAIT.c.site_id == bindparam("site"),
    PAST_WAIT.c.service == bindparam("of"),
    PAST_WAIT.c.band == bindparam("at"),
)
_CASES = select(PAST_WAIT.c.cases).where(*_ROW)
_KEEP = update(PAST_WAIT).where(*_ROW).values(cases=bindparam("new_cases"), seq=bindparam("new_seq"))
_BEGIN = insert(PAST_WAIT)
_COUNT = (
    update(WAIT_ACCURACY)
    .where(
        WAIT_ACCURACY.c.site_id == bindparam("site"),
        WAIT_ACCURACY.c.business_date == bindparam("day"),
        WAIT_ACCURACY.c.service == bindparam("of"),
    )
    .values(
        told=WAIT_ACCURACY.c.told + 1,
        kept=WAIT_ACCURACY.c.kept + bindparam("true"),
        sooner=WAIT_ACCURACY.c.sooner + bindparam("early"),
    )
)
_FIRST = insert(WAIT_ACCURACY)
_NOBODYS_TURN = frozenset({Why.BY_NUMBER, Why.WALK_IN})


def ended(turn: Turn, ticket: TicketRow, why: Why) -> dict[str, object]:
    """Learn from a wait that ends with a first call, and return what the event tells of it: `waited`, and `told` if so.

    A call out of turn teaches nothing. Neither does a wait that began with no counter open, and a line left and joined anew.
    """
    if ticket.place is None:
        return {}
    waited = (turn.now - ticket.waiting_since).total_seconds() / 60
    if why not in _NOBODYS_TURN:
        _learn(
            turn, ticket, waited - turn.catalogue.breaks_of(ticket.service, ticket.waiting_since, turn.now)
        )
    if ticket.wait_low is None:
        return {"waited": int(waited)}
    _compare(turn, ticket, waited)
    minutes = whole_minutes(ticket.wait_high, waited)
    return {"waited": minutes, "told": [ticket.wait_low, ticket.wait_high]}


def _learn(turn: Turn, ticket: TicketRow, minutes: float) -> None:
    keys = {"site": turn.site, "of": ticket.service, "at": band(ticket.place)}
    cases = ticket.cases if hasattr(ticket, "cases") else turn.connection.scalar(_CASES, keys)
    kept = newest(cases or (), (ticket.place, round(max(0.0, minutes), 1)))
    seq = turn.seq + 1  # the earliest that this turn's events can have
    if cases is not None:
        turn.connection.execute(_KEEP, {**keys, "new_cases": kept, "new_seq": seq})
        return
    row = {"site_id": turn.site, "service": ticket.service, "band": keys["at"], "seq": seq, "cases": kept}
    turn.connection.execute(_BEGIN, row)


def _compare(turn: Turn, ticket: TicketRow, waited: float) -> None:
    true, early = was_kept(ticket.wait_low, ticket.wait_high, waited), waited < ticket.wait_low
    keys = {"site": turn.site, "day": ticket.business_date, "of": ticket.service}
    counted = turn.connection.execute(_COUNT, {**keys, "true": int(true), "early": int(early)})

    def begin() -> None:
        if counted.rowcount == 0:
            row = {"site_id": turn.site, "business_date": ticket.business_date, "service": ticket.service}
            turn.connection.execute(_FIRST, {**row, "told": 1, "kept": int(true), "sooner": int(early)})

    turn.check_later(begin)
