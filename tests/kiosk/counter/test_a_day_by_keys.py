"""A whole day at a counter without a mouse, while the hall goes on and the screen is read again and again."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from textual.pilot import Pilot

from queue_core.lifecycle import Status
from queue_core.settings import Catalogue
from tests.support.counter import At
from tests.support.house import small_catalogue
from tests.support.screens import Premises, shows, shows_no

DESK = {
    "calls": 2,
    "hold": [{"name": {"id": "Fotokopi", "en": "Photocopy"}, "minutes": 10}],
    "breaks": ["15", "13:00"],
    "remarks": [{"id": "Berkas lengkap", "en": "Papers complete"}],
    "late_minutes": 30,
}


def furnish(premises: Premises) -> None:
    """Give the site its rules, and the staff a colleague and a supervisor."""
    raw = small_catalogue().model_dump()
    raw["site"][0]["desk"].update(DESK)
    with premises.lobby() as lobby:
        lobby.apply_catalogue(Catalogue.model_validate(raw))
        lobby.add_staff("budi", "Budi", "5278", "counter")
        lobby.add_staff("ibu", "Ibu Rosa", "2946", "supervisor")


class Hall:
    """Somebody takes a number at another kiosk between any two keys, so that each finds a screen that is being read."""

    def __init__(self, pilot: Pilot[Any], premises: Premises) -> None:
        self._pilot = pilot
        self._premises = premises
        self.waiting = 0

    async def press(self, *keys: str) -> None:
        for key in keys:
            self._premises.issue("BN.sim")
            await self._pilot.press(key)

    async def sees(self, *patterns: str) -> None:
        await shows(self._pilot, *patterns)


async def test_a_whole_day_goes_by_keys_alone(at_counter: At, premises: Premises) -> None:
    furnish(premises)
    premises.issue("DK.ktp", "DK.ktp", "DK.ktp")
    async with at_counter("1", size=(140, 40)) as pilot:
        day = Hall(pilot, premises)
        await the_morning(day, premises)
        await the_afternoon(day)
        await shows_no(pilot, "DK 004")
    with premises.lobby() as lobby:
        assert lobby.counter_view("1").counter.state == "closed"
        assert lobby.find("DK 004").status is Status.HELD
        assert [each.label for each in lobby.line("DK.ktp")] == ["DK 002", "DK 003"]
        told = [(each.kind, each.staff) for each in lobby.events_after(0) if each.label == "DK 001"]
    assert [kind for kind, _ in told] == [
        "issued", "called", "undone", "called", "recalled", "no_show", "restored", "called",
        "counter_handed_over", "started", "completed",
    ]  # fmt: skip
    assert [who for _, who in told[-4:]] == ["sari", "budi", "budi", "budi"]


async def the_morning(day: Hall, premises: Premises) -> None:
    # called by mistake, and taken back
    await day.press("space")
    await day.sees("DK 001 dipanggil ke loket 1")
    await day.press("b")
    await day.sees("Dibatalkan: DK 001 kembali menunggu", "Menunggu 3")
    # the first does not come: after the last call one key says so
    await day.press("space")
    await day.sees("DIPANGGIL")
    await day.press("u")
    await day.sees("Panggilan ke-2: H mencatat DK 001 tidak hadir")
    await day.press("u")
    await day.sees("DK 001 sudah dipanggil 2 kali")
    await day.press("h")
    await day.sees("DK 001 dicatat tidak hadir", "Tidak hadir 1")
    # the second fetches a copy, with a note for whoever goes on
    await day.press("space")
    await day.sees("DK 002 dipanggil")
    await day.press("m")
    await day.sees("DILAYANI")
    await day.press("c")
    await day.sees("Catatan untuk DK 002", "1 Berkas lengkap")
    await day.press("1")
    await day.sees("Catatan: Berkas lengkap")
    await day.press("t")
    await day.sees("DK 002 ditunda untuk apa", "1 Fotokopi")
    await day.press("1")
    await day.sees("DK 002 ditunda", r"↩ 09\.5\d · Fotokopi")
    # the first turns up within the half hour
    await day.press("k")
    await day.sees("DK 001 kembali ke antrean", "Menunggu 2")
    # the break says until when
    await day.press("i")
    await day.sees("Istirahat sampai kapan", "sampai pukul 13.00")
    await day.press("1")
    await day.sees(r"Istirahat sampai pukul 09\.15")
    await day.press("i")
    await day.sees("Loket 1 melayani kembali")
    # ten minutes later the second is back in line, at the old place
    premises.clock.forward(minutes=10)
    await day.sees("Ditunda 0", "Menunggu 3")
    await day.press("space")
    await day.sees("DK 001 dipanggil")


async def the_afternoon(day: Hall) -> None:
    # a colleague goes on with the same visitor
    await day.press("g")
    await day.sees("Siapa yang melanjutkan")
    await day.press(*"budi", "enter", *"5278", "enter")
    await day.sees("Loket dilanjutkan oleh Budi", "LOKET 1 · Budi")
    await day.press("m")
    await day.sees("DILAYANI")
    await day.press("s")
    await day.sees("DK 001 selesai")
    # somebody without paper waits behind those who are here
    await day.press("n")
    await day.sees("Nomor baru untuk layanan apa", "1 KTP")
    await day.press("p", "1")
    await day.sees("DK 004 menunggu giliran")
    # transferred to a counter, and the end of the day with somebody still here
    await day.press("space")
    await day.sees("DK 004 dipanggil")
    await day.press("x")
    await day.sees("DK 004 masih di sini", "1 DK 004 tidak hadir", "2 DK 004 ditunda")
    await day.press("2")
    await day.sees("Nama", "PIN")


async def test_a_time_that_has_passed_is_no_end_of_a_break(at_counter: At, premises: Premises) -> None:
    furnish(premises)
    premises.clock.forward(hours=5)  # it is 14.00
    async with at_counter("1", size=(140, 40)) as pilot:
        await pilot.press("i")
        await shows(pilot, "Istirahat sampai kapan", "1 15 menit")
        await shows_no(pilot, "13.00")
        await pilot.press("0", *"13.00", "enter")
        await shows(pilot, "“13.00” bukan waktu yang akan datang")
        await pilot.press("i")
        await shows(pilot, "Istirahat sampai kapan")
        await pilot.press("0", *"14.30", "enter")
        await shows(pilot, r"Istirahat sampai pukul 14\.30")


async def test_a_list_of_more_than_nine_goes_on_with_letters(at_counter: At, premises: Premises) -> None:
    raw = small_catalogue().model_dump()
    more = [
        {"id": f"l{n}", "name": {"id": f"Layanan {n}", "en": f"Service {n}"}, "minutes": 5} for n in range(9)
    ]
    raw["agency"][0]["service"] += more
    with premises.lobby() as lobby:
        lobby.apply_catalogue(Catalogue.model_validate(raw))
    async with at_counter("2", size=(140, 40)) as pilot:
        await pilot.press("n")
        await shows(pilot, "9 Layanan 6", "a Layanan 7", "d SIM")
        await pilot.press("p", "d")
        await shows(pilot, "BN 001")
    with premises.lobby() as lobby:
        assert lobby.find("BN 001").priority


async def test_what_needs_a_supervisor_is_signed_for_at_the_counter(
    at_counter: At, premises: Premises
) -> None:
    furnish(premises)
    premises.issue("DK.ktp", "DK.ktp", "DK.ktp")
    with premises.lobby() as lobby:
        lobby.open_counter("1")
        lobby.call_next("1")
        lobby.no_show("1")
        lobby.call_next("1")
        lobby.hold("1", until=premises.clock.now + timedelta(hours=1))
    premises.clock.forward(minutes=31)
    async with at_counter("1", size=(140, 40)) as pilot:
        await pilot.press("k")
        await shows(pilot, "DK 001 dipanggil lebih dari 30 menit yang lalu", "Penyelia:")
        await pilot.press(*"sari", "enter", *"1836", "enter")
        await shows(pilot, "✖ ")
        await pilot.press("k")
        await shows(pilot, "Penyelia:")
        await pilot.press(*"ibu", "enter", *"2946", "enter")
        await shows(pilot, "DK 001 kembali ke antrean")
        # nobody stands here: the key asks who of those on hold never came back
        await pilot.press("h")
        await shows(pilot, "Siapa yang tidak kembali", "1 DK 002")
        await pilot.press("1")
        await shows(pilot, "DK 002 tidak kembali: dicatat tidak hadir")
        # the agency leaves
        await pilot.press("p")
        await shows(pilot, "DK pulang lebih awal. Bagaimana dengan yang menunggu")
        await pilot.press("1")
        await shows(pilot, "Alasan, untuk dibaca pengunjung")
        await pilot.press(*"Rapat", "enter")
        await shows(pilot, "Penyelia:")
        await pilot.press(*"ibu", "enter", *"2946", "enter")
        await shows(pilot, "DK ditutup hari ini; 2 pengunjung diberi tahu")
    with premises.lobby() as lobby:
        signed = [
            event for event in lobby.events_after(0) if event.kind == "signed_in" and event.staff == "ibu"
        ]
        assert [event.machine for event in signed] == ["K1", "K1"]
        assert [lobby.find(label).reason for label in ("DK 001", "DK 003")] == ["Rapat", "Rapat"]
        assert lobby.counter_view("1").counter.state == "closed"
