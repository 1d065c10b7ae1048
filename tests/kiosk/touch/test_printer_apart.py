"""Whatever the printer does, the screen does not wait: every call to the device is made on the spool's own thread."""

from __future__ import annotations

import threading
from pathlib import Path

from printers.device import Feedback
from printers.spool import Spool
from tests.kiosk.touch.conftest import Arrive, House

LONGEST = 60.0
"""Seconds until a stuck printer gives up by itself: longer than any visitor waits in this story."""


class Stuck:
    """A printer whose every call hangs until it is let go, and that notes on which threads it was called."""

    name = "stuck"
    feedback = Feedback.STATUS
    calls = ("open", "read", "send", "close")  # in the order in which it is first called

    def __init__(self) -> None:
        self.reached = {call: threading.Event() for call in self.calls}
        self.let_go = {call: threading.Event() for call in self.calls}
        self.callers: set[str] = set()

    def open(self) -> None:
        self._hang("open")

    def send(self, data: bytes) -> None:  # it takes nothing in
        self._hang("send")

    def read(self, timeout: float) -> bytes:  # it keeps to no limit
        self._hang("read")
        return b""

    def close(self) -> None:
        self._hang("close")

    def _hang(self, call: str) -> None:
        self.callers.add(threading.current_thread().name)
        self.reached[call].set()
        self.let_go[call].wait(LONGEST)


async def test_visitors_are_served_while_any_call_to_the_printer_hangs(
    arrive: Arrive, house: House, tmp_path: Path
) -> None:
    device = Stuck()
    spool = Spool(device, house.lobby.journal, lambda _: b"", printer="K1", lock_path=tmp_path / "K1.lock")
    spool.prover.answer_seconds = 0.01
    async with arrive() as visitor:
        spool.start()
        for number, call in enumerate(device.calls, start=1):
            await visitor.until(device.reached[call].is_set, f"the printer to hang in {call}")
            await visitor.tap("Kepolisian")
            await visitor.tap("REGULER")
            await visitor.sees("NOMOR ANTREAN ANDA")
            await visitor.sees_large(f"BN 00{number}")
            assert not device.let_go[call].is_set(), "all the while it hung"
            device.let_go[call].set()
            await visitor.press("escape")
            await visitor.sees("tanpa antrean")
    spool.stop()
    assert {job.state for job in house.lobby.print_jobs()} == {"new"}
    assert device.callers == {"spool-K1"}
