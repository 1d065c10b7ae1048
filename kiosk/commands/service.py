"""`kiosk service`: what a supervisor opens and closes by hand, and how everything stands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from typing import TYPE_CHECKING, Annotated

import typer

from kiosk.commands.common import HELP, command, group, panel
from kiosk.commands.endings import Misused
from kiosk.commands.moments import moment
from kiosk.commands.output import answer, table
from kiosk.commands.session import Session
from kiosk.shared.clock import clock_time

if TYPE_CHECKING:
    from queue_core.views import OrderView, PlaceView

PlaceName = Annotated[str, typer.Argument(metavar="PLACE", help=HELP("cli.option.place"))]
Until = Annotated[str, typer.Option("--until", metavar="HH:MM", help=HELP("cli.option.until"))]
Reason = Annotated[list[str], typer.Option("--reason", metavar="TEXT", help=HELP("cli.option.shown_reason"))]


def register(app: typer.Typer) -> None:
    """Add the group `kiosk service` to the app."""
    service = group("service")
    command(service, "close", changes=True)(close)
    command(service, "open", changes=True)(open_)
    command(service, "force-open", changes=True)(force_open)
    command(service, "lift", changes=True)(lift)
    command(service, "list")(show)
    app.add_typer(service, rich_help_panel=panel("hall"))


def close(session: Session, place: PlaceName, *, until: Until = "", reason: Reason = []) -> None:  # noqa: B006  typer copies it
    """Give out no more numbers for a service, an agency or the site."""
    seen = session.lobby.close_service(
        place, until=_until(session, until), reason=_reason(session, reason), **session.act
    )
    _tell(session, seen, "cli.service.closed")


def force_open(session: Session, place: PlaceName, *, until: Until = "", reason: Reason = []) -> None:  # noqa: B006
    """Give out numbers whatever hours, holidays and quotas say."""
    seen = session.lobby.force_open(
        place, until=_until(session, until), reason=_reason(session, reason), **session.act
    )
    _tell(session, seen, "cli.service.held_open")


def open_(session: Session, place: PlaceName) -> None:
    """End a closing by hand."""
    _tell(session, session.lobby.open_service(place, **session.act), "cli.service.opened")


def lift(session: Session, place: PlaceName) -> None:
    """End whatever was ordered by hand."""
    _tell(session, session.lobby.lift_override(place, **session.act), "cli.service.lifted")


def show(session: Session) -> None:
    """Show the orders by hand, and how each service stands."""
    from kiosk.shared.openings import opening_line

    words, now = session.words, session.house.clock()
    orders = {order.target: order for order in session.lobby.overrides()}
    offer = session.lobby.offer()
    places = [("*", offer.site.names, offer.opening)]
    for agency in offer.agencies:
        places.append((agency.code, agency.names, agency.opening))
        places += [(service.id, service.names, service.opening) for service in agency.services]
    head = [words(f"cli.head.{key}") for key in ("service", "name", "state", "by_hand")]
    rows = [
        [
            target,
            words.pick(names),
            opening_line(opening, now, session.zone, words),
            _order(session, orders.get(target)),
        ]
        for target, names, opening in places
    ]
    shapes = [
        {"place": target, "names": dict(names), **asdict(opening), "order": _order_shape(orders.get(target))}
        for target, names, opening in places
    ]
    table(session, head, shapes, rows)


def _until(session: Session, typed: str) -> datetime | None:
    """A date that has passed would be refused by the rules without a word on what to type."""
    at = moment(session, typed)
    if at is not None and at <= session.house.clock():
        raise Misused(says="cli.past_time", value=typed)
    return at


def _order(session: Session, order: OrderView | None) -> str:
    if order is None:
        return ""
    key = "cli.service.order_open" if order.opens else "cli.service.order_closed"
    return session.words(key, until=clock_time(order.ends_at, session.zone))


def _order_shape(order: OrderView | None) -> Mapping[str, object] | None:
    return None if order is None else asdict(order)


def _reason(session: Session, typed: list[str]) -> dict[str, str] | None:
    """`--reason "en=Meeting"` speaks one language; without one it is the site's first."""
    languages = session.section.languages
    found: dict[str, str] = {}
    for text in typed:
        language, given, rest = text.partition("=")
        if given and language.strip() in languages:
            found[language.strip()] = rest.strip()
        else:
            found[languages[0]] = text.strip()
    return {language: text for language, text in found.items() if text} or None


def _tell(session: Session, place: PlaceView, key: str) -> None:
    from kiosk.shared.openings import opening_line

    words = session.words
    state = opening_line(place.opening, session.house.clock(), session.zone, words)
    shape = {
        "place": place.target,
        "names": dict(place.names),
        **asdict(place.opening),
        "order": _order_shape(place.order),
    }
    answer(session, shape, words(key, name=words.pick(place.names), state=state))
