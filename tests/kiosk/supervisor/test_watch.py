"""The supervisor looks on: everything moves by itself, and nothing can be changed from here."""

from __future__ import annotations

from datetime import timedelta

import pytest

from kiosk.shared.messages import StoreChanged, StoreLost
from kiosk.shared.widgets.big_number import BigNumber
from kiosk.shared.widgets.live_table import LiveTable
from kiosk.supervisor import SupervisorApp
from kiosk.supervisor.screens.line import LineScreen
from queue_core.errors import StoreUnreachable
from tests.support.screens import Premises, shows, shows_no, text_of, until

SIZE = (120, 40)


def figure(app: SupervisorApp, name: str) -> str:
    return app.screen.query_one(f"#figure-{name} BigNumber", BigNumber).text


def services(app: SupervisorApp) -> list[str]:
    table = app.screen.query_one("#queues", LiveTable)
    return [str(row.key.value) for row in table.ordered_rows]


async def test_a_change_made_by_another_program_appears_without_a_touch(premises_on_each: Premises) -> None:
    premises = premises_on_each
    app = SupervisorApp(premises.connect())
    async with app.run_test(size=SIZE) as pilot:
        await shows(pilot, "PENGAWAS · Aula", "● terhubung", "belum ada yang melapor")
        await until(pilot, lambda: figure(app, "waiting") == "0")
        premises.issue("DK.ktp", "BN.sim")
        await until(pilot, lambda: figure(app, "waiting") == "2")
        await shows(pilot, r"KTP\s+■ belum ada petugas\s+1")
        with premises.lobby() as lobby:
            lobby.call_next("1")
        await until(pilot, lambda: figure(app, "serving") == "1")
        await shows(pilot, "memanggil DK 001", r"Perkiraan waktu tunggu\s+hari ini")


async def test_who_waits_past_the_promise_stands_on_top_in_words(premises: Premises) -> None:
    premises.issue("DK.ktp", "DK.kk", "BN.sim")
    premises.clock.forward(minutes=20)  # the promise of DK.kk is 15
    app = SupervisorApp(premises.connect())
    async with app.run_test(size=SIZE) as pilot:
        await shows(pilot, r"KK\s+▲ 1 lewat janji", r"KTP\s+◆ mendekati janji")
        assert services(app)[0] == "DK.kk"
        assert figure(app, "over") == "1"
        assert figure(app, "longest") == "20"
        assert "-late" in app.screen.query_one("#figure-over").classes


async def test_the_order_can_be_changed_by_a_key(premises: Premises) -> None:
    premises.issue("DK.ktp", "DK.ktp")
    app = SupervisorApp(premises.connect())
    async with app.run_test(size=SIZE) as pilot:
        await until(pilot, lambda: services(app)[:1] == ["DK.ktp"])
        await pilot.press("u")
        await shows(pilot, "urut: terbanyak")
        assert services(app)[0] == "DK.ktp"
        await pilot.press("u", "u")
        await shows(pilot, "urut: nama")
        assert services(app) == ["BN.sim", "DK.kk", "DK.ktp"]


async def test_a_row_opens_its_line_and_a_number_its_story(premises: Premises) -> None:
    premises.issue("DK.ktp", "DK.ktp")
    app = SupervisorApp(premises.connect())
    async with app.run_test(size=SIZE) as pilot:
        await until(pilot, lambda: services(app)[:1] == ["DK.ktp"])
        await pilot.press("enter")
        await shows(pilot, "KTP · Dukcapil", "2 menunggu · 0 loket buka · janji 30 menit", "DK 002")
        premises.issue("DK.ktp")
        await shows(pilot, "3 menunggu", "DK 003")
        await pilot.press("enter")
        await shows(pilot, "Riwayat nomor DK 001", "mengambil nomor", r"Datang 09\.00, masih di sini")
        with premises.lobby() as lobby:
            lobby.call_next("1")
        await shows(pilot, r"dipanggil\s+sesuai urutan\s+1")
        await pilot.press("escape", "escape")
        await shows(pilot, "PENGAWAS · Aula")


async def test_services_can_be_put_together_by_agency_and_opened_again(premises: Premises) -> None:
    premises.issue("DK.ktp", "DK.kk", "BN.sim")
    app = SupervisorApp(premises.connect())
    async with app.run_test(size=SIZE) as pilot:
        await until(pilot, lambda: figure(app, "waiting") == "3")
        await pilot.press("i")
        await shows(pilot, "Antrean per instansi", r"Dukcapil\s+■ belum ada petugas\s+2")
        assert services(app)[0] == "DK"
        await pilot.press("enter")
        await shows(pilot, "Antrean Dukcapil")
        assert sorted(services(app)) == ["DK.kk", "DK.ktp"]
        await pilot.press("escape")
        await until(pilot, lambda: len(services(app)) == 3)


