"""A slip that is scanned or typed leads to its ticket, and to the one thing that can be done with it here."""

from __future__ import annotations

from queue_core.lifecycle import Status
from queue_core.lobby.sync.codes import Caller
from tests.support.counter import At, number_on
from tests.support.screens import Premises, burst, shows, shows_no


async def test_a_scanned_label_shows_its_ticket_and_enter_calls_it_out_of_turn(
    at_counter: At, premises: Premises
) -> None:
    premises.issue("DK.ktp", "DK.ktp")
    async with at_counter("1") as pilot:
        burst(pilot, "DK 002\r")
        await shows(pilot, "urutan ke-2", "menunggu sejak 09.00", "Panggil sekarang")
        assert number_on(pilot) == "DK 002"
        await pilot.press("enter")
        await shows(pilot, "Mengapa DK 002 dipanggil di luar urutan", "1 Kembali membawa berkas")
        await pilot.press("1")
        await shows(pilot, "DK 002 dipanggil ke loket 1 · dipanggil menurut nomor", "Menunggu 1")
        await shows(pilot, "di luar urutan: Kembali membawa")


async def test_whose_turn_it_is_anyhow_is_called_by_number_without_a_question(
    at_counter: At, premises: Premises
) -> None:
    premises.issue("DK.ktp", "DK.ktp")
    async with at_counter("1") as pilot:
        await shows(pilot, "Menunggu 2")
        burst(pilot, "DK 002\r")
        await shows(pilot, "urutan ke-2")
        await pilot.press("enter")
        await shows(pilot, "di luar urutan")
        await pilot.press("escape")  # nobody is called without a reason
        await shows_no(pilot, "di luar urutan")
        burst(pilot, "DK 001\r")
        await shows(pilot, "urutan ke-1")
        await pilot.press("enter")
        await shows(pilot, "DK 001 dipanggil ke loket 1", "Menunggu 1")


async def test_a_scan_does_nothing_but_find(at_counter: At, premises: Premises) -> None:
    """Its letters are those of the keys: S, T, A, H and space would finish, park, transfer, miss and call."""
    premises.issue("DK.ktp")
    async with at_counter("1") as pilot:
        burst(pilot, "HATS 001\r")
        await shows(pilot, "Nomor HATS 001 tidak ditemukan")
        with premises.lobby() as lobby:
            assert lobby.find("DK 001").status is Status.WAITING


async def test_a_scanned_address_shows_its_ticket(at_counter: At, premises: Premises) -> None:
    premises.issue("DK.ktp")
    with premises.lobby() as lobby:
        token = lobby.ticket_story("DK 001").token
    async with at_counter("1") as pilot:
        burst(pilot, f"HTTPS://ANTRE.EXAMPLE/T/{token}\r")
        await shows(pilot, "urutan ke-1", "Panggil sekarang")
        await pilot.press("escape")
        await shows_no(pilot, "Panggil sekarang")


async def test_a_missed_number_that_turns_up_goes_back_in_line(at_counter: At, premises: Premises) -> None:
    premises.issue("DK.ktp")
    with premises.lobby() as lobby:
        lobby.call_next("1")
        lobby.no_show("1")
    async with at_counter("1") as pilot:
        burst(pilot, "DK001\r")
        await shows(pilot, "Tidak hadir ·", "Kembalikan ke antrean")
        await pilot.press("enter")
        await shows(pilot, "DK 001 kembali ke antrean", "Menunggu 1")


async def test_a_number_on_hold_goes_on(at_counter: At, premises: Premises) -> None:
    premises.issue("DK.ktp")
    with premises.lobby() as lobby:
        lobby.call_next("1")
        lobby.hold("1")
    async with at_counter("1") as pilot:
        burst(pilot, "DK001\r")
        await shows(pilot, "Ditunda", "Enter  Lanjutkan")
        await pilot.click("#go")
        await shows(pilot, "DK 001 dipanggil kembali")


async def test_a_number_that_stands_elsewhere_can_only_be_looked_at(
    at_counter: At, premises: Premises
) -> None:
    premises.issue("DK.ktp")
    with premises.lobby() as lobby:
        lobby.call_next("2")
    async with at_counter("1") as pilot:
        burst(pilot, "DK001\r")
        await shows(pilot, "Dipanggil · loket 2", "Tidak ada yang perlu dilakukan")
        await pilot.press("enter")
        await shows(pilot, "Tidak ada yang perlu dilakukan")


async def test_the_slash_finds_by_typing_a_part_of_the_number(at_counter: At, premises: Premises) -> None:
    premises.issue(*["DK.ktp"] * 12)
    async with at_counter("1") as pilot:
        await pilot.press("slash")
        await shows(pilot, "Cari nomor", "DK 001", "DK 012")
        burst(pilot, "12\r")
        await shows(pilot, "urutan ke-12")


async def test_a_number_of_another_agency_is_found_too(at_counter: At, premises: Premises) -> None:
    premises.issue("BN.sim")
    async with at_counter("1") as pilot:
        await pilot.press("slash")
        await shows(pilot, "Cari nomor")
        burst(pilot, "bn1\r")
        await shows(pilot, "SIM · Kepolisian")


async def test_a_line_of_the_list_can_be_clicked(at_counter: At, premises: Premises) -> None:
    premises.issue("DK.ktp", "DK.ktp")
    async with at_counter("1") as pilot:
        await shows(pilot, "DK 002")
        await pilot.click("#waiting", offset=(4, 2))
        await shows(pilot, "urutan ke-2", "Panggil sekarang")


async def test_a_number_can_be_typed_right_away(at_counter: At, premises: Premises) -> None:
    premises.issue(*["DK.ktp"] * 12)
    async with at_counter("1") as pilot:
        await shows(pilot, "DK 012")
        await pilot.press("1")
        await shows(pilot, "Cari nomor")
        await pilot.press("2", "enter")
        await shows(pilot, "urutan ke-12")


async def test_a_number_of_a_kiosk_that_is_cut_off_is_called_before_its_rows_come(
    at_counter: At, premises: Premises
) -> None:
    with premises.lobby() as lobby:
        assert lobby.enrol(Caller("a" * 32, "K4", "", 0)).code == "K1"
    async with at_counter("1") as pilot:
        burst(pilot, "DK K1-003\r")
        await shows(pilot, "Mengapa DK K1-003 dipanggil di luar urutan")
        await pilot.press("1")
        await shows(pilot, "DK K1-003 dipanggil ke loket 1")
        assert number_on(pilot) == "DK K1-003"
        await pilot.press("m")
        await shows(pilot, "DK K1-003 mulai dilayani")
        burst(pilot, "DK K9-001\r")  # nobody has this code
        await shows(pilot, "Mengapa DK K9-001 dipanggil di luar urutan")
        await pilot.press("1")
        await shows(pilot, "Nomor DK K9-001 tidak ditemukan")
