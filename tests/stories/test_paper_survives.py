"""Paper through the death of the program that prints it: real processes, killed by the kernel at any instant."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from kiosk.wiring import connect_for
from printers.capabilities import Capabilities
from printers.papers import PAPERS
from printers.supply import Supply
from tests.printers.emulator import Printer, Tcp
from tests.support.commands import CONFIG

pytestmark = pytest.mark.story
TICKETS, DEATHS, BYTES_A_SECOND = 10, 10, 1800
PATIENCE = 240.0
"""A bound that only a program which stands still can reach, however slow the machine is."""
PAPER = '[printer]\ndevice = "network"\nhost = "127.0.0.1"\nport = {port}\ntimeout_seconds = 2.0\n'


def kiosk(*words: str) -> list[str]:
    return [sys.executable, "-m", "kiosk", *words]


def labels(printer: Printer) -> list[str]:
    """The numbers on paper, slip by slip, without what was marked as void."""
    found = [slip.text for slip in printer.slips if not any("BATAL" in text for text in slip.text)]
    return [next(text for text in texts if text.startswith("DK ")) for texts in found]


def test_a_spool_that_is_killed_again_and_again_loses_and_doubles_nothing(tmp_path: Path) -> None:
    chance = random.Random(7)
    with Tcp(Printer(), rate=BYTES_A_SECOND) as tcp:
        (tmp_path / "config.toml").write_text(CONFIG + PAPER.format(port=tcp.port), encoding="utf-8")
        subprocess.run(kiosk("init"), cwd=tmp_path, check=True, capture_output=True, timeout=PATIENCE)
        backend = connect_for(tmp_path / "config.toml", None, spool=False)()
        for _ in range(TICKETS):
            backend.lobby.issue("DK.ktp", request_id=backend.new_request_id(), printer="K1")
        able = Capabilities(status=True, process_id=True, cut_counter=True, clear=True)
        Supply(tmp_path / "var", "K1", PAPERS[80]).remember(able)

        for _ in range(DEATHS):
            with subprocess.Popen(kiosk("spool"), cwd=tmp_path, stdout=subprocess.PIPE) as spool:
                assert spool.stdout
                spool.stdout.readline()  # it is printing now
                threading.Event().wait(chance.uniform(0.05, 0.6))
                spool.send_signal(signal.SIGKILL)
                spool.wait(PATIENCE)

        with subprocess.Popen(kiosk("spool"), cwd=tmp_path, stdout=subprocess.DEVNULL) as spool:
            limit = time.monotonic() + PATIENCE
            while any(job.state in {"new", "sending", "stub"} for job in backend.lobby.print_jobs()):
                assert time.monotonic() < limit, "waited in vain"
                threading.Event().wait(0.05)
            spool.terminate()
            spool.wait(PATIENCE)
        states = {job.state for job in backend.lobby.print_jobs()}
        backend.close()
        assert states == {"printed"}
        assert labels(tcp.printer) == [f"DK {number:03d}" for number in range(1, TICKETS + 1)]
        assert tcp.printer.faults == []
