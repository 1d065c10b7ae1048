"""The journal of paper: what a spool is given, what it says, and what stands after a crash at any point."""

from __future__ import annotations

from typing import Any

import pytest

from queue_core import Lobby
from queue_core.errors import IllegalMove, UnknownJob
from queue_core.events import EventKind
from queue_core.views import PrinterView
from tests.support.house import Clock, Requests


def slip(lobby: Lobby, ask: Requests, printer: str = "K1") -> str:
    """Give out a number with a slip; return its job."""
    job = lobby.issue("DK.ktp", request_id=ask(), printer=printer).job
    assert job is not None
    return job


def kinds(lobby: Lobby, after: int) -> list[str]:
    return [event.kind for event in lobby.events_after(after)]


# ----------------------------------------------------------------------------- the next job


def test_nothing_to_print(lobby: Lobby, ask: Requests) -> None:
    lobby.issue("DK.ktp", request_id=ask())
    assert lobby.journal.next_job("K1") is None


def test_slips_are_printed_in_the_order_in_which_they_were_asked_for(
    lobby: Lobby, clock: Clock, ask: Requests
) -> None:
    jobs = [slip(lobby, ask) for _ in range(3)]
    printed = []
    while (job := lobby.journal.next_job("K1")) is not None:
        printed.append(job.id)
        lobby.journal.settle(job.id, "printed")
        clock.forward(seconds=1)
    assert printed == jobs


def test_each_printer_has_its_own_jobs(lobby: Lobby, ask: Requests) -> None:
    first, second = slip(lobby, ask, "K1"), slip(lobby, ask, "K2")
    seen = [lobby.journal.next_job(printer) for printer in ("K1", "K2", "K3")]
    assert [job and job.id for job in seen] == [first, second, None]


def test_a_job_tells_the_frozen_facts_and_its_age(lobby: Lobby, clock: Clock, ask: Requests) -> None:
    issued = lobby.issue("DK.kk", request_id=ask(), printer="K1", language="en", priority=True)
    clock.forward(seconds=90)
    job = lobby.journal.next_job("K1")
    assert job is not None
    assert (job.state, job.copy, job.payload, job.cut_counter, job.age_seconds) == ("new", 1, None, None, 90)
    assert job.facts == {
        "label": "DK 001",
        "language": "en",
        "site_names": {"id": "Aula", "en": "Hall"},
        "motto": "Melayani",
        "time_zone": "Asia/Makassar",
        "agency_names": {"id": "Dukcapil", "en": "Civil Registry"},
        "service_names": {"id": "KK", "en": "Family card"},
        "priority": True,
        "ahead": 0,
        "wait": None,
        "open_counters": 0,
        "token": issued.token,
        "issued_at": "2026-11-24T01:00:00+00:00",
        "legs": [],
        "address": "",
        "requirements": {},
        "past_closing": False,
        "leg": 1,
    }


@pytest.mark.parametrize("state", ["sending", "stub"])
def test_a_job_in_doubt_comes_before_all_others(
    lobby: Lobby, clock: Clock, ask: Requests, state: str
) -> None:
    slip(lobby, ask)
    clock.forward(seconds=1)
    doubtful = slip(lobby, ask)
    lobby.journal.sending(doubtful, b"bytes", 41)
    if state == "stub":
        lobby.journal.settle(doubtful, "stub")
    job = lobby.journal.next_job("K1")
    assert job is not None
    assert (job.id, job.state, job.payload, job.cut_counter) == (doubtful, state, b"bytes", 41)


@pytest.mark.parametrize("state", ["sent", "printed", "asking", "stale", "failed", "void"])
def test_what_is_done_or_waits_for_a_hand_is_left_alone(lobby: Lobby, ask: Requests, state: str) -> None:
    first, second = slip(lobby, ask), slip(lobby, ask)
    lobby.journal.settle(first, state)
    job = lobby.journal.next_job("K1")
    assert job is not None
    assert job.id == second


