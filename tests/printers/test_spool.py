"""From the journal to paper: nothing lost, nothing doubled, and the truth about both."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from printers.capabilities import Capabilities
from printers.device import Device, FileDevice, MemoryDevice, NetworkDevice, PreviewDevice
from printers.encode import encode
from printers.errors import CannotCompose, PrinterUnreachable, Trouble
from printers.layout import Code, Words, layout
from printers.papers import MODELS, PAPERS, paper_for
from printers.ruler import WIDTHS, ruler
from printers.spool import Job, PrinterLock, Spool, probe
from printers.spool.proof import MOST_TRIES
from printers.spool.talk import Connection
from printers.status import worst
from tests.printers.emulator import Printer, Tcp, Wire
from tests.printers.journals import Killed, MemoryJournal
from tests.printers.samples import ORDINARY
from tests.printers.strict import read_slips

PAPER = PAPERS[80]


FULL = Capabilities(status=True, process_id=True, cut_counter=True, clear=True)
UNPROBED = Capabilities()


def compose(job: Job) -> bytes:
    """A short slip that says which job it is."""
    return encode([Words(job.id, wide=4, tall=4), Words(f"copy {job.copy}")], PAPER)


class Bench:
    """A spool on a printer in memory, with short waits."""

    def __init__(self, folder: Path, device: Device, journal: MemoryJournal | None = None) -> None:
        self.folder, self.device = folder, device
        self.journal = journal or MemoryJournal()
        self.spool = self.new_program()

    def new_program(self, capabilities: Capabilities = FULL) -> Spool:
        spool = Spool(
            self.device,
            self.journal,
            compose,
            printer="K1",
            lock_path=self.folder / "printer.lock",
            capabilities=capabilities,
        )
        spool.prover.answer_seconds = 0.02
        spool.prover.patience = 0.06
        self.spool = spool
        return spool

    def run(self, times: int = 20) -> None:
        for _ in range(times):
            self.spool.run_once()


@pytest.fixture
def printer() -> Printer:
    return Printer()


@pytest.fixture
def wire(printer: Printer) -> Wire:
    return Wire(printer)


@pytest.fixture
def bench(tmp_path: Path, wire: Wire) -> Iterator[Bench]:
    made = Bench(tmp_path, wire)
    yield made
    made.spool.drain(0)


def on_paper(printer: Printer) -> list[str]:
    """What was cut off, slip by slip: the job's name, or BATAL for a voided piece."""
    return ["BATAL" if "BATAL" in " ".join(slip.text) else slip.text[0] for slip in printer.slips]


def until(wanted: Callable[[], bool], seconds: float = 10) -> None:
    limit = time.monotonic() + seconds
    while not wanted():
        assert time.monotonic() < limit, "waited in vain"
        threading.Event().wait(0.005)


# --------------------------------------------------------------------------- in order


def test_slips_come_out_in_the_order_in_which_they_were_asked_for(bench: Bench, printer: Printer) -> None:
    bench.journal.add("A", "B", "C")
    bench.run()
    assert on_paper(printer) == ["A", "B", "C"]
    assert set(bench.journal.states().values()) == {"printed"}
    assert printer.faults == []


def test_the_bytes_and_the_state_are_stored_before_the_first_byte_leaves(
    bench: Bench, printer: Printer
) -> None:
    bench.journal.add("A")
    bench.run(1)
    assert bench.journal.told == [("A", "sending"), ("A", "printed")]
    job = bench.journal.jobs[0]
    assert job.payload == compose(job)
    assert job.cut_counter == 41


def test_killed_right_before_the_first_byte_nothing_is_on_paper(bench: Bench, printer: Printer) -> None:
    bench.journal.add("A")
    bench.journal.killer = lambda: True
    with pytest.raises(Killed):
        bench.spool.run_once()
    assert printer.slips == []


def test_nothing_to_do_is_told_once_and_again_only_as_a_heartbeat(bench: Bench) -> None:
    bench.run(5)
    assert bench.journal.reports == [("ok", "")]


# --------------------------------------------------------------------------- troubles


