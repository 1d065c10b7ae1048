"""Numbers counted against quotas: a row per day and one per hour, raised in the transaction of the number.

The rule: a number counts for each service of its visit when it is given out, and for their agencies and the site. A
visitor who cancels before being served gives it back. Who does not come, is put back in line or is sent on by staff
changes nothing. Numbers from pre-printed rolls count and are never refused, as they are in visitors' hands already.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import bindparam, insert, select, update

from queue_core.lobby.catalogue import EVERYTHING
from queue_core.lobby.tables import QUOTA_USE, VISIT
from queue_core.lobby.tickets import TicketRow
from queue_core.lobby.turn import Look, Turn
from queue_core.opening import NOTHING_TAKEN, Taken

WHOLE_DAY = -1
Use = Mapping[str, Taken]
"""What is taken today and in this hour, by target (`*`, `DK`, `DK.ktp`)."""

_OF_DAY = (QUOTA_USE.c.site_id == bindparam("site"), QUOTA_USE.c.business_date == bindparam("day"))
_NOW = select(QUOTA_USE.c.target, QUOTA_USE.c.hour, QUOTA_USE.c.taken).where(
    *_OF_DAY, QUOTA_USE.c.hour.in_((WHOLE_DAY, bindparam("this_hour")))
)
_ROW = (*_OF_DAY, QUOTA_USE.c.target == bindparam("of"), QUOTA_USE.c.hour == bindparam("in_hour"))
_ONE_MORE = update(QUOTA_USE).where(*_ROW).values(taken=QUOTA_USE.c.taken + 1)
_ONE_LESS = update(QUOTA_USE).where(*_ROW, QUOTA_USE.c.taken > 0).values(taken=QUOTA_USE.c.taken - 1)
_FIRST = insert(QUOTA_USE)
_ARRIVED = select(VISIT.c.arrived_at).where(
    VISIT.c.site_id == bindparam("site"), VISIT.c.visit_id == bindparam("visit")
)


def read_use(here: Look | Turn) -> Use:
    """Return what is taken; a single statement, and none where there is no quota."""
    if not here.catalogue.counted:
        return NOTHING_TAKEN
    hour = _hour(here.now, here.catalogue.place.zone)
    rows = here.connection.execute(_NOW, {"site": here.site, "day": here.today, "this_hour": hour})
    found: dict[str, dict[int, int]] = defaultdict(dict)
    for row in rows:
        found[row.target][row.hour] = row.taken
    return {target: Taken(each.get(WHOLE_DAY, 0), each.get(hour, 0)) for target, each in found.items()}


def taken_of(use: Use, target: str) -> Mapping[str, Taken]:
    """Return what is taken at each level of a place, as `opening` wants it."""
    code = target.partition(".")[0]
    levels = {"site": EVERYTHING, "agency": code, "service": target}
    return {name: use[key] for name, key in levels.items() if key in use} if use else NOTHING_TAKEN


def take(turn: Turn, services: Iterable[str], at: datetime | None = None) -> None:
    """Count a number for each of these services, in the hour in which it was given out (now, unless it is said)."""
    for target in _targets(turn, services):
        for hour in (WHOLE_DAY, _hour(at or turn.now, turn.catalogue.place.zone)):
            keys = {"site": turn.site, "day": turn.today, "of": target, "in_hour": hour}
            if turn.connection.execute(_ONE_MORE, keys).rowcount == 0:
                row = {"site_id": turn.site, "business_date": turn.today, "target": target, "hour": hour}
                turn.connection.execute(_FIRST, {**row, "taken": 1})


def give_back(turn: Turn, ticket: TicketRow, services: Iterable[str]) -> None:
    """Let somebody else have what a visitor cancelled, on the day and in the hour in which it was taken."""
    targets = _targets(turn, services)
    if not targets:
        return
    visit = {"site": turn.site, "visit": ticket.visit_id}
    arrived = turn.connection.execute(_ARRIVED, visit).scalar_one()
    for target in targets:
        for hour in (WHOLE_DAY, _hour(arrived, turn.catalogue.place.zone)):
            keys = {"site": turn.site, "day": ticket.business_date, "of": target, "in_hour": hour}
            turn.connection.execute(_ONE_LESS, keys)


def _targets(turn: Turn, services: Iterable[str]) -> list[str]:
    """The targets with a quota that a number counts for: each service, and its agency and the site once."""
    if not turn.catalogue.counted:
        return []
    wanted = list(services)
    wider = dict.fromkeys([EVERYTHING, *(service.partition(".")[0] for service in wanted)])
    return [target for target in (*wider, *wanted) if target in turn.catalogue.counted]


def _hour(moment: datetime, zone: ZoneInfo) -> int:
    return moment.astimezone(zone).hour
