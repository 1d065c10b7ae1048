"""The composition root: the real clock, the real randomness, and every concrete class are chosen here and only here.

Nothing heavy is imported before it is needed: a screen paints first and connects after.
"""

from __future__ import annotations

import os
import random
import secrets
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from kiosk.shared.clock import passed_seconds
from kiosk.shared.demonstration import settle_demonstration
from kiosk.shared.place import choose_site, find_config, load_settings
from kiosk.shared.room import free_megabytes
from kiosk.wiring.linking import Linked, build_link
from kiosk.wiring.paper import PrinterKit, build_printer, build_spool, start_spool
from queue_core.errors import StoreUnready, UnknownSite
from queue_core.events import Actor
from queue_core.ids import id_maker

if TYPE_CHECKING:
    from kiosk.settings import Settings
    from kiosk.shared.backend import Backend, Connect
    from kiosk.shared.place import Place
    from kiosk.voice.speaker import Speaker
    from queue_core import Before, Feed, Lobby, Store
    from queue_core.lobby.lobby import Clock
    from queue_core.views import CatalogueChange

__all__ = ["PrinterKit", "build_printer", "build_spool", "start_spool"]

new_id = id_maker(os.urandom)


def now() -> datetime:
    """Return the moment, aware, in UTC."""
    return datetime.now(UTC)


def new_request_id() -> str:
    """Return an id for one command: repeat it and nothing happens twice."""
    return new_id(now())


def new_secret() -> str:
    """Return a text that nobody can guess."""
    return secrets.token_urlsafe(32)


def dice(seed: int | None) -> random.Random:
    """Return a source of chance; the same seed rolls the same day. For simulations, never for tokens."""
    return random.Random(seed)


# ----------------------------------------------------------------------------- the store


@dataclass(frozen=True)
class House:
    """An open store, and what is built on it."""

    store: Store
    clock: Clock

    def lobby(self, site: str, clock: Clock | None = None) -> Lobby:
        """Return the way in to one site; `clock` only for simulations."""
        from queue_core import Lobby

        return Lobby(
            self.store,
            site,
            clock=clock or self.clock,
            new_id=new_id,
            random_bytes=os.urandom,
            seconds=None if clock else passed_seconds,
        )

    def feed(self) -> Feed:
        """Return a wake-up of its own for one reader; the caller closes it."""
        from queue_core import open_feed

        return open_feed(self.store)


@contextmanager
def open_house(settings: Settings, place: Place, *, ready: bool = True) -> Iterator[House]:
    """Open the store for a while. With `ready`, raise StoreUnready when its schema is not this program's."""
    house = build_house(settings, place)
    try:
        if ready:
            house.store.check()
        yield house
    finally:
        house.store.close()


def build_house(settings: Settings, place: Place) -> House:
    """Build the store and what stands on it; nothing is created or checked yet. The caller closes the store."""
    from queue_core import open_store

    store = open_store(settings.store.url, base=place.base, busy_seconds=settings.store.busy_seconds)
    return House(store, now if store.is_sqlite else _server_clock(store))


def build_local(settings: Settings, place: Place) -> House | None:
    """Open this kiosk's own store, made or brought to this version if need be; None where `[store] local` names none.

    Its Lobby knows the site from the first `queue_core.make_contact` on. The caller closes the store.
    """
    from queue_core import LocalClock, ahead_seconds, open_store

    if not settings.store.local:
        return None
    url = f"sqlite:///{settings.store.local}"
    store = open_store(url, base=place.base, busy_seconds=settings.store.busy_seconds)
    try:
        store.create()
    except BaseException:
        store.close()
        raise
    return House(store, LocalClock(now, lambda: ahead_seconds(store)))


def build_upstream(settings: Settings, place: Place) -> House | None:
    """Open the mall's store, to which a stand brings its days; None where `[store] upstream` names none."""
    from queue_core import open_store

    if not settings.store.upstream:
        return None
    store = open_store(settings.store.upstream, base=place.base, busy_seconds=settings.store.busy_seconds)
    return House(store, now if store.is_sqlite else _server_clock(store))


def _server_clock(store: Store) -> Clock:
    from queue_core import ServerClock

    return ServerClock(store, passed_seconds)