@pytest.mark.parametrize(
    ("trouble", "set_fault"),
    [
        ("paper_out", lambda printer: setattr(printer, "rows_left", 0)),
        ("cover_open", lambda printer: setattr(printer, "cover_open", True)),
        ("cutter_error", lambda printer: setattr(printer, "cutter_error", True)),
    ],
)
def test_a_printer_in_trouble_keeps_its_jobs_and_says_why(
    bench: Bench, printer: Printer, trouble: str, set_fault: Callable[[Printer], None]
) -> None:
    set_fault(printer)
    bench.journal.add("A")
    bench.run(2)
    assert bench.journal.states() == {"A": "new"}
    assert bench.journal.reports[-1] == ("trouble", trouble)
    printer.repair()
    bench.run(1)
    assert on_paper(printer) == ["A"]
    assert bench.journal.reports[-1] == ("ok", "")


def test_low_paper_is_a_warning_and_printing_goes_on(bench: Bench, printer: Printer) -> None:
    printer.near_end = True
    bench.journal.add("A")
    bench.run(1)
    assert bench.journal.states() == {"A": "printed"}
    assert bench.journal.reports[-1] == ("warning", "paper_near_end")


def test_a_cover_opened_between_two_questions_is_told_and_not_the_paper_that_it_took_along(
    printer: Printer,
) -> None:
    class Opening(Wire):
        def send(self, data: bytes) -> None:
            super().send(data)
            printer.cover_open, printer.rows_left = True, 0

    with Connection(Opening(printer), answer_seconds=0.02) as talk:
        assert worst(talk.troubles()) is Trouble.COVER_OPEN


def test_a_printer_that_stays_online_without_paper_is_sent_nothing_until_there_is_paper(
    bench: Bench, printer: Printer
) -> None:
    printer.rows_left, printer.online_though_out = 0, True
    bench.new_program(Capabilities(status=True))
    bench.journal.add("A")
    bench.run(3)
    assert bench.journal.states() == {"A": "new"}
    assert bench.journal.reports[-1] == ("trouble", "paper_out")
    assert printer.waiting == b""
    printer.repair()
    bench.run(3)
    assert on_paper(printer) == ["A"]


def test_an_unplugged_printer_keeps_its_jobs_and_is_silent(bench: Bench, wire: Wire) -> None:
    wire.unplugged = True
    bench.journal.add("A")
    bench.run(2)
    assert bench.journal.states() == {"A": "new"}
    assert bench.journal.reports == [("silent", "unreachable")]


def test_paper_that_runs_out_in_a_slip_is_waited_for_and_the_slip_comes_out_once(
    bench: Bench, printer: Printer
) -> None:
    printer.rows_left = 2
    bench.journal.add("A", "B")
    bench.spool.start()
    until(lambda: ("trouble", "paper_out") in bench.journal.reports)
    assert bench.journal.states() == {"A": "sending", "B": "new"}
    printer.repair()
    until(lambda: set(bench.journal.states().values()) == {"printed"})
    bench.spool.stop()
    assert on_paper(printer) == ["A", "B"]


def test_paper_out_at_any_row_is_told_and_after_the_repair_each_slip_is_there_once_in_order(
    tmp_path: Path,
) -> None:
    for row in range(14):  # two slips have fewer rows
        printer = Printer()
        wire = Wire(printer)
        bench = Bench(tmp_path / str(row), wire)

        def mend(printer: Printer = printer, bench: Bench = bench) -> None:
            if ("trouble", "paper_out") in bench.journal.reports:
                printer.repair()

        wire.tick = mend
        printer.rows_left = row
        bench.journal.add("A", "B")
        bench.run(8)
        bench.spool.drain(0)
        assert [name for name in on_paper(printer) if name != "BATAL"] == ["A", "B"], row
        assert set(bench.journal.states().values()) == {"printed"}, row
        assert printer.faults == [], row


def test_a_mute_printer_prints_and_promises_nothing(bench: Bench, printer: Printer) -> None:
    printer.status = printer.sensor = printer.process_id = printer.cut_counter = printer.clears = False
    bench.new_program(UNPROBED)
    bench.journal.add("A", "B")
    bench.run()
    assert bench.journal.states() == {"A": "sent", "B": "sent"}
    assert bench.journal.reports[-1] == ("warning", "mute")
    assert on_paper(printer) == ["A", "B"]


