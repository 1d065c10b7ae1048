"""Why no number can be had, as a visitor reads it: on the tiles, when pressed, and from afar."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from queue_core.settings import Catalogue
from tests.kiosk.touch.conftest import Arrive, House
from tests.support.touching import PORTRAIT

FRIDAY_NOON = datetime(2026, 11, 27, 4, 0, tzinfo=UTC)


def ruled(catalogue: Catalogue, **rules: dict[str, Any]) -> Catalogue:
    """The same with rules for `site` or for the service `sim`."""
    raw = catalogue.model_dump(exclude_none=True)
    raw["site"][0] |= rules.get("site", {})
    raw["agency"][1]["service"][0] |= rules.get("sim", {})
    return Catalogue.model_validate(raw)


async def test_the_friday_prayer_has_its_name_and_its_end(arrive: Arrive, house: House) -> None:
    pause = {"days": ["fri"], "span": "11:30-13:30", "kind": "friday_prayer"}
    hours = {"fri": ["08:00-16:00"], "mon": ["08:00-15:30"]}
    house.open(ruled(house.catalogue, site={"hours": hours, "breaks": [pause]}))
    house.clock.now = FRIDAY_NOON
    async with arrive(PORTRAIT) as visitor:
        await visitor.sees_large("TUTUP")
        await visitor.sees("Istirahat salat Jumat", "Buka lagi pukul 13.30")
        await visitor.tap("English")
        await visitor.sees("Break for the Friday prayer", "Opens at 13.30")


async def test_few_numbers_are_told_and_when_they_are_gone_until_when(arrive: Arrive, house: House) -> None:
    hours = {"tue": ["08:00-12:00"], "wed": ["08:00-12:00"]}
    house.open(ruled(house.catalogue, sim={"quota": 1, "hours": hours, "last_ticket_minutes": 150}))
    async with arrive() as visitor:
        await visitor.sees("Buka")
        await visitor.press("2")
        await visitor.sees("Sisa 1 nomor.", "Nomor terakhir pukul 09.30.")
        house.lobby.issue("BN.sim", request_id="somebody else")
        await visitor.press("1")
        await visitor.sees("Nomor sudah habis", "Kuota hari ini habis; buka lagi besok 08.00.")
        await visitor.tap("Kembali ke awal")
        await visitor.sees("Kuota hari ini", "Sentuh instansi")


async def test_what_a_supervisor_closed_says_what_they_wrote(arrive: Arrive, house: House) -> None:
    async with arrive() as visitor:
        until = house.clock.now.replace(hour=5)
        house.lobby.close_service("BN", until=until, reason={"id": "Rapat", "en": "Meeting"}, request_id="r")
        await visitor.sees("Tutup sementara: Rapat")
        await visitor.press("2")
        await visitor.sees("Tutup sementara: Rapat; buka lagi pukul 13.00", "pilih layanan lain")


async def test_a_clock_that_cannot_be_right_sends_to_the_staff_before_anything_is_touched(
    arrive: Arrive, house: House
) -> None:
    house.lobby.issue("BN.sim", request_id="today")
    house.clock.now = datetime(2026, 11, 20, 1, tzinfo=UTC)
    async with arrive(PORTRAIT) as visitor:
        await visitor.sees_large("MOHON")
        await visitor.sees("Nomor belum dapat diberikan", "jam salah: mundur")
