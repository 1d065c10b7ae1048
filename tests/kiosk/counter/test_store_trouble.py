"""When the store does not answer: nothing happens twice, the screen says so, and goes on by itself."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NoReturn

import pytest

from kiosk.counter.commands import Do
from kiosk.counter.desk import Desk
from queue_core import Lobby
from queue_core.errors import StoreError, StoreUnreachable
from queue_core.events import NOBODY, Actor
from queue_core.settings import Catalogue
from queue_core.views import TicketView
from tests.support.counter import At
from tests.support.house import small_catalogue
from tests.support.screens import Premises, shows, shows_no


def away() -> NoReturn:
    """What each look at the store meets while the line is cut."""
    raise StoreUnreachable(detail="gone")


@contextmanager
def held_by_another(premises: Premises) -> Iterator[None]:
    """Another program writes and does not finish."""
    connection = sqlite3.connect(premises.base / "kiosk.db", isolation_level=None)
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
    finally:
        connection.execute("ROLLBACK")
        connection.close()


async def test_a_busy_store_is_told_and_the_same_key_goes_on_with_the_same_request(
    at_counter: At, premises: Premises
) -> None:
    premises.issue("DK.ktp", "DK.ktp")
    async with at_counter("1", busy_seconds=0.1) as pilot:
        with held_by_another(premises):
            await pilot.press("space")
            await shows(pilot, "Basis data sedang sibuk")
            asked = premises.asked.made
        await pilot.press("space")
        await shows(pilot, "DK 001 dipanggil", "Menunggu 1")
        assert premises.asked.made == asked


async def test_a_lost_connection_says_since_when_and_keeps_what_was_known(
    at_counter: At, premises: Premises
) -> None:
    premises.issue("DK.ktp")
    async with at_counter("1") as pilot:
        await shows(pilot, "● terhubung", "DK 001")
        live = pilot.app.screen.live  # type: ignore[attr-defined]
        read, live._read = live._read, away
        await shows(pilot, r"○ terputus sejak 09\.00", "DK 001")
        live._read = read
        await shows(pilot, "● terhubung")


@pytest.mark.parametrize(
    ("cut", "keys", "asked"),
    [
        ("pausing", ("i", "1"), "Istirahat sampai kapan"),
        ("walking_in", ("n", "1"), "Nomor baru untuk layanan apa"),
        ("agencies", ("p", "2"), "pulang lebih awal"),
    ],
)
async def test_a_line_that_is_cut_while_something_is_asked_is_told_and_the_screen_goes_on(
    at_counter: At,
    premises: Premises,
    monkeypatch: pytest.MonkeyPatch,
    cut: str,
    keys: tuple[str, str],
    asked: str,
) -> None:
    raw = small_catalogue().model_dump()
    raw["site"][0]["desk"]["breaks"] = ["15"]
    with premises.lobby() as lobby:
        lobby.apply_catalogue(Catalogue.model_validate(raw))
    monkeypatch.setattr(Desk, cut, lambda *_, **__: away())
    async with at_counter("1", size=(140, 40)) as pilot:
        await pilot.press(keys[0])
        await shows(pilot, asked)
        await pilot.press(keys[1])
        await shows(pilot, "✖ Basis data tidak terhubung")


async def test_the_screen_waits_for_a_store_that_is_not_there_yet(premises: Premises) -> None:
    from kiosk.counter import CounterApp

    database = premises.base / "kiosk.db"
    database.rename(premises.base / "away.db")
    async with CounterApp(premises.connect(), "1").run_test() as pilot:
        await shows(pilot, "Basis data tidak terhubung")
        (premises.base / "away.db").rename(database)
        await shows(pilot, "Peragaan")
        await shows_no(pilot, "tidak terhubung")


class Forgetful(Lobby):
    """Does what it is asked; then the line is cut before the answer comes, as often as `cuts` says."""

    cuts = 1

    def call_next(
        self,
        counter: str,
        *,
        by: Actor = NOBODY,
        request_id: str | None = None,
    ) -> TicketView | None:
        answer = super().call_next(counter, by=by, request_id=request_id)
        if self.cuts:
            self.cuts -= 1
            raise StoreUnreachable(detail="cut")
        return answer


def forgetful_desk(premises: Premises, cuts: int) -> tuple[Desk, Forgetful]:
    from dataclasses import replace

    backend = premises.connect()()
    lobby = backend.lobby
    forgetful = object.__new__(Forgetful)
    forgetful.__dict__.update(lobby.__dict__)
    forgetful.cuts = cuts
    staff = lobby.sign_in("sari", "1836")
    return Desk(replace(backend, lobby=forgetful), "1", staff), forgetful


def called(lobby: Lobby) -> list[str]:
    return [event.label for event in lobby.events_after(0) if event.kind == "called"]


def test_an_answer_that_was_lost_is_asked_for_again_at_once(premises: Premises) -> None:
    premises.issue("DK.ktp", "DK.ktp")
    desk, lobby = forgetful_desk(premises, cuts=1)
    done = desk.do(Do.NEXT)
    assert done.ticket is not None
    assert done.ticket.label == "DK 001"
    assert called(lobby) == ["DK 001"]


def test_the_next_press_after_lost_answers_does_not_call_twice(premises: Premises) -> None:
    premises.issue("DK.ktp", "DK.ktp")
    desk, lobby = forgetful_desk(premises, cuts=2)
    with pytest.raises(StoreError):
        desk.do(Do.NEXT)
    done = desk.do(Do.NEXT)
    assert done.ticket is not None
    assert done.ticket.label == "DK 001"
    assert called(lobby) == ["DK 001"]
