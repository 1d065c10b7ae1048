"""What the visitor is told of the paper."""

from __future__ import annotations

from kiosk.touch.receipt import PAPER_SECONDS, paper_of
from kiosk.touch.scene import Paper
from tests.kiosk.touch.conftest import Arrive, House
from tests.support.touching import Visitor


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
        await visitor.sees("PENCETAK BERMASALAH")
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


async def test_paper_in_doubt_asks_for_a_photograph(arrive: Arrive, house: House) -> None:
    printer(house, "ok")
    async with arrive() as visitor:
        await visitor.sees("pencetak siap")
        await take(visitor)
        (job,) = house.lobby.print_jobs()
        house.lobby.journal.settle(job.job, "asking")
        await visitor.sees("Foto layar ini")


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
