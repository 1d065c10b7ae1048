"""Several services with one number: from the tile at the start to the ticket."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from kiosk.touch.way import closed_by, first_stop, stages, stops_of, wanted
from queue_core.settings import Catalogue
from tests.kiosk.touch.conftest import Arrive, House
from tests.support.house import MORNING
from tests.support.touching import LANDSCAPE, PORTRAIT, SMALL


def with_second_journey(catalogue: Catalogue, hours: list[str]) -> Catalogue:
    """The small site with a free journey too, and hours for licences."""
    raw: dict[str, Any] = catalogue.model_dump()
    raw["agency"][1]["service"][0]["hours"] = {"tue": hours}
    legs = [{"service": "DK.ktp"}, {"service": "BN.sim", "optional": True}]
    raw["journey"].append({"id": "dua", "name": {"id": "Dua"}, "order": "free", "legs": legs})
    return Catalogue.model_validate(raw)


@pytest.mark.parametrize("size", [PORTRAIT, LANDSCAPE, SMALL])
async def test_one_number_for_all_steps_but_those_left_out(
    arrive: Arrive, house: House, size: tuple[int, int]
) -> None:
    async with arrive(size) as visitor:
        await visitor.sees("Urus sekaligus", "Pindah")
        await visitor.tap("Urus sekaligus")
        await visitor.sees("3 langkah dengan satu nomor", "Dukcapil: KTP", "Polri: SIM", "Mulai di Dukcapil.")
        await visitor.tap("✓ KK")
        await visitor.sees("✗ KK", "2 langkah dengan satu nomor")
        await visitor.tap("✗ KK")
        await visitor.sees("✓ KK", "3 langkah dengan satu nomor")
        await visitor.tap("✓ KK")
        await visitor.sees("✗ KK")
        await visitor.tap("PRIORITAS")
        await visitor.sees("NOMOR ANTREAN ANDA · PRIORITAS · LANGKAH 1 DARI 2")
        await visitor.sees_large("DK 001")
    ticket = house.lobby.find("DK 001")
    assert (ticket.journey, ticket.legs, ticket.priority) == ("pindah", 2, True)


async def test_several_journeys_are_chosen_from_and_what_is_closed_says_so(
    arrive: Arrive, house: House, catalogue: Catalogue
) -> None:
    house.open(with_second_journey(catalogue, ["10:00-10:30"]))
    async with arrive() as visitor:
        await visitor.tap("Urus sekaligus")
        await visitor.sees("Pindah", "3 langkah", "Dua", "2 langkah", "Dukcapil + Polri")
        await visitor.tap("Dua")
        await visitor.sees("Langkah 1–2", "(urutan bebas)", "buka lagi pukul 10.00")
        await visitor.press("escape")
        await visitor.sees("Pilih rangkaian layanan")
        house.clock.forward(hours=2)  # licences are over for today
        await visitor.tap("Dua")
        await visitor.sees("✗ SIM", "Sudah tutup hari ini", "1 langkah dengan satu nomor", "REGULER")
        await visitor.press("escape", "escape")
        await visitor.sees("Sentuh instansi")
    assert house.lobby.board().waiting == 0


def test_a_journey_is_closed_by_a_needed_step_that_is_gone_and_begins_where_it_is_open(
    house: House, catalogue: Catalogue
) -> None:
    house.open(with_second_journey(catalogue, ["10:00-10:30"]))

    def look() -> tuple[Any, Any]:
        offer, at = house.lobby.offer(), house.clock.now
        zone = house.lobby.offer().site.time_zone
        fixed, free = (stops_of(offer, journey, at, ZoneInfo(zone)) for journey in offer.journeys)
        return fixed, free

    fixed, free = look()
    assert [len(together) for together in stages(fixed)] == [1, 1, 1]
    assert [len(together) for together in stages(free)] == [2]
    assert closed_by(fixed) is None  # licences open at ten
    first = first_stop(free)
    assert first is not None
    assert first.service.id == "DK.ktp"
    house.clock.now = MORNING + timedelta(hours=2)
    fixed, free = look()
    shut = closed_by(fixed)
    assert shut is not None
    assert not shut.open
    assert first_stop(fixed) is None
    assert [stop.service.id for stop in wanted(free, frozenset())] == ["DK.ktp"]
    assert closed_by(wanted(free, frozenset())) is None
