"""Pre-printed rolls: the day on which no kiosk works.

A roll has plain numbers, 1 to 100, and is torn off by hand. Its numbers are a series of their own, `R1`, `R2` …, so they
never meet those of the kiosk. Staff say up to which number they have handed out; from then on these people wait like
all others: counters call the next one, board and supervisor show them. Nothing is printed.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Row, and_, bindparam, func, insert, select, update

from queue_core.errors import RollInUse, RollRange, UnknownRoll, UnknownService
from queue_core.events import EventKind
from queue_core.ids import new_token
from queue_core.lobby.catalogue import ServiceEntry
from queue_core.lobby.legs import NewLeg, write_leg
from queue_core.lobby.numbers import take_number
from queue_core.lobby.quotas import take
from queue_core.lobby.tables import NUMBER_SERIES, ROLL, VISIT
from queue_core.lobby.tickets import by_id
from queue_core.lobby.turn import Look, Turn
from queue_core.numbering import format_label
from queue_core.views import RollView

LARGEST = 9999
ORIGIN = "R"

_SERIES = and_(
    NUMBER_SERIES.c.site_id == ROLL.c.site_id,
    NUMBER_SERIES.c.prefix == ROLL.c.prefix,
    NUMBER_SERIES.c.origin == ROLL.c.origin,
    NUMBER_SERIES.c.business_date == ROLL.c.business_date,
)
_TODAY = (ROLL.c.site_id == bindparam("site"), ROLL.c.business_date == bindparam("day"))
_ROLLS = (
    select(ROLL, NUMBER_SERIES.c.last.label("given"))
    .join(NUMBER_SERIES, _SERIES)
    .where(*_TODAY)
    .order_by(ROLL.c.started_at, ROLL.c.prefix, ROLL.c.origin)
)
_ONE = _ROLLS.where(ROLL.c.prefix == bindparam("of"), ROLL.c.origin == bindparam("from_origin"))
_RUNNING = _ROLLS.where(ROLL.c.prefix == bindparam("of"), ROLL.c.stopped_at.is_(None))
_ORIGINS = select(func.count()).where(
    NUMBER_SERIES.c.site_id == bindparam("site"),
    NUMBER_SERIES.c.prefix == bindparam("of"),
    NUMBER_SERIES.c.business_date == bindparam("day"),
    NUMBER_SERIES.c.origin == bindparam("from_origin"),
)
_STOP = (
    update(ROLL)
    .where(*_TODAY, ROLL.c.prefix == bindparam("of"), ROLL.c.origin == bindparam("from_origin"))
    .values(stopped_at=bindparam("now"))
)


def start(turn: Turn, name: str, first: int, last: int) -> RollView:
    """Begin a roll for the agency `DK`, whose numbers wait for its first service, or for a service, `DK.ktp`."""
    if not 1 <= first <= last <= LARGEST:
        raise ValueError((first, last))
    service = _service(turn, name)
    running = _running(turn, service.agency)
    if running is not None:
        raise RollInUse(agency=service.agency, first=running.first, last=running.last)
    origin = _free_origin(turn, service.agency)
    keys = {"site_id": turn.site, "business_date": turn.today, "prefix": service.agency, "origin": origin}
    turn.connection.execute(insert(NUMBER_SERIES), {**keys, "last": first - 1})
    turn.connection.execute(
        insert(ROLL), {**keys, "service": service.id, "first": first, "last": last, "started_at": turn.now}
    )
    return _say(turn, EventKind.ROLL_STARTED, service.agency, origin)


def hand_out(turn: Turn, agency: str, up_to: int) -> RollView:
    """Let everybody wait who got a number up to this one, in the order of the numbers."""
    roll = _demand(turn, agency)
    if not roll.given < up_to <= roll.last:
        raise RollRange(number=up_to, next=roll.given + 1, last=roll.last)
    count = up_to - roll.given
    for place in range(count):
        _wait(turn, roll, turn.now - timedelta(microseconds=count - place))
    return _say(turn, EventKind.ROLL_HANDED_OUT, roll.prefix, roll.origin)


def stop(turn: Turn, agency: str) -> RollView:
    """Hand out no more; the numbers that are out keep their place in line."""
    roll = _demand(turn, agency)
    keys = {"site": turn.site, "day": turn.today, "of": roll.prefix, "from_origin": roll.origin}
    turn.connection.execute(_STOP, {**keys, "now": turn.now})
    return _say(turn, EventKind.ROLL_STOPPED, roll.prefix, roll.origin)


def rolls(look: Look) -> tuple[RollView, ...]:
    """Today's rolls, oldest first."""
    rows = look.connection.execute(_ROLLS, {"site": look.site, "day": look.today})
    return tuple(_view(row) for row in rows)


