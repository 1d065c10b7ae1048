"""What a supervisor does from the same screen, as a person sees it: one story, a key for each deed."""

from __future__ import annotations

from contextlib import suppress

import pytest
from textual.pilot import Pilot

from kiosk.shared.widgets.live_table import LiveTable
from kiosk.supervisor import SupervisorApp
from kiosk.supervisor.deeds import Act, Deed, Deeds
from queue_core import Lobby
from queue_core.errors import StoreBusy
from tests.support.screens import Premises, shows, shows_no, until

SIZE = (120, 40)


@pytest.fixture
def led(premises: Premises) -> Premises:
    """Two who have waited for DK.kk past the promise of 15 minutes, and Ani who may do something about it."""
    with premises.lobby() as lobby:
        lobby.add_staff("ani", "Bu Ani", "1836", "supervisor")
        lobby.open_counter("3")
    premises.issue("DK.kk", "DK.kk")
    premises.clock.forward(minutes=26)
    return premises


async def sign_in(pilot: Pilot[None], name: str = "ani", pin: str = "1836") -> None:
    await shows(pilot, "Siapa yang mengubah")
    await pilot.press(*name, "enter", *pin, "enter")


async def test_looking_asks_nobody_and_the_first_deed_asks_who(led: Premises) -> None:
    app = SupervisorApp(led.connect())
    async with app.run_test(size=SIZE) as pilot:
        await shows(pilot, r"▲ 1 peringatan\s+Spasi tahu\s+DK KK: 11 menit lewat janji")
        await shows(pilot, "▲ DK KK  2 lewat janji · 2 menunggu, terlama 26.00", "→ Buka loket 2")
        await pilot.press("space")
        await sign_in(pilot, "sari", "1836")
        await shows(pilot, "pengawas")  # a counter's PIN is not enough
        await pilot.press("escape")
        await shows_no(pilot, "Siapa yang mengubah")
        await pilot.press("space")
        await sign_in(pilot)
        await shows(pilot, "✔ Dicatat: 1 peringatan diketahui", "● 1 peringatan, sudah diketahui")
        await pilot.press("space")
        await shows(pilot, "Tidak ada peringatan baru")


async def test_a_morning_of_deeds_each_by_one_key(led: Premises) -> None:
    app = SupervisorApp(led.connect())
    async with app.run_test(size=SIZE) as pilot:
        await shows(pilot, "● terhubung", "Buka loket 2")
        await pilot.press("g")
        await sign_in_after(pilot, "Loket mana yang membantu KK", "1", "enter")
        await shows(pilot, "Loket 1: KK")
        await pilot.press("down", "enter")
        await shows(pilot, "✔ Loket 1 sekarang melayani: KK", r"1\*")
        app.screen.query_one("#counters", LiveTable).focus()
        await until(pilot, lambda: app.screen.query_one("#counters", LiveTable).has_focus)
        await move_home(pilot, app)

        app.screen.query_one("#queues", LiveTable).focus()
        await pilot.press("enter")
        await shows(pilot, r"2\s+DK 002", "→ Buka loket 2")
        await pilot.press("down", "p")
        await shows(pilot, "Mengapa DK 002 didahulukan")
        await pilot.press(*"hamil", "enter")
        await shows(pilot, "✔ DK 002 didahulukan", r"1\s+DK 002\s+26\.00\s+prioritas")
        await pilot.press("escape", "w")
        await shows(pilot, "Apa yang ditulis di papan")
        await pilot.press(*"berkas", "enter")
        await shows(pilot, "Berapa lama")
        await pilot.press("enter")
        await shows(pilot, "✔ Warta tampil di semua papan")
        await pilot.press("t")
        await shows(pilot, "Tutup KK berapa lama")
        await pilot.press(*"13.00", "enter")
        await shows(pilot, "Mengapa KK ditutup")
        await pilot.press(*"Listrik padam", "enter")
        await shows(pilot, "✔ KK ditutup", "KK · ditutup sampai 13.00")
        await pilot.press("t")
        await shows(pilot, "✔ KK dibuka")
        await pilot.press("s")
        await shows(pilot, "Tidak ada slip yang perlu ditangani")
    with led.lobby() as lobby:
        notice = lobby.notice()
        assert notice is not None
        assert notice.texts == {"id": "Mohon siapkan berkas Anda", "en": "Please have your papers ready"}
        assert lobby.priority_reasons() == {"pregnant": 1}
        told = [event.kind for event in lobby.events_after(0) if event.staff == "ani"]
        (closed,) = [event for event in lobby.events_after(0) if event.kind == "service_closed"]
        assert closed.data["until"] == "2026-11-24T05:00:00+00:00"  # 13.00 in Kupang
    assert [kind for kind in told if kind != "signed_in"] == [
        "counter_moved",
        "counter_returned",
        "priority_set",
        "notice_set",
        "service_closed",
        "order_lifted",
    ]