def bring_in(
    house: House, settings: Settings, sites: Sequence[str], by: Actor
) -> list[tuple[str, CatalogueChange]]:
    """Bring the file's catalogue into the store, one transaction a site; settle who may demonstrate."""
    changes: list[tuple[str, CatalogueChange]] = []
    for site in sites:
        lobby = house.lobby(site)
        changes += [(site, each) for each in lobby.apply_catalogue(settings, by=by)]
        settle_demonstration(lobby, wanted=settings.machine.demonstration, by=by)
    return changes


def make_if_absent(house: House, settings: Settings, by: Actor) -> None:
    """Make the store and fill it, unless it is there; a site that is not in it yet is brought in.

    So a power cut in the middle is mended by the next start. Raises StoreUnready when it is there in another version.
    """
    try:
        house.store.check()
    except StoreUnready as error:
        if error.data.get("found"):
            raise
        house.store.create()
    bring_in(house, settings, [site.id for site in settings.site if not _known(house, site.id)], by)


def begin_epochs(store: Store, by: Actor, before: Before = MappingProxyType({})) -> None:
    """Tell every site of a store that it was put back from a copy; `before`: see `queue_core.put_back`."""
    from queue_core import site_ids

    house = House(store, now)
    for site in site_ids(store):
        house.lobby(site).begin_epoch(by=by, reached=before.get(site))


def _known(house: House, site: str) -> bool:
    try:
        house.lobby(site).site()
    except UnknownSite:
        return False
    return True


# ----------------------------------------------------------------------------- what a screen needs


def connect_for(config: Path | None, site: str | None, *, spool: bool, make: bool = False) -> Connect:
    """Return the function that a screen calls after its first paint.

    Args:
        config: the file that was named, or None.
        site: the site that was named, or None for the file's first.
        spool: print for this machine as long as the screen is open, when no other program does.
        make: make the store if there is none.

    The function raises SettingsError, NoSuchSite, and the errors of the store.
    """
    return partial(_connect, config, site, spool=spool, make=make)


def _connect(config: Path | None, site: str | None, *, spool: bool, make: bool) -> Backend:
    from kiosk.shared.backend import Backend

    place = find_config(config)
    settings = load_settings(place)
    name = choose_site(settings, site).id
    with ExitStack() as opened:
        house = build_house(settings, place)
        opened.callback(house.store.close)
        lobby = house.lobby(name)
        ready = partial(_make_ready, house, lobby, settings, make=make)
        own = build_local(settings, place) if spool else None
        linked = _linked(opened, house, own, name, settings.machine.id, ready)
        feed = (linked or house).feed()
        opened.callback(feed.close)
        if spool:
            worker, _ = build_spool(lobby, settings, place, linked.journal() if linked else None)
            opened.callback(start_spool(linked or house, worker))
        if linked:
            linked.link.start()
        beside = house.store.path.parent if house.store.is_sqlite else place.base
        return Backend(
            settings=settings,
            lobby=lobby,
            feed=feed,
            clock=(own or house).clock,
            new_request_id=new_request_id,
            close=opened.pop_all().close,
            free_megabytes=lambda: free_megabytes(beside),
            link=linked.link if linked else None,
        )


def _linked(
    opened: ExitStack,
    house: House,
    own: House | None,
    name: str,
    machine: str,
    ready: Callable[[], None],
) -> Linked | None:
    """Join the site's store and the kiosk's own where it has one; see to it that there is one to work with."""
    if own is None:
        ready()
        return None
    opened.callback(own.store.close)
    linked = build_link(house, own, name, machine, ready)
    opened.callback(linked.link.stop)
    return linked


def _make_ready(house: House, lobby: Lobby, settings: Settings, *, make: bool) -> None:
    """See to it that the store can be worked with; raises what stands in the way."""
    by = Actor(machine=settings.machine.id)
    if make:
        make_if_absent(house, settings, by)
    house.store.check()
    lobby.site()  # refuses a site that only the file knows
    if not settings.machine.demonstration:
        settle_demonstration(lobby, wanted=False, by=by)


# ----------------------------------------------------------------------------- the voice


def build_speaker(place: Place) -> Speaker:
    """Build this machine's voice; sounds that it makes are kept beside the configuration, in var/voice."""
    from kiosk.voice.cache import SoundCache
    from kiosk.voice.engines import engines
    from kiosk.voice.player import Player
    from kiosk.voice.speaker import Speaker

    return Speaker(engines(), SoundCache(place.base / "var" / "voice"), Player())