def test_a_printer_that_fell_silent_is_not_taken_for_a_mute_one(bench: Bench, printer: Printer) -> None:
    bench.journal.add("A")
    bench.run(1)
    printer.status = False
    bench.journal.add("B")
    bench.run(8)
    assert bench.journal.states()["B"] == "new"
    assert bench.journal.reports[-1] == ("silent", "mute")


# --------------------------------------------------------------------------- doubt


def test_a_line_broken_anywhere_in_a_slip_loses_and_doubles_nothing(tmp_path: Path) -> None:
    whole = len(compose(MemoryJournal().next_job("K1") or _job("A"))) + 40
    for byte in range(whole):
        printer = Printer()
        wire = Wire(printer)
        bench = Bench(tmp_path / str(byte), wire)
        bench.journal.add("A", "B")
        wire.cut_after = byte
        bench.run(8)
        bench.spool.drain(0)
        assert [name for name in on_paper(printer) if name != "BATAL"] == ["A", "B"], byte
        assert set(bench.journal.states().values()) == {"printed"}, byte
        assert printer.faults == [], byte


def _job(name: str) -> Job:
    journal = MemoryJournal()
    journal.add(name)
    job = journal.next_job("K1")
    assert job
    return job


def test_a_program_killed_at_any_word_to_the_journal_loses_and_doubles_nothing(tmp_path: Path) -> None:
    for death in range(1, 8):
        printer = Printer()
        bench = Bench(tmp_path / str(death), Wire(printer))
        bench.journal.add("A", "B", "C")
        words = iter(range(1, 100))
        bench.journal.killer = lambda words=words, death=death: next(words) == death  # type: ignore[misc]
        try:
            bench.run(8)
        except Killed:
            bench.spool.drain(0)  # the kernel lets go of the lock
        bench.journal.killer = lambda: False
        bench.new_program()
        bench.run(8)
        bench.spool.drain(0)
        assert [name for name in on_paper(printer) if name != "BATAL"] == ["A", "B", "C"], death
        assert set(bench.journal.states().values()) == {"printed"}, death


@pytest.mark.parametrize("lost", ["cut_counter", "clears"])
def test_a_printer_that_lost_an_ability_holds_up_nobody(bench: Bench, printer: Printer, lost: str) -> None:
    """Another printer stands there now, and nobody has checked it."""
    bench.journal.add("A", "B")
    bench.run(1)
    setattr(printer, lost, False)
    bench.run(2 * MOST_TRIES + 4)
    assert on_paper(printer) == ["A", "B"]
    assert set(bench.journal.states().values()) == {"printed"}


def test_a_slip_that_was_cut_before_the_crash_is_not_printed_again(bench: Bench, printer: Printer) -> None:
    bench.journal.add("A")
    deaths = iter([False, True])
    bench.journal.killer = lambda: next(deaths)
    with pytest.raises(Killed):
        bench.spool.run_once()
    bench.journal.killer = lambda: False
    bench.journal.jobs[0].state = "sending"  # the word "printed" never reached the store
    bench.spool.drain(0)
    bench.new_program()
    bench.run(3)
    assert on_paper(printer) == ["A"]
    assert bench.journal.states() == {"A": "printed"}


def test_the_verdict_is_stored_before_the_void_cut_moves_the_counter(bench: Bench, printer: Printer) -> None:
    bench.journal.add("A")
    bench.journal.jobs[0].state, bench.journal.jobs[0].cut_counter = "sending", printer.cuts
    bench.journal.jobs[0].payload = compose(bench.journal.jobs[0])
    bench.run(1)
    assert [state for _, state in bench.journal.told] == ["stub", "sending", "printed"]
    assert on_paper(printer) == ["BATAL", "A"]


def test_a_void_slip_is_sound_and_tells_that_it_is_void(bench: Bench) -> None:
    from printers.spool.worker import VOID

    (slip,) = read_slips(VOID, PAPERS[58].dots)
    assert "BATAL" in slip.text[0]