async def sign_in_after(pilot: Pilot[None], title: str, *keys: str) -> None:
    """Choose in the dialog of this title, then say who it is."""
    await shows(pilot, title)
    await pilot.press(*keys)
    await sign_in(pilot)


async def move_home(pilot: Pilot[None], app: SupervisorApp) -> None:
    """Let the counter under the cursor take again what the catalogue gives it."""
    counters = app.screen.query_one("#counters", LiveTable)
    while counters.chosen != "1":
        await pilot.press("down")
    await pilot.press("g")
    await shows(pilot, "Loket 1 melayani apa")
    await pilot.press(*"semula", "enter")
    await shows(pilot, "✔ Loket 1 kembali ke tugas semula")


async def test_the_big_screen_the_usual_day_and_the_help_are_one_key_away(led: Premises) -> None:
    app = SupervisorApp(led.connect())
    async with app.run_test(size=(80, 24)) as pilot:
        await shows(pilot, "● terhubung")
        await pilot.press("b")
        await shows(pilot, "▲ KK · 2 lewat janji", "2 menunggu · terlama 26 menit   → Buka loket 2")
        await pilot.press("b", "h")
        await shows(pilot, "Hari ini saja", "Nomor yang diambil, tiap jam", r"█")
        await pilot.press("h", "f1")
        await shows(pilot, "Geser loket ke layanan lain sampai hari berakhir")
        await pilot.press("escape")
        await shows_no(pilot, "Halaman ini")


class Line:
    """Carries all that is asked; the first three answers are lost."""

    def __init__(self) -> None:
        self.sent: list[str] = []

    def move(self, lobby: Lobby, counter: str, act: Act) -> object:
        answer = lobby.move_counter(counter, ["DK.kk"], **act)
        self.sent.append(act["request_id"])
        if len(self.sent) <= 3:
            raise StoreBusy(seconds=1)
        return answer


def test_a_deed_whose_answer_was_lost_is_sent_again_with_the_same_request(led: Premises) -> None:
    backend = led.connect()()
    try:
        deeds, line = Deeds(backend), Line()
        deeds.sign_in("ani", "1836")

        def move(counter: str) -> Deed:
            return lambda lobby, act: line.move(lobby, counter, act)

        for _ in range(2):  # pressed twice, since the first press ended in a sentence
            with suppress(StoreBusy):
                deeds.do(move("1"))
        assert len(line.sent) == 4
        assert len(set(line.sent)) == 1
        deeds.do(move("2"))
        assert len(set(line.sent)) == 2
        moves = [event for event in backend.lobby.events_after(0) if event.kind == "counter_moved"]
        assert [(event.staff, event.counter) for event in moves] == [("ani", "1"), ("ani", "2")]
    finally:
        backend.close()


def test_who_has_been_away_is_asked_again(led: Premises) -> None:
    backend = led.connect()()
    try:
        deeds = Deeds(backend, away=0.0)
        assert deeds.staff is None
        assert deeds.sign_in("ani", "1836").name == "Bu Ani"
        assert deeds.staff is None
    finally:
        backend.close()


async def test_who_comes_back_too_late_is_put_back_only_when_the_supervisor_insists(led: Premises) -> None:
    with led.lobby() as lobby:
        lobby.call_next("2")
        lobby.no_show("2")
        led.clock.forward(minutes=200)
    app = SupervisorApp(led.connect())
    async with app.run_test(size=SIZE) as pilot:
        await shows(pilot, "● terhubung")
        await pilot.press("slash")
        await shows(pilot, "Cari nomor")
        await pilot.press(*"dk1", "enter")
        await shows(pilot, "Riwayat nomor DK 001", "KK · tidak hadir · loket 2 · menunggu 26.00")
        await pilot.press("k")
        await sign_in(pilot)
        await shows(pilot, "ya, kembalikan juga")
        await pilot.press("down", "enter")
        await shows(pilot, "✔ DK 001 kembali ke antrean", "di luar aturan, oleh pengawas", "Bu Ani")


async def test_an_agency_that_leaves_is_asked_twice_and_all_its_people_are_seen_to(led: Premises) -> None:
    app = SupervisorApp(led.connect())
    async with app.run_test(size=SIZE) as pilot:
        await shows(pilot, "Buka loket 2")
        await pilot.press("a")
        await shows(pilot, "Dukcapil pulang: 2 orang menunggu")
        await pilot.press(*"SIM", "enter")
        await shows(pilot, "Mengapa Dukcapil ditutup")
        await pilot.press("enter")
        await shows(pilot, "tidak dapat dibatalkan")
        await pilot.press("down", "enter")
        await sign_in(pilot)
        await shows(pilot, "✔ Dukcapil tutup hari ini; 2 orang dipindahkan", r"BN\s+SIM\s+\S+ [a-z ]+\s+2")


