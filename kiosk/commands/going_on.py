"""A command of a kiosk whose cable is cut: what gives out numbers asks the kiosk's own store then, as its touch screen does."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from queue_core.errors import StoreBusy, StoreUnreachable, UnknownSite

if TYPE_CHECKING:
    from kiosk.commands.session import Session
    from kiosk.wiring import House
    from queue_core import Lobby

Answer = TypeVar("Answer")


def ask(session: Session, question: Callable[[Lobby], Answer]) -> Answer:
    """Return the site's answer, or that of this kiosk's own store when the site's is out of reach.

    The site's is given its full time, five seconds when nothing is heard: a command begins cold, and on a slow machine two
    seconds, as the touch screen waits, are gone before anything was sent. Once it is given up the whole command speaks to
    the kiosk's own store, its slip too. A command must carry its request_id: it may be asked of both.

    Raises what the store raises that answers; the site's error where there is no store of its own that has met the site's.
    """
    try:
        return question(session.lobby)
    except (StoreBusy, StoreUnreachable):
        own = _own(session)
        if own is None:
            raise
    session.go_on_with(own)
    return question(session.lobby)


def _own(session: Session) -> House | None:
    """The kiosk's own store; None before its first contact: it would not know what to offer."""
    from kiosk.wiring import build_local

    house = build_local(session.settings, session.place)
    if house is None:
        return None
    session.at_end(house.store.close)
    try:
        return house if house.lobby(session.site).sync_status().origin else None
    except UnknownSite:
        return None
