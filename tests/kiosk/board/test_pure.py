"""What the board decides without a screen: sizes, flashes, care for the glass, which call is next."""

from __future__ import annotations

import subprocess
import sys
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.board.calls import LAST, Call, Calls, calls_in
from kiosk.board.care import ROOM, SHIFT_MINUTES, SHIFTS, is_night, shift, turn
from kiosk.board.face import DEAF, Face
from kiosk.board.reading import Seen
from kiosk.board.sight import FLASHES_A_SECOND, FLASHING, LEAST, digit_millimetres, flash_is_on
from kiosk.board.theme import DAY, NIGHT, READ_ON
from kiosk.board.widgets.waits import MINUTES, TALL, Waits
from kiosk.shared.hall_waits import Line
from queue_core.events import EventKind
from queue_core.views import AgencyOffer, EventView, Opening

NOW = datetime(2026, 11, 24, 1, 0, tzinfo=UTC)


def call(label: str, seq: int = 1) -> Call:
    return Call(seq, label, 3, "DK", {"id": "Dukcapil"}, "Dukcapil", "id", NOW)


# ----------------------------------------------------------------------------- the queue


def test_calls_come_onto_the_board_in_their_order() -> None:
    calls = Calls()
    calls.come([call("DK 001", 1), call("DK 002", 2)])
    calls.come([call("DK 003", 3)])
    came = [calls.next(), calls.next(), calls.next(), calls.next()]
    assert [each and each.label for each in came] == ["DK 001", "DK 002", "DK 003", None]
    assert [each.label for each in calls.shown] == ["DK 003", "DK 002", "DK 001"]


def test_a_number_that_is_called_again_moves_to_the_top_and_stands_once() -> None:
    calls = Calls()
    calls.come([call("DK 001"), call("DK 002"), call("DK 001", 3)])
    while calls.next():
        pass
    assert [each.label for each in calls.shown] == ["DK 001", "DK 002"]


@given(st.lists(st.lists(st.integers(1, 30), max_size=6), max_size=12))
def test_whatever_comes_whenever_nothing_is_lost_and_nothing_grows(bursts: list[list[int]]) -> None:
    calls, came = Calls(), []
    for burst in bursts:
        calls.come(call(f"DK {number:03d}") for number in burst)
        if (shown := calls.next()) is not None:
            came.append(shown.label)
        assert len(calls.shown) <= LAST + 1
    while (shown := calls.next()) is not None:
        came.append(shown.label)
    assert came == [f"DK {number:03d}" for burst in bursts for number in burst]
    assert calls.coming == []


def test_only_calls_to_this_zone_s_counters_are_taken_from_what_happened() -> None:
    def event(seq: int, kind: EventKind, service: str, counter: str = "1") -> EventView:
        return EventView(seq, NOW, kind.value, f"X {seq}", service, counter, "", "")

    agencies = {code: AgencyOffer(code, {}, code, Opening(open=True), 0, 0, 0, ()) for code in ("DK", "BN")}
    happened = [
        event(1, EventKind.ISSUED, "DK.ktp", ""),
        event(2, EventKind.CALLED, "DK.ktp"),
        event(3, EventKind.CALLED, "BN.sim"),
        event(4, EventKind.RECALLED, "DK.ktp"),
        event(5, EventKind.STARTED, "DK.ktp"),
        event(6, EventKind.RESUMED, "DK.kk"),
    ]
    assert [each.seq for each in calls_in(happened, {"DK"}, agencies)] == [2, 4, 6]
    assert [each.seq for each in calls_in(happened, (), agencies)] == [2, 3, 4, 6]


# ----------------------------------------------------------------------------- the eye


def test_millimetres_on_the_glass_are_those_of_the_diagonal() -> None:
    # 43 inches at 16:9 are 535 mm high; a whole row of 28 is 19.1 mm
    assert digit_millimetres(28, 28, 43, pixels=(1920, 1080)) == pytest.approx(535.5, abs=0.5)
    assert digit_millimetres(6, 28, 43, pixels=(1920, 1080)) == pytest.approx(114.7, abs=0.5)
    assert digit_millimetres(6, 50, 43, pixels=(1080, 1920)) == pytest.approx(114.2, abs=0.5)


