"""Asking for a slip again."""

from __future__ import annotations

import pytest

from queue_core import Actor, Lobby
from queue_core.errors import IllegalMove, UnknownJob, UnknownTicket
from queue_core.events import EventKind
from queue_core.views import PrintJobView
from tests.support.house import Clock, Requests


def printed(lobby: Lobby, ask: Requests, state: str = "printed") -> PrintJobView:
    """Give out a number whose slip has come to this state."""
    job = lobby.issue("DK.ktp", request_id=ask(), printer="K1").job
    assert job is not None
    if state != "new":
        lobby.journal.settle(job, state)
    return lobby.print_job(job)


def test_a_copy_tells_the_facts_of_the_original(lobby: Lobby, clock: Clock, ask: Requests) -> None:
    first = printed(lobby, ask)
    lobby.issue("DK.ktp", request_id=ask())
    clock.forward(minutes=20)
    lobby.call_next("1")
    copy = lobby.reprint("dk1", printer="K2")
    assert (copy.copy, copy.printer, copy.state, copy.facts) == (2, "K2", "new", first.facts)
    assert lobby.print_job(first.job) == first


def test_each_further_copy_has_the_next_number(lobby: Lobby, ask: Requests) -> None:
    printed(lobby, ask)
    for number in (2, 3, 4):
        copy = lobby.reprint("DK 001", printer="K1")
        assert copy.copy == number
        lobby.journal.settle(copy.job, "printed")


@pytest.mark.parametrize("state", ["new", "stale", "failed"])
def test_a_slip_that_never_came_out_is_asked_for_as_it_was(
    lobby: Lobby, clock: Clock, ask: Requests, state: str
) -> None:
    first = printed(lobby, ask, state)
    clock.forward(minutes=30)
    again = lobby.reprint("DK 001", printer="K2")
    assert (again.job, again.copy, again.state, again.printer) == (first.job, 1, "new", "K2")
    job = lobby.journal.next_job("K2")
    assert job is not None
    assert (job.id, job.age_seconds) == (first.job, 0)
    assert lobby.journal.next_job("K1") is None


def test_a_slip_in_doubt_is_given_up_for_its_copy(lobby: Lobby, ask: Requests) -> None:
    doubtful = printed(lobby, ask, "asking")
    copy = lobby.reprint("DK 001", printer="K1")
    assert copy.copy == 2
    assert lobby.print_job(doubtful.job).state == "void"
    assert lobby.printers()[0].stuck_jobs == 0


def test_a_visit_without_a_slip_gets_its_first_one(lobby: Lobby, clock: Clock, ask: Requests) -> None:
    lobby.issue("DK.ktp", request_id=ask())
    mine = lobby.issue("DK.ktp", request_id=ask())
    clock.forward(minutes=1)
    lobby.call_next("1")
    job = lobby.reprint("DK 002", printer="K1")
    assert (job.copy, job.facts["ahead"], job.facts["token"]) == (1, 0, mine.token)
    assert job.facts["issued_at"] == "2026-11-24T01:00:00+00:00"


def test_a_journeys_later_leg_still_has_the_slip_of_the_visit(lobby: Lobby, ask: Requests) -> None:
    first = lobby.start_journey("pindah", request_id=ask(), printer="K1").job
    assert first is not None
    lobby.journal.settle(first, "printed")
    lobby.call_next("1")
    lobby.start("1")
    lobby.complete("1")
    copy = lobby.reprint("DK 001", printer="K1")
    assert (copy.copy, copy.facts) == (2, lobby.print_job(first).facts)


def test_the_same_request_gives_the_same_copy(lobby: Lobby, ask: Requests) -> None:
    printed(lobby, ask)
    again = [lobby.reprint("DK 001", printer="K1", request_id="once") for _ in range(3)]
    assert len({copy.job for copy in again}) == 1
    assert len(lobby.print_jobs()) == 2


@pytest.mark.usefixtures("sari")
def test_who_asked_for_it_is_written_down(lobby: Lobby, ask: Requests) -> None:
    printed(lobby, ask)
    before = lobby.board().seq
    copy = lobby.reprint("DK 001", printer="K1", by=Actor("sari", "L1"))
    (event,) = lobby.events_after(before)
    assert (event.kind, event.label, event.staff, event.machine) == (
        *(EventKind.SLIP_ASKED_AGAIN, "DK 001", "sari", "L1"),
    )
    assert event.data == {"job": copy.job, "printer": "K1", "copy": 2}


def test_a_cancelled_visit_gets_no_slip(lobby: Lobby, ask: Requests) -> None:
    printed(lobby, ask)
    lobby.cancel("DK 001")
    with pytest.raises(IllegalMove):
        lobby.reprint("DK 001", printer="K1")
    with pytest.raises(UnknownTicket):
        lobby.reprint("DK 009", printer="K1")
    assert len(lobby.print_jobs()) == 1


def test_a_yes_settles_a_slip_in_doubt_by_that_persons_word(lobby: Lobby, ask: Requests) -> None:
    doubtful = printed(lobby, ask, "asking")
    before = lobby.board().seq
    answered = lobby.answer_for_slip(doubtful.job, came_out=True, by=Actor(machine="K1"), request_id="yes")
    assert (answered.job, answered.state) == (doubtful.job, "printed")
    (event,) = lobby.events_after(before)
    assert (event.kind, event.label, event.data["told_by"]) == (EventKind.SLIP_PRINTED, "DK 001", "person")
    assert lobby.answer_for_slip(doubtful.job, came_out=True, request_id="yes") == answered
    assert lobby.printers() == ()  # nothing waits for a hand any more


def test_a_no_asks_for_a_marked_copy_once(lobby: Lobby, ask: Requests) -> None:
    doubtful = printed(lobby, ask, "asking")
    copies = {
        lobby.answer_for_slip(doubtful.job, came_out=False, request_id="no").job,
        lobby.answer_for_slip(doubtful.job, came_out=False, request_id="no").job,
    }
    (copy,) = copies
    assert (lobby.print_job(copy).copy, lobby.print_job(copy).state) == (2, "new")
    assert lobby.print_job(doubtful.job).state == "void"


@pytest.mark.parametrize("came_out", [True, False])
@pytest.mark.parametrize("state", ["new", "printed", "void", "stale"])
def test_an_answer_that_comes_too_late_changes_nothing(
    lobby: Lobby, ask: Requests, state: str, came_out: bool
) -> None:
    slip = printed(lobby, ask, state)
    before = lobby.board().seq
    assert lobby.answer_for_slip(slip.job, came_out=came_out, request_id="late") == slip
    assert lobby.events_after(before) == ()


def test_an_answer_for_no_slip_is_refused(lobby: Lobby) -> None:
    with pytest.raises(UnknownJob):
        lobby.answer_for_slip("none", came_out=True)


def test_slips_that_no_printer_will_settle_wait_for_a_hand_oldest_first(
    lobby: Lobby, clock: Clock, ask: Requests
) -> None:
    wanted = []
    for state in ("asking", "printed", "stale", "sending", "failed", "stub", "sent", "void"):
        slip = printed(lobby, ask, state)
        clock.forward(seconds=1)
        wanted += [slip.job] if state in ("asking", "stale", "failed") else []
    late = printed(lobby, ask, "new")
    assert [slip.job for slip in lobby.slips_at_hand()] == wanted
    clock.forward(minutes=11)
    assert [slip.job for slip in lobby.slips_at_hand()] == [*wanted, late.job]
    assert sum(printer.stuck_jobs for printer in lobby.printers()) == len(wanted) + 1
