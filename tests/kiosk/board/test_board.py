"""The board as people in the hall see and hear it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from textual.pilot import Pilot

from kiosk.board import BoardApp
from kiosk.board.sight import COMFORTABLE, LEAST, digit_millimetres
from kiosk.board.widgets import LastCalls, Waits
from kiosk.shared.backend import Backend
from kiosk.shared.widgets.big_number import BigNumber
from queue_core.errors import StoreUnreachable
from tests.support.hall import Hall, Hang, connect_with
from tests.support.screens import Premises, shows, shows_no, text_of, until

SIZES = [(101, 28), (56, 50), (80, 24), (192, 56)]


def large(pilot: Pilot[None], name: str) -> str:
    """What stands in large letters."""
    return pilot.app.screen.query_one(f"#{name}", BigNumber).text


def call(premises: Premises, counter: str, label: str) -> None:
    with premises.lobby() as lobby:
        lobby.call(counter, label)


def unreachable(*_: object) -> None:
    """What the store answers while its computer is off."""
    raise StoreUnreachable(detail="off")


async def calls(pilot: Pilot[None], label: str) -> None:
    """Wait until this number is the newest."""
    await until(pilot, lambda: large(pilot, "number") == label)


@pytest.mark.parametrize("size", SIZES)
async def test_a_call_shows_number_counter_and_agency(
    premises: Premises, hang: Hang, size: tuple[int, int]
) -> None:
    premises.issue("DK.ktp")
    async with hang(size) as pilot:
        await shows(pilot, "MENUNGGU|menunggu")
        call(premises, "1", "DK 001")
        await calls(pilot, "DK 001")
        assert (large(pilot, "counter"), large(pilot, "agency")) == ("LOKET 1", "DUKCAPIL")
        await shows(pilot, "SEDANG DIPANGGIL", "Aula")
        assert large(pilot, "clock") == "09.00"


async def test_the_newest_call_flashes(premises: Premises, hang: Hang) -> None:
    premises.issue("DK.ktp")
    async with hang() as pilot:
        await shows(pilot, "MENUNGGU")
        call(premises, "1", "DK 001")
        newest = pilot.app.screen.query_one("#newest")
        await until(pilot, lambda: newest.has_class("-flash"))
        await until(pilot, lambda: not newest.has_class("-flash"))
        await until(pilot, lambda: newest.has_class("-flash"))


async def test_two_calls_at_once_are_both_shown_and_both_spoken(
    premises: Premises, hang: Hang, hall: Hall
) -> None:
    premises.issue("DK.ktp", "DK.ktp")
    async with hang(hold=1.0) as pilot:  # long enough to be seen by whoever looks now and then
        await shows(pilot, "MENUNGGU")
        call(premises, "1", "DK 001")
        call(premises, "2", "DK 002")
        await calls(pilot, "DK 001")
        await calls(pilot, "DK 002")
        assert [each.label for each in pilot.app.screen.query_one(LastCalls)._calls] == ["DK 001"]
        await until(pilot, lambda: len(hall.said) == 2)
    assert hall.said == [
        "Nomor antrean, de ka, satu, silakan menuju loket satu, Dukcapil.",
        "Nomor antrean, de ka, dua, silakan menuju loket dua, Dukcapil.",
    ]


async def test_the_last_five_stay_beside_the_newest(premises: Premises, hang: Hang) -> None:
    premises.issue(*["DK.ktp"] * 7)
    async with hang() as pilot:
        await shows(pilot, "MENUNGGU")
        with premises.lobby() as lobby:
            for _ in range(7):
                lobby.call_next("1")
                lobby.start("1")
                lobby.complete("1")
        await calls(pilot, "DK 007")
        kept = [each.label for each in pilot.app.screen.query_one(LastCalls)._calls]
        assert kept == [f"DK {number:03d}" for number in (6, 5, 4, 3, 2)]


async def test_a_visitor_who_chose_english_hears_both_languages(
    premises: Premises, hang: Hang, hall: Hall
) -> None:
    premises.issue("BN.sim", language="en")
    async with hang() as pilot:
        await shows(pilot, "MENUNGGU")
        call(premises, "3", "BN 001")
        await until(pilot, lambda: len(hall.said) == 2)
    assert hall.said == [
        "Nomor antrean, be en, satu, silakan menuju loket tiga, Polri.",
        "Number, B N, zero zero one, please go to counter three, Police.",
    ]


async def test_a_board_without_a_voice_claims_nothing(premises: Premises, hang: Hang, hall: Hall) -> None:
    premises.issue("DK.ktp")
    async with hang(voice=False) as pilot:
        await shows(pilot, "MENUNGGU")
        call(premises, "1", "DK 001")
        await calls(pilot, "DK 001")
    with premises.lobby() as lobby:
        assert lobby.claim_announcement(lobby.board().seq, "B2")
    assert hall.said == []


async def test_of_two_boards_one_speaks_and_both_show(premises: Premises, hang: Hang, hall: Hall) -> None:
    premises.issue("DK.ktp", "DK.ktp")
    async with hang() as one, hang() as two:
        for board in (one, two):
            await shows(board, "MENUNGGU")
        for counter, label in (("1", "DK 001"), ("2", "DK 002")):
            call(premises, counter, label)
            for board in (one, two):
                await calls(board, label)
        await until(one, lambda: len(hall.said) == 2)
    assert len(hall.said) == 2


async def test_a_board_that_is_restarted_shows_the_call_and_does_not_speak_it_again(
    premises: Premises, hang: Hang, hall: Hall
) -> None:
    premises.issue("DK.ktp")
    call(premises, "1", "DK 001")
    for _ in range(2):
        async with hang() as pilot:
            await calls(pilot, "DK 001")
            await until(pilot, lambda: hall.said)
    assert len(hall.said) == 1


async def test_a_zone_shows_and_speaks_its_own_agencies_only(
    premises: Premises, hang: Hang, hall: Hall
) -> None:
    premises.issue("DK.ktp", "BN.sim")
    async with hang(zone=["BN"]) as pilot:
        await shows(pilot, "MENUNGGU")
        call(premises, "1", "DK 001")
        call(premises, "3", "BN 001")
        await calls(pilot, "BN 001")
        await until(pilot, lambda: hall.said)
        assert pilot.app.screen.query_one(LastCalls)._calls == ()
    assert len(hall.said) == 1


async def test_while_nobody_is_called_the_board_shows_who_waits(premises: Premises, hang: Hang) -> None:
    premises.issue("DK.ktp", "DK.ktp", "BN.sim")
    with premises.lobby() as lobby:
        lobby.open_counter("1")
    async with hang() as pilot:
        waits = pilot.app.screen.query_one(Waits)
        await until(pilot, lambda: waits.display and waits._lines)
        lines = {line.name: (line.waiting, line.minutes) for line in waits._lines}
        assert lines["Dukcapil"][0] == 2
        assert "-" in lines["Dukcapil"][1]
        assert lines["Polri"] == (1, "loket belum buka")


async def test_a_store_out_of_reach_leaves_the_last_data_and_says_how_old_it_is(
    premises: Premises, hang: Hang, monkeypatch: pytest.MonkeyPatch
) -> None:
    premises.issue("DK.ktp", "DK.ktp")
    async with hang() as pilot:
        await shows(pilot, "MENUNGGU")
        call(premises, "1", "DK 001")
        await calls(pilot, "DK 001")
        assert isinstance(pilot.app, BoardApp)
        assert pilot.app.backend is not None
        with monkeypatch.context() as off:
            off.setattr(pilot.app.backend.lobby, "board", unreachable)
            await shows(pilot, r"data pukul 09\.00")
            call(premises, "2", "DK 002")
            assert large(pilot, "number") == "DK 001"
        await calls(pilot, "DK 002")
        await shows_no(pilot, "data pukul")


async def test_a_board_that_starts_before_its_store_waits_for_it(premises: Premises, hall: Hall) -> None:
    premises.issue("DK.ktp")
    call(premises, "1", "DK 001")
    build, tries = connect_with(premises), iter([True, False])

    def connect() -> Backend:
        if next(tries, False):
            raise StoreUnreachable(detail="off")
        return build()

    app = BoardApp(connect, hall.speaker, hold=0.05)
    async with app.run_test(size=(101, 28)) as pilot:
        await shows(pilot, "Basis data tidak terhubung")
        await calls(pilot, "DK 001")
        await shows_no(pilot, "tidak terhubung")


async def test_a_board_whose_reader_has_died_ends_so_that_its_service_starts_it_again(
    premises: Premises, hang: Hang, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kiosk.board.face.DEAF", -1.0)
    async with hang() as pilot:
        await until(pilot, lambda: pilot.app.return_code == 1)


async def test_no_loudspeaker_is_a_word_in_the_corner(premises: Premises, hang: Hang) -> None:
    premises.issue("DK.ktp")
    async with hang(dumb=True) as pilot:
        await shows(pilot, "MENUNGGU")
        call(premises, "1", "DK 001")
        await shows(pilot, "tanpa suara")
        assert large(pilot, "number") == "DK 001"


async def test_lines_of_text_take_turns(premises: Premises, hang: Hang) -> None:
    async with hang(text={"id": ["Siapkan KTP"], "en": ["Have your ID ready"]}) as pilot:
        await shows(pilot, "Siapkan KTP|Have your ID ready")
        first = "Siapkan" if "Siapkan" in text_of(pilot.app) else "Have"
        premises.clock.forward(seconds=15)
        premises.issue("DK.ktp")
        await shows(pilot, "Have" if first == "Siapkan" else "Siapkan")


async def test_a_call_that_was_a_mistake_is_taken_off_the_board(premises: Premises, hang: Hang) -> None:
    premises.issue("DK.ktp", "DK.ktp", "DK.ktp")
    async with hang() as pilot:
        call(premises, "1", "DK 001")
        await calls(pilot, "DK 001")
        with premises.lobby() as lobby:
            lobby.call("2", "DK 002")
        await calls(pilot, "DK 002")
        with premises.lobby() as lobby:
            lobby.undo("2")
        await calls(pilot, "DK 001")


async def test_the_hall_reads_until_when_a_counter_rests(premises: Premises, hang: Hang) -> None:
    async with hang() as pilot:
        with premises.lobby() as lobby:
            lobby.pause_counter("1", back_at=premises.clock.now + timedelta(hours=4))
        await shows(pilot, r"Loket 1 istirahat, kembali pukul 13\.00")
        with premises.lobby() as lobby:
            lobby.open_counter("1")
        await shows_no(pilot, "istirahat")


async def test_the_supervisor_s_notice_takes_the_place_of_the_lines_until_its_end(
    premises: Premises, hang: Hang
) -> None:
    async with hang(text={"id": ["Siapkan KTP"]}) as pilot:
        await shows(pilot, "Siapkan KTP")
        with premises.lobby() as lobby:
            lobby.set_notice({"id": "Listrik padam"}, until=premises.clock.now + timedelta(minutes=10))
        await shows(pilot, "Listrik padam")
        assert pilot.app.screen.query_one("#text").has_class("-notice")
        premises.clock.forward(minutes=10)
        premises.issue("DK.ktp")
        await shows(pilot, "Siapkan KTP")
        assert not pilot.app.screen.query_one("#text").has_class("-notice")


async def test_yesterday_s_numbers_are_gone_in_the_morning(premises: Premises, hang: Hang) -> None:
    premises.issue("DK.ktp")
    async with hang() as pilot:
        call(premises, "1", "DK 001")
        await calls(pilot, "DK 001")
        premises.clock.forward(days=1)
        premises.issue("DK.ktp")
        await until(pilot, lambda: pilot.app.screen.query_one(Waits).display)


async def test_at_night_the_colours_are_inverted(premises: Premises, hang: Hang) -> None:
    async with hang() as pilot:
        await until(pilot, lambda: pilot.app.theme == "board")
        premises.clock.forward(hours=14)
        premises.issue("DK.ktp")
        await until(pilot, lambda: pilot.app.theme == "board-night")


async def test_no_single_key_leaves_the_board(premises: Premises, hang: Hang) -> None:
    async with hang() as pilot:
        await pilot.press("escape", "ctrl+q", "ctrl+c", "enter", "x", "q")
        assert pilot.app.is_running
        assert pilot.app.return_code is None
        await pilot.press("q")
        await until(pilot, lambda: pilot.app._exit)


@pytest.mark.parametrize(
    ("size", "pixels"), [((101, 28), (1920, 1080)), ((56, 50), (1080, 1920))], ids=["across", "upright"]
)
async def test_numbers_are_read_from_ten_metres_on_a_screen_of_43_inches(
    premises: Premises, hang: Hang, size: tuple[int, int], pixels: tuple[int, int]
) -> None:
    premises.issue(*["DK.ktp"] * 3)
    async with hang(size) as pilot:
        for label in ("DK 001", "DK 002"):
            with premises.lobby() as lobby:
                lobby.call("1", label)
                lobby.start("1")
                lobby.complete("1")
            await calls(pilot, label)
        for name, least in (("number", COMFORTABLE), ("counter", COMFORTABLE), ("last", LEAST)):
            widget = pilot.app.screen.query_one(f"#{name}")
            assert isinstance(widget, BigNumber | LastCalls)
            drawn = [row for row in widget.paint(*widget.size) if any(text.strip() for text, _ in row)]
            high = digit_millimetres(len(drawn) - 0.5, size[1], 43, pixels=pixels)
            assert high >= least, name
