"""A kiosk whose site is out of reach goes on in its own store, and brings what it gave out to the site's by itself."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from kiosk.shared.backend import Backend
from kiosk.shared.link import Link, LinkFeed, Local
from kiosk.touch.app import TouchApp
from queue_core import Lobby, Store, make_contact, open_feed, open_store
from queue_core.errors import StoreError, StoreUnreachable, UnknownTicket
from queue_core.lifecycle import Status
from tests.kiosk.touch.conftest import House
from tests.support.house import SITE
from tests.support.stores import Plug, lobby_on
from tests.support.touching import LANDSCAPE, Seconds, Visitor

GOES_ON = "Jaringan terputus, antrean tetap berjalan."


@dataclass
class Kiosk:
    """The kiosk's own store, and its plug to the site's, which the test's own Lobby does not need."""

    house: House
    store: Store
    lobby: Lobby
    site: Lobby
    plug: Plug

    def connect(self) -> Backend:
        """What wiring does."""
        contact = lambda: make_contact(self.lobby, self.site, "K1")  # noqa: E731
        link = Link(self.site, Local(self.lobby, contact, self.house.clock))
        try:
            self.site.site()
        except StoreError as error:
            link.lost(error)
        feed = LinkFeed(link, lambda: open_feed(self.house.store), open_feed(self.store))
        link.start()

        def close() -> None:
            link.stop()
            feed.close()

        return replace(self.house.connect(), lobby=self.site, feed=feed, close=close, link=link)


@pytest.fixture
def kiosk(
    house: House, sqlite_url: str, sqlite_template: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Kiosk]:
    """A kiosk that has met its site."""
    monkeypatch.setattr("kiosk.shared.link.PAUSES", (0.1,))
    monkeypatch.setattr("kiosk.shared.link.WAIT_SECONDS", 60.0)  # a slow machine is no cut cable
    shutil.copy(sqlite_template, tmp_path / "own.db")
    own = open_store(f"sqlite:///{tmp_path}/own.db", base=tmp_path)
    far = open_store(sqlite_url, base=tmp_path)
    kiosk = Kiosk(house, own, lobby_on(own, house.clock), lobby_on(far, house.clock), Plug(far))
    make_contact(kiosk.lobby, kiosk.site, "K1")
    yield kiosk
    own.close()
    far.close()


def found(lobby: Lobby, label: str) -> Callable[[], bool]:
    """Whether a number is known there."""

    def look() -> bool:
        try:
            return lobby.find(label) is not None
        except UnknownTicket:
            return False

    return look


async def test_a_cut_a_number_and_the_way_back_without_a_hand(kiosk: Kiosk, seconds: Seconds) -> None:
    site = kiosk.house.lobby
    app = TouchApp(kiosk.connect, seconds=seconds)
    async with app.run_test(size=LANDSCAPE) as pilot:
        visitor = Visitor(pilot, app, seconds)
        await visitor.sees("Polri", "tersambung")
        await visitor.tap("Polri")
        await visitor.sees("REGULER")
        kiosk.plug.lose_answers = True
        await visitor.press("1")
        await visitor.sees_drawn("BN K1-001")
        await visitor.sees(GOES_ON, "Nomor Anda berlaku seperti biasa", "JARINGAN TERPUTUS SEJAK 09.00")
        assert kiosk.house.requests.made == 1, "one wish, whoever was asked"
        await visitor.tap("Selesai")
        await visitor.sees("Silakan ambil nomor seperti biasa.", "Buka")
        assert not visitor.shows("tanpa antrean"), "who waits is not known here"
        await visitor.tap("Polri")
        await visitor.sees("Jumlah yang menunggu belum dapat ditampilkan")
        await visitor.press("1")
        await visitor.sees_drawn("BN K1-002")
        assert site.find("BN 001").status is Status.WAITING, "the answer to this one was lost"
        kiosk.plug.out = kiosk.plug.lose_answers = False
        await visitor.until(found(site, "BN K1-002"), "the merge")
        assert site.find("BN 001").status is Status.CANCELLED
        assert site.find("BN K1-001").status is Status.WAITING
        await visitor.tap("Selesai")
        await visitor.sees("tersambung")
        await visitor.tap("Polri")
        await visitor.sees("REGULER")
        await visitor.press("1")
        await visitor.sees_large("BN 002")


async def test_no_tile_moves_when_the_site_is_cut_off(kiosk: Kiosk, seconds: Seconds) -> None:
    house = kiosk.house
    house.lobby.issue("BN.sim", request_id="yesterday")
    house.clock.forward(days=1)
    app = TouchApp(kiosk.connect, seconds=seconds)
    async with app.run_test(size=LANDSCAPE) as pilot:
        visitor = Visitor(pilot, app, seconds)
        await visitor.sees("Polri", "tersambung")
        assert visitor.place("Polri") < visitor.place("Dukcapil"), (
            "the most used of the days before comes first"
        )
        kiosk.plug.out = True
        await visitor.press("1", "1")
        await visitor.sees_drawn("BN K1-001")
        await visitor.tap("Selesai")
        await visitor.sees("Silakan ambil nomor seperti biasa.", "Polri")
        assert visitor.place("Polri") < visitor.place("Dukcapil")


async def test_a_kiosk_that_starts_while_the_site_is_away_goes_on_and_gives_back_too(
    kiosk: Kiosk, seconds: Seconds
) -> None:
    kiosk.plug.out = True
    app = TouchApp(kiosk.connect, seconds=seconds)
    async with app.run_test(size=LANDSCAPE) as pilot:
        visitor = Visitor(pilot, app, seconds)
        await visitor.sees("Polri", "Silakan ambil nomor seperti biasa.")
        await visitor.tap("Polri")
        await visitor.sees("REGULER")
        await visitor.press("1")
        await visitor.sees_drawn("BN K1-001")
        await visitor.tap("Salah pilih")
        await visitor.tap("Sentuh sekali lagi")
        await visitor.until(lambda: kiosk.lobby.find("BN K1-001").status is Status.CANCELLED, "the way back")
        kiosk.plug.out = False
        await visitor.until(found(kiosk.house.lobby, "BN K1-001"), "the merge")
        await visitor.sees("tersambung")


def test_who_has_never_met_the_site_cannot_go_on_alone(
    house: House, tmp_path: Path, sqlite_template: Path
) -> None:
    shutil.copy(sqlite_template, tmp_path / "new.db")
    store = open_store(f"sqlite:///{tmp_path}/new.db", base=tmp_path)
    link = Link(house.lobby, Local(lobby_on(store, house.clock), lambda: None, house.clock))
    with pytest.raises(StoreUnreachable):
        link.lost(StoreUnreachable(detail="pulled"))
    assert not link.cut_off
    assert link.ask(lambda lobby: lobby.site().id) == (SITE, house.lobby)
    store.close()
