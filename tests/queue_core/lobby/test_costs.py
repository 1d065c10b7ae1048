"""What a look or a command costs follows the hall and the day, and never the years: counted in SQLite's own steps."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from queue_core import Lobby, Store, open_store, spans
from queue_core.ids import NewId, RandomBytes
from queue_core.lobby import reads
from queue_core.lobby.reads import figures
from queue_core.lobby.reads.curves import waiting_curve
from queue_core.lobby.tables import EVENT, NUMBER_SERIES, PRINT_JOB, TICKET, VISIT
from queue_core.lobby.turn import Look
from queue_core.settings import Catalogue
from tests.support.house import SITE, Clock, Requests

MONTH, YEARS = range(1, 41), range(41, 161)
"""Days ago: what the offer may count for "most used first", and what nothing may look at."""
A_DAY = 30
ROOM = 1.15  # trees grow a level deeper; a read of the past would cost many times as much


@pytest.fixture
def store(sqlite_url: str, tmp_path: Path) -> Iterator[Store]:
    store = open_store(sqlite_url, base=tmp_path)
    yield store
    store.close()


@pytest.fixture
def lobby(
    store: Store, clock: Clock, new_id: NewId, random_bytes: RandomBytes, catalogue: Catalogue, ask: Requests
) -> Lobby:
    """A morning with forty visitors, some of them called, after a month of work."""
    lobby = Lobby(store, SITE, clock=clock, new_id=new_id, random_bytes=random_bytes)
    lobby.apply_catalogue(catalogue)
    for number in range(40):
        service = ("DK.ktp", "DK.kk", "BN.sim")[number % 3]
        lobby.issue(service, request_id=ask(), printer="K1", priority=number % 7 == 0)
        clock.forward(seconds=30)
    for counter in ("1", "2", "3"):
        lobby.call_next(counter)
    _add_the_past(store, clock, MONTH)
    return lobby


LOOKS: dict[str, Callable[[Look], object]] = {
    "offer": reads.offer,
    "board": lambda look: reads.board(look, 5),
    "counter_view": lambda look: reads.counter_view(look, "2"),
    "queues": reads.queues,
    "visits_under_way": reads.visits_under_way,
    "find": lambda look: reads.find(look, "DK 020"),
    "ticket_story": lambda look: reads.ticket_story(look, "DK 020"),
    "events_after": lambda look: reads.events_after(look, look.seq - 5, 100),
    "print_jobs": lambda look: reads.print_jobs(look, "K9", 50),
    "printers": reads.printers,
    "waiting_curve": lambda look: waiting_curve(look, 4),
    "slips_at_hand": reads.slips_at_hand,
}


@pytest.mark.parametrize("name", LOOKS)
def test_a_look_never_reads_the_past(lobby: Lobby, store: Store, clock: Clock, name: str) -> None:
    before = _steps_of_look(lobby, LOOKS[name])
    _add_the_past(store, clock, YEARS)
    assert _steps_of_look(lobby, LOOKS[name]) <= before * ROOM


def test_a_phone_never_reads_the_past(lobby: Lobby, store: Store, clock: Clock) -> None:
    token = lobby.ticket_story("DK 020").token
    before = _steps_of_look(lobby, lambda look: reads.visit_status(look, token))
    _add_the_past(store, clock, YEARS)
    assert _steps_of_look(lobby, lambda look: reads.visit_status(look, token)) <= before * ROOM


@pytest.mark.parametrize("policy", [{}, {"rule": "ratio", "shares": {"DK.ktp": 2}, "main_services": 2}])
def test_a_command_never_reads_the_past(
    lobby: Lobby, store: Store, clock: Clock, catalogue: Catalogue, policy: dict[str, Any]
) -> None:
    """Each is done twice, with the past put in between; the hall is the same but for a few people.

    What a ratio and shares remember stands where it is needed: no call counts the calls before it.
    """
    raw = catalogue.model_dump()
    raw["site"][0]["policy"] = policy
    lobby.apply_catalogue(Catalogue.model_validate(raw))
    before = _steps_of_commands(lobby, store, "before")
    _add_the_past(store, clock, YEARS)
    after = _steps_of_commands(lobby, store, "after")
    assert {name: steps for name, steps in after.items() if steps > before[name] * ROOM + 60} == {}


def test_the_figures_of_years_do_not_look_at_tickets(lobby: Lobby, store: Store, clock: Clock) -> None:
    """Ten times the visitors in the same hours of the same days are as many rows, and as many steps."""
    span = spans.days(clock.now.date() - timedelta(days=400), clock.now.date())
    days = range(60, 400, 10)
    _add_the_past(store, clock, days)
    lobby.count_again(span)
    before = _steps_of_look(lobby, lambda look: figures.report(look, span, ""))
    tickets = lobby.report(span).total.tickets
    for day in days:
        _add_the_past(store, clock, range(day, day + 1), range(A_DAY + 1, 10 * A_DAY + 1))
    lobby.count_again(span)
    after = _steps_of_look(lobby, lambda look: figures.report(look, span, ""))
    assert lobby.report(span).total.tickets > 5 * tickets
    assert after <= before * ROOM


def test_todays_figures_never_read_the_past(lobby: Lobby, store: Store, clock: Clock) -> None:
    today = spans.days(clock.now.date(), clock.now.date())
    lobby.usual_day()
    before = [_steps_of_look(lobby, look) for look in (lambda x: figures.report(x, today, ""), _usual)]
    _add_the_past(store, clock, range(200, 320))
    lobby.usual_day()
    after = [_steps_of_look(lobby, look) for look in (lambda x: figures.report(x, today, ""), _usual)]
    assert all(late <= early * ROOM for early, late in zip(before, after, strict=True))


def _usual(look: Look) -> object:
    return figures.usual_day(look, 8)


def _steps_of_look(lobby: Lobby, look_at: Callable[[Look], object]) -> int:
    with lobby.look() as look:
        driver = look.connection.connection.driver_connection
        with _counting(driver) as steps:
            look_at(look)
    return len(steps)


def _steps_of_commands(lobby: Lobby, store: Store, ask: str) -> dict[str, int]:
    commands: dict[str, Callable[[], Any]] = {
        "issue": lambda: lobby.issue("DK.ktp", request_id=f"{ask} 1", printer="K1"),
        "priority": lambda: lobby.issue("DK.ktp", request_id=f"{ask} 2", printer="K1", priority=True),
        "again": lambda: lobby.issue("DK.ktp", request_id=f"{ask} 1", printer="K1"),
        "journey": lambda: lobby.start_journey("pindah", request_id=f"{ask} 3"),
        "recall": lambda: lobby.recall("2"),
        "start": lambda: lobby.start("2"),
        "next": lambda: lobby.call_next("2"),
        "hold": lambda: lobby.hold("2"),
        "next again": lambda: lobby.call_next("2"),
        "no_show": lambda: lobby.no_show("2"),
        "one more": lambda: lobby.call_next("2"),
        "transfer": lambda: lobby.transfer("2", "BN.sim"),
        "last": lambda: lobby.call_next("2"),
        "cancel": lambda: lobby.cancel("DK 025" if ask == "before" else "DK 026"),
        "reprint": lambda: lobby.reprint("DK 020", printer="K1"),
        "settle": lambda: lobby.journal.settle(lobby.journal.next_job("K1").id, "printed"),  # type: ignore[union-attr]
        "sign_in": lambda: lobby.set_staff("ani", active=True),
    }
    if ask == "before":
        lobby.add_staff("ani", "Ani", "1836", "admin")
    raw = store.engine().raw_connection()  # the pool has this one connection for writing
    driver = raw.driver_connection
    raw.close()
    counted = {}
    for name, command in commands.items():
        with _counting(driver) as steps:
            command()
        counted[name] = len(steps)
    return counted


@contextmanager
def _counting(driver: Any) -> Iterator[list[None]]:
    steps: list[None] = []
    driver.set_progress_handler(lambda: steps.append(None), 1)
    try:
        yield steps
    finally:
        driver.set_progress_handler(None, 1)


def _add_the_past(store: Store, clock: Clock, days: range, numbers: range = range(1, A_DAY + 1)) -> None:
    """Visits of earlier days, done and printed."""
    visits, tickets, jobs, events, series = [], [], [], [], []
    for day in days:
        at = clock.now - timedelta(days=day)
        here = {"site_id": SITE, "business_date": at.date()}
        origin = "" if numbers.start == 1 else "R1"
        series.append({**here, "prefix": "DK", "origin": origin, "last": numbers.stop - 1})
        for number in numbers:
            key = f"{day * A_DAY + number:032x}"
            visits.append(_visit(here, key, number, at))
            tickets.append(_ticket(here, key, number, at))
            jobs.append(_job(key, at))
            events.append(_event(key, day * A_DAY + number, at))
    with store.write(SITE) as connection:
        for table, rows in (
            (NUMBER_SERIES, series), (VISIT, visits), (TICKET, tickets), (PRINT_JOB, jobs), (EVENT, events),
        ):  # fmt: skip
            connection.execute(table.insert(), rows)


def _visit(here: dict[str, Any], key: str, number: int, at: Any) -> dict[str, Any]:
    label = {"prefix": "DK", "origin": "", "number": number, "label": f"DK {number:03d}", "token": key[-26:]}
    rest = {"language": "id", "priority": False, "journey": "", "machine": "", "legs": 1}
    return {**here, **label, **rest, "visit_id": key, "arrived_at": at, "left_at": at}


def _ticket(here: dict[str, Any], key: str, number: int, at: Any) -> dict[str, Any]:
    times = dict.fromkeys(("waiting_since", "due_at", "called_at", "last_called_at", "finished_at"), at)
    service = ("DK.ktp", "DK.kk", "BN.sim")[number % 3]
    rest = {"service": service, "agency": service[:2], "status": "completed", "priority": False, "counter": 2}
    counts = {"leg": 1, "calls": 1, "passed": 0, "staff": "", "note": ""}
    return {**here, **times, **rest, **counts, "visit_id": key, "ticket_id": key}


def _job(key: str, at: Any) -> dict[str, Any]:
    ids = {
        "site_id": SITE,
        "job_id": key,
        "visit_id": key,
        "ticket_id": key,
        "printer": "K1",
        "label": "DK 020",
    }
    times = {"created_at": at, "updated_at": at}
    return {**ids, **times, "copy_number": 1, "state": "printed", "facts": {}, "error": ""}


def _event(key: str, number: int, at: Any) -> dict[str, Any]:
    text = dict.fromkeys(("label", "service", "staff", "machine"), "")
    ids = {"site_id": SITE, "seq": -number, "visit_id": key, "ticket_id": key, "request_id": f"past {number}"}
    return {**ids, **text, "at": at, "kind": "issued", "data": {}, "command": "issue"}
