"""What the supervisor's tables say: colours always stand beside a word."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from kiosk.i18n import Words
from kiosk.shared.widgets.live_table import Cell
from kiosk.supervisor.cells import counter_lines, printer_words, queue_line, waiting_line
from printers.status import Trouble
from queue_core.lifecycle import Status
from queue_core.views import CounterSummary, Opening, PrinterView
from tests.support.house import MORNING
from tests.support.queue_views import counter, queue, ticket

ID = Words("id")
WITA = ZoneInfo("Asia/Makassar")
NOW = MORNING + timedelta(minutes=10)


def ago(minutes: float) -> object:
    return NOW - timedelta(minutes=minutes)


@pytest.mark.parametrize(
    ("changes", "state", "tone"),
    [
        ({"waiting": 3, "over_limit": 2, "longest_wait": 2400}, "▲ 2 lewat janji", "late"),
        ({"waiting": 3, "longest_wait": 1500}, "◆ mendekati janji", "soon"),
        ({"waiting": 3, "longest_wait": 60, "open_counters": 0}, "■ belum ada petugas", "soon"),
        ({"waiting": 3, "longest_wait": 60}, "● lancar", "good"),
        ({}, "○ sepi", "muted"),
    ],
)
def test_a_lines_state_is_a_word_and_a_colour(changes: dict[str, object], state: str, tone: str) -> None:
    cell = queue_line(queue(**changes), ID, WITA).cells["state"]
    assert (cell.text, cell.tone) == (state, tone)


@pytest.mark.parametrize(
    ("opening", "name"),
    [
        (Opening(open=True), "Layanan DK.ktp"),
        (Opening(open=False, reason="hours"), "Layanan DK.ktp"),
        (Opening(open=False, reason="by_hand", until=NOW), "Layanan DK.ktp · ditutup sampai 09.10"),
        (Opening(open=True, until=NOW), "Layanan DK.ktp · dibuka sampai 09.10"),
    ],
)
def test_what_was_ordered_by_hand_stands_beside_the_name(opening: Opening, name: str) -> None:
    assert queue_line(queue(opening=opening), ID, WITA).cells["service"].text == name


def test_no_wait_is_a_dash_and_nought_is_quiet() -> None:
    cells = queue_line(queue(), ID, WITA).cells
    assert (cells["longest"], cells["over"]) == (Cell("–", "muted"), Cell("0", "muted"))


@pytest.mark.parametrize(
    ("summary", "doing", "since"),
    [
        (
            counter(current=ticket(Status.SERVING, started_at=ago(4))),
            Cell("melayani DK 001", "good"),
            "04.00",
        ),
        (
            counter(current=ticket(Status.CALLED, called_at=ago(1))),
            Cell("memanggil DK 001", "accent"),
            "01.00",
        ),
        (
            counter(current=ticket(Status.CALLED, called_at=ago(3))),
            Cell("DK 001 belum datang", "soon"),
            "03.00",
        ),
        (counter(state="paused", since=ago(7)), Cell("istirahat", "soon"), "07.00"),
        (
            counter(state="paused", since=ago(7), back_at=NOW + timedelta(minutes=5)),
            Cell("istirahat sampai 09.15", "soon"),
            "07.00",
        ),
        (counter(last_action_at=ago(2)), Cell("kosong"), "02.00"),
        (counter(last_action_at=ago(6)), Cell("kosong, ada yang menunggu", "soon"), "06.00"),
        (counter(state="closed"), Cell("tutup", "muted"), ""),
    ],
)
def test_what_a_counter_does_and_for_how_long(summary: CounterSummary, doing: Cell, since: str) -> None:
    (line,) = counter_lines([summary], [queue(waiting=1)], NOW, ID, WITA)
    assert line.cells["doing"] == doing
    assert line.cells["since"].text == since


def test_a_free_counter_is_no_matter_when_nobody_waits_for_it() -> None:
    (line,) = counter_lines([counter(last_action_at=ago(60))], [queue(waiting=0)], NOW, ID, WITA)
    assert line.cells["doing"] == Cell("kosong")


def test_closed_counters_come_last() -> None:
    lines = counter_lines([counter(1, state="closed"), counter(2)], [], NOW, ID, WITA)
    assert [line.key for line in lines] == ["2", "1"]


def test_who_waits_past_the_promise_is_told_by_how_much() -> None:
    late = waiting_line(ticket(priority=True), 1, MORNING + timedelta(minutes=42), ID).cells
    assert late["note"] == Cell("prioritas · lewat 12.00", "late")
    assert late["waited"] == Cell("42.00", "late")
    fresh = waiting_line(ticket(), 2, MORNING + timedelta(minutes=2), ID).cells
    assert (fresh["note"].text, fresh["waited"].tone) == ("", "")


@pytest.mark.parametrize(
    ("printer", "text", "tone"),
    [
        (PrinterView("K1", "ok", "", MORNING, 0, 0), "K1 baik", "good"),
        (PrinterView("K1", "ok", "", MORNING, 0, 2), "K1 baik, 2 slip perlu ditangani", "soon"),
        (
            PrinterView("K1", "trouble", "paper_out", MORNING, 3, 0),
            "K1: Kertas printer habis, 3 slip menunggu",
            "late",
        ),
        (
            PrinterView("K1", "warning", "paper_near_end", MORNING, 0, 0),
            "K1: Kertas printer hampir habis",
            "soon",
        ),
        (PrinterView("K1", "silent", "", MORNING, 0, 0), "K1: tidak ada kabar sejak 09.00", "muted"),
        (PrinterView("K1", "silent", "", None, 0, 0), "K1: tidak ada kabar", "muted"),
    ],
)
def test_a_printers_state_is_told_with_its_reason(printer: PrinterView, text: str, tone: str) -> None:
    assert printer_words(printer, ID, WITA) == Cell(text, tone)


@pytest.mark.parametrize(
    ("left", "ends", "says"),
    [
        (None, None, "K1 baik"),
        (12_400, None, "K1 baik, sisa kertas ±12 m"),
        (
            12_400,
            MORNING + timedelta(hours=5, minutes=20),
            "K1 baik, sisa kertas ±12 m, habis sekitar pukul 14.20",
        ),
    ],
)
def test_a_printers_paper_is_told_where_its_roll_is_known(
    left: int | None, ends: datetime | None, says: str
) -> None:
    printer = PrinterView("K1", "ok", "", NOW, 0, 0, paper_left_mm=left, paper_ends_at=ends)
    assert printer_words(printer, ID, WITA).text == says


@pytest.mark.parametrize("trouble", list(Trouble))
@pytest.mark.parametrize("language", ["id", "en"])
def test_every_trouble_of_a_printer_has_words(trouble: Trouble, language: str) -> None:
    assert Words(language)(f"printer.{trouble}") != f"printer.{trouble}"
