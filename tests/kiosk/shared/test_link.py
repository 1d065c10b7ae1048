"""Which of a kiosk's two stores is asked, and from which its slips come."""

from __future__ import annotations

import shutil
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from kiosk.shared.link import Link, LinkFeed, Local
from kiosk.shared.two_journals import TwoJournals
from queue_core import Lobby, make_contact, open_store
from queue_core.errors import StoreUnreachable, UnknownService
from tests.support.house import Clock, Requests
from tests.support.stores import Plug, lobby_on


@pytest.fixture
def plug(lobby: Lobby) -> Plug:
    """The plug of the cable to the site's store."""
    return Plug(lobby._store)


@pytest.fixture
def store_url(sqlite_url: str) -> str:
    """The site's store: which engine it is makes no difference here."""
    return sqlite_url


@pytest.fixture
def own(lobby: Lobby, clock: Clock, sqlite_template: Path, tmp_path: Path) -> Iterator[Lobby]:
    """The kiosk's own store, which has met the site's."""
    shutil.copy(sqlite_template, tmp_path / "own.db")
    store = open_store(f"sqlite:///{tmp_path}/own.db", base=tmp_path)
    own = lobby_on(store, clock)
    make_contact(own, lobby, "K1")
    yield own
    store.close()


@pytest.fixture
def link(lobby: Lobby, own: Lobby, clock: Clock, monkeypatch: pytest.MonkeyPatch) -> Iterator[Link]:
    """The link between them, patient enough for a slow machine; it makes no contact before it is started."""
    monkeypatch.setattr("kiosk.shared.link.PAUSES", (0.05,))
    link = Link(lobby, Local(own, lambda: make_contact(own, lobby, "K1"), clock), wait=60)
    yield link
    link.stop()


def come_true(fact: Callable[[], bool]) -> None:
    end = time.monotonic() + 30
    while not fact():
        assert time.monotonic() < end, "it did not become true"
        time.sleep(0.01)


def test_a_refusal_is_an_answer_and_no_reason_to_go_alone(link: Link, lobby: Lobby, ask: Requests) -> None:
    with pytest.raises(UnknownService):
        link.ask(lambda store: store.issue("XX.nothing", request_id=ask()))
    assert not link.cut_off
    assert link.ask(lambda store: store.site().id)[1] is lobby


def test_a_site_that_is_silent_is_waited_for_only_so_long(lobby: Lobby, own: Lobby, clock: Clock) -> None:
    link = Link(lobby, Local(own, lambda: None, clock), wait=0.05)
    answered = threading.Event()

    def question(store: Lobby) -> str:
        if store is lobby:
            answered.wait(60)
        return store.site().id

    assert link.ask(question)[1] is own
    answered.set()
    assert link.cut_off
    assert link.ask(question)[1] is own, "not asked again before the stores have met"
    with pytest.raises(StoreUnreachable):
        link.ask_site(question)


def test_the_stores_meet_again_by_themselves(
    link: Link, plug: Plug, lobby: Lobby, own: Lobby, ask: Requests
) -> None:
    plug.out, wish = True, ask()
    issued, keeper = link.ask(lambda store: store.issue("DK.ktp", request_id=wish))
    assert (issued.ticket.label, keeper) == ("DK K1-001", own)
    assert (link.cut_off, link.since is None) == (True, False)
    link.start()
    assert link.cut_off
    plug.out = False
    come_true(lambda: not link.cut_off)
    assert (link.cut_off, link.since) == (False, None)
    late = lobby.issue("DK.ktp", request_id=wish)
    assert late.repeated, "a command that was given up, and arrives after all"
    assert late.ticket.label == "DK K1-001"


def test_slips_of_the_kiosks_own_come_first_and_what_became_of_the_sites_is_told_later(
    link: Link, plug: Plug, lobby: Lobby, own: Lobby, ask: Requests
) -> None:
    there = lobby.issue("DK.ktp", request_id=ask(), printer="K1").job
    here = own.issue("DK.ktp", request_id=ask(), printer="K1").job
    assert there is not None
    assert here is not None
    journal = TwoJournals(link, own)
    for job in (here, there):
        found = journal.next_job("K1")
        assert found is not None
        assert found.id == job
        journal.sending(job, b"slip", None)
        plug.out = job == there  # the cable is cut while the site's slip comes out
        journal.settle(job, "printed")
    assert link.cut_off
    assert journal.next_job("K1") is None
    journal.report("K1", "ok", "", "K1/1")
    assert [printer.state for printer in own.printers()] == ["ok"]
    plug.out = False
    link.start()
    come_true(lambda: not link.cut_off)
    assert lobby.print_job(there).state == "sending"
    assert journal.next_job("K1") is None, "it is told before anything is asked for"
    assert lobby.print_job(there).state == "printed"


def test_a_kiosk_that_is_switched_on_while_the_site_is_away_goes_on_without_it(
    lobby: Lobby, own: Lobby, plug: Plug, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kiosk.shared.link.START_SECONDS", 0.05)
    answered = threading.Event()

    def contact() -> None:
        make_contact(own, lobby, "K1")

    link = Link(lobby, Local(own, contact, clock), wait=60)
    link.begin(lambda: answered.wait(60))
    answered.set()
    assert link.cut_off
    opened: list[str] = []

    def hear() -> Quiet:
        opened.append("the site's")
        return Quiet()

    feed = LinkFeed(link, hear, Quiet())
    feed.wait(0)
    assert opened == [], "nobody waits for the site to be heard"
    link.start()
    come_true(lambda: not link.cut_off)
    assert feed.wait(0), "the change is a reason to look"
    feed.wait(0)
    assert opened == ["the site's"]
    feed.close()
    link.stop()


class Quiet:
    """A wake-up that nothing wakes."""

    def wait(self, timeout: float) -> bool:
        """See Feed."""
        return False

    def close(self) -> None:
        """See Feed."""
