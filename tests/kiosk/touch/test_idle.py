"""Who walks away leaves the screen to the next visitor."""

from __future__ import annotations

from tests.kiosk.touch.conftest import Arrive, House


async def test_an_idle_screen_asks_and_then_returns_home(arrive: Arrive) -> None:
    async with arrive() as visitor:
        await visitor.tap("Dukcapil")
        await visitor.sees("Pilih layanan")
        await visitor.later(30)
        await visitor.sees("Masih di sini?")
        await visitor.later(10)
        await visitor.sees("Sentuh instansi")


async def test_who_is_still_there_goes_on_where_they_were(arrive: Arrive) -> None:
    async with arrive() as visitor:
        await visitor.press("1", "2")
        await visitor.sees("REGULER")
        await visitor.later(31)
        await visitor.tap("Ya, lanjutkan")
        await visitor.sees("REGULER", "KK")
        await visitor.later(12)
        await visitor.sees("REGULER")


async def test_the_next_visitor_finds_the_first_language_and_the_usual_look(
    arrive: Arrive, house: House
) -> None:
    async with arrive() as visitor:
        await visitor.tap("English")
        await visitor.tap("High contrast")
        await visitor.tap("Larger text")
        await visitor.sees("Normal text", "Normal colours")
        await visitor.later(31)
        await visitor.sees("Sentuh instansi", "Huruf besar", "Kontras tinggi")
        assert visitor.app.theme == "kiosk"


async def test_a_machine_may_begin_in_large_letters_and_high_contrast(arrive: Arrive, house: House) -> None:
    house.sections["screen"] = {"large_text": True, "high_contrast": True}
    async with arrive(sees="Huruf biasa") as visitor:
        await visitor.sees("Warna biasa")
        assert visitor.app.theme == "contrast"


async def test_the_ticket_leaves_by_itself(arrive: Arrive) -> None:
    async with arrive() as visitor:
        await visitor.press("2", "1")
        await visitor.sees("NOMOR ANTREAN ANDA", "Salah pilih?")
        await visitor.later(10)
        await visitor.sees("Ke awal dalam 10 detik")
        await visitor.later(11)
        await visitor.sees("Sentuh instansi")


async def test_another_page_returns_to_the_first(arrive: Arrive, house: House) -> None:
    catalogue = house.catalogue.model_dump(exclude_none=True)
    for letter in "ABCDEFGH":
        service = {"id": "satu", "name": {"id": "Satu"}, "minutes": 5}
        catalogue["agency"].append(
            {"code": f"X{letter}", "name": {"id": letter}, "short": f"Dinas {letter}", "service": [service]}
        )
        catalogue["site"][0]["agencies"].append(f"X{letter}")
    house.open(type(house.catalogue).model_validate(catalogue))
    async with arrive() as visitor:
        await visitor.tap("Berikutnya")
        await visitor.sees("Dinas F")
        await visitor.later(30)
        await visitor.sees("Polri")
