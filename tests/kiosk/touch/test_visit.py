"""A visit at the touch screen, from an agency to the number."""

from __future__ import annotations

import pytest

from queue_core import Status
from tests.kiosk.touch.conftest import Arrive, House
from tests.support.touching import LANDSCAPE, PORTRAIT, SIZES, SMALL


@pytest.mark.parametrize("size", SIZES)
async def test_three_touches_give_a_number(arrive: Arrive, house: House, size: tuple[int, int]) -> None:
    async with arrive(size) as visitor:
        await visitor.tap("Dukcapil")
        await visitor.tap("KTP")
        await visitor.tap("REGULER")
        await visitor.sees("NOMOR ANTREAN ANDA", "Tidak ada orang di depan Anda")
        await visitor.sees_large("DK 001")
    ticket = house.lobby.find("DK 001")
    assert (ticket.service, ticket.priority, ticket.language) == ("DK.ktp", False, "id")


async def test_an_agency_with_one_service_skips_a_step(arrive: Arrive, house: House) -> None:
    async with arrive() as visitor:
        await visitor.tap("Polri")
        await visitor.tap("PRIORITAS")
        await visitor.sees("NOMOR ANTREAN ANDA · PRIORITAS")
        await visitor.sees_large("BN 001")
    assert house.lobby.find("BN 001").priority


@pytest.mark.parametrize("size", SIZES)
async def test_the_keyboard_alone_is_enough(arrive: Arrive, house: House, size: tuple[int, int]) -> None:
    async with arrive(size) as visitor:
        await visitor.press("down", "enter")
        await visitor.sees("Pilih layanan")
        await visitor.press("tab", "enter")
        await visitor.sees("REGULER")
        await visitor.press("1")
        await visitor.sees("NOMOR ANTREAN ANDA")
    assert house.lobby.find("DK 001").status is Status.WAITING


async def test_digits_choose_tiles_and_escape_goes_back(arrive: Arrive) -> None:
    async with arrive() as visitor:
        await visitor.press("1")
        await visitor.sees("Pilih layanan")
        await visitor.press("2")
        await visitor.sees("REGULER", "KK")
        await visitor.press("escape")
        await visitor.sees("Pilih layanan")
        await visitor.press("escape")
        await visitor.sees("Sentuh instansi")


async def test_the_ticket_speaks_the_visitors_language(arrive: Arrive, house: House) -> None:
    async with arrive() as visitor:
        await visitor.tap("English")
        await visitor.sees("Touch the agency you need", "Police")
        await visitor.tap("Civil Registry")
        await visitor.tap("ID card")
        await visitor.tap("PRIORITY")
        await visitor.sees("YOUR QUEUE NUMBER · PRIORITY", "Nobody is ahead of you")
    assert house.lobby.find("DK 001").language == "en"


async def test_language_changes_by_one_touch_on_every_screen(arrive: Arrive) -> None:
    async with arrive() as visitor:
        for here, there in (
            ("Dukcapil", "Touch the agency"),
            ("KTP", "Choose a service"),
            ("REGULER", "REGULAR"),
        ):
            await visitor.tap("English")
            await visitor.sees(there)
            await visitor.tap("Bahasa Indonesia")
            await visitor.tap(here)
        await visitor.sees("NOMOR ANTREAN ANDA")
        await visitor.tap("English")
        await visitor.sees("YOUR QUEUE NUMBER", "Wrong choice? Cancel")


async def test_the_service_page_says_what_is_known_and_whom_to_ask(arrive: Arrive, house: House) -> None:
    catalogue = house.catalogue.model_dump(exclude_none=True)
    catalogue["agency"][0]["service"][0] |= {
        "requirements": {"id": ["Kartu Keluarga asli", "Surat pengantar"], "en": ["Family card", "Letter"]},
        "cost": {"id": "Gratis", "en": "Free"},
    }
    house.open(type(house.catalogue).model_validate(catalogue))
    async with arrive() as visitor:
        await visitor.press("1", "1")
        await visitor.sees("• Kartu Keluarga asli", "• Surat pengantar", "Gratis")
        await visitor.sees("Jangka waktu", "Tanyakan kepada petugas")
        await visitor.sees("Lansia (60 tahun ke atas)", "penyandang disabilitas", "ibu hamil", "anak kecil")


async def test_no_open_counter_is_said_before_and_after(arrive: Arrive) -> None:
    async with arrive() as visitor:
        await visitor.press("1", "1")
        await visitor.sees("Loket belum buka; nomor tetap dapat diambil")
        await visitor.tap("REGULER")
        await visitor.sees("Anda dipanggil setelah loket buka")


async def test_people_waiting_and_the_expected_wait_are_told(arrive: Arrive, house: House) -> None:
    house.lobby.open_counter("1")
    for place in range(4):
        house.lobby.issue("DK.ktp", request_id=f"before-{place}")
    async with arrive() as visitor:
        await visitor.sees("4 menunggu")
        await visitor.press("1", "1")
        await visitor.sees("4 menunggu. Perkiraan menunggu")
        await visitor.tap("REGULER")
        await visitor.sees("Orang di depan Anda: 4", "menit (dapat berubah)")


async def test_the_start_screen_counts_along_with_others(arrive: Arrive, house: House) -> None:
    async with arrive() as visitor:
        await visitor.sees("Buka · tanpa antrean")
        house.lobby.issue("BN.sim", request_id="elsewhere")
        await visitor.sees("Buka · 1 menunggu")


@pytest.mark.parametrize(("size", "tiles"), [(PORTRAIT, 4), (LANDSCAPE, 6), (SMALL, 6)])
async def test_many_agencies_are_paged(
    arrive: Arrive, house: House, size: tuple[int, int], tiles: int
) -> None:
    catalogue = house.catalogue.model_dump(exclude_none=True)
    for place in range(7):
        code = f"X{chr(65 + place)}"
        service = {"id": "satu", "name": {"id": "Satu"}, "minutes": 5}
        catalogue["agency"].append(
            {
                "code": code,
                "name": {"id": f"Instansi {place}"},
                "short": f"Dinas {place}",
                "service": [service],
            }
        )
        catalogue["site"][0]["agencies"].append(code)
    house.open(type(house.catalogue).model_validate(catalogue))
    async with arrive(size) as visitor:
        await visitor.sees("1 dari")
        seen = [f"Dinas {place}" for place in range(7) if visitor.shows(f"Dinas {place}")]
        assert len(seen) == tiles - 3  # beside two agencies and the tile for several services at once
        await visitor.sees("Urus sekaligus")
        await visitor.tap("Berikutnya")
        await visitor.sees(f"Dinas {tiles - 3}", "Sebelumnya")
        await visitor.press("pageup")
        await visitor.sees("Polri")


async def test_back_leads_from_the_only_service_to_the_start(arrive: Arrive) -> None:
    async with arrive() as visitor:
        await visitor.tap("Polri")
        await visitor.sees("REGULER")
        await visitor.tap("Kembali")
        await visitor.sees("Sentuh instansi")
