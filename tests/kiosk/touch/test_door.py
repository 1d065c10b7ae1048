"""No key and no touch leaves the program, but a PIN of the staff does."""

from __future__ import annotations

import signal

import pytest

from kiosk.shared.dialogs import pin_pad
from kiosk.shared.dialogs.pin_pad import PinPad
from kiosk.touch.door import deaf_to_interrupts
from tests.kiosk.touch.conftest import Arrive, House
from tests.support.touching import PORTRAIT, Visitor

KEYS = (
    "ctrl+c",
    "ctrl+q",
    "ctrl+z",
    "ctrl+p",
    "ctrl+d",
    "ctrl+backslash",
    "escape",
    "q",
    "f1",
    "f10",
    "ctrl+w",
    "alt+f4",
)


async def ask_for_the_door(visitor: Visitor) -> None:
    for _ in range(4):
        await visitor.tap_at(2, 1, after=0.5)
    await visitor.sees("Masukkan PIN petugas untuk keluar")


async def test_keys_leave_nothing(arrive: Arrive) -> None:
    async with arrive() as visitor:
        await visitor.press(*KEYS)
        await visitor.press("1", *KEYS[:5])
        assert visitor.app.is_running
        assert visitor.app.return_value is None
        await visitor.sees("Pilih layanan")


def test_an_interrupt_from_elsewhere_is_not_heard() -> None:
    before = signal.getsignal(signal.SIGINT)
    with deaf_to_interrupts():
        signal.raise_signal(signal.SIGINT)
    assert signal.getsignal(signal.SIGINT) is before


async def test_four_taps_in_the_corner_and_the_pin_open_the_door(arrive: Arrive) -> None:
    async with arrive(PORTRAIT) as visitor:
        await ask_for_the_door(visitor)
        for place in ("pin-2", "pin-5", "pin-8", "pin-0"):
            key = visitor.app.screen.query_one(f"#{place}").region
            await visitor.tap_at(key.x + 3, key.y + 2)
        await visitor.sees("● ● ● ●")
        assert not visitor.shows("2580")
        done = visitor.app.screen.query_one("#pin-done").region
        await visitor.tap_at(done.x + 3, done.y + 2)
        await visitor.until(lambda: not visitor.app.is_running, "the end of the program")


async def test_the_keyboard_opens_the_door_too(arrive: Arrive) -> None:
    async with arrive() as visitor:
        await visitor.press("f12")
        await visitor.sees("Masukkan PIN petugas")
        await visitor.press("2", "5", "8", "0", "enter")
        await visitor.until(lambda: not visitor.app.is_running, "the end of the program")


async def test_a_wrong_pin_keeps_the_door_shut(arrive: Arrive) -> None:
    async with arrive() as visitor:
        await visitor.press("f12", "1", "1", "1", "1", "enter")
        await visitor.sees("PIN salah. Silakan coba lagi.")
        await visitor.press("escape")
        await visitor.sees("Sentuh instansi")
        assert visitor.app.is_running


async def test_five_wrong_pins_lock_the_door(arrive: Arrive) -> None:
    async with arrive() as visitor:
        await visitor.press("f12")
        for _ in range(5):
            await visitor.press("9", "9", "9", "9", "enter")
            await visitor.sees("–")
        await visitor.press("2", "5", "8", "0", "enter")
        await visitor.sees("Terlalu banyak PIN salah")
        await visitor.press("escape")
        assert visitor.app.is_running


async def test_three_taps_or_slow_taps_ask_nothing(arrive: Arrive) -> None:
    async with arrive() as visitor:
        for _ in range(3):
            await visitor.tap_at(2, 0, after=0.5)
        for _ in range(4):
            await visitor.tap_at(2, 0, after=5)
        await visitor.later(1)
        assert not isinstance(visitor.app.screen, PinPad)


async def test_a_demonstration_tells_its_pin_and_the_others_do_not(arrive: Arrive, house: House) -> None:
    async with arrive() as visitor:
        await visitor.sees("PIN 2580")
    house.sections["machine"] = {"demonstration": False}
    async with arrive() as visitor:
        assert not visitor.shows("2580")
        await visitor.sees("Kami tidak meminta nama atau NIK")


async def test_a_ticket_that_arrives_meanwhile_is_shown(arrive: Arrive) -> None:
    async with arrive() as visitor:
        await visitor.press("2", "1")
        await visitor.sees("NOMOR ANTREAN ANDA")
        await visitor.press("f12")
        await visitor.sees("Masukkan PIN")
        await visitor.later(40)
        await visitor.press("escape")
        await visitor.later(1)
        await visitor.sees("Sentuh instansi")


async def test_a_pin_pad_that_nobody_touches_goes_away(
    arrive: Arrive, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pin_pad, "IDLE_SECONDS", 0.05)
    async with arrive() as visitor:
        await visitor.press("f12")
        await visitor.until(lambda: not isinstance(visitor.app.screen, PinPad), "the pad to go")
        await visitor.sees("Sentuh instansi")


async def test_the_pin_pad_takes_a_digit_back_and_then_gives_up(arrive: Arrive) -> None:
    async with arrive() as visitor:
        await visitor.press("f12", "1", "2")
        await visitor.sees("● ●", "Hapus")
        await visitor.tap("Hapus")
        await visitor.press("backspace")
        await visitor.sees("Batal")
        await visitor.tap("Batal")
        await visitor.sees("Sentuh instansi")
