"""What supervisors order by hand, on top of the catalogue: closed or held open, each until a moment.

A place has one order, the newest. Orders raise the catalogue's revision, so that every program takes them over with its
next look; an order that has ended counts for nothing, and is erased with the next one.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Row, bindparam, delete, insert, update

from queue_core.events import EventKind
from queue_core.hours import end_of_day
from queue_core.lobby.catalogue import EVERYTHING, SiteCatalogue
from queue_core.lobby.catalogue_rows import read_catalogue
from queue_core.lobby.openness import read_openness
from queue_core.lobby.outlook import read_outlook
from queue_core.lobby.tables import OPENING_ORDER, SITE
from queue_core.lobby.turn import Look, Turn
from queue_core.opening import Order
from queue_core.views import Names, OrderView, PlaceView

_HERE = OPENING_ORDER.c.site_id == bindparam("site")
_FORGET = delete(OPENING_ORDER).where(_HERE, OPENING_ORDER.c.ends_at <= bindparam("now"))
_LIFT = delete(OPENING_ORDER).where(_HERE, OPENING_ORDER.c.target == bindparam("at"))
_ADD = insert(OPENING_ORDER)
_NEW_REVISION = (
    update(SITE)
    .where(SITE.c.site_id == bindparam("site"))
    .values(catalogue_revision=SITE.c.catalogue_revision + 1)
)


def give(turn: Turn, place: str, *, opens: bool, until: datetime | None, reason: Names | None) -> PlaceView:
    """Close a place or hold it open, until a moment or to the end of the site's day.

    Raises:
        UnknownService: there is no such place.
        NotAllowed: who orders is no supervisor.
        ValueError: `until` is not in the future.
    """
    target, catalogue = turn.catalogue.target(place), turn.catalogue
    ends_at = until or end_of_day(turn.now, catalogue.place.zone, catalogue.place.day_starts)
    if ends_at <= turn.now:
        raise ValueError(ends_at)
    _erase(turn, target)
    row = {
        "site_id": turn.site,
        "target": target,
        "opens": opens,
        "begins_at": turn.now,
        "ends_at": ends_at,
        "reason": dict(reason) if reason else None,
        "staff": turn.by.staff,
    }
    turn.connection.execute(_ADD, row)
    kind = EventKind.SERVICE_HELD_OPEN if opens else EventKind.SERVICE_CLOSED
    turn.emit(kind, answers=True, target=target, until=ends_at.isoformat(), reason=row["reason"])
    return _now(turn, target)


def lift(turn: Turn, place: str, *, only_closed: bool = False) -> PlaceView:
    """End the order for a place; with `only_closed`, one that holds it open stays. Nothing happens without one."""
    target = turn.catalogue.target(place)
    order = turn.catalogue.orders.get(target)
    if order is not None and order.ends_at > turn.now and not (only_closed and order.opens):
        _erase(turn, target)
        turn.emit(EventKind.ORDER_LIFTED, answers=True, target=target, opened=order.opens)
    return _now(turn, target)


def ordered_before(turn: Turn, event: Row[Any]) -> PlaceView:
    """How the place stands now that the same request spoke of."""
    return _now(turn, event.data["target"])


def orders(look: Look) -> tuple[OrderView, ...]:
    """The orders in effect: the site, then agencies and services in the catalogue's order."""
    known = look.catalogue.orders
    targets = (EVERYTHING, *look.catalogue.agencies, *look.catalogue.services)
    return tuple(
        _view(look.catalogue, target, known[target])
        for target in targets
        if target in known and known[target].ends_at > look.now
    )


def place(look: Look, name: str) -> PlaceView:
    """How a place stands."""
    return _seen(look, look.catalogue, look.catalogue.target(name))


def _erase(turn: Turn, target: str) -> None:
    turn.connection.execute(_FORGET, {"site": turn.site, "now": turn.now})
    turn.connection.execute(_LIFT, {"site": turn.site, "at": target})
    turn.connection.execute(_NEW_REVISION, {"site": turn.site})


def _now(turn: Turn, target: str) -> PlaceView:
    """How a place stands with what this turn has written."""
    turn.catalogue = read_catalogue(turn.connection, turn.site)
    return _seen(turn, turn.catalogue, target)


def _seen(here: Look | Turn, catalogue: SiteCatalogue, target: str) -> PlaceView:
    openness, order = read_openness(read_outlook(here)), catalogue.orders.get(target)
    lasting = order is not None and order.ends_at > here.now
    return PlaceView(
        target=target,
        names=catalogue.names_of(target),
        opening=openness.of(target),
        order=_view(catalogue, target, order) if order is not None and lasting else None,
    )


def _view(catalogue: SiteCatalogue, target: str, order: Order) -> OrderView:
    return OrderView(
        target=target,
        names=catalogue.names_of(target),
        opens=order.opens,
        begins_at=order.begins_at,
        ends_at=order.ends_at,
        reason=order.reason,
        staff=order.staff,
    )
