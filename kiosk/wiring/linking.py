"""Wiring of a kiosk with a store of its own: which of two stores is asked, and when they meet."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from kiosk.shared.link import Link, LinkFeed, Local

if TYPE_CHECKING:
    from kiosk.shared.two_journals import TwoJournals
    from queue_core import Feed, Lobby
    from queue_core.lobby.lobby import Clock


class Opened(Protocol):
    """An open store, see kiosk.wiring.House."""

    @property
    def clock(self) -> Clock:
        """The moment, as this store's commands read it."""
        ...

    def lobby(self, site: str) -> Lobby:
        """The way in to one site."""
        ...

    def feed(self) -> Feed:
        """A wake-up for one reader."""
        ...


@dataclass(frozen=True)
class Linked:
    """Two open stores and what decides between them; it gives feeds as a House does."""

    site: Opened
    own: Opened
    link: Link

    def feed(self) -> Feed:
        """Return a wake-up of its own for one reader; the caller closes it."""
        return LinkFeed(self.link, self.site.feed, self.own.feed())

    def journal(self) -> TwoJournals:
        """Return what the printer's spool works from."""
        from kiosk.shared.two_journals import TwoJournals

        own = self.link.own
        assert own is not None
        return TwoJournals(self.link, own)


def build_link(site: Opened, own: Opened, name: str, machine: str, ready: Callable[[], object]) -> Linked:
    """Join the two stores of a kiosk; the site's is asked first whether it is fit to work with.

    Args:
        site: the site's store.
        own: the kiosk's.
        name: the site.
        machine: the kiosk.
        ready: raises when the site's store cannot be worked with.

    Raises: what `ready` raises, unless the site is out of reach and the kiosk knows it from an earlier contact.
    """
    from queue_core import make_contact

    lobby, kept = site.lobby(name), own.lobby(name)

    fit: list[bool] = []

    def prepare() -> None:
        if not fit:
            ready()
            fit.append(True)

    def contact() -> None:
        prepare()
        make_contact(kept, lobby, machine)

    link = Link(lobby, Local(kept, contact, own.clock))
    link.begin(prepare)
    return Linked(site, own, link)