def test_without_a_cut_counter_a_doubt_is_asked_of_people(bench: Bench, printer: Printer, wire: Wire) -> None:
    bench.new_program(replace(FULL, cut_counter=False, clear=False))
    bench.journal.add("A", "B", "C")
    bench.run(1)
    wire.cut_after = 30
    bench.run(4)
    assert bench.journal.states() == {"A": "printed", "B": "asking", "C": "printed"}


def test_after_a_doubt_that_nobody_can_settle_the_next_slip_is_whole_and_alone(tmp_path: Path) -> None:
    """Half a picture would swallow the next slip; a stub would hang on it."""

    def drawn(job: Job) -> bytes:
        return encode([Words(job.id), Code("HTTPS://EXAMPLE/T/ABCDEFGH", 6)], PAPER, "raster")

    for byte in (9, 40, 60, 400, 2000):
        printer = Printer()
        wire = Wire(printer)
        bench = Bench(tmp_path / str(byte), wire)
        bench.new_program(UNPROBED)
        bench.spool._compose = drawn
        bench.journal.add("A", "B", "C")
        bench.run(1)
        wire.cut_after = byte
        bench.run(5)
        bench.spool.drain(0)
        assert bench.journal.states() == {"A": "sent", "B": "asking", "C": "sent"}, byte
        assert [mark.kind for mark in printer.slips[-1].marks if mark.text] == ["text", "raster"], byte
        assert printer.slips[-1].text == ["C"], byte


def test_a_printer_without_process_id_confirms_by_its_sensor_and_is_only_called_sent(
    bench: Bench, printer: Printer
) -> None:
    printer.process_id = False
    bench.new_program(UNPROBED)
    bench.journal.add("A", "B")
    bench.run()
    assert bench.journal.states() == {"A": "sent", "B": "sent"}
    assert on_paper(printer) == ["A", "B"]
    assert printer.faults == []


def test_a_slip_that_was_under_way_when_the_program_stopped_is_settled_by_the_next(
    bench: Bench, printer: Printer
) -> None:
    printer.rows_left = 2
    bench.journal.add("A")
    bench.spool.start()
    until(lambda: ("trouble", "paper_out") in bench.journal.reports)
    bench.spool.stop()
    assert bench.journal.states() == {"A": "sending"}
    printer.repair()
    bench.new_program()
    bench.run(3)
    assert [name for name in on_paper(printer) if name != "BATAL"] == ["A"]
    assert bench.journal.states() == {"A": "printed"}


# --------------------------------------------------------------------------- what a printer can prove


@pytest.mark.parametrize("lacks", ["", "process_id", "cut_counter", "clears"])
def test_a_probe_finds_out_what_a_printer_can_prove_and_prints_nothing(
    printer: Printer, wire: Wire, lacks: str
) -> None:
    if lacks:
        setattr(printer, lacks, False)
    found = probe(wire, answer_seconds=0.02)
    missing: dict[str, bool] = {lacks.replace("clears", "clear"): False} if lacks else {}
    pictures = lacks != "clears"  # only asked where they could be used
    assert found == replace(FULL, graphics=pictures, **missing)  # type: ignore[arg-type]
    assert printer.slips == []
    assert printer.faults == []


def test_a_cut_counter_that_does_not_count_is_not_believed(printer: Printer, wire: Wire) -> None:
    """One that always says the same would have every doubtful slip voided and printed again."""
    assert probe(wire, ruler(PAPER), answer_seconds=0.02).cut_counter
    stuck = printer._do
    printer._do = lambda token: b"_7\0" if token.name == "GS g 2" else stuck(token)  # type: ignore[method-assign]
    assert not probe(wire, ruler(PAPER), answer_seconds=0.02).cut_counter
    assert probe(wire, answer_seconds=0.02).cut_counter, "without a trial it can only be taken at its word"