def test_who_waits_is_read_from_ten_metres_in_figures_as_high_as_can_be_read() -> None:
    waits = Waits()
    waits.show((Line("Dukcapil", 12, "15-30", ""), Line("Bank NTT", 0, "5-10", "")), ("A", "B", "C"))
    rows = ["".join(text for text, _ in row) for row in waits.paint(97, 23)]
    figures = [row[-MINUTES:] for row in rows[2 : 2 + TALL]]
    assert all(row.strip() for row in figures)
    assert digit_millimetres(TALL - 0.5, 28, 43, pixels=(1920, 1080)) >= LEAST


def test_a_new_call_flashes_slower_than_may_harm_and_then_stands() -> None:
    frames = [flash_is_on(tick / 100) for tick in range(round(100 * FLASHING) + 200)]
    begins = [at for at in range(1, len(frames)) if frames[at] and not frames[at - 1]]
    assert frames[0]
    assert FLASHES_A_SECOND <= 3
    assert all(sum(at <= begin < at + 100 for begin in begins) <= 3 for at in range(len(frames)))
    assert not any(frames[round(100 * FLASHING) :])


@pytest.mark.parametrize("theme", [DAY, NIGHT], ids=["day", "night"])
@pytest.mark.parametrize(("words", "ground"), READ_ON)
def test_words_stand_out_from_their_ground_seven_to_one(theme: object, words: str, ground: str) -> None:
    variables = (DAY if theme is DAY else NIGHT).variables
    high, low = sorted((_luminance(variables[words]), _luminance(variables[ground])), reverse=True)
    assert (high + 0.05) / (low + 0.05) >= 7


def _luminance(colour: str) -> float:
    """WCAG 2.2, relative luminance."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def test_the_board_paints_without_the_store_and_the_settings() -> None:
    heavy = {"sqlmodel", "sqlalchemy", "alembic", "psycopg", "PIL", "pydantic", "babel"}
    code = "import kiosk.board, sys; print(*{name.partition('.')[0] for name in sys.modules})"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60
    )
    assert not heavy & set(done.stdout.split())


# ----------------------------------------------------------------------------- the glass


def test_everything_moves_by_a_cell_every_few_minutes_and_comes_back() -> None:
    step = timedelta(minutes=SHIFT_MINUTES)
    places = [shift(NOW + at * step) for at in range(len(SHIFTS) + 1)]
    assert set(places) == set(SHIFTS)
    assert places[0] == places[-1]
    assert all(abs(a[0] - b[0]) + abs(a[1] - b[1]) == 1 for a, b in pairwise(places))
    assert all(0 <= right <= ROOM[0] and 0 <= down <= ROOM[1] for right, down in places)


@pytest.mark.parametrize(("hour", "night"), [(3, True), (4, False), (9, False), (21, False), (22, True)])
def test_colours_are_inverted_at_night_by_the_site_s_clock(hour: int, night: bool) -> None:
    wita = ZoneInfo("Asia/Makassar")
    assert is_night(datetime(2026, 11, 24, hour, 30, tzinfo=wita), wita) is night


def test_a_reader_that_tells_nothing_any_more_is_noticed() -> None:
    seconds = [0.0]
    face = Face(lambda: seconds[0])
    assert not face.is_deaf
    face.seen(Seen(NOW, (), called_today=False))
    seconds[0] = DEAF - 1
    face.lost(NOW)
    seconds[0] += DEAF - 1
    assert not face.is_deaf
    seconds[0] += 2
    assert face.is_deaf


def test_an_old_call_that_is_shown_late_has_its_time_on_the_board() -> None:
    face = Face(lambda: 0.0)
    later = NOW + timedelta(minutes=2)
    face.seen(Seen(later, (), called_today=True))
    quiet = {face.page(later + timedelta(seconds=12 * at), [call("DK 001")]) for at in range(2)}
    assert quiet == {"calls", "waits"}
    face.called()
    assert {face.page(later + timedelta(seconds=12 * at), [call("DK 001")]) for at in range(7)} == {"calls"}


def test_pages_take_turns() -> None:
    assert [turn(NOW + timedelta(seconds=12 * at), 3) for at in range(6)] in (
        [0, 1, 2, 0, 1, 2],
        [1, 2, 0, 1, 2, 0],
        [2, 0, 1, 2, 0, 1],
    )
    assert turn(NOW, 0) == 0