def test_a_slip_of_a_cancelled_visit_is_not_printed(lobby: Lobby, ask: Requests) -> None:
    job = slip(lobby, ask)
    lobby.cancel("DK 001")
    assert lobby.journal.next_job("K1") is None
    assert lobby.print_job(job).state == "void"


# ----------------------------------------------------------------------------- crash points


def test_after_a_crash_before_the_first_byte_it_is_printed_as_if_nothing_had_been(
    lobby: Lobby, ask: Requests
) -> None:
    job = slip(lobby, ask)
    assert lobby.journal.next_job("K1") == lobby.journal.next_job("K1")
    assert lobby.print_job(job).state == "new"


def test_after_a_crash_while_bytes_left_the_very_same_bytes_are_at_hand(lobby: Lobby, ask: Requests) -> None:
    job = slip(lobby, ask)
    lobby.journal.sending(job, b"\x1b@\x00\xff", 7)
    again = lobby.journal.next_job("K1")
    assert again is not None
    assert (again.id, again.payload, again.cut_counter) == (job, b"\x1b@\x00\xff", 7)
    lobby.journal.sending(job, b"\x1b@\x00\xff", 8)  # after its piece was voided
    third = lobby.journal.next_job("K1")
    assert third is not None
    assert third.cut_counter == 8


def test_after_a_crash_once_it_was_printed_nothing_is_sent_again(lobby: Lobby, ask: Requests) -> None:
    job = slip(lobby, ask)
    lobby.journal.sending(job, b"bytes", None)
    lobby.journal.settle(job, "printed")
    assert lobby.journal.next_job("K1") is None
    with pytest.raises(IllegalMove) as refusal:
        lobby.journal.sending(job, b"bytes", None)
    assert refusal.value.data["status"] == "printed"


def test_to_settle_twice_is_told_once(lobby: Lobby, ask: Requests) -> None:
    job = slip(lobby, ask)
    before = lobby.board().seq
    lobby.journal.settle(job, "printed")
    lobby.journal.settle(job, "printed")
    assert kinds(lobby, before) == [EventKind.SLIP_PRINTED]


@pytest.mark.parametrize(
    ("state", "told"),
    [
        ("sent", [EventKind.SLIP_PRINTED]),
        ("printed", [EventKind.SLIP_PRINTED]),
        ("asking", [EventKind.SLIP_FAILED]),
        ("stale", [EventKind.SLIP_FAILED]),
        ("failed", [EventKind.SLIP_FAILED]),
        ("stub", []),
        ("void", []),
    ],
)
def test_what_became_of_a_slip_is_an_event_where_people_want_to_know(
    lobby: Lobby, ask: Requests, state: str, told: list[str]
) -> None:
    job = slip(lobby, ask)
    before = lobby.board().seq
    lobby.journal.settle(job, state, "no glyph")
    assert kinds(lobby, before) == told
    view = lobby.print_job(job)
    assert (view.state, view.error, view.label) == (state, "no glyph", "DK 001")
    for event in lobby.events_after(before):
        assert (event.label, event.service) == ("DK 001", "DK.ktp")
        assert event.data == {"job": job, "printer": "K1", "copy": 1, "state": state}


def test_bytes_are_not_kept_longer_than_needed(lobby: Lobby, ask: Requests) -> None:
    job = slip(lobby, ask)
    lobby.journal.sending(job, b"bytes", None)
    lobby.journal.settle(job, "asking")
    lobby.journal.settle(job, "new")
    kept = lobby.journal.next_job("K1")
    assert kept is not None
    assert kept.payload == b"bytes"
    lobby.journal.settle(job, "sent")
    lobby.journal.settle(job, "new")
    gone = lobby.journal.next_job("K1")
    assert gone is not None
    assert gone.payload is None


def test_what_is_no_state_or_no_job_is_refused(lobby: Lobby, ask: Requests) -> None:
    job = slip(lobby, ask)
    with pytest.raises(ValueError, match="lost"):
        lobby.journal.settle(job, "lost")
    commands: list[Any] = [
        lambda: lobby.journal.settle("none", "printed"),
        lambda: lobby.journal.sending("none", b"", None),
        lambda: lobby.print_job("none"),
    ]
    for command in commands:
        with pytest.raises(UnknownJob):
            command()


