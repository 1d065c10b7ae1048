"""The journal in the store and the spool of the printers know nothing of each other; here they meet."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from printers.device.memory import MemoryDevice
from printers.errors import CannotCompose, PrinterUnreachable
from printers.spool import Job, JobState, Journal, Spool
from queue_core import Lobby
from queue_core.models import JOB_STATES
from tests.support.house import Clock, Requests


def compose(job: Job) -> bytes:
    """What a slip says, as far as these tests go."""
    return f"{job.facts['label']} copy {job.copy}\n".encode()


@pytest.fixture
def new_spool(lobby: Lobby, tmp_path: Path) -> Callable[[MemoryDevice], Spool]:
    """Make a program that prints for K1: each as if started anew."""

    def make(device: MemoryDevice) -> Spool:
        journal: Journal = lobby.journal
        return Spool(device, journal, compose, printer="K1", lock_path=tmp_path / "K1.lock", holder="test")

    return make


class Unplugged(MemoryDevice):
    """Keeps the first bytes, then is gone."""

    def send(self, data: bytes) -> None:
        self.sent.append(data[:4])
        raise PrinterUnreachable(detail="unplugged")


def test_both_sides_know_the_same_states() -> None:
    assert sorted(JOB_STATES) == sorted(JobState)


def test_what_was_asked_for_comes_out_once_and_in_order(
    lobby: Lobby, ask: Requests, new_spool: Callable[[MemoryDevice], Spool]
) -> None:
    for _ in range(3):
        lobby.issue("DK.ktp", request_id=ask(), printer="K1")
    device = MemoryDevice()
    assert new_spool(device).drain(10) == 3
    assert new_spool(device).drain(10) == 0
    assert device.sent == [b"DK 001 copy 1\n", b"DK 002 copy 1\n", b"DK 003 copy 1\n"]
    assert {job.state for job in lobby.print_jobs()} == {"printed"}
    assert lobby.printers()[0].state == "ok"


def test_a_copy_comes_out_marked(
    lobby: Lobby, ask: Requests, new_spool: Callable[[MemoryDevice], Spool]
) -> None:
    lobby.issue("DK.ktp", request_id=ask(), printer="K1")
    device = MemoryDevice()
    new_spool(device).drain(10)
    lobby.reprint("DK 001", printer="K1")
    new_spool(device).drain(10)
    assert device.sent == [b"DK 001 copy 1\n", b"DK 001 copy 2\n"]


def test_a_slip_cut_short_is_drawn_again_by_the_next_program(
    lobby: Lobby, ask: Requests, new_spool: Callable[[MemoryDevice], Spool]
) -> None:
    job = lobby.issue("DK.ktp", request_id=ask(), printer="K1").job
    assert job is not None
    assert new_spool(Unplugged()).drain(10) == 0
    assert lobby.print_job(job).state == "sending"
    assert lobby.printers()[0].reason == "unreachable"
    device = MemoryDevice()
    assert new_spool(device).drain(10) == 1
    assert (device.sent, lobby.print_job(job).state) == ([b"DK 001 copy 1\n"], "printed")


def test_an_old_slip_waits_for_a_hand_and_a_hand_revives_it(
    lobby: Lobby, clock: Clock, ask: Requests, new_spool: Callable[[MemoryDevice], Spool]
) -> None:
    lobby.issue("DK.ktp", request_id=ask(), printer="K1")
    clock.forward(minutes=10, seconds=1)
    device = MemoryDevice()
    new_spool(device).drain(10)
    assert (device.sent, lobby.printers()[0].stuck_jobs) == ([], 1)
    lobby.reprint("DK 001", printer="K1")
    new_spool(device).drain(10)
    assert (device.sent, lobby.printers()[0].stuck_jobs) == ([b"DK 001 copy 1\n"], 0)


def test_a_slip_that_cannot_be_composed_holds_nobody_up(lobby: Lobby, ask: Requests, tmp_path: Path) -> None:
    def picky(job: Job) -> bytes:
        if job.facts["label"] == "DK 001":
            raise CannotCompose("no glyph")
        return compose(job)

    for _ in range(2):
        lobby.issue("DK.ktp", request_id=ask(), printer="K1")
    device = MemoryDevice()
    Spool(device, lobby.journal, picky, printer="K1", lock_path=tmp_path / "K1.lock").drain(10)
    assert device.sent == [b"DK 002 copy 1\n"]
    assert [(job.label, job.state) for job in lobby.print_jobs()] == [
        ("DK 002", "printed"),
        ("DK 001", "failed"),
    ]
