"""How a moment to come is typed: a time of day, or a date with one."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from kiosk.commands.endings import Misused

if TYPE_CHECKING:
    from kiosk.commands.session import Session

_TIME = re.compile(r"(\d{1,2})[.:](\d{2})")


def moment(session: Session, text: str) -> datetime | None:
    """Return the next moment at which the site's clock shows `HH:MM` (or `HH.MM`), or that of `2026-12-01 08:00`; None for ''.

    Raises: Misused for anything else.
    """
    if not text:
        return None
    local = session.house.clock().astimezone(session.zone)
    found = _TIME.fullmatch(text.strip())
    try:
        if found is None:
            return _in_zone(datetime.fromisoformat(text.strip()), local)
        at = local.replace(hour=int(found[1]), minute=int(found[2]), second=0, microsecond=0)
    except ValueError:
        raise Misused(says="cli.bad_time", value=text) from None
    return at if at > local else at + timedelta(days=1)


def _in_zone(at: datetime, local: datetime) -> datetime:
    return at if at.tzinfo else at.replace(tzinfo=local.tzinfo)