def test_paper_that_came_out_is_noted_whatever_the_clock_says(
    lobby: Lobby, clock: Clock, ask: Requests
) -> None:
    job = slip(lobby, ask)
    clock.forward(days=-3)
    lobby.journal.sending(job, b"bytes", None)
    lobby.journal.settle(job, "printed")
    lobby.journal.report("K1", "ok", "", "touch")
    assert lobby.print_job(job).state == "printed"


# ----------------------------------------------------------------------------- the printer


def test_a_report_is_an_event_only_when_something_changed(lobby: Lobby, clock: Clock) -> None:
    before = lobby.board().seq
    lobby.journal.report("K1", "ok", "", "touch")
    for _ in range(3):
        clock.forward(seconds=15)
        lobby.journal.report("K1", "ok", "", "touch")
    lobby.journal.report("K1", "trouble", "paper_out", "touch")
    lobby.journal.report("K1", "trouble", "cover_open", "touch")
    told = [(event.kind, event.data["reason"], event.machine) for event in lobby.events_after(before)]
    assert told == [
        (EventKind.PRINTER_CHANGED, "", "K1"),
        (EventKind.PRINTER_CHANGED, "paper_out", "K1"),
        (EventKind.PRINTER_CHANGED, "cover_open", "K1"),
    ]


def test_a_heartbeat_is_written_at_most_every_few_seconds(lobby: Lobby, clock: Clock) -> None:
    start = clock.now
    seen = []
    for _ in range(4):
        lobby.journal.report("K1", "ok", "", "touch")
        seen.append(lobby.printers()[0].seen_at)
        clock.forward(seconds=2)
    assert [(at - start).total_seconds() for at in seen if at is not None] == [0, 0, 0, 6]


def test_a_printer_that_nobody_looks_after_is_silent(lobby: Lobby, clock: Clock) -> None:
    seen = clock.now
    lobby.journal.report("K1", "warning", "paper_low", "touch")
    clock.forward(seconds=45)
    assert lobby.printers() == (PrinterView("K1", "warning", "paper_low", seen, 0, 0),)
    clock.forward(seconds=1)
    assert lobby.printers() == (PrinterView("K1", "silent", "", seen, 0, 0),)
    assert lobby.queues().printers == lobby.printers()


def test_a_printer_that_never_reported_shows_what_waits_for_it(lobby: Lobby, ask: Requests) -> None:
    slip(lobby, ask, "K7")
    assert lobby.printers() == (PrinterView("K7", "silent", "", None, 1, 0),)


def test_jobs_that_wait_for_a_hand_are_counted_apart(lobby: Lobby, clock: Clock, ask: Requests) -> None:
    jobs = [slip(lobby, ask) for _ in range(6)]
    for job, state in zip(jobs, ("asking", "stale", "failed", "printed", "void"), strict=False):
        lobby.journal.settle(job, state)
    (printer,) = lobby.printers()
    assert (printer.waiting_jobs, printer.stuck_jobs) == (1, 3)
    clock.forward(minutes=10, seconds=1)
    (printer,) = lobby.printers()
    assert (printer.waiting_jobs, printer.stuck_jobs) == (0, 4)  # nobody came for the last one either
    clock.forward(days=1)
    assert lobby.printers() == ()


def test_jobs_are_listed_newest_first(lobby: Lobby, clock: Clock, ask: Requests) -> None:
    slip(lobby, ask, "K1")
    clock.forward(days=2)
    for printer in ("K1", "K2", "K1"):
        slip(lobby, ask, printer)
        clock.forward(seconds=1)
    assert [(job.printer, job.label) for job in lobby.print_jobs()] == [
        ("K1", "DK 003"),
        ("K2", "DK 002"),
        ("K1", "DK 001"),
    ]
    assert [job.label for job in lobby.print_jobs(printer="K1", limit=1)] == ["DK 003"]
