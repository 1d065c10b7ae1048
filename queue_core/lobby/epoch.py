"""After a copy was put back: what is on paper though the store has forgotten it must never be given out again."""

from __future__ import annotations

from sqlalchemy import bindparam, update

from queue_core.events import EventKind
from queue_core.lobby.tables import PRINT_JOB, SITE
from queue_core.lobby.turn import Turn

SKIPPED = 1_000_000
"""How far the events' numbers leap, so that no reader who had seen more takes new events for old ones."""

_EPOCH = (
    update(SITE)
    .where(SITE.c.site_id == bindparam("site"))
    .values(epoch=SITE.c.epoch + 1, epoch_day=bindparam("day"))
    .returning(SITE.c.epoch)
)
_DOUBT_SLIPS = (
    update(PRINT_JOB)
    .where(PRINT_JOB.c.site_id == bindparam("site"), PRINT_JOB.c.state.in_(("new", "sending", "stub")))
    .values(state="asking", updated_at=bindparam("now"))
)


def begin_epoch(turn: Turn) -> int:
    """Give out the numbers of the rest of this day from a series of their own, and return the epoch.

    Slips that were under way may have come out since the copy was made: a person has to say whether they did.
    """
    epoch = int(turn.connection.execute(_EPOCH, {"site": turn.site, "day": turn.today}).scalar_one())
    slips = turn.connection.execute(_DOUBT_SLIPS, {"site": turn.site, "now": turn.now}).rowcount
    turn.seq += SKIPPED
    turn.emit(EventKind.COPY_PUT_BACK, epoch=epoch, slips=slips, skipped=SKIPPED)
    return epoch
