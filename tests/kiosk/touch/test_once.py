"""However often a visitor touches, one choice gives one number."""

from __future__ import annotations

import pytest

from queue_core.errors import UnknownTicket
from tests.kiosk.touch.conftest import Arrive, House


def numbers(house: House) -> list[str]:
    return [event.label for event in house.lobby.events_after(0) if event.kind == "issued"]


async def test_a_double_tap_gives_one_number(arrive: Arrive, house: House) -> None:
    async with arrive() as visitor:
        await visitor.press("1", "1")
        await visitor.sees("REGULER")
        place = visitor.place("REGULER")
        await visitor.tap_at(*place)
        await visitor.tap_at(*place, after=0.1)
        await visitor.tap_at(*place, after=0.1)
        await visitor.sees("NOMOR ANTREAN ANDA")
        await visitor.later(1)
    assert numbers(house) == ["DK 001"]


async def test_both_ways_touched_at_once_give_one_number(arrive: Arrive, house: House) -> None:
    async with arrive() as visitor:
        await visitor.press("1", "1")
        await visitor.sees("REGULER")
        await visitor.pilot.press("1", "2", "1")
        await visitor.sees("NOMOR ANTREAN ANDA")
    assert numbers(house) == ["DK 001"]


async def test_the_second_half_of_a_double_tap_chooses_nothing_on_the_next_screen(
    arrive: Arrive, house: House
) -> None:
    async with arrive() as visitor:
        await visitor.tap("Dukcapil")
        await visitor.sees("Pilih layanan")
        place = visitor.place("KTP")
        await visitor.tap_at(*place)
        await visitor.sees("REGULER")
        await visitor.tap_at(*place, after=0.1)
        await visitor.later(1)
        await visitor.sees("REGULER")
    assert numbers(house) == []


async def test_a_wrong_choice_is_given_back_after_asking_once(arrive: Arrive, house: House) -> None:
    async with arrive() as visitor:
        await visitor.press("1", "1", "1")
        await visitor.tap("Salah pilih? Batalkan")
        await visitor.sees("Sentuh sekali lagi untuk membatalkan")
        assert house.lobby.find("DK 001").status.value == "waiting"
        await visitor.tap("membatalkan")
        await visitor.sees("Nomor Anda sudah dibatalkan")
        assert house.lobby.find("DK 001").status.value == "cancelled"
        await visitor.later(6)
        await visitor.sees("Sentuh instansi")


async def test_a_number_already_called_cannot_be_given_back(arrive: Arrive, house: House) -> None:
    async with arrive() as visitor:
        await visitor.press("1", "1", "1")
        await visitor.sees("Salah pilih? Batalkan")
        house.lobby.call_next("1")
        house.lobby.start("1")
        await visitor.tap("Salah pilih? Batalkan")
        await visitor.tap("membatalkan")
        await visitor.sees("Nomor ini tidak dapat dibatalkan lagi", "Silakan menuju loket")
        await visitor.tap("Kembali ke awal")
        await visitor.sees("Sentuh instansi")


async def test_after_six_in_a_minute_the_kiosk_slows_down_kindly(arrive: Arrive, house: House) -> None:
    async with arrive() as visitor:
        for _ in range(6):
            await visitor.press("2", "1")
            await visitor.tap("Selesai")
            await visitor.sees("Sentuh instansi")
        await visitor.press("2", "1")
        await visitor.sees("Sebentar, ya", "Nomor Anda dibuat dalam 10 detik")
        assert len(numbers(house)) == 6
        await visitor.later(10)
        await visitor.sees_large("BN 007")


async def test_the_wait_can_be_given_up(arrive: Arrive, house: House) -> None:
    house.sections["screen"] = {"tickets_a_minute": 1}
    async with arrive() as visitor:
        await visitor.press("2", "1")
        await visitor.tap("Selesai")
        await visitor.press("2", "1")
        await visitor.sees("Sebentar, ya")
        await visitor.tap("Kembali")
        await visitor.sees("REGULER")
        await visitor.later(70)
    with pytest.raises(UnknownTicket):
        house.lobby.find("BN 002")
