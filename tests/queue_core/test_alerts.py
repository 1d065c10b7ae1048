"""What is wrong, from the site at one moment: by table."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from queue_core.alerts import alerts, changes, silent_for
from queue_core.lifecycle import Status
from queue_core.views import (
    Alert,
    AlertKind,
    AlertRecord,
    AlertState,
    CounterSummary,
    MachineView,
    Opening,
    Overview,
    PrinterView,
    QueueView,
    Thresholds,
)
from tests.support.house import MORNING
from tests.support.queue_views import counter, queue, ticket

NOW = MORNING + timedelta(hours=1)


def site(**changes: object) -> Overview:
    quiet = Overview(NOW, 1, date(2026, 11, 24), Opening(open=True), (), (), (), ())
    return replace(quiet, **changes)  # type: ignore[arg-type]


def found(overview: Overview) -> list[tuple[str, str, int]]:
    return [(each.kind.value, each.subject, each.value) for each in alerts(overview)]


@pytest.mark.parametrize(
    ("line", "raised"),
    [
        (queue(waiting=14, longest_wait=39 * 60 + 59), []),
        (queue(waiting=15), [("crowded", "DK.ktp", 15)]),
        (queue(waiting=1, longest_wait=40 * 60), [("overdue", "DK.ktp", 10)]),
        (
            queue(waiting=20, longest_wait=50 * 60),
            [("overdue", "DK.ktp", 20), ("crowded", "DK.ktp", 20)],
        ),
        (queue(waiting=0, longest_wait=0), []),
        (queue("BN.sim", waiting=4), [("crowded", "BN.sim", 4)]),
    ],
)
def test_a_line_is_too_long_or_too_slow(line: QueueView, raised: list[tuple[str, str, int]]) -> None:
    assert found(site(queues=(line,), thresholds=Thresholds(waiting_of={"BN.sim": 4}))) == raised


@pytest.mark.parametrize(
    ("summary", "waiting", "minutes"),
    [
        (counter(last_action_at=NOW - timedelta(minutes=12)), {"DK.ktp"}, 12),
        (counter(last_action_at=NOW - timedelta(minutes=12)), {"BN.sim"}, 0),
        (counter(last_action_at=NOW - timedelta(minutes=12), state="paused"), {"DK.ktp"}, 0),
        (counter(state="closed"), {"DK.ktp"}, 0),
        (counter(), {"DK.ktp"}, 60),
    ],
)
def test_a_counter_is_silent_only_while_somebody_waits_for_it(
    summary: CounterSummary, waiting: set[str], minutes: int
) -> None:
    assert silent_for(summary, waiting, NOW) == minutes


def test_a_counter_with_a_visitor_is_given_more_time() -> None:
    ago = NOW - timedelta(minutes=30)
    lines = (queue(waiting=1),)
    serving = counter(current=ticket(Status.SERVING), last_action_at=ago)
    called = counter(current=ticket(Status.CALLED), last_action_at=ago)
    assert found(site(queues=lines, counters=(serving,))) == []
    assert found(site(queues=lines, counters=(called,))) == [("silent", "1", 30)]
    later = replace(serving, last_action_at=NOW - timedelta(minutes=60))
    assert found(site(queues=lines, counters=(later,))) == [("silent", "1", 60)]


@pytest.mark.parametrize(
    ("printer", "raised"),
    [
        (PrinterView("K1", "ok", "", NOW, 3, 0), False),
        (PrinterView("K1", "warning", "paper_near_end", NOW, 0, 0), False),
        (PrinterView("K1", "trouble", "paper_out", NOW, 0, 0), True),
        (PrinterView("K1", "ok", "", NOW, 0, 1), True),
        (PrinterView("K1", "silent", "", NOW, 0, 0), False),
        (PrinterView("K1", "silent", "", NOW, 1, 0), True),
    ],
)
def test_a_printer_in_trouble_or_with_slips_that_nobody_prints(printer: PrinterView, raised: bool) -> None:
    assert bool(found(site(printers=(printer,)))) is raised


def test_the_clock_and_the_room_on_the_disk() -> None:
    assert found(site(clock_good=False)) == [("clock", "", 0)]
    assert alerts(site(), machine="K1", free_megabytes=500) == ()
    (full,) = alerts(site(), machine="K1", free_megabytes=499)
    assert (full.kind, full.subject, full.value) == (AlertKind.DISK, "K1", 499)


@pytest.mark.parametrize(
    ("minutes", "state"), [(None, AlertState.NEW), (14, AlertState.KNOWN), (15, AlertState.AGAIN)]
)
def test_what_was_acknowledged_is_quiet_for_a_while(minutes: int | None, state: AlertState) -> None:
    said = None if minutes is None else NOW - timedelta(minutes=minutes)
    record = AlertRecord(AlertKind.CLOCK, "", MORNING, None, said, "ani" if said else "")
    (alert,) = alerts(site(clock_good=False, alert_records=(record,)))
    assert (alert.state, alert.since) == (state, MORNING)


def test_what_nobody_knows_of_comes_first() -> None:
    lines = (queue("DK.ktp", waiting=30), queue("BN.sim", waiting=16))
    record = AlertRecord(AlertKind.CROWDED, "DK.ktp", MORNING, None, NOW, "ani")
    both = alerts(site(queues=lines, alert_records=(record,), clock_good=False))
    assert [(each.kind, each.subject) for each in both] == [
        (AlertKind.CLOCK, ""),
        (AlertKind.CROWDED, "BN.sim"),
        (AlertKind.CROWDED, "DK.ktp"),
    ]


def test_a_disk_is_over_only_for_the_machine_that_has_it() -> None:
    running = [AlertRecord(AlertKind.DISK, "K1", MORNING), AlertRecord(AlertKind.CLOCK, "", MORNING)]
    assert changes([], running, "K2") == ((), ((AlertKind.CLOCK, ""),))
    assert changes([Alert(AlertKind.SILENT, "3")], running, "K1") == (
        ((AlertKind.SILENT, "3"),),
        ((AlertKind.CLOCK, ""), (AlertKind.DISK, "K1")),
    )
    over = [replace(each, ended_at=NOW) for each in running]
    assert changes([], over, "K1") == ((), ())


CLOSED = Opening(open=False, reason="hours")


def silent(minutes: float, name: str = "touch:K1") -> MachineView:
    return MachineView(name, NOW - timedelta(minutes=minutes))


@pytest.mark.parametrize(
    ("overview", "raised"),
    [
        (site(machines=(silent(4.9),)), []),
        (site(machines=(silent(5),)), [("program", "touch:K1", 5)]),
        (site(machines=(silent(15 * 60),)), [("program", "touch:K1", 900)]),  # not switched on this morning
        (site(machines=(silent(5 * 24 * 60),)), []),  # put away
        (
            site(machines=(silent(9, "board:K2"), silent(9, "web:K3"))),
            [("program", "board:K2", 9), ("program", "web:K3", 9)],
        ),
        (site(machines=(silent(9, "counter:3"), silent(9, "supervisor:K1"))), []),
        (site(opening=CLOSED, machines=(silent(9),)), []),
        (
            site(
                opening=CLOSED,
                machines=(silent(9),),
                alert_records=(AlertRecord(AlertKind.PROGRAM, "touch:K1", MORNING),),
            ),
            [("program", "touch:K1", 9)],
        ),
    ],
)
def test_a_kiosk_a_board_or_the_pages_are_missed_while_the_site_is_open(
    overview: Overview, raised: list[tuple[str, str, int]]
) -> None:
    assert found(overview) == raised


def test_copies_that_are_not_made_any_more_and_a_store_that_was_set_back() -> None:
    nightly, old = silent(25 * 60, "backup:K1"), silent(60 * 60, "backup:K2")
    assert found(site(machines=(nightly, old))) == []
    assert found(site(machines=(silent(26 * 60, "backup:K1"), old))) == [("copy", "K1", 26)]
    assert found(site(set_back_to="E2")) == [("set_back", "E2", 0)]


def test_a_program_that_somebody_knows_to_be_off_is_not_told_again() -> None:
    known = AlertRecord(AlertKind.PROGRAM, "touch:K1", MORNING, None, MORNING, "ani")
    late = site(at=NOW + timedelta(hours=3), machines=(silent(9),), alert_records=(known,))
    assert [each.state for each in alerts(late)] == [AlertState.KNOWN]
