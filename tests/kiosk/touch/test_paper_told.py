"""What the visitor is told of the paper."""

from __future__ import annotations

import pytest

from kiosk.touch.receipt import PAPER_SECONDS, paper_of
from kiosk.touch.scene import Paper
from tests.kiosk.touch.conftest import Arrive, House
from tests.support.touching import SIZES, Visitor


def printer(house: House, state: str, reason: str = "") -> None:
    house.lobby.journal.report("K1", state, reason, "test")


async def take(visitor: Visitor) -> None:
    await visitor.press("2", "1")
    await visitor.sees("NOMOR ANTREAN ANDA")


async def test_the_paper_is_announced_and_then_there(arrive: Arrive, house: House) -> None:
    printer(house, "ok")
    async with arrive() as visitor:
        await visitor.sees("pencetak siap")
        await take(visitor)
        await visitor.sees("Kertas nomor Anda sedang dicetak")
        (job,) = house.lobby.print_jobs()
        assert (job.label, job.printer) == ("BN 001", "K1")
        house.lobby.journal.settle(job.job, "printed")
        await visitor.sees("Silakan ambil kertas nomor Anda")


async def test_a_sick_printer_asks_for_a_photograph(arrive: Arrive, house: House) -> None:
    printer(house, "trouble", "paper_out")
    async with arrive() as visitor:
        await visitor.sees("Kertas printer habis")
        await take(visitor)
        await visitor.sees("Kertas tidak keluar. Foto layar ini; petugas sudah diberi tahu")


async def test_paper_that_does_not_come_asks_for_a_photograph_and_leaves_time_for_it(
    arrive: Arrive, house: House
) -> None:
    printer(house, "ok")
    async with arrive() as visitor:
        await visitor.sees("pencetak siap")
        await take(visitor)
        await visitor.later(PAPER_SECONDS)
        await visitor.sees("Foto layar ini", "Ke awal dalam 20 detik")


async def in_doubt(visitor: Visitor, house: House) -> str:
    """Take a number whose paper nobody can vouch for; return its job."""
    printer(house, "ok")
    await visitor.sees("pencetak siap")
    await take(visitor)
    (job,) = house.lobby.print_jobs()
    house.lobby.journal.settle(job.job, "asking")
    await visitor.sees("Apakah kertas nomor Anda keluar?")
    await visitor.until(lambda: not visitor.shows("Salah pilih?"), "the answers in place of the way back")
    return job.job


@pytest.mark.parametrize("size", SIZES)
async def test_a_yes_settles_paper_in_doubt(arrive: Arrive, house: House, size: tuple[int, int]) -> None:
    async with arrive(size) as visitor:
        job = await in_doubt(visitor, house)
        await visitor.tap("Ya, sudah keluar")
        await visitor.sees("Silakan ambil kertas nomor Anda", "Ke awal dalam")
        await visitor.until(lambda: house.lobby.print_job(job).state == "printed", "the visitor's word")
        told = [event for event in house.lobby.events_after(0) if event.kind == "slip_printed"]
        assert [event.data["told_by"] for event in told] == ["person"]


@pytest.mark.parametrize("size", SIZES)
async def test_a_no_prints_a_marked_copy(arrive: Arrive, house: House, size: tuple[int, int]) -> None:
    async with arrive(size) as visitor:
        job = await in_doubt(visitor, house)
        await visitor.tap("Cetak ulang")
        await visitor.sees("Kertas nomor Anda sedang dicetak")
        await visitor.until(lambda: len(house.lobby.print_jobs()) == 2, "a copy")
        copy, first = house.lobby.print_jobs()
        assert (first.job, first.state, copy.copy, copy.state) == (job, "void", 2, "new")
        house.lobby.journal.settle(copy.job, "printed")
        await visitor.sees("Silakan ambil kertas nomor Anda")


async def test_the_question_is_answered_by_keys_too(arrive: Arrive, house: House) -> None:
    async with arrive() as visitor:
        job = await in_doubt(visitor, house)
        await visitor.press("down", "left", "left", "left", "enter")
        await visitor.until(lambda: house.lobby.print_job(job).state == "printed", "the visitor's word")


async def test_who_walks_away_leaves_the_question_to_the_staff(arrive: Arrive, house: House) -> None:
    async with arrive() as visitor:
        job = await in_doubt(visitor, house)
        await visitor.later(21)
        await visitor.sees("Polri")
        assert house.lobby.print_job(job).state == "asking"
        assert house.lobby.printers()[0].stuck_jobs == 1


async def test_a_printer_that_can_never_tell_has_each_visitor_asked_and_leaves_nothing_to_the_staff(
    arrive: Arrive, house: House
) -> None:
    printer(house, "warning", "mute")
    async with arrive() as visitor:
        await take(visitor)
        (job,) = house.lobby.print_jobs()
        house.lobby.journal.settle(job.job, "sent")
        await visitor.sees("Apakah kertas nomor Anda keluar?")
        await visitor.tap("Cetak ulang")
        await visitor.until(lambda: len(house.lobby.print_jobs()) == 2, "a copy")
        copy, first = house.lobby.print_jobs()
        assert (copy.copy, copy.state, first.state) == (2, "new", "sent")
        house.lobby.journal.settle(copy.job, "sent")
        await visitor.sees("Apakah kertas nomor Anda keluar?")
        await visitor.later(21)
        await visitor.sees("Polri")
        assert house.lobby.slips_at_hand() == ()


async def test_an_answer_that_staff_gave_first_asks_no_more(arrive: Arrive, house: House) -> None:
    async with arrive() as visitor:
        job = await in_doubt(visitor, house)
        house.lobby.answer_for_slip(job, came_out=True)
        await visitor.sees("Silakan ambil kertas nomor Anda")
        await visitor.until(lambda: not visitor.shows("Ya, sudah keluar"), "the question to go")


def test_without_news_the_paper_is_being_printed_for_a_while() -> None:
    assert paper_of(None, 0, printer_ill=False) is Paper.PRINTING
    assert paper_of(None, PAPER_SECONDS, printer_ill=False) is Paper.PHOTOGRAPH
    assert paper_of(None, 0, printer_ill=True) is Paper.PHOTOGRAPH


async def test_the_code_on_screen_is_the_label_without_a_public_address(arrive: Arrive) -> None:
    async with arrive() as visitor:
        await take(visitor)
        await visitor.sees("Tunjukkan kode ini kepada petugas")


async def test_the_code_on_screen_opens_the_page_of_the_visit(arrive: Arrive, house: House) -> None:
    house.sections["web"] = {"public_url": "https://antre.example"}
    async with arrive() as visitor:
        await take(visitor)
        await visitor.sees("Pindai untuk memantau antrean")
