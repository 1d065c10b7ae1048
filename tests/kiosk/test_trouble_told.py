"""The reason of a printer's trouble: one look of the spool, which looks every second, brings it to every screen."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from kiosk.i18n import Words
from kiosk.shared.metered import MeteredJournal, reading
from kiosk.supervisor.cells import printer_words
from kiosk.touch.scene import Scene
from kiosk.touch.widgets import HealthLine
from printers.device.network import CONNECT_SECONDS
from printers.papers import PAPERS
from printers.spool import Spool
from printers.spool.talk import ANSWER_SECONDS
from printers.spool.worker import LOOK_SECONDS
from printers.supply import Supply
from queue_core import Lobby
from tests.printers.emulator import Printer, Wire

WITA = ZoneInfo("Asia/Makassar")


def paper_out(wire: Wire) -> None:
    wire.printer.rows_left = 0


def cover_open(wire: Wire) -> None:
    wire.printer.cover_open = True


def cutter_error(wire: Wire) -> None:
    wire.printer.cutter_error = True


def near_end(wire: Wire) -> None:
    wire.printer.near_end = True


def unplug(wire: Wire) -> None:
    wire.unplugged = True


@pytest.mark.parametrize(
    ("befall", "reason"),
    [
        (paper_out, "Kertas printer habis"),
        (cover_open, "Penutup printer terbuka"),
        (cutter_error, "Pemotong kertas macet"),
        (near_end, "Kertas printer hampir habis"),
        (unplug, "Printer tidak terhubung"),
    ],
)
def test_one_look_of_the_spool_tells_every_screen(
    lobby: Lobby, tmp_path: Path, befall: Callable[[Wire], None], reason: str
) -> None:
    wire, supply = Wire(Printer()), Supply(tmp_path, "K1", PAPERS[80])
    journal = MeteredJournal(lobby.journal, supply)
    spool = Spool(wire, journal, lambda _: b"", printer="K1", lock_path=tmp_path / "K1.lock", supply=supply)
    spool.run_once()
    assert lobby.printers()[0].state == "ok"
    befall(wire)
    spool.run_once()
    (printer,) = lobby.printers()
    assert reason in printer_words(printer, Words("id"), WITA).text
    line = HealthLine()
    line.scene = Scene(printers=lobby.queues().printers)
    assert reason in "".join(text for text, _ in line.paint(56, 1)[0])


def test_the_spool_looks_so_often_that_two_seconds_suffice() -> None:
    assert LOOK_SECONDS + max(CONNECT_SECONDS, ANSWER_SECONDS) < 2.0


def test_a_spools_report_brings_its_papers_length_along(lobby: Lobby, tmp_path: Path) -> None:
    supply = Supply(tmp_path, "K1", PAPERS[80])
    journal = MeteredJournal(lobby.journal, supply)
    journal.report("K1", "ok", "", "test")
    assert lobby.printers()[0].paper_left_mm is None
    supply.change_roll(80_000, "2026-11-24T01:00:00+00:00")
    journal.report("K1", "ok", "", "test")
    assert lobby.printers()[0].paper_left_mm == 80_000
    supply.count(b"\x1b@" + b"line\n" * 100 + b"\x1dVB\x00")
    assert reading(supply).used == pytest.approx(100 * 30 / 8, abs=20)