async def test_a_clock_that_was_wrong_is_vouched_for_from_the_screen(led: Premises) -> None:
    led.clock.forward(days=-2)
    app = SupervisorApp(led.connect())
    async with app.run_test(size=SIZE) as pilot:
        await shows(pilot, "Jam komputer salah")
        await pilot.press("space")
        await shows(pilot, "nomor tidak dikeluarkan")
        await pilot.press("down", "enter")
        await sign_in(pilot)
        await shows(pilot, "✔ Jam dinyatakan benar", "● tidak ada peringatan")
    assert led.issue("DK.kk")


async def test_slips_in_doubt_are_settled_by_a_look_and_a_key(led: Premises) -> None:
    """One came out after all; the other did not, and is printed again as a copy."""
    with led.lobby() as lobby:
        jobs = {label: lobby.reprint(label, printer="K1").job for label in ("DK 001", "DK 002")}
        for job in jobs.values():
            lobby.journal.sending(job, b"slip", None)
            lobby.journal.settle(job, "asking")
    app = SupervisorApp(led.connect())
    async with app.run_test(size=SIZE) as pilot:
        await shows(pilot, "● terhubung", "2 slip perlu ditangani")
        await pilot.press("s")
        await shows(pilot, "Slip yang perlu ditangani", "DK 001  belum pasti keluar", "DK 002  belum pasti")
        await pilot.press(*"DK 001", "enter")
        await shows(pilot, r"Slip DK 001\s", "sudah keluar", "cetak lagi")
        await pilot.press(*"sudah", "enter")
        await sign_in(pilot)
        await shows(pilot, "✔ Slip DK 001 dicatat sudah keluar", "1 slip perlu ditangani")
        await pilot.press("s")
        await shows(pilot, "Slip yang perlu ditangani", "DK 002  belum pasti")
        await pilot.press("enter")
        await shows(pilot, r"Slip DK 002\s", "cetak lagi")
        await pilot.press(*"cetak", "enter")
        await shows(pilot, "✔ Slip DK 002 dicetak lagi", "1 slip menunggu")
        await pilot.press("s")
        await shows(pilot, "Tidak ada slip yang perlu ditangani")
    with led.lobby() as lobby:
        states = {(each.label, each.copy): each.state for each in lobby.print_jobs()}
        told = [(event.kind, event.label) for event in lobby.events_after(0) if event.staff == "ani"]
    assert states == {("DK 001", 1): "printed", ("DK 002", 1): "void", ("DK 002", 2): "new"}
    assert [each for each in told if each[1]] == [("slip_printed", "DK 001"), ("slip_asked_again", "DK 002")]


async def test_a_visit_to_the_information_desk(led: Premises) -> None:
    """A number, precedence, a lost slip, and a number given back: by somebody who may do no more than that."""
    with led.lobby() as lobby:
        lobby.add_staff("dewi", "Bu Dewi", "1836", "visitor_desk")
        lobby.journal.report("K1", "ok", "", "spool")
    app = SupervisorApp(led.connect())
    async with app.run_test(size=SIZE) as pilot:
        await shows(pilot, "● terhubung", "N nomor baru")
        await pilot.press("n")
        await shows(pilot, "Nomor baru untuk layanan apa", "BN SIM", r"DK KK\s+2 menunggu")
        await pilot.press(*"SIM", "enter")
        await shows(pilot, "Dengan prioritas", "Reguler")
        await pilot.press(*"Prio", "enter")
        await sign_in(pilot, "dewi")
        await shows(pilot, "✔ Nomor BN 001, 0 orang di depan")
        await pilot.press("slash")
        await shows(pilot, "DK 002")
        await pilot.press(*"DK 002", "enter")
        await shows(pilot, "urutan ke-2", "B batalkan nomor")
        await pilot.press("p")
        await shows(pilot, "Mengapa DK 002 didahulukan")
        await pilot.press(*"hamil", "enter")
        await shows(pilot, "✔ DK 002 didahulukan", "urutan ke-1")
        await pilot.press("c")
        await shows(pilot, "✔ Slip DK 002 dicetak lagi")
        await pilot.press("b")
        await shows(pilot, "Batalkan nomor DK 002")
        await pilot.press(*"Ya", "enter")
        await shows(pilot, "✔ Nomor DK 002 dibatalkan")
        await pilot.press("escape", "t")
        await shows(pilot, "Tutup .* berapa lama")
        await pilot.press("enter")
        await shows(pilot, "Mengapa .* ditutup")
        await pilot.press("enter")
        await sign_in(pilot, "dewi")
        await shows(pilot, "pengawas")  # that takes more
        await pilot.press("escape")
        await shows_no(pilot, "Siapa yang mengubah")
    with led.lobby() as lobby:
        jobs = {each.label: each.printer for each in lobby.print_jobs()}
        told = [event.kind for event in lobby.events_after(0) if event.staff == "dewi"]
    assert jobs == {"BN 001": "K1", "DK 002": "K1"}
    assert told == ["signed_in", "issued", "priority_set", "slip_asked_again", "cancelled"]
