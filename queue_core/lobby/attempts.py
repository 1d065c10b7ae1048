"""Counting wrong PINs: five in a row close a name, or the kiosk's door, for five minutes.

Kept in the store, so that a restart opens nothing. What a person was refused for want of a role is counted here too.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from hashlib import blake2b

from sqlalchemy import bindparam, delete, insert, select

from queue_core.lobby.tables import SIGN_IN_ATTEMPTS
from queue_core.lobby.turn import Turn

MOST_WRONG = 5
LOCK = timedelta(minutes=5)
FORGOTTEN = timedelta(days=1)
MOST_TOLD = 5
"""So often a day it is written down that one person was refused one verb: whoever holds a key down must not fill the disk."""

_SUBJECT = (
    SIGN_IN_ATTEMPTS.c.site_id == bindparam("site"),
    SIGN_IN_ATTEMPTS.c.subject == bindparam("who"),
)
_ATTEMPTS = select(SIGN_IN_ATTEMPTS).where(*_SUBJECT)
_CLEAR = delete(SIGN_IN_ATTEMPTS).where(*_SUBJECT)
_FORGET = delete(SIGN_IN_ATTEMPTS).where(
    SIGN_IN_ATTEMPTS.c.site_id == bindparam("site"), SIGN_IN_ATTEMPTS.c.changed_at < bindparam("before")
)
_ADD = insert(SIGN_IN_ATTEMPTS)


def count(turn: Turn, person: str) -> datetime | None:
    """Add one wrong attempt, and lock at the fifth; return until when it was locked already, else None."""
    keys = {"site": turn.site, "who": _subject(turn.site, person)}
    turn.connection.execute(_FORGET, {"site": turn.site, "before": turn.now - FORGOTTEN})
    row = turn.connection.execute(_ATTEMPTS, keys).one_or_none()
    if row is not None and row.locked_until is not None:
        until: datetime = row.locked_until
        if turn.now < until <= turn.now + LOCK:  # later than that it is the clock's fault
            return until
    failed = 1 if row is None or row.locked_until is not None else row.failed + 1
    lock = turn.now + LOCK if failed >= MOST_WRONG else None
    turn.connection.execute(_CLEAR, keys)
    turn.connection.execute(
        _ADD,
        {
            "site_id": turn.site,
            "subject": keys["who"],
            "failed": failed,
            "locked_until": lock,
            "changed_at": turn.now,
        },
    )
    return None


def note_refusal(turn: Turn, person: str, verb: str) -> bool:
    """Count that somebody was refused a verb; False when that stands in the record often enough for one day."""
    keys = {"site": turn.site, "who": _subject(turn.site, f"{person}\n{verb}")}
    turn.connection.execute(_FORGET, {"site": turn.site, "before": turn.now - FORGOTTEN})
    row = turn.connection.execute(_ATTEMPTS, keys).one_or_none()
    if row is not None and row.failed >= MOST_TOLD:
        return False
    failed, since = (1, turn.now) if row is None else (row.failed + 1, row.changed_at)
    new = {"site_id": turn.site, "subject": keys["who"], "failed": failed, "locked_until": None}
    turn.connection.execute(_CLEAR, keys)
    turn.connection.execute(_ADD, {**new, "changed_at": since})
    return True


def forgive(turn: Turn, person: str) -> None:
    """Forget the wrong attempts, and end the lock."""
    turn.connection.execute(_CLEAR, {"site": turn.site, "who": _subject(turn.site, person)})


def _subject(site: str, person: str) -> str:
    """What attempts are counted under; the door has no name. A digest: what was typed as a name may be a PIN."""
    return blake2b(person.encode(), key=site.encode(), digest_size=16).hexdigest()
