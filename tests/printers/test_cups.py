"""A print queue: a real CUPS in a temporary folder, with an emulated printer behind it."""

from __future__ import annotations

import os
import shutil
import subprocess
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from printers.device import CupsDevice
from printers.encode import encode
from printers.errors import PrinterBusy, PrinterUnreachable, TransportUnavailable
from printers.layout import layout
from printers.papers import PAPERS
from printers.spool import Spool
from tests.printers.emulator import Printer, Tcp
from tests.printers.journals import MemoryJournal
from tests.printers.samples import ORDINARY

PAPER = PAPERS[80]
needs_cups = pytest.mark.skipif(
    not (shutil.which("cupsd") or Path("/usr/sbin/cupsd").exists()) or os.geteuid() != 0,
    reason="cupsd (package cups) is not installed, or these tests do not run as root",
)
FILES = """
FileDevice Yes
ServerRoot {0}/root
RequestRoot {0}/spool
CacheDir {0}/cache
StateDir {0}/state
ErrorLog {0}/error.log
AccessLog {0}/access.log
PageLog {0}/page.log
SystemGroup root
User lp
Group lp
"""
DAEMON = """
Listen {0}/socket
Browsing Off
DefaultAuthType None
<Location />
Order allow,deny
Allow all
</Location>
<Policy default>
<Limit All>
Order deny,allow
Allow all
</Limit>
</Policy>
"""


def until_printed(printer: Printer) -> None:
    limit = time.monotonic() + 20
    while not printer.slips:
        assert time.monotonic() < limit, "CUPS printed nothing"
        threading.Event().wait(0.02)


@pytest.fixture
def queue(monkeypatch: pytest.MonkeyPatch) -> Iterator[Printer]:
    """The queue `slips` of a CUPS of our own; the printer that it prints on."""
    import tempfile

    # A socket's path is short, and CUPS' user must reach it: not pytest's own folder.
    with tempfile.TemporaryDirectory(prefix="cups") as name, Tcp(Printer()) as tcp:
        folder = Path(name)
        folder.chmod(0o755)
        for part in ("root", "spool", "cache", "state"):
            (folder / part).mkdir()
        (folder / "files.conf").write_text(FILES.format(folder))
        (folder / "cupsd.conf").write_text(DAEMON.format(folder))
        command = ["/usr/sbin/cupsd", "-f", "-c", f"{folder}/cupsd.conf", "-s", f"{folder}/files.conf"]
        monkeypatch.setenv("CUPS_SERVER", str(folder / "socket"))
        with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as daemon:
            try:
                _add_queue(f"socket://127.0.0.1:{tcp.port}/?waiteof=false")
                yield tcp.printer
            finally:
                daemon.terminate()
                daemon.wait(10)


def _add_queue(uri: str) -> None:
    limit = time.monotonic() + 15
    add = ["lpadmin", "-p", "slips", "-E", "-v", uri, "-m", "raw"]
    while (done := subprocess.run(add, capture_output=True, text=True, timeout=20)).returncode:
        assert time.monotonic() < limit, done.stderr
        threading.Event().wait(0.05)


@needs_cups
def test_a_slip_goes_through_a_queue_unchanged_and_is_only_called_sent(
    queue: Printer, tmp_path: Path
) -> None:
    journal = MemoryJournal()
    journal.add("A")
    spool = Spool(
        CupsDevice("slips", timeout=10),
        journal,
        lambda _: encode(layout(ORDINARY, PAPER), PAPER, "raster"),
        printer="K1",
        lock_path=tmp_path / "lock",
    )
    spool.drain(20)
    until_printed(queue)
    assert journal.states() == {"A": "sent"}
    assert "DK 042" in queue.slips[0].text
    assert queue.faults == []


@needs_cups
def test_a_disabled_queue_and_an_unknown_one_are_unreachable(queue: Printer) -> None:
    subprocess.run(["cupsdisable", "slips"], check=True, timeout=20)
    with pytest.raises(PrinterUnreachable, match="disabled"):
        CupsDevice("slips", timeout=10).open()
    with pytest.raises(PrinterUnreachable):
        CupsDevice("no-such-queue", timeout=10).open()


def test_without_the_lp_command_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nonexistent")
    with pytest.raises(TransportUnavailable, match="apt install"):
        CupsDevice("slips", timeout=1).open()


def test_a_command_that_hangs_ends_in_time(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    slow = tmp_path / "lpstat"
    slow.write_text("#!/bin/sh\nexec sleep 30\n")
    slow.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    with pytest.raises(PrinterBusy):
        CupsDevice("slips", timeout=0.1).open()