def answered_before(turn: Turn, event: Row[Any]) -> RollView:
    """The roll that the same request spoke of, as it is now."""
    return _read(turn, event.data["agency"], event.data["origin"])


def _service(turn: Turn, name: str) -> ServiceEntry:
    """The service named, or the first one of the agency named. Raises UnknownService."""
    if "." in name:
        return turn.catalogue.service(name)
    code = name.strip().upper()
    found = next((each for each in turn.catalogue.active_services if each.agency == code), None)
    if found is None:
        nearest = next(iter(turn.catalogue.active_services), None)
        raise UnknownService(service=name, nearest=nearest.agency if nearest else "")
    return found


def _wait(turn: Turn, roll: Row[Any], since: datetime) -> None:
    """Write the visit of the roll's next number. A microsecond apart, so that they stand in line as they were torn off."""
    service, visit = turn.catalogue.services[roll.service], turn.new_id()
    number = take_number(turn, roll.prefix, roll.origin)
    row = {
        "site_id": turn.site,
        "visit_id": visit,
        "business_date": turn.today,
        "prefix": roll.prefix,
        "origin": roll.origin,
        "number": number,
        "label": format_label(roll.prefix, number, roll.origin),
        "token": new_token(turn.random_bytes),
        "language": turn.catalogue.site.languages[0],
        "priority": False,
        "journey": "",
        "machine": turn.by.machine,
        "legs": 1,
        "arrived_at": since,
    }
    turn.connection.execute(insert(VISIT), row)
    take(turn, [service.id])
    ticket = write_leg(turn, NewLeg(visit, 1, service, priority=False, waiting_since=since))
    turn.emit(EventKind.ISSUED, by_id(turn.connection, turn.site, ticket), roll=roll.origin)


def _demand(turn: Turn, agency: str) -> Row[Any]:
    running = _running(turn, agency.strip().upper())
    if running is None:
        raise UnknownRoll(agency=agency.strip().upper())
    return running


def _running(turn: Turn, agency: str) -> Row[Any] | None:
    return turn.connection.execute(
        _RUNNING, {"site": turn.site, "day": turn.today, "of": agency}
    ).one_or_none()


def _free_origin(turn: Turn, agency: str) -> str:
    """`R1`, `R2` …: the first that no series of this agency has today."""
    place = 1
    keys = {"site": turn.site, "day": turn.today, "of": agency}
    while turn.connection.scalar(_ORIGINS, {**keys, "from_origin": f"{ORIGIN}{place}"}):
        place += 1
    return f"{ORIGIN}{place}"


def _say(turn: Turn, kind: EventKind, agency: str, origin: str) -> RollView:
    roll = _read(turn, agency, origin)
    said = {"agency": agency, "origin": origin, "first": roll.first, "last": roll.last, "given": roll.given}
    turn.emit(kind, None, counter=None, answers=True, **said)
    return roll


def _read(turn: Turn, agency: str, origin: str) -> RollView:
    keys = {"site": turn.site, "day": turn.today, "of": agency, "from_origin": origin}
    return _view(turn.connection.execute(_ONE, keys).one())


def _view(row: Row[Any]) -> RollView:
    return RollView(
        agency=row.prefix,
        origin=row.origin,
        service=row.service,
        first=row.first,
        last=row.last,
        given=row.given,
        started_at=row.started_at,
        stopped_at=row.stopped_at,
    )