@pytest.mark.parametrize("model", MODELS)
@pytest.mark.parametrize("width", [80, 58])
def test_the_ruler_has_a_row_of_each_width_and_both_kinds_of_code(model: str, width: int) -> None:
    paper = paper_for(model, width)
    stream = ruler(paper)
    assert {paper.columns for each in MODELS.values() for paper in each.papers.values()} == set(WIDTHS)
    if paper.cutter:
        native, raster = read_slips(stream, PAPERS[80].dots)
        assert [text for text in native.text if "." in text] == [f"{at}".rjust(at, ".") for at in WIDTHS]
        assert [mark.kind for mark in native.marks if mark.text or mark.kind != "text"][-2:] == [
            "text",
            "code",
        ]
        assert [mark.kind for mark in raster.marks if mark.text or mark.kind != "text"] == ["text", "raster"]


def test_before_it_is_probed_a_printer_is_asked_nothing_that_a_simple_one_would_print(
    bench: Bench, printer: Printer, wire: Wire
) -> None:
    sent: list[bytes] = []
    send = wire.send

    def listen(data: bytes) -> None:
        sent.append(data)
        send(data)

    wire.send = listen  # type: ignore[method-assign]
    bench.new_program(UNPROBED)
    bench.journal.add("A")
    bench.run(2)
    asked = b"".join(sent).replace(compose(bench.journal.jobs[0]), b"")
    assert {asked[at : at + 3] for at in range(0, len(asked), 3)} <= {
        b"\x10\x04\x01",
        b"\x10\x04\x04",
        b"\x1dr\x01",
    }


# --------------------------------------------------------------------------- jobs that wait for a hand


def test_a_slip_older_than_ten_minutes_waits_for_a_hand(bench: Bench, printer: Printer) -> None:
    bench.journal.add("A", "B")
    bench.journal.jobs[0].age_seconds = 601
    bench.run()
    assert bench.journal.states() == {"A": "stale", "B": "printed"}
    assert on_paper(printer) == ["B"]


def test_a_slip_that_cannot_be_composed_waits_for_a_hand_and_holds_up_nobody(tmp_path: Path) -> None:
    def choosy(job: Job) -> bytes:
        if job.id == "A":
            message = "too wide"
            raise CannotCompose(message)
        return compose(job)

    journal, device = MemoryJournal(), MemoryDevice()
    journal.add("A", "B")
    spool = Spool(device, journal, choosy, printer="K1", lock_path=tmp_path / "lock")
    assert spool.drain(5) == 2
    assert journal.states() == {"A": "failed", "B": "printed"}
    assert journal.jobs[0].error == "too wide"


# --------------------------------------------------------------------------- devices that cannot be asked


def test_a_preview_counts_as_printed_and_is_drawn_again_after_a_crash(tmp_path: Path) -> None:
    device = PreviewDevice(tmp_path / "paper", PAPER)
    bench = Bench(tmp_path, device)
    bench.journal.add("A")
    bench.journal.jobs[0].state = "sending"
    bench.run(2)
    assert bench.journal.states() == {"A": "printed"}
    assert len(device.files) == 2
    bench.spool.drain(0)


def test_a_device_file_is_only_called_sent_and_is_asked_about_after_a_crash(tmp_path: Path) -> None:
    bench = Bench(tmp_path, FileDevice(tmp_path / "printer", timeout=1))
    bench.journal.add("A", "B")
    bench.journal.jobs[0].state = "sending"
    bench.run(3)
    assert bench.journal.states() == {"A": "asking", "B": "sent"}
    assert read_slips((tmp_path / "printer").read_bytes(), PAPER.dots)[0].text[0] == "B"
    bench.spool.drain(0)


def test_a_device_file_that_is_missing_keeps_the_job(tmp_path: Path) -> None:
    bench = Bench(tmp_path, FileDevice(Path("/dev/no-such-printer-at-all"), timeout=1))
    bench.journal.add("A")
    bench.run(2)
    assert bench.journal.states() == {"A": "new"}
    assert bench.journal.reports == [("silent", "unreachable")]
    bench.spool.drain(0)


# --------------------------------------------------------------------------- one program for each printer


