"""A mall in miniature whose kiosks are cut off at random, lose answers, restart, lose their disks; and what must hold then."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from typing import cast

from sqlalchemy import select

from queue_core import Lobby, Store
from queue_core.bundles import Bundle
from queue_core.contact import make_contact
from queue_core.errors import Refused, StoreError
from queue_core.lobby.tables import EVENT, TICKET, VISIT, VISIT_LEG
from queue_core.store.highwater import Reached
from queue_core.views import IssuedTicket
from tests.support.house import SITE, Clock, small_catalogue
from tests.support.stores import Open, Wire, lobby_on

KIOSKS = 3


@dataclass
class Paper:
    """What somebody holds in the hand."""

    label: str
    day: str
    request: str
    by_site: bool
    lost: bool = False  # its rows went down with a disk before they were sent, or with the site's store


@dataclass
class Kiosk:
    """A machine with a disk, and a cable that may be cut."""

    machine: str
    wire: Wire
    local: Lobby
    disk: int = 0
    own: list[Paper] = field(default_factory=list)


@dataclass
class Mall:
    """All of it, and what was done."""

    dice: random.Random
    clock: Clock
    site: Lobby
    open_local: Open
    kiosks: list[Kiosk] = field(default_factory=list)
    papers: list[Paper] = field(default_factory=list)
    late: list[Bundle] = field(default_factory=list)
    asked: int = 0
    done: Counter[str] = field(default_factory=Counter)

    def begin(self) -> None:
        for number in range(1, KIOSKS + 1):
            kiosk = Kiosk(f"K{number}", Wire(self.site), self.open_local(f"{number}-0"))
            make_contact(kiosk.local, cast("Lobby", kiosk.wire), kiosk.machine)
            self.kiosks.append(kiosk)

    # ------------------------------------------------------------------ what can happen
    def take(self) -> None:
        kiosk = self.dice.choice(self.kiosks)
        self.asked += 1
        request = f"wish-{self.asked}"
        if not kiosk.wire.cut:
            lost = self.dice.random() < 0.2
            issued = self._ask(self.site, kiosk, request)
            if not lost:
                self._hold(kiosk, issued, request, by_site=True)
                return
            kiosk.wire.cut = True
        self._hold(kiosk, self._ask(kiosk.local, kiosk, request), request, by_site=False)

    def _ask(self, lobby: Lobby, kiosk: Kiosk, request: str) -> IssuedTicket:
        if self.dice.random() < 0.2:
            return lobby.start_journey("pindah", request_id=request, printer=kiosk.machine)
        service = self.dice.choice(["DK.ktp", "DK.kk", "BN.sim"])
        return lobby.issue(service, request_id=request, printer=kiosk.machine)

    def _hold(self, kiosk: Kiosk, issued: IssuedTicket, request: str, *, by_site: bool) -> None:
        paper = Paper(issued.ticket.label, issued.business_date.isoformat(), request, by_site)
        self.papers.append(paper)
        if not by_site:
            kiosk.own.append(paper)
            job = kiosk.local.journal.next_job(kiosk.machine)
            if job is not None and self.dice.random() < 0.7:
                kiosk.local.journal.sending(job.id, b"slip", None)
                kiosk.local.journal.settle(job.id, self.dice.choice(["printed", "sent", "asking"]))

    def cut_or_mend(self) -> None:
        kiosk = self.dice.choice(self.kiosks)
        kiosk.wire.cut = not kiosk.wire.cut

    def meet(self) -> None:
        kiosk = self.dice.choice(self.kiosks)
        kiosk.wire.lose_answer_of = self.dice.choice(["", "", "merge", "enrol"])
        with suppress(StoreError):
            make_contact(kiosk.local, cast("Lobby", kiosk.wire), kiosk.machine)
        kiosk.wire.lose_answer_of = ""
        self.late += kiosk.wire.carried
        kiosk.wire.carried = []

    def deliver_late(self) -> None:
        if self.late:
            self.site.merge(self.dice.choice(self.late))

    def change_mind(self) -> None:
        kiosk = self.dice.choice(self.kiosks)
        if kiosk.own:
            with suppress(Refused):
                kiosk.local.cancel(self.dice.choice(kiosk.own).label)

    def call(self) -> None:
        counter = self.dice.choice("123")
        held = [paper for paper in self.papers if paper.day == self._today()]
        deeds: list[Callable[[], object]] = [
            lambda: self.site.call_next(counter),
            lambda: self.site.start(counter),
            lambda: self.site.complete(counter),
            lambda: self.site.no_show(counter),
            lambda: self.site.call(counter, self.dice.choice(held).label) if held else None,
        ]
        with suppress(Refused):
            self.dice.choice(deeds)()

    def restart(self) -> None:
        kiosk = self.dice.choice(self.kiosks)
        kiosk.local = self.open_local(f"{kiosk.machine[1:]}-{kiosk.disk}")

    def swap_disk(self) -> None:
        kiosk = self.dice.choice(self.kiosks)
        unsent = kiosk.local.sync_status().unsent
        kiosk.disk += 1
        kiosk.local = self.open_local(f"{kiosk.machine[1:]}-{kiosk.disk}")
        if unsent:
            for paper in kiosk.own:
                paper.lost = True
        kiosk.own = []
        kiosk.wire.cut = False
        make_contact(kiosk.local, cast("Lobby", kiosk.wire), kiosk.machine)

    def wait(self) -> None:
        self.clock.forward(seconds=self.dice.choice([1, 30, 60, 300, 1500]))

    def sleep(self) -> None:
        self.clock.forward(hours=24)

    def _today(self) -> str:
        return self.clock.now.date().isoformat()

    # ------------------------------------------------------------------ the end
    def end(self) -> None:
        for _ in range(2):
            for kiosk in self.kiosks:
                kiosk.wire.cut = False
                make_contact(kiosk.local, cast("Lobby", kiosk.wire), kiosk.machine)
        for bundle in self.dice.sample(self.late, len(self.late)):
            self.site.merge(bundle)

    def told(self) -> list[Bundle]:
        """All that was ever sent."""
        return self.late + [each for kiosk in self.kiosks for each in kiosk.wire.carried]

    def begin_epochs(self, store: Store, before: Mapping[str, Reached]) -> None:
        """Make a copy ready that was put back, as `kiosk restore-copy` does."""
        site = lobby_on(store, self.clock)
        site.begin_epoch(reached=before.get(SITE))

    def forget_since_copy(self, site: Lobby) -> None:
        """The site was put back from a copy: papers of its own may be unknown there, those of the kiosks must not be."""
        self.site = site
        for kiosk in self.kiosks:
            kiosk.wire.site = site
        for paper in self.papers:
            paper.lost = paper.lost or paper.by_site


DEEDS: dict[Callable[[Mall], None], int] = {
    Mall.take: 30,
    Mall.cut_or_mend: 10,
    Mall.meet: 12,
    Mall.deliver_late: 5,
    Mall.change_mind: 4,
    Mall.call: 25,
    Mall.restart: 3,
    Mall.swap_disk: 1,
    Mall.wait: 15,
    Mall.sleep: 1,
}


def begin_mall(seed: int, store: Store, clock: Clock, open_local: Open) -> Mall:
    """A site that has just opened, and kiosks that have met it once."""
    site = lobby_on(store, clock)
    site.apply_catalogue(small_catalogue())
    mall = Mall(random.Random(seed), clock, site, open_local)
    mall.begin()
    return mall


def play(mall: Mall, steps: int) -> None:
    """Let so many things happen."""
    for _ in range(steps):
        (deed,) = mall.dice.choices(list(DEEDS), list(DEEDS.values()))
        mall.done[deed.__name__] += 1
        deed(mall)


# ------------------------------------------------------------------ what must hold: each yields what breaks it
def twice_on_paper(mall: Mall) -> list[str]:
    """Labels on two papers of a day."""
    held = Counter((paper.label, paper.day) for paper in mall.papers)
    return [f"{label} on {day}" for (label, day), times in held.items() if times > 1]


def lost(mall: Mall, store: Store) -> list[str]:
    """Papers that somebody holds and the site does not know."""
    with store.read() as connection:
        known = {(row.label, row.business_date.isoformat()) for row in connection.execute(select(VISIT))}
    return [each.label for each in mall.papers if not each.lost and (each.label, each.day) not in known]


def wished_twice(mall: Mall, store: Store) -> Iterator[str]:
    """Wishes that count as two, or not at all: of the two numbers that one may have had, the other one was withdrawn."""
    with store.read() as connection:
        rows = connection.execute(
            select(EVENT.c.data, EVENT.c.label, VISIT.c.business_date)
            .join(VISIT, VISIT.c.visit_id == EVENT.c.visit_id)
            .where(EVENT.c.kind == "cancelled")
        ).all()
        counted = Counter(connection.scalars(select(EVENT.c.request_id).where(EVENT.c.kind == "issued")))
    replaced = {(row.label, row.business_date.isoformat()) for row in rows if "replaced_by" in row.data}
    for paper in mall.papers:
        if not paper.lost and counted[paper.request] != 1:
            yield f"{paper.request} ({paper.label}) is counted {counted[paper.request]} times"
        if paper.by_site and (paper.label, paper.day) in replaced:
            yield f"{paper.label} was withdrawn though it is on paper"


def contradictions(mall: Mall) -> list[str]:
    """What no store may say of itself, and what a kiosk has not sent."""
    stores = [mall.site, *(kiosk.local for kiosk in mall.kiosks)]
    unsent = [
        f"{kiosk.machine} has not sent {kiosk.local.sync_status().unsent}"
        for kiosk in mall.kiosks
        if kiosk.local.sync_status().unsent
    ]
    return [*(f"{flaw.kind} {flaw.where} {flaw.detail}" for each in stores for flaw in each.flaws()), *unsent]


def state(lobby: Lobby) -> dict[str, list[tuple[object, ...]]]:
    """All that was merged, but for the numbers and moments of this store itself."""
    with lobby.look() as look:
        return {
            table.name: sorted(
                tuple(repr(row._mapping[each.name]) for each in table.columns if each.name not in _OWN)
                for row in look.connection.execute(select(table))
            )
            for table in (VISIT, TICKET, VISIT_LEG)
        }


_OWN = {"finished_at", "left_at"}
"""When a day that was over is closed for what comes late."""
