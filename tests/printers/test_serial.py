"""A serial line, played by a pseudo-terminal with an emulated printer at its other end."""

from __future__ import annotations

import os
import select
import termios
import threading
import tty
from collections.abc import Iterator
from pathlib import Path

import pytest

from printers.capabilities import Capabilities
from printers.device import SerialDevice
from printers.device.base import QUESTION_SECONDS
from printers.encode import encode
from printers.errors import PrinterBusy, PrinterUnreachable
from printers.layout import layout
from printers.papers import PAPERS
from printers.spool import Spool, probe
from tests.printers.emulator import Printer
from tests.printers.journals import MemoryJournal
from tests.printers.samples import ORDINARY

PAPER = PAPERS[58]
XOFF = b"\x13"
SLIP = encode(layout(ORDINARY, PAPER), PAPER, "raster")


class Line:
    """The other end of the line: hands bytes to the printer and its answers back."""

    def __init__(self, printer: Printer) -> None:
        self.printer = printer
        self.main, self.far = os.openpty()
        tty.setraw(self.far)
        self.path = Path(os.ttyname(self.far))
        self._ending = threading.Event()
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()

    def _serve(self) -> None:
        while not self._ending.is_set():
            if select.select([self.main], [], [], 0.02)[0]:
                answers = self.printer.receive(os.read(self.main, 512))
                if answers:
                    os.write(self.main, answers)

    def end(self) -> None:
        self._ending.set()
        self._thread.join(5)
        os.close(self.main)
        os.close(self.far)


@pytest.fixture
def line() -> Iterator[Line]:
    made = Line(Printer(dots=384))
    yield made
    made.end()


def device(path: Path, timeout: float = 2) -> SerialDevice:
    return SerialDevice(path, baud=115200, flow="xonxoff", timeout=timeout)


def test_a_slip_goes_down_the_line_unchanged_and_is_proved(line: Line, tmp_path: Path) -> None:
    journal = MemoryJournal()
    journal.add("A", "B")
    spool = Spool(
        device(line.path),
        journal,
        lambda _: SLIP,
        printer="K1",
        lock_path=tmp_path / "lock",
        capabilities=Capabilities(status=True, process_id=True, cut_counter=True, clear=True),
    )
    spool.drain(20)
    assert journal.states() == {"A": "printed", "B": "printed"}
    assert ["DK 042" in slip.text for slip in line.printer.slips] == [True, True]
    assert line.printer.faults == []


def test_the_line_is_set_to_change_nothing_and_to_obey_flow_control(line: Line) -> None:
    serial = device(line.path)
    serial.open()
    incoming, outgoing, control, local, _, speed, _ = termios.tcgetattr(line.far)
    assert incoming == termios.IXON | termios.IXOFF
    assert (outgoing, local) == (0, 0)
    assert control & termios.CSIZE == termios.CS8
    assert not control & (termios.PARENB | termios.CSTOPB)
    assert speed == termios.B115200
    serial.close()


def test_a_line_can_be_probed(line: Line) -> None:
    found = probe(device(line.path))
    assert found == Capabilities(status=True, process_id=True, cut_counter=True, clear=True, graphics=True)


def test_a_held_line_gives_up_in_time_and_closing_does_not_wait() -> None:
    main, far = os.openpty()
    tty.setraw(far)
    serial = device(Path(os.ttyname(far)), timeout=0.1)
    serial.open()
    with pytest.raises(PrinterBusy):
        serial.send(b"\x00" * 1_000_000)
    serial.close()
    os.close(main)
    os.close(far)


def test_a_question_to_a_held_line_has_a_short_limit_and_is_not_waited_for_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    main, far = os.openpty()
    serial = device(Path(os.ttyname(far)), timeout=600)
    serial.open()
    os.write(main, XOFF)
    while select.select([], [far], [], 0)[1]:
        pass  # until the line is held
    with pytest.raises(PrinterBusy, match=f"for {QUESTION_SECONDS:g} s"):
        serial.send(b"\x10\x04\x01")
    monkeypatch.setattr("printers.device.serial._pending", lambda _: pytest.fail("waited for a held line"))
    serial.close()
    os.close(main)
    os.close(far)


def test_an_adapter_that_was_pulled_out_is_unreachable() -> None:
    main, far = os.openpty()
    serial = device(Path(os.ttyname(far)))
    serial.open()
    os.close(far)
    os.close(main)
    with pytest.raises(PrinterUnreachable):
        serial.read(1)
    serial.close()


def test_what_is_no_line_is_unreachable(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    for path in (tmp_path / "file", tmp_path / "missing"):
        with pytest.raises(PrinterUnreachable):
            device(path).open()
    with pytest.raises(PrinterUnreachable, match="not open"):
        device(tmp_path).send(b"x")
