"""Steps at a counter: a plain number becomes a journey, a step is left out, and staff see where the visitor goes on."""

from __future__ import annotations

from queue_core.lifecycle import Status
from tests.support.counter import At
from tests.support.screens import Premises, shows


async def test_a_plain_number_becomes_a_journey_and_goes_on_by_itself(
    at_counter: At, premises: Premises
) -> None:
    premises.issue("DK.ktp")
    async with at_counter("1", size=(140, 40)) as pilot:
        await pilot.press("r")
        await shows(pilot, "Tidak ada pengunjung di loket 1")
        await pilot.press("space")
        await shows(pilot, "DIPANGGIL", "DK 001")
        await pilot.press("r")
        await shows(pilot, "Ubah langkah DK 001", "Jadikan: Pindah", "Tambah: Polri: SIM")
        await pilot.press(*"jadikan", "enter")
        await shows(pilot, "DK 001 kini rangkaian layanan dengan 3 langkah", "langkah 1 dari 3")
        await shows(pilot, "berikutnya: KK, loket belum buka")
        await pilot.press("r")
        await shows(pilot, "Lewati: KK", "Lewati: SIM")
        await pilot.press(*"lewati kk", "enter")
        await shows(pilot, "DK 001 kini punya 2 langkah", "berikutnya: SIM, loket belum buka")
        with premises.lobby() as lobby:
            lobby.open_counter("3")
        await pilot.press("m")
        await shows(pilot, "DILAYANI", "berikutnya: SIM, loket 3")
        await pilot.press("s")
        await shows(pilot, "DK 001 selesai · Langkah 2 dari 2: Kepolisian: SIM, loket 3")
    with premises.lobby() as lobby:
        waiting = lobby.find("DK 001")
        assert (waiting.service, waiting.status, waiting.journey) == ("BN.sim", Status.WAITING, "pindah")
        told = [
            event.staff for event in lobby.events_after(0) if event.kind in ("journey_begun", "leg_dropped")
        ]
        assert told == ["sari", "sari"]
