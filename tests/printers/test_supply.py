"""Paper on the roll: counted from the bytes, forecast, and warned about before it ends."""

from __future__ import annotations

from pathlib import Path

import pytest

from printers.capabilities import Capabilities
from printers.device import MemoryDevice
from printers.encode import encode
from printers.errors import Trouble
from printers.layout import layout, length
from printers.papers import PAPERS
from printers.spool import Spool
from printers.supply import LOW_MM, NEAR_END_MM, Supply
from tests.printers.journals import MemoryJournal
from tests.printers.samples import ORDINARY

PAPER = PAPERS[80]
LINES = layout(ORDINARY, PAPER)
SLIP = encode(LINES, PAPER)


@pytest.fixture
def supply(tmp_path: Path) -> Supply:
    return Supply(tmp_path, "K1", PAPER)


def test_the_meter_counts_what_is_printed_and_remembers_it(supply: Supply, tmp_path: Path) -> None:
    supply.count(SLIP)
    supply.count(SLIP)
    assert Supply(tmp_path, "K1", PAPER).printed_mm == pytest.approx(2 * length(LINES, PAPER), abs=0.2)
    assert Supply(tmp_path, "K2", PAPER).printed_mm == 0


def test_a_new_roll_begins_at_the_meter_of_its_hour(supply: Supply) -> None:
    supply.count(SLIP)
    supply.change_roll(80_000, "2026-11-24T09:00:00+08:00")
    supply.count(SLIP)
    assert supply.used_mm == pytest.approx(length(LINES, PAPER), abs=0.2)
    assert supply.left_mm == pytest.approx(80_000 - supply.used_mm)
    assert not supply.low


def test_without_a_known_roll_nothing_is_foretold(supply: Supply) -> None:
    supply.count(SLIP)
    assert supply.left_mm is None
    assert not supply.low


def test_a_roll_is_low_before_it_ends_and_never_below_nothing(supply: Supply) -> None:
    supply.change_roll(LOW_MM + 10, "2026-11-24T09:00:00+08:00")
    was_low = supply.low
    supply.count(SLIP)
    assert (was_low, supply.low) == (False, True)
    supply.change_roll(1, "2026-11-24T10:00:00+08:00")
    supply.count(SLIP)
    assert supply.left_mm == 0


NEAR, OPEN, WELL = frozenset({Trouble.PAPER_NEAR_END}), frozenset({Trouble.COVER_OPEN}), frozenset[Trouble]()


def test_the_sensor_says_how_little_is_left_whatever_was_told_of_the_roll(supply: Supply) -> None:
    supply.sense(WELL)
    assert (supply.left_mm, supply.capabilities.near_end) == (None, None)
    supply.sense(NEAR)
    assert (supply.left_mm, supply.low, supply.capabilities.near_end) == (NEAR_END_MM, True, True)
    supply.count(SLIP)
    supply.sense(NEAR)
    assert supply.left_mm == pytest.approx(NEAR_END_MM - length(LINES, PAPER), abs=0.2)
    supply.change_roll(80_000, "2026-11-24T10:00:00+08:00")
    assert supply.left_mm == 80_000


def test_a_sensor_that_is_known_and_silent_says_that_the_roll_was_longer_than_told(supply: Supply) -> None:
    supply.sense(NEAR)
    supply.change_roll(100, "2026-11-24T10:00:00+08:00")
    supply.count(SLIP)
    assert supply.left_mm == NEAR_END_MM


def test_a_roll_that_is_changed_under_the_sensors_eye_counts_as_one_of_the_same_length(
    supply: Supply, tmp_path: Path
) -> None:
    supply.change_roll(80_000, "2026-11-24T09:00:00+08:00")
    supply.count(SLIP)
    for troubles in (WELL, NEAR, WELL, NEAR, WELL):
        supply.sense(troubles)
    assert supply.left_mm == NEAR_END_MM, "a sensor that flickers changes no roll"
    for troubles in (OPEN, OPEN, WELL, WELL):
        supply.sense(troubles)
    assert supply.left_mm == 80_000
    supply.sense(NEAR)
    again = Supply(tmp_path, "K1", PAPER)  # the roll was changed while no program ran
    again.sense(WELL)
    assert again.left_mm == 80_000


def test_what_a_printer_can_prove_is_remembered(supply: Supply, tmp_path: Path) -> None:
    assert supply.capabilities == Capabilities()
    found = Capabilities(status=True, process_id=True, cut_counter=True, clear=True)
    supply.remember(found)
    assert Supply(tmp_path, "K1", PAPER).capabilities == found


@pytest.mark.parametrize("content", ["", "[1]", "{", '{"length": "x"}'])
def test_a_damaged_file_is_begun_anew(supply: Supply, tmp_path: Path, content: str) -> None:
    for kind in ("meter", "roll", "proofs"):
        (tmp_path / f"printer-K1.{kind}.json").write_text(content)
    assert supply.printed_mm == 0
    assert supply.roll is None
    assert supply.capabilities == Capabilities()


def test_the_spool_counts_each_slip_and_warns_when_the_roll_is_low(supply: Supply, tmp_path: Path) -> None:
    journal = MemoryJournal()
    journal.add("A", "B")
    supply.change_roll(LOW_MM + 10, "2026-11-24T09:00:00+08:00")
    spool = Spool(
        MemoryDevice(), journal, lambda _: SLIP, printer="K1", lock_path=tmp_path / "lock", supply=supply
    )
    spool.drain(5)
    assert supply.printed_mm == pytest.approx(2 * length(LINES, PAPER), abs=0.3)
    assert journal.reports == [("warning", "paper_near_end")]
