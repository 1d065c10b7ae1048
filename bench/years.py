"""A report over five years: 245 visits a working day that double to 490, about half a million, bulk-loaded and kept in var/."""

from __future__ import annotations

import random
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from bench.place import ROOT
from bench.table import Row, at_most, median
from kiosk.settings import Settings, load, sample_path
from kiosk.shared.place import Place
from kiosk.wiring import House, build_house, make_if_absent
from queue_core import Actor, Lobby, spans
from queue_core.lobby.tables import TICKET, VISIT
from queue_core.store import Store

FOLDER = ROOT / "var" / "five-years"
LAST = date(2026, 10, 30)
FIRST = LAST - timedelta(days=5 * 365)
NOW = datetime(2026, 11, 2, 2, tzinfo=UTC)
PEOPLE = (245, 490)
"""A day's visits in the beginning and in the end."""
LOOKS = 5


def report() -> Iterator[Row]:
    """The figures of five years, of a month and of today against a usual day; and how long a day takes to be counted."""
    settings = load(sample_path(), {})
    house = replace(build_house(settings, Place(sample_path(), FOLDER)), clock=lambda: NOW)
    site = settings.site[0].id
    lobby = house.lobby(site)
    five_years, month = spans.days(FIRST, LAST), spans.month("2026-10")
    try:
        tickets = _loaded(house, settings, site)
        begun = time.perf_counter()
        days = lobby.count_again(month)
        counting = (time.perf_counter() - begun) / max(1, days)
        lobby.report(five_years)  # what is still uncounted is counted now
        yield at_most(f"report over 5 years, {tickets:,} tickets", _median(lobby, five_years), "ms", 2000)
        yield at_most("report over 5 years, one agency", _median(lobby, five_years, "DK"), "ms", 2000)
        yield at_most("report of a month", _median(lobby, month), "ms", 500)
        yield Row("counting a day that is over", 1000 * counting, "ms")
    finally:
        house.store.close()


def _median(lobby: Lobby, span: spans.Span, agency: str = "") -> float:
    times = []
    for _ in range(LOOKS):
        begun = time.perf_counter()
        lobby.report(span, agency=agency)
        times.append(1000 * (time.perf_counter() - begun))
    return median(times)


def _loaded(house: House, settings: Settings, site: str) -> int:
    """Fill the store unless an earlier run has; return how many tickets there are."""
    from queue_core.errors import StoreUnready

    done = FOLDER / "tickets"
    FOLDER.mkdir(parents=True, exist_ok=True)
    try:
        house.store.check()
        return int(done.read_text(encoding="utf-8"))
    except (StoreUnready, FileNotFoundError):
        _remove(house.store)
    make_if_absent(house, settings, Actor(machine="K1"))
    services = [
        f"{agency.code}.{service.id}"
        for agency in settings.agency
        if agency.code in settings.site[0].agencies
        for service in agency.service
    ]
    written = sum(_day(house.store, site, services, day) for day in _working_days())
    done.write_text(str(written), encoding="utf-8")
    return written


def _remove(store: Store) -> None:
    store.close()
    for path in FOLDER.glob("**/*.db*"):
        path.unlink()


def _working_days() -> Iterator[date]:
    day = FIRST
    while day <= LAST:
        if day.weekday() < 5:
            yield day
        day += timedelta(days=1)


def _day(store: Store, site: str, services: list[str], day: date) -> int:
    chance = random.Random(day.toordinal())
    grown = (day - FIRST) / (LAST - FIRST)
    people = round(PEOPLE[0] + grown * (PEOPLE[1] - PEOPLE[0]))
    weights = [1 / (place + 1) for place in range(len(services))]
    visits, tickets = [], []
    for number in range(1, people + 1):
        key = f"{day.toordinal():08x}{number:024x}"
        service = chance.choices(services, weights)[0]
        came = datetime(day.year, day.month, day.day, tzinfo=UTC) + timedelta(
            minutes=420 * chance.betavariate(2, 3)
        )
        visits.append(_visit(site, day, key, number, came, chance.random() < 0.12))
        tickets.append(_ticket(site, day, key, service, came, chance))
    with store.write(site) as connection:
        connection.execute(VISIT.insert(), visits)
        connection.execute(TICKET.insert(), tickets)
    return people


def _visit(site: str, day: date, key: str, number: int, came: datetime, priority: bool) -> dict[str, Any]:
    label = {"prefix": "DK", "origin": "", "number": number, "label": f"DK {number:03d}", "token": key}
    rest = {"language": "id", "priority": priority, "journey": "", "machine": "", "legs": 1}
    ids = {"site_id": site, "visit_id": key, "business_date": day}
    return {**ids, **label, **rest, "arrived_at": came, "left_at": came}


def _ticket(
    site: str, day: date, key: str, service: str, came: datetime, chance: random.Random
) -> dict[str, Any]:
    called = came + timedelta(minutes=chance.lognormvariate(2.5, 0.8))
    started = called + timedelta(minutes=1)
    status = chance.choices(["completed", "no_show", "cancelled"], [0.92, 0.06, 0.02])[0]
    ids = {"site_id": site, "ticket_id": key, "visit_id": key, "business_date": day, "leg": 1}
    what = {"agency": service.partition(".")[0], "service": service, "status": status, "priority": False}
    times = {
        "waiting_since": came,
        "due_at": came + timedelta(minutes=30),
        "called_at": None if status == "cancelled" else called,
        "last_called_at": None if status == "cancelled" else called,
        "started_at": started if status == "completed" else None,
        "finished_at": started + timedelta(minutes=chance.lognormvariate(2.2, 0.5)),
    }
    return {**ids, **what, **times, "calls": 1, "passed": 0, "counter": 1, "staff": "", "note": ""}
