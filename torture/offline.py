"""The protocol of cut-off kiosks by dice: cuts, lost answers, doubles, late and shuffled deliveries, disks swapped, a site put back.

Each round is a mall in miniature on a clock of its own, so that a day of it takes seconds; a site on either engine.
"""

from __future__ import annotations

import random
import shutil
import time
from collections import Counter
from collections.abc import Callable
from contextlib import ExitStack, closing
from dataclasses import dataclass, field
from pathlib import Path

from queue_core import Lobby, Store, make_copy, open_store, put_back
from tests.support.house import SITE, Clock, small_catalogue
from tests.support.mall import (
    Mall,
    begin_mall,
    contradictions,
    lost,
    play,
    state,
    twice_on_paper,
    wished_twice,
)
from tests.support.stores import lobby_on
from torture.hall import apart
from torture.server import Server
from torture.tally import Tally

STEPS = (60, 160)
"""So many things happen in a round, at least and at most."""
SAID = {
    "cut_or_mend": "cables cut or mended",
    "meet": "contacts",
    "deliver_late": "old bundles delivered again",
    "restart": "kiosks restarted",
    "swap_disk": "disks swapped",
    "call": "deeds at counters",
}
PROMISES = (
    "labels on two papers",
    "numbers on paper that are lost",
    "wishes counted twice or not at all",
    "contradictions in a store, or rows not sent",
    "ends that depend on the order",
)


@dataclass
class Round:
    """What one round did, and which promises it broke."""

    done: Counter[str] = field(default_factory=Counter)
    broken: dict[str, list[str]] = field(default_factory=dict)


def offline_sqlite(seconds: float, seed: int, folder: Path) -> Tally:
    """The site is a file."""
    apart(_make, f"sqlite:///{folder}/new.db")

    def fresh(at: int) -> str:
        shutil.copy(folder / "new.db", folder / f"site-{at}.db")
        return f"sqlite:///{folder}/site-{at}.db"

    return _rounds("offline sqlite", seconds, seed, folder, fresh)


def offline_postgres(seconds: float, seed: int, folder: Path) -> Tally:
    """The site is a server."""
    try:
        server = Server()
    except FileNotFoundError as error:
        return Tally("offline postgres", seed, left_out=str(error))
    with server:
        apart(_make, f"sqlite:///{folder}/new.db")
        apart(_make_database, server.url, "new", "template0")
        apart(_make, server.url.replace("/postgres", "/new"))

        def fresh(at: int) -> str:
            apart(_make_database, server.url, f"round{at}", "new")
            return server.url.replace("/postgres", f"/round{at}")

        return _rounds("offline postgres", seconds, seed, folder, fresh)


def _make(url: str) -> None:
    with closing(open_store(url, base=Path("/"), busy_seconds=30)) as store:
        store.create()


def _make_database(url: str, name: str, like: str) -> None:
    import psycopg

    with psycopg.connect(url, autocommit=True) as server:
        server.execute(f"CREATE DATABASE {name} TEMPLATE {like}".encode())


def _rounds(story: str, seconds: float, seed: int, folder: Path, site: Callable[[int], str]) -> Tally:
    tally, chance = Tally(story, seed), random.Random(seed)
    end = time.monotonic() + seconds
    broken: dict[str, list[str]] = {promise: [] for promise in PROMISES}
    at = 0
    while at == 0 or time.monotonic() < end:
        at += 1
        dice, room = chance.getrandbits(32), folder / f"round-{at}"
        room.mkdir()
        played = apart(_play, site(at), dice, room)
        tally.add("rounds")
        for what, many in sorted(played.done.items()):
            tally.add(what, many)
        for promise, found in played.broken.items():
            broken[promise] += [f"round {at} (dice {dice}): {each}" for each in found]
    for promise, found in broken.items():
        tally.must(promise, found)
    return tally


def _play(url: str, dice: int, folder: Path) -> Round:
    """One round from opening to the last contact, then what must hold."""
    chance, clock, played = random.Random(dice), Clock(), Round()
    with ExitStack() as opened:

        def open_local(name: str, *, at: object = None, site: str = SITE, like: str = "") -> Lobby:
            assert (at, like) == (None, "")
            path = folder / f"{name}.db"
            if not path.exists():
                shutil.copy(folder.parent / "new.db", path)
            return lobby_on(_opened(f"sqlite:///{path}", opened), clock, site)

        store = _opened(url, opened)
        mall = begin_mall(dice, store, clock, open_local)
        play(mall, chance.randint(*STEPS))
        restored = chance.random() < 1 / 3
        if restored:
            store = _put_back(mall, store, folder, chance, opened)
            played.done["sites put back from a copy"] += 1
        mall.end()
        played.done |= _count(mall)
        wishes = [] if restored else list(wished_twice(mall, store))  # what was forgotten may be wished again
        found = (twice_on_paper(mall), lost(mall, store), wishes, contradictions(mall))
        shuffled = _two_orders(mall, chance, open_local, played)
    played.broken = dict(zip(PROMISES, (*found, shuffled), strict=True))
    return played


def _opened(url: str, opened: ExitStack) -> Store:
    store = open_store(url, base=Path("/"), busy_seconds=30)
    opened.callback(store.close)
    return store


def _put_back(mall: Mall, store: Store, folder: Path, chance: random.Random, opened: ExitStack) -> Store:
    """A copy, some more life, and back to the copy, with the epoch that belongs to it."""
    copy = make_copy(store, folder / "copies", mall.clock.now)
    play(mall, chance.randint(*STEPS) // 2)
    store.close()
    url = store.url.render_as_string(hide_password=False)
    fresh = open_store(url, base=Path("/"), busy_seconds=30)
    put_back(fresh, copy.path, mall.clock.now, mall.begin_epochs)
    fresh.close()
    again = _opened(url, opened)
    mall.forget_since_copy(lobby_on(again, mall.clock))
    play(mall, chance.randint(*STEPS) // 2)
    return again


def _two_orders(
    mall: Mall, chance: random.Random, open_local: Callable[[str], Lobby], played: Round
) -> list[str]:
    """All bundles that were ever sent, twice each, in two orders, to two stores that know nothing yet."""
    told, ends = mall.told(), []
    for order in range(2):
        other = open_local(f"other-{order}")
        other.apply_catalogue(small_catalogue())
        for bundle in chance.sample(told * 2, len(told) * 2):
            other.merge(bundle)
        played.done["bundles merged in another order, and twice"] += len(told) * 2
        ends.append(state(other))
    return [name for name in ends[0] if ends[0][name] != ends[1][name]]


def _count(mall: Mall) -> Counter[str]:
    own = [paper for paper in mall.papers if not paper.by_site]
    done = Counter({said: mall.done[name] for name, said in SAID.items()})
    return done + Counter(
        {
            "papers of the site": len(mall.papers) - len(own),
            "papers of kiosks by themselves": len(own),
            "of these lost with a disk": sum(paper.lost for paper in own),
        }
    )
