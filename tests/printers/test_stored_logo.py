"""The logo in the printer's own memory: written once, looked for again after every doubt, sent as a picture where it is not kept."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from printers.capabilities import Capabilities
from printers.encode import encode
from printers.layout import Words
from printers.logo import fingerprint
from printers.papers import PAPERS
from printers.spool import Job, Spool, StoredLogo, probe
from printers.spool.stored_logo import MOST_WRITES
from printers.supply import Supply
from printers.template import Logo
from tests.printers.emulator import Printer, Wire
from tests.printers.journals import MemoryJournal

PAPER = PAPERS[80]
FIRST, SECOND = Logo(80, 40, bytes(range(200)) * 2), Logo(80, 40, bytes(400))
KEY = fingerprint(FIRST)[:2]


class Machine:
    """A printer, and what this machine knows of it. `begin` starts the program anew."""

    def __init__(self, folder: Path, printer: Printer) -> None:
        self.folder, self.printer, self.wire = folder, printer, Wire(printer)
        self.journal = MemoryJournal()
        self.supply = Supply(folder, "K1", PAPER)
        self.supply.remember(probe(self.wire, answer_seconds=0.02))
        self.begin()

    def begin(self, logo: Logo = FIRST) -> None:
        stored = StoredLogo(logo, self.supply)

        def compose(job: Job) -> bytes:
            assert stored.logo
            return encode([stored.logo, Words(job.id)], PAPER)

        self.spool = Spool(
            self.wire, self.journal, compose,
            printer="K1", lock_path=self.folder / "lock", supply=self.supply, logo=stored,
        )  # fmt: skip
        self.spool.prover.answer_seconds, self.spool.prover.patience = 0.02, 0.06

    def print(self, *names: str) -> list[list[str]]:
        """Print these and return the kinds of marks of each slip that came out."""
        before = len(self.printer.slips)
        self.journal.add(*names)
        self.spool.drain(5)
        assert set(self.journal.states().values()) == {"printed"}
        assert self.printer.faults == []
        return [[mark.kind for mark in slip.marks] for slip in self.printer.slips[before:]]


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    return Machine(tmp_path, Printer())


def test_it_is_written_once_for_all_slips_and_all_starts_of_the_program(machine: Machine) -> None:
    assert machine.print("A", "B") == [["stored", "text"]] * 2
    machine.begin()
    assert machine.print("C") == [["stored", "text"]]
    assert machine.printer.writes == 1
    assert machine.supply.capabilities.logo == fingerprint(FIRST)


def test_another_logo_takes_the_place_of_the_old_one(machine: Machine) -> None:
    machine.print("A")
    machine.begin(SECOND)
    assert machine.print("B") == [["stored", "text"]]
    assert list(machine.printer.pictures) == [fingerprint(SECOND)[:2]]
    assert machine.printer.writes == 2


def test_a_printer_that_was_away_and_forgot_is_given_it_again(machine: Machine) -> None:
    machine.print("A")
    machine.wire.unplugged = True
    machine.spool.run_once()
    machine.wire.unplugged = False
    machine.printer.pictures.clear()  # another printer stands there now
    assert machine.print("B") == [["stored", "text"]]
    assert machine.printer.writes == 2


def test_a_printer_that_keeps_forgetting_is_written_to_a_few_times_only(machine: Machine) -> None:
    for number in range(MOST_WRITES + 3):
        machine.printer.pictures.clear()
        machine.spool.prover.doubt()
        (kinds,) = machine.print(f"{number}")
        assert kinds == ["stored" if number < MOST_WRITES else "raster", "text"]
    assert machine.printer.writes == MOST_WRITES


@pytest.mark.parametrize("lacks", ["tells_pictures", "stores", "clears"])
def test_where_it_cannot_be_kept_it_is_sent_with_each_slip(tmp_path: Path, lacks: str) -> None:
    machine = Machine(tmp_path, Printer(**{lacks: False}))  # type: ignore[arg-type]
    assert [kinds[-2:] for kinds in machine.print("A", "B")] == [["raster", "text"]] * 2
    assert machine.printer.writes == 0


def test_a_line_that_breaks_anywhere_while_it_is_written_harms_no_slip(tmp_path: Path) -> None:
    for byte in range(0, 460, 23):
        machine = Machine(tmp_path / str(byte), Printer())
        machine.wire.cut_after = byte
        machine.journal.add("A", "B")
        for _ in range(8):
            machine.spool.run_once()
        machine.spool.drain(0)
        texts = [slip.text for slip in machine.printer.slips if "BATAL" not in str(slip.text)]
        assert texts == [["A"], ["B"]], byte
        assert machine.printer.faults == [], byte
        assert list(machine.printer.pictures) == [KEY], byte


def test_the_paper_that_it_takes_is_counted(machine: Machine) -> None:
    machine.print("A")
    stored = machine.supply.printed_mm
    machine.supply.remember(Capabilities(status=True, process_id=True))
    machine.begin()
    assert machine.print("B") == [["raster", "text"]]
    assert machine.supply.printed_mm == pytest.approx(2 * stored, abs=0.2)


def test_what_the_printer_has_is_asked_of_it_only_after_a_doubt(machine: Machine) -> None:
    asked: list[bytes] = []
    send = machine.wire.send

    def listen(data: bytes) -> None:
        asked.append(data)
        send(data)

    machine.wire.send = listen  # type: ignore[method-assign]
    machine.print("A", "B", "C")
    assert sum(b"0@KC" in data for data in asked) == 2  # before it was written, and after
    assert replace(machine.supply.capabilities, logo="").graphics
