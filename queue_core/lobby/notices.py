"""A word from the supervisor to the whole hall: one line of text that all boards show, until it has run out."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, cast

from sqlalchemy import Row, bindparam, delete, insert, select

from queue_core.errors import NoticeOver
from queue_core.events import NOBODY, Actor, EventKind
from queue_core.lobby.entrance import Entrance
from queue_core.lobby.tables import NOTICE
from queue_core.lobby.turn import Look, Turn
from queue_core.views import NoticeView

LONGEST_NOTICE = 200
"""Characters. More is not read while one walks by."""

_THIS = NOTICE.c.site_id == bindparam("site")
_READ = select(NOTICE).where(_THIS)
_ERASE = delete(NOTICE).where(_THIS)
_WRITE = insert(NOTICE)


class Notices(Entrance):
    """The part of the Lobby that writes on the boards."""

    def set_notice(
        self,
        texts: Mapping[str, str],
        *,
        until: datetime | None = None,
        by: Actor = NOBODY,
        request_id: str | None = None,
    ) -> NoticeView:
        """Have all boards show a text, in place of the one before.

        Args:
            texts: by language; those that are empty are left out. At least one, of at most LONGEST_NOTICE characters.
            until: aware; None: until the end of this day.
            by: who says it.
            request_id: repeat it after a lost answer.

        Raises: NoticeOver when `until` has passed; ValueError for no text, or one that is too long.
        """
        said = {language: " ".join(text.split()) for language, text in texts.items() if text.strip()}
        if not said or max(len(text) for text in said.values()) > LONGEST_NOTICE:
            raise ValueError(texts)
        with self.turn("set_notice", by=by, request_id=request_id) as turn:
            utc = None if until is None else until.astimezone(UTC)
            return turn.once(lambda: _set(turn, said, utc), _set_before)

    def clear_notice(self, *, by: Actor = NOBODY, request_id: str | None = None) -> bool:
        """Take the text off the boards; False when there was none."""
        with self.turn("clear_notice", by=by, request_id=request_id) as turn:
            return turn.once(lambda: _clear(turn), lambda _turn, _event: True)

    def notice(self) -> NoticeView | None:
        """What the boards say now, if a supervisor wrote something."""
        with self.look() as look:
            return read_notice(look)


def read_notice(here: Look | Turn) -> NoticeView | None:
    """Return what stands on the boards at this moment."""
    row = here.connection.execute(_READ, {"site": here.site}).one_or_none()
    if row is None:
        return None
    stands = row.business_date == here.today if row.until is None else row.until > here.now
    return NoticeView(row.texts, row.until, row.set_at, row.staff) if stands else None


def _set(turn: Turn, texts: Mapping[str, str], until: datetime | None) -> NoticeView:
    if until is not None and until <= turn.now:
        raise NoticeOver(until=until)
    row = {
        "site_id": turn.site,
        "texts": dict(texts),
        "business_date": turn.today,
        "until": until,
        "set_at": turn.now,
        "staff": turn.by.staff,
    }
    turn.connection.execute(_ERASE, {"site": turn.site})
    turn.connection.execute(_WRITE, row)
    ends = None if until is None else until.isoformat()
    turn.emit(EventKind.NOTICE_SET, answers=True, texts=dict(texts), until=ends)
    return NoticeView(texts, until, turn.now, turn.by.staff)


def _set_before(_turn: Turn, event: Row[Any]) -> NoticeView:
    """What was answered then, whatever stands on the boards now."""
    ends = cast("str | None", event.data["until"])
    until = None if ends is None else datetime.fromisoformat(ends)
    return NoticeView(event.data["texts"], until, event.at, event.staff)


def _clear(turn: Turn) -> bool:
    stood = read_notice(turn)
    if stood is None:
        return False
    turn.connection.execute(_ERASE, {"site": turn.site})
    turn.emit(EventKind.NOTICE_CLEARED, answers=True, texts=dict(stood.texts))
    return True