def test_while_one_program_prints_the_others_keep_trying_quietly(tmp_path: Path) -> None:
    first, second = Bench(tmp_path, MemoryDevice()), Bench(tmp_path, MemoryDevice())
    first.run(1)
    second.journal.add("A")
    assert second.spool.drain(1) == 0
    assert second.journal.states() == {"A": "new"}
    assert second.journal.reports == []
    first.spool.drain(0)
    assert second.spool.drain(1) == 1


def test_the_lock_is_free_again_when_its_holder_dies(tmp_path: Path) -> None:
    import subprocess
    import sys

    path = tmp_path / "deep" / "lock"
    code = (
        "import pathlib, sys, time\n"
        "from printers.spool import PrinterLock\n"
        f"print(PrinterLock(pathlib.Path({str(path)!r})).acquire(), flush=True)\n"
        "lock = PrinterLock(pathlib.Path(sys.argv[1])); lock.acquire(); print('held', flush=True); time.sleep(60)\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code, str(path)], stdout=subprocess.PIPE, text=True
    ) as other:
        assert other.stdout
        assert other.stdout.readline() == "True\n"
        assert other.stdout.readline() == "held\n"
        lock = PrinterLock(path)
        assert not lock.acquire()
        other.kill()
        other.wait()
        assert lock.acquire()
        lock.release()


# --------------------------------------------------------------------------- the thread


def test_the_thread_prints_when_woken_and_ends_when_told(tmp_path: Path) -> None:
    device = MemoryDevice()
    bench = Bench(tmp_path, device)
    bench.spool.start()
    bench.journal.add("A")
    bench.spool.wake()
    until(lambda: bench.journal.states() == {"A": "printed"})
    bench.spool.stop()
    assert not any(thread.name == "spool-K1" for thread in threading.enumerate())
    assert PrinterLock(tmp_path / "printer.lock").acquire()


def test_the_thread_survives_a_store_that_is_away(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    class Flaky(MemoryJournal):
        away = True

        def next_job(self, printer: str):  # type: ignore[no-untyped-def]  # as the parent says
            if self.away:
                raise RuntimeError("the store is away")
            return super().next_job(printer)

    journal = Flaky()
    journal.add("A")
    bench = Bench(tmp_path, MemoryDevice(), journal)
    bench.spool.start()
    until(lambda: "goes on" in caplog.text)
    journal.away = False
    bench.spool.wake()
    until(lambda: journal.states() == {"A": "printed"})
    bench.spool.stop()


# --------------------------------------------------------------------------- over a real connection


def test_over_tcp_a_slip_is_proved_and_sound(tmp_path: Path) -> None:
    printer = Printer()
    with Tcp(printer) as tcp:
        journal = MemoryJournal()
        journal.add("A")
        spool = Spool(
            NetworkDevice("127.0.0.1", tcp.port, timeout=2),
            journal,
            lambda _: encode(layout(ORDINARY, PAPER), PAPER),
            printer="K1",
            lock_path=tmp_path / "lock",
            capabilities=FULL,
        )
        assert spool.drain(10) == 1
    assert journal.states() == {"A": "printed"}
    assert "DK 042" in printer.slips[0].text
    assert printer.faults == []


def test_over_tcp_a_connection_broken_in_a_slip_loses_and_doubles_nothing(tmp_path: Path) -> None:
    printer = Printer()
    with Tcp(printer) as tcp:
        bench = Bench(tmp_path, NetworkDevice("127.0.0.1", tcp.port, timeout=2))
        bench.spool.prover.answer_seconds = 0.3
        bench.journal.add("A", "B")
        bench.run(1)
        tcp.cut_after(60)
        bench.run(6)
        bench.spool.drain(0)
    assert [name for name in on_paper(printer) if name != "BATAL"] == ["A", "B"]
    assert set(bench.journal.states().values()) == {"printed"}


def test_a_device_that_breaks_in_the_middle_reports_it(tmp_path: Path) -> None:
    class Broken(MemoryDevice):
        def open(self) -> None:
            raise PrinterUnreachable("gone")

    bench = Bench(tmp_path, Broken())
    bench.journal.add("A")
    bench.run(1)
    assert bench.journal.reports == [("silent", "unreachable")]
    bench.spool.drain(0)
