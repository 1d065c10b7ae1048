"""Forty slips and forty misfortunes, on printers that can prove much, little and nothing."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from printers.capabilities import Capabilities
from printers.encode import encode
from printers.layout import Code, Line, Words
from printers.papers import PAPERS
from printers.spool import Job, Spool
from tests.printers.emulator import Printer, Wire
from tests.printers.journals import Killed, MemoryJournal

SLIPS, MISFORTUNES, MOST_STEPS = 40, 40, 3000
FULL = Capabilities(status=True, process_id=True, cut_counter=True, clear=True)
JOBS = [f"DK {number:03d}" for number in range(1, SLIPS + 1)]


def compose(job: Job) -> bytes:
    lines: list[Line] = [
        Words(job.id, wide=6, tall=6),
        Words("Orang di depan Anda: 4"),
        Code("HTTPS://EXAMPLE/T/ABCD", 4),
    ]
    return encode(lines, PAPERS[80], "raster" if int(job.id[3:]) % 3 == 0 else "native")


class Misfortune:
    """Strikes at random and is mended after a while; a program that was killed is started again."""

    def __init__(self, seed: int, folder: Path, printer: Printer, capabilities: Capabilities) -> None:
        self.random = random.Random(seed)
        self.printer = printer
        self.wire = Wire(printer, tick=self.tick)
        self.journal = MemoryJournal(killer=self.kills)
        self.journal.add(*JOBS)
        self.folder, self.capabilities = folder, capabilities
        self.left = MISFORTUNES
        self.uses = 0
        self.next_at = 30
        self.mended_at = 0
        self.deaths = 0
        self.deadly = False

    def tick(self) -> None:
        self.uses += 1
        if self.mended_at and self.uses >= self.mended_at:
            self.mended_at, self.wire.unplugged = 0, False
            self.printer.repair()
        if self.left and self.uses >= self.next_at:
            self.left -= 1
            self.next_at = self.uses + self.random.randint(5, 40)
            self.strike()

    def strike(self) -> None:
        kind = self.random.choice(["paper", "wire", "unplug", "power", "cover", "kill", "kill at a word"])
        self.mended_at = self.uses + self.random.randint(5, 25)
        if kind == "paper":
            self.printer.rows_left = self.random.randint(0, 6)
        elif kind == "wire":
            self.wire.cut_after = self.random.randint(0, 400)
        elif kind == "unplug":
            self.wire.unplugged = True
        elif kind == "power":
            self.wire.cut_after = self.random.randint(0, 200)
            self.wire.when_cut = self.printer.power_cycle
        elif kind == "cover":
            self.printer.cover_open = True
        elif kind == "kill":
            raise Killed
        else:
            self.deadly = True

    def kills(self) -> bool:
        deadly, self.deadly = self.deadly, False
        return deadly

    def run(self) -> None:
        """Until every slip is settled, with a bound."""
        for _ in range(MOST_STEPS):
            if all(job.state in {"printed", "sent", "asking"} for job in self.journal.jobs):
                return
            spool = self.program()
            try:
                for _ in range(MOST_STEPS):
                    spool.run_once()
                    if all(job.state in {"printed", "sent", "asking"} for job in self.journal.jobs):
                        break
            except Killed:
                self.deaths += 1
            finally:
                spool._lock.release()  # as the kernel does
        raise AssertionError(f"not settled: {self.journal.states()}")

    def program(self) -> Spool:
        spool = Spool(
            self.wire,
            self.journal,
            compose,
            printer="K1",
            lock_path=self.folder / "lock",
            capabilities=self.capabilities,
        )
        spool.prover.answer_seconds = 0.002
        spool.prover.patience = 0.004
        return spool

    def on_paper(self) -> list[str]:
        found = [" ".join(slip.text) for slip in self.printer.slips]
        return [text[:6] for text in found if "Orang di depan Anda: 4" in text and "BATAL" not in text]


@pytest.mark.parametrize("seed", range(8))
def test_a_printer_that_can_prove_it_loses_nothing_doubles_nothing_and_keeps_the_order(
    seed: int, tmp_path: Path
) -> None:
    fate = Misfortune(seed, tmp_path, Printer(), FULL)
    fate.run()
    assert fate.on_paper() == JOBS
    assert set(fate.journal.states().values()) == {"printed"}
    assert fate.left == 0, "every misfortune struck"


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("lacks", ["cut_counter", "clear"])
def test_without_all_proofs_nothing_is_doubled_and_what_may_be_lost_is_asked_about(
    seed: int, lacks: str, tmp_path: Path
) -> None:
    printer = Printer(cut_counter=lacks != "cut_counter", clears=lacks != "clear")
    fate = Misfortune(seed, tmp_path, printer, replace(FULL, **{lacks: False}))  # type: ignore[arg-type]
    fate.run()
    assert_honest(fate)
    assert "asking" in fate.journal.states().values()


@pytest.mark.parametrize("seed", range(4))
def test_a_printer_that_only_tells_its_state_doubles_nothing_and_asks_in_doubt(
    seed: int, tmp_path: Path
) -> None:
    printer = Printer(process_id=False, cut_counter=False, clears=False)
    fate = Misfortune(seed, tmp_path, printer, Capabilities())
    fate.run()
    assert_honest(fate)


@pytest.mark.parametrize("seed", range(4))
def test_a_mute_printer_never_gets_a_second_unmarked_slip_and_is_never_called_proved(
    seed: int, tmp_path: Path
) -> None:
    printer = Printer(status=False, sensor=False, process_id=False, cut_counter=False, clears=False)
    fate = Misfortune(seed, tmp_path, printer, Capabilities(status=False))
    fate.run()
    assert max(Counter(fate.on_paper()).values()) == 1
    assert set(fate.journal.states().values()) <= {"sent", "asking"}


def assert_honest(fate: Misfortune) -> None:
    """What is called printed or sent is on paper once; what is missing is asked about; nothing is there twice."""
    count = Counter(fate.on_paper())
    for name, state in fate.journal.states().items():
        assert count[name] <= 1, name
        assert count[name] == 1 or state == "asking", (name, state)
