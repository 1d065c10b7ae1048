"""A day at a counter: one key for each thing to do, and one line that says what became of it."""

from __future__ import annotations

import asyncio

from queue_core.lifecycle import Status
from tests.support.counter import At, number_on
from tests.support.screens import Premises, burst, shows, shows_no


async def test_call_start_and_finish_are_one_key_each(at_counter: At, premises: Premises) -> None:
    premises.issue("DK.ktp", "DK.ktp")
    async with at_counter("1") as pilot:
        await shows(pilot, "Menunggu 2", "Spasi: panggil berikutnya")
        await pilot.press("space")
        await shows(pilot, "DK 001 dipanggil ke loket 1 · sesuai urutan", "DIPANGGIL", "Menunggu 1")
        assert number_on(pilot) == "DK 001"
        await pilot.press("m")
        await shows(pilot, "DK 001 mulai dilayani", r"DILAYANI\s+00\.0\d / ±10 menit")
        await pilot.press("s")
        await shows(pilot, "DK 001 selesai", "Selesai hari ini: 1", "Spasi: panggil berikutnya")


async def test_the_next_call_finishes_who_was_served(at_counter: At, premises: Premises) -> None:
    premises.issue("DK.ktp", "DK.ktp")
    async with at_counter("1") as pilot:
        await pilot.press("space")
        await shows(pilot, "DK 001 dipanggil")
        await pilot.press("m")
        await shows(pilot, "DILAYANI")
        await pilot.press("space")
        await shows(pilot, "DK 002 dipanggil", "Selesai hari ini: 1")


async def test_an_empty_line_is_an_answer(at_counter: At) -> None:
    async with at_counter("1") as pilot:
        await pilot.press("space")
        await shows(pilot, "Tidak ada yang menunggu")


async def test_why_nobody_new_comes_is_told_beside_the_line(at_counter: At, premises: Premises) -> None:
    premises.issue("DK.ktp")
    async with at_counter("1") as pilot:
        await shows(pilot, "Menunggu 1")
        with premises.lobby() as lobby:
            lobby.close_service("DK", reason={"id": "Rapat"}, request_id="c1")
        await shows(pilot, "Menunggu 1 · tutup sementara: Rapat")
        with premises.lobby() as lobby:
            lobby.open_service("DK", request_id="c2")
        await shows_no(pilot, "Rapat")


async def test_wait_lateness_and_priority_are_told_in_words(at_counter: At, premises: Premises) -> None:
    premises.issue("DK.ktp")
    premises.clock.forward(minutes=31)
    premises.issue("DK.ktp", priority=True)
    async with at_counter("1") as pilot:
        await shows(pilot, r"DK 002\s+KTP\s+00\.0\d\s+prioritas", r"DK 001\s+KTP\s+31\.0\d\s+lewat")
        await pilot.press("space")
        await shows(pilot, "DK 002 dipanggil ke loket 1 · prioritas", "PRIORITAS", "Menunggu 1")
        await pilot.press("m")
        await shows(pilot, "DILAYANI")
        await pilot.press("space")
        await shows(pilot, "DK 001 dipanggil", r"Menunggu 31\.\d\d, lewat dari janji 30", "sesuai urutan")


async def test_a_step_of_a_journey_and_a_foreign_language_are_told(
    at_counter: At, premises: Premises
) -> None:
    with premises.lobby() as lobby:
        lobby.start_journey("pindah", request_id="j1", language="en")
    async with at_counter("1") as pilot:
        await pilot.press("space")
        await shows(pilot, "langkah 1 dari 3", "bahasa Inggris")


async def test_who_is_called_must_be_settled_before_the_next(at_counter: At, premises: Premises) -> None:
    premises.issue("DK.ktp", "DK.ktp")
    async with at_counter("1") as pilot:
        await pilot.press("space")
        await shows(pilot, "DK 001 dipanggil ke")
        await pilot.press("space")
        await shows(pilot, r"DK 001 masih di loket 1 \(dipanggil\)")


