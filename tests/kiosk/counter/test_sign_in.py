"""Who sits at a counter: name and PIN."""

from __future__ import annotations

from textual import events

from kiosk.counter import CounterApp
from tests.support.counter import At, sign_in
from tests.support.screens import Premises, shows, shows_no, text_of, until


async def test_the_screen_is_painted_before_the_store_is_opened(premises: Premises) -> None:
    opened: list[bool] = []
    connect = premises.connect()

    def slow_connect() -> object:
        opened.append(True)
        return connect()

    app = CounterApp(slow_connect, "1")  # type: ignore[arg-type]
    async with app.run_test() as pilot:
        await shows(pilot, "LOKET", "Nama", "PIN")
        await until(pilot, lambda: opened)


async def test_a_demonstration_tells_its_name_and_pin(premises: Premises) -> None:
    async with CounterApp(premises.connect(), "1").run_test(size=(80, 24)) as pilot:
        await shows(pilot, "Peragaan: nama demo, PIN 2580")


async def test_the_right_pin_opens_the_counter(at_counter: At, premises: Premises) -> None:
    async with at_counter("1"):
        with premises.lobby() as lobby:
            counter = lobby.counter_view("1").counter
    assert (counter.state, counter.staff) == ("open", "sari")


async def test_the_pin_is_never_shown(premises: Premises) -> None:
    async with CounterApp(premises.connect(), "1").run_test() as pilot:
        await shows(pilot, "Peragaan")
        await pilot.press(*"sari", "enter", *"1836")
        await shows(pilot, "sari", "••••")
        assert "1836" not in text_of(pilot.app)


async def test_a_wrong_pin_is_one_sentence_and_can_be_typed_again(premises: Premises) -> None:
    async with CounterApp(premises.connect(), "1").run_test() as pilot:
        await sign_in(pilot, pin="9999")
        await shows(pilot, "Nama atau PIN salah")
        await pilot.press(*"1836", "enter")
        await shows(pilot, "LOKET 1 · Sari")
    with premises.lobby() as lobby:
        tried = [event for event in lobby.events_after(0) if event.kind.startswith("sign")]
    assert [(event.kind, event.staff, event.machine) for event in tried] == [
        ("sign_in_refused", "", "K1"), ("signed_in", "sari", "K1"),
    ]  # fmt: skip


async def test_after_five_wrong_pins_the_screen_says_until_when(premises: Premises) -> None:
    async with CounterApp(premises.connect(), "1").run_test() as pilot:
        await sign_in(pilot, pin="9999")
        for _ in range(5):
            await shows(pilot, "Nama atau PIN salah|Terlalu banyak")
            await pilot.press(*"9999", "enter")
            await shows_no(pilot, "Memeriksa")
        await shows(pilot, "Terlalu banyak PIN salah", r"pukul 09\.05")


async def test_a_name_without_a_pin_is_asked_for(premises: Premises) -> None:
    async with CounterApp(premises.connect(), "1").run_test() as pilot:
        await shows(pilot, "Peragaan")
        await pilot.press(*"sari", "enter", "enter")
        await shows(pilot, "Isi nama dan PIN Anda")


async def test_f2_speaks_english_before_anybody_signed_in(premises: Premises) -> None:
    async with CounterApp(premises.connect(), "1").run_test() as pilot:
        await shows(pilot, "Peragaan")
        await pilot.press("f2")
        await shows(pilot, "COUNTER", "Sign in", "Demonstration: name demo")


async def test_a_counter_on_break_stays_on_break_for_the_next_person(
    premises: Premises,
) -> None:
    with premises.lobby() as lobby:
        lobby.open_counter("1")
        lobby.pause_counter("1")
    async with CounterApp(premises.connect(), "1").run_test(size=(100, 28)) as pilot:
        await sign_in(pilot)
        await shows(pilot, "LOKET 1 · Sari", "Istirahat. Tekan I")


async def test_escape_closes_the_program_and_leaves_no_thread(premises: Premises) -> None:
    app = CounterApp(premises.connect(), "1")
    async with app.run_test() as pilot:
        await shows(pilot, "Peragaan")
        await pilot.press("escape")
    assert not app.is_running


async def test_a_pin_typed_in_one_breath_with_the_name_stays_hidden(premises: Premises) -> None:
    """Keys that wait in line together are told apart by the field that has the focus when their turn comes."""
    app = CounterApp(premises.connect(), "1")
    async with app.run_test() as pilot:
        await shows(pilot, "Peragaan")
        for character in ("s", "a", "r", "i", "enter", "1", "2", "3", "4"):
            app.post_message(events.Key(character, character if len(character) == 1 else "\r"))
        await shows(pilot, "••••")
        assert "1836" not in text_of(pilot.app)
