"""Who speaks a call aloud: one board, once, whatever is restarted."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import bindparam, delete, insert, select

from queue_core.lobby.entrance import Entrance
from queue_core.lobby.tables import ANNOUNCEMENT

KEPT = timedelta(days=1)
"""After so long nobody would speak a call any more, so that its claim may be forgotten."""

_CLAIM = select(ANNOUNCEMENT.c.board).where(
    ANNOUNCEMENT.c.site_id == bindparam("site"), ANNOUNCEMENT.c.seq == bindparam("seq")
)
_ADD = insert(ANNOUNCEMENT)
_FORGET = delete(ANNOUNCEMENT).where(
    ANNOUNCEMENT.c.site_id == bindparam("site"), ANNOUNCEMENT.c.at < bindparam("before")
)


class Announcing(Entrance):
    """The part of the Lobby that boards share the speaking by."""

    def claim_announcement(self, seq: int, board: str) -> bool:
        """Say that `board` speaks the call that the event `seq` tells of; False when one has claimed it before.

        Claimed once and for all: a board that fails between claim and speech leaves a call unspoken rather than let
        it be spoken twice. The screens show it all the same. Claims are erased after a day.
        """
        with self.turn(any_clock=True) as turn:
            if turn.connection.execute(_CLAIM, {"site": turn.site, "seq": seq}).one_or_none() is not None:
                return False
            turn.connection.execute(_FORGET, {"site": turn.site, "before": turn.now - KEPT})
            claim = {"site_id": turn.site, "seq": seq, "board": board, "at": turn.now}
            turn.connection.execute(_ADD, claim)
            turn.quiet = True
            return True