async def test_a_recall_is_counted(at_counter: At, premises: Premises) -> None:
    premises.issue("DK.ktp")
    async with at_counter("1") as pilot:
        await pilot.press("space")
        await shows(pilot, "DIPANGGIL")
        await pilot.press("u")
        await shows(pilot, "DK 001 dipanggil ulang", "panggilan ke-2")


async def test_a_no_show_needs_a_second_press_and_can_come_back(at_counter: At, premises: Premises) -> None:
    premises.issue("DK.ktp")
    async with at_counter("1") as pilot:
        await pilot.press("space")
        await shows(pilot, "DIPANGGIL")
        await pilot.press("h")
        await shows(pilot, "Tekan H sekali lagi: DK 001 tidak hadir")
        with premises.lobby() as lobby:
            assert lobby.find("DK 001").status is Status.CALLED
        await pilot.press("h")
        await shows(pilot, "DK 001 dicatat tidak hadir", "Tidak hadir 1")
        await pilot.press("k")
        await shows(pilot, "DK 001 kembali ke antrean", "Menunggu 1", "Tidak hadir 0")


async def test_another_key_takes_the_question_back(at_counter: At, premises: Premises) -> None:
    premises.issue("DK.ktp")
    async with at_counter("1") as pilot:
        await pilot.press("space")
        await shows(pilot, "DIPANGGIL")
        await pilot.press("h")
        await shows(pilot, "Tekan H sekali lagi")
        await pilot.press("u")
        await shows(pilot, "DK 001 dipanggil ulang")
        await pilot.press("h")
        await shows(pilot, "Tekan H sekali lagi")


async def test_hold_and_resume(at_counter: At, premises: Premises) -> None:
    premises.issue("DK.ktp")
    async with at_counter("1") as pilot:
        await pilot.press("space")
        await shows(pilot, "DIPANGGIL")
        await pilot.press("t")
        await shows(pilot, "DK 001 ditunda", "Ditunda 1")
        await pilot.press("l")
        await shows(pilot, "DK 001 dipanggil kembali", "Ditunda 0")


async def test_which_of_several_on_hold_is_chosen_from_a_list(at_counter: At, premises: Premises) -> None:
    premises.issue("DK.ktp", "DK.ktp")
    async with at_counter("1") as pilot:
        for label in ("DK 001", "DK 002"):
            await pilot.press("space")
            await shows(pilot, f"{label} dipanggil")
            await pilot.press("t")
            await shows(pilot, f"{label} ditunda")
        await pilot.press("l")
        await shows(pilot, "Lanjutkan nomor yang mana")
        await pilot.press("down", "enter")
        await shows(pilot, "DK 002 dipanggil kembali")


async def test_nothing_to_resume_is_said(at_counter: At) -> None:
    async with at_counter("1") as pilot:
        await pilot.press("l")
        await shows(pilot, "Tidak ada nomor yang ditunda")


async def test_a_transfer_is_chosen_by_typing_a_part_of_the_name(at_counter: At, premises: Premises) -> None:
    premises.issue("DK.ktp")
    async with at_counter("1") as pilot:
        await pilot.press("space")
        await shows(pilot, "DIPANGGIL")
        await pilot.press("a")
        await shows(pilot, "Alihkan DK 001 ke layanan mana", "Polri: SIM", "Dukcapil: KK")
        await pilot.press(*"sim", "enter")
        await shows(pilot, "DK 001 dialihkan ke SIM; nomor tetap")
        with premises.lobby() as lobby:
            assert lobby.find("DK 001").service == "BN.sim"


async def test_a_transfer_without_a_visitor_is_refused_in_one_sentence(at_counter: At) -> None:
    async with at_counter("1") as pilot:
        await pilot.press("a")
        await shows(pilot, "Tidak ada pengunjung di loket 1 untuk “alihkan”")