async def test_any_number_can_be_looked_up(premises: Premises) -> None:
    premises.issue("BN.sim")
    async with SupervisorApp(premises.connect()).run_test(size=SIZE) as pilot:
        await shows(pilot, "● terhubung")
        await pilot.press("slash")
        await shows(pilot, "Cari nomor")
        await pilot.press(*"bn1", "enter")
        await shows(pilot, "Riwayat nomor BN 001")


async def test_a_number_that_nobody_has_is_one_sentence(premises: Premises) -> None:
    async with SupervisorApp(premises.connect()).run_test(size=SIZE) as pilot:
        await shows(pilot, "● terhubung")
        await pilot.press("slash")
        await shows(pilot, "Cari nomor")
        await pilot.press(*"dk77", "enter")
        await shows(pilot, "Nomor DK 077 tidak ditemukan", "● terhubung")


async def test_the_row_that_was_chosen_stays_chosen_when_the_order_changes(premises: Premises) -> None:
    premises.issue("DK.ktp", "DK.ktp", "BN.sim")
    app = SupervisorApp(premises.connect())
    async with app.run_test(size=SIZE) as pilot:
        await until(pilot, lambda: services(app)[:2] == ["DK.ktp", "BN.sim"])
        await pilot.press("down")
        table = app.screen.query_one("#queues", LiveTable)
        assert table.chosen == "BN.sim"
        premises.issue("BN.sim", "BN.sim")
        await until(pilot, lambda: services(app)[0] == "BN.sim")
        assert table.chosen == "BN.sim"


async def test_a_lost_connection_says_since_when_and_keeps_what_was_known(premises: Premises) -> None:
    premises.issue("DK.ktp")
    app = SupervisorApp(premises.connect())
    async with app.run_test(size=SIZE) as pilot:
        await until(pilot, lambda: figure(app, "waiting") == "1")
        assert app._live is not None
        app._live.stop()  # so that no look comes between
        app.post_message(StoreLost(StoreUnreachable(detail="x"), premises.clock.now - timedelta(minutes=2)))
        await shows(pilot, r"○ terputus sejak 08\.58")
        assert figure(app, "waiting") == "1"
        app.post_message(StoreChanged(app.seen))
        await shows(pilot, "● terhubung")


async def test_a_change_that_comes_while_a_screen_opens_is_shown_when_it_stands(premises: Premises) -> None:
    app = SupervisorApp(premises.connect())
    async with app.run_test(size=SIZE) as pilot:
        await shows(pilot, "● terhubung")
        assert app.seen is not None
        app.push_screen(LineScreen("DK.ktp"))
        app.take(StoreChanged(app.seen))
        await shows(pilot, "KTP", "● terhubung")


async def test_english_by_one_key(premises: Premises) -> None:
    premises.issue("DK.ktp")
    async with SupervisorApp(premises.connect()).run_test(size=SIZE) as pilot:
        await shows(pilot, "belum ada petugas")
        await pilot.press("f2")
        await shows(pilot, "SUPERVISOR · Hall", r"ID card\s+■ nobody serves", "Today's totals", "● connected")
        await shows_no(pilot, "Layanan|Menunggu")


@pytest.mark.parametrize("size", [(80, 24), (100, 28), (192, 56)])
@pytest.mark.parametrize("language", ["id", "en"])
async def test_nothing_that_counts_is_cut_off(
    size: tuple[int, int], language: str, premises: Premises
) -> None:
    premises.issue(*["DK.ktp"] * 3, *["DK.kk"] * 12)
    premises.clock.forward(minutes=75)
    with premises.lobby() as lobby:
        lobby.call_next("1")
    async with SupervisorApp(premises.connect()).run_test(size=size) as pilot:
        await shows(pilot, "● terhubung", "1 j 15", "memanggil DK 001")
        if language == "en":
            await pilot.press("f2")
            await shows(pilot, "SUPERVISOR", "1 h 15", "calling DK 001")
        text = text_of(pilot.app)
        assert "…" not in text
        assert ("12 lewat janji" if language == "id" else "12 late") in text
        assert ("X keluar" if language == "id" else "X leave") in text.splitlines()[-1]
