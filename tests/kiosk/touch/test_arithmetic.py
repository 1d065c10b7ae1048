"""Shapes, pages, pace, touches and sentences: the parts that need no screen."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from kiosk.i18n import Words
from kiosk.touch.countdown import Countdown
from kiosk.touch.layout import MOST_TILES, Shape, page_of, pages, shape_of, tile_grid, upper_rows
from kiosk.touch.pace import Pace
from kiosk.touch.touches import Touches
from kiosk.touch.widgets.facts import Fact, fact_rows
from kiosk.touch.wording import expected, service_state
from queue_core.views import Opening, ServiceOffer, WaitRange

WITA = ZoneInfo("Asia/Makassar")
NOW = datetime(2026, 11, 24, 1, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("size", "shape"),
    [
        ((56, 50), Shape.PORTRAIT),
        ((41, 37), Shape.PORTRAIT),
        ((101, 28), Shape.LANDSCAPE),
        ((147, 43), Shape.LANDSCAPE),
        ((192, 56), Shape.LANDSCAPE),
        ((80, 24), Shape.SMALL),
        ((120, 20), Shape.SMALL),
    ],
)
def test_the_size_of_the_terminal_gives_the_shape(size: tuple[int, int], shape: Shape) -> None:
    assert shape_of(*size) is shape


@pytest.mark.parametrize("shape", Shape)
def test_larger_text_shows_fewer_tiles_and_none_shows_too_many(shape: Shape) -> None:
    assert tile_grid(shape, large=True).tiles < tile_grid(shape, large=False).tiles <= MOST_TILES


def test_pages_hold_everything_once() -> None:
    items = tuple("abcdefg")
    assert pages(len(items), 3) == 3
    assert "".join("".join(page_of(items, page, 3)) for page in range(3)) == "abcdefg"
    assert page_of(items, 9, 3) == ("g",)
    assert pages(0, 3) == 1


def test_the_upper_half_is_never_the_smaller_one() -> None:
    assert [upper_rows(height) for height in (49, 50)] == [25, 25]


def test_the_pace_lets_so_many_a_minute_pass_and_then_waits_for_its_rhythm() -> None:
    pace = Pace(6)
    for second in range(6):
        assert pace.wait(second) == 0
        pace.given(second)
    assert pace.wait(5) == 10
    assert pace.wait(55) == 5
    assert pace.wait(60) == 0


def test_a_second_touch_at_the_same_place_on_a_new_screen_is_an_echo() -> None:
    touches = Touches(0)
    assert not touches.is_echo(10, 10, 1.0)
    touches.turned(1.05)
    assert touches.is_echo(11, 10, 1.2)
    assert not touches.is_echo(11, 10, 1.4)


def test_a_quick_touch_elsewhere_or_on_the_same_screen_is_none() -> None:
    touches = Touches(0)
    touches.is_echo(10, 10, 1.0)
    assert not touches.is_echo(10, 10, 1.1)
    touches.turned(1.15)
    assert not touches.is_echo(30, 10, 1.2)


def test_four_quick_taps_in_the_corner_ask_for_the_door_once() -> None:
    touches = Touches(0)
    assert [touches.asks_for_the_door(1, 1, second) for second in range(5)] == [
        False,
        False,
        False,
        True,
        False,
    ]


def test_a_tap_elsewhere_begins_the_count_anew() -> None:
    touches = Touches(0)
    asked = [touches.asks_for_the_door(x, 1, 0.1) for x in (1, 1, 1, 50, 1, 1, 1)]
    assert not any(asked)


def test_a_countdown_tells_whole_seconds() -> None:
    countdown = Countdown(10.0, lambda: None)
    assert [countdown.left(now) for now in (0, 9.2, 10.0, 11.0)] == [10, 1, 0, 0]


@pytest.mark.parametrize(
    ("wait", "counters", "said"),
    [
        (WaitRange(10, 20), 1, "Perkiraan menunggu 10–20 menit (dapat berubah)"),
        (
            WaitRange(10, 20, past_closing=True),
            1,
            "Perkiraan menunggu 10–20 menit; bisa lewat jam tutup",
        ),
        (WaitRange(5, 5), 1, "Perkiraan menunggu 5 menit (dapat berubah)"),
        (WaitRange(0, 0), 1, "Anda akan segera dipanggil"),
        (WaitRange(10, 20), 0, "Loket belum buka; nomor tetap dapat diambil"),
        (None, 1, "Perkiraan waktu belum tersedia"),
    ],
)
def test_minutes_are_promised_only_by_an_open_counter(
    wait: WaitRange | None, counters: int, said: str
) -> None:
    assert expected(wait, counters, Words("id")) == said


def test_facts_that_do_not_fit_say_that_there_is_more() -> None:
    facts = (Fact("Syarat", tuple(f"Berkas nomor {n}" for n in range(9))), Fact("Biaya", ("Gratis",)))
    rows = fact_rows(facts, 40, 6, "Selengkapnya", large=False)
    assert len(rows) == 6
    assert rows[-1][-1][0] == "Selengkapnya"
    whole = fact_rows(facts, 40, 20, "Selengkapnya", large=False)
    assert "Gratis" in [part for row in whole for part, _ in row]


@pytest.mark.parametrize(
    ("wait", "counters", "state"),
    [
        (WaitRange(15, 30), 2, "Buka · 4 menunggu · 15–30 menit"),
        (WaitRange(60, 90, past_closing=True), 1, "Buka · 4 menunggu · 60–90 menit, bisa lewat jam tutup"),
        (WaitRange(0, 0), 1, "Buka · 4 menunggu"),
        (None, 0, "Buka · 4 menunggu · loket belum buka"),
    ],
)
def test_a_service_tells_who_waits_and_for_how_long_before_a_number_is_taken(
    wait: WaitRange | None, counters: int, state: str
) -> None:
    service = ServiceOffer("DK.ktp", "DK", {}, 7, None, None, None, Opening(open=True), 4, counters, wait)
    assert service_state(service, NOW, WITA, Words("id")) == state
    closed_now = replace(service, opening=Opening(open=False, reason="full"))
    assert service_state(closed_now, NOW, WITA, Words("id")) == "Antrean hari ini penuh"
    few = replace(service, opening=Opening(open=True, left=4))
    assert service_state(few, NOW, WITA, Words("id")) == f"{state} · sisa 4 nomor"