async def test_a_break_refuses_calls_until_it_is_over(at_counter: At, premises: Premises) -> None:
    premises.issue("DK.ktp")
    async with at_counter("1") as pilot:
        await pilot.press("i")
        await shows(pilot, "Loket 1 istirahat", "I Buka kembali")
        await pilot.press("space")
        await shows(pilot, "Loket 1 sedang istirahat")
        await pilot.press("i")
        await shows(pilot, "Loket 1 melayani kembali", "I Istirahat")


async def test_signing_out_closes_the_counter_after_a_second_press(
    at_counter: At, premises: Premises
) -> None:
    async with at_counter("1") as pilot:
        await pilot.press("x")
        await shows(pilot, "Tekan X sekali lagi: tutup loket dan keluar")
        await pilot.press("x")
        await shows(pilot, "Nama", "PIN")
        with premises.lobby() as lobby:
            assert lobby.counter_view("1").counter.state == "closed"


async def test_a_busy_counter_is_not_closed(at_counter: At, premises: Premises) -> None:
    premises.issue("DK.ktp")
    async with at_counter("1") as pilot:
        await pilot.press("space")
        await shows(pilot, "DIPANGGIL")
        await pilot.press("x")
        await shows(pilot, "DK 001 masih di sini. Bagaimana")
        await pilot.press("escape")
        await shows_no(pilot, "masih di sini")


async def test_a_key_that_is_held_down_acts_once(at_counter: At, premises: Premises) -> None:
    premises.issue(*["DK.ktp"] * 3)
    async with at_counter("1") as pilot:
        burst(pilot, " " * 20)
        await shows(pilot, "DK 001 dipanggil", "Menunggu 2")
        with premises.lobby() as lobby:
            assert [event.kind for event in lobby.events_after(0)].count("called") == 1


async def test_each_key_has_a_button_that_does_the_same(at_counter: At, premises: Premises) -> None:
    premises.issue("DK.ktp")
    async with at_counter("1") as pilot:
        await pilot.click("#key-next")
        await shows(pilot, "DK 001 dipanggil")
        await pilot.click("#key-start")
        await shows(pilot, "DK 001 mulai dilayani")


async def test_f2_speaks_english_and_the_keys_stay(at_counter: At, premises: Premises) -> None:
    premises.issue("DK.ktp")
    async with at_counter("1") as pilot:
        await pilot.press("f2")
        await shows(pilot, "COUNTER 1 · Sari", "● connected", "Space Call next", "H No-show", "Waiting 1")
        await pilot.press("space")
        await shows(pilot, "DK 001 is called to counter 1")


async def test_help_shows_every_key_and_goes_at_any_key(at_counter: At) -> None:
    async with at_counter("1") as pilot:
        await pilot.press("f1")
        await shows(pilot, "Tombol loket", "Nomor yang dipanggil tidak datang", "Pemindai")
        await pilot.press("q")
        await shows_no(pilot, "Tombol loket")


async def test_two_counters_that_press_at_once_never_get_one_visitor(
    at_counter: At, premises: Premises
) -> None:
    premises.issue(*["DK.ktp"] * 6)
    async with at_counter("1") as one, at_counter("2") as two:
        for _ in range(3):
            await asyncio.gather(one.press("space"), two.press("space"))
            for pilot in (one, two):
                await shows(pilot, "DIPANGGIL")
            assert number_on(one) != number_on(two)
            await asyncio.gather(one.press("m"), two.press("m"))
            for pilot in (one, two):
                await shows(pilot, "DILAYANI")
        with premises.lobby() as lobby:
            called = [event.label for event in lobby.events_after(0) if event.kind == "called"]
    assert sorted(called) == [f"DK {number:03d}" for number in range(1, 7)]


async def test_a_number_taken_elsewhere_appears_without_a_touch(at_counter: At, premises: Premises) -> None:
    async with at_counter("1") as pilot:
        await shows(pilot, "Menunggu 0")
        premises.issue("DK.ktp")
        await shows(pilot, "Menunggu 1", "DK 001")
