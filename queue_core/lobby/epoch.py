"""After the store was set back, by a copy or by a torn file: what is on paper though the store has forgotten it must never be given out again."""

from __future__ import annotations

from sqlalchemy import bindparam, update

from queue_core.events import NOBODY, EventKind
from queue_core.lobby.tables import PRINT_JOB, SITE
from queue_core.lobby.turn import Turn, origin
from queue_core.numbering import NOT_ENROLLED, is_code
from queue_core.store.highwater import Reached

SKIPPED = 1_000_000
"""How far the events' numbers leap, so that no reader who had seen more takes new events for old ones."""

_EPOCH = (
    update(SITE)
    .where(SITE.c.site_id == bindparam("site"))
    .values(epoch=bindparam("new"), epoch_day=bindparam("day"))
)
_LOSE_CODE = (
    update(SITE).where(SITE.c.site_id == bindparam("site"), SITE.c.origin != "").values(origin=NOT_ENROLLED)
)
"""A kiosk's own store must not go on with its series either: it gets a new code at its next contact."""
_DOUBT_SLIPS = (
    update(PRINT_JOB)
    .where(PRINT_JOB.c.site_id == bindparam("site"), PRINT_JOB.c.state.in_(("new", "sending", "stub")))
    .values(state="asking", updated_at=bindparam("now"))
)


def begin_epoch(turn: Turn, reached: Reached | None = None) -> int:
    """Give out the numbers of the rest of this day from a series of their own, and return the epoch.

    Slips that were under way may have come out since the copy was made: a person has to say whether they did. With
    `reached`, how far the store had come that this one takes the place of: it may have begun epochs of its own.
    """
    before, slips = turn.seq, _begin(turn, reached)
    turn.seq = max(turn.seq, reached.seq if reached else 0) + SKIPPED
    turn.emit(EventKind.COPY_PUT_BACK, epoch=turn.epoch, slips=slips, skipped=turn.seq - before)
    return turn.epoch


def own_up(turn: Turn, reached: Reached) -> None:
    """The store has forgotten what it had committed: say so, and give no number out a second time.

    Where all that is forgotten belongs to an earlier day, today's numbers go on as they are.
    """
    by, turn.by = turn.by, NOBODY  # it is nobody's doing
    lost, epoch, slips = reached.seq - turn.seq, 0, 0
    if reached.day >= turn.today:
        slips, epoch = _begin(turn, reached), turn.epoch
        turn.origin = NOT_ENROLLED if is_code(turn.origin) else origin(epoch)
    turn.seq = reached.seq + SKIPPED
    turn.emit(EventKind.CHANGES_LOST, lost=lost, epoch=epoch, slips=slips, skipped=lost + SKIPPED)
    turn.by = by


def _begin(turn: Turn, reached: Reached | None) -> int:
    """Begin the epoch after all that are known of, and return how many slips are in doubt."""
    turn.epoch = max(turn.epoch, reached.epoch if reached else 0) + 1
    turn.connection.execute(_EPOCH, {"site": turn.site, "day": turn.today, "new": turn.epoch})
    turn.connection.execute(_LOSE_CODE, {"site": turn.site})
    return turn.connection.execute(_DOUBT_SLIPS, {"site": turn.site, "now": turn.now}).rowcount
