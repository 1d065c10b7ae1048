"""What must hold whatever happened: what programs were answered, against what the store says.

Reads with the drivers themselves, not with the product, and knows the legal moves by a list of its own.
"""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

from torture.diary import lines, unanswered
from torture.hall import opened
from torture.tally import Tally

MOVES = {
    "issued": ("", "waiting"),
    "called": ("waiting", "called"),
    "recalled": ("called", "called"),
    "started": ("called", "serving"),
    "completed": ("serving", "completed"),
    "no_show": ("called", "no_show"),
    "expired": ("waiting called serving", "expired"),
}
"""An event to where its ticket may have stood before, and where it stands then."""
AT_COUNTER = ("called", "serving")


def judge(url: str, diaries: Iterable[Path], tally: Tally) -> Tally:
    """Compare all diaries with the store, and the store with itself."""
    rows = {name: all_rows(url, sql) for name, sql in READS.items()}
    read = list(diaries)
    _count(read, tally)
    tally.must("acknowledged numbers lost", _lost_numbers(read, rows["visits"]))
    tally.must("numbers acknowledged twice", _twice(read))
    tally.must("acknowledged calls and moves lost", _lost_moves(read, rows["events"]))
    tally.must("requests that did more than once", _more_than_once(read, rows["events"]))
    tally.must("series with a gap or a double", gaps(rows["visits"], rows["series"]))
    tally.must("illegal moves, or two visitors at a counter", _illegal(rows["events"], rows["tickets"]))
    tally.must("answers that nobody promised", gone_wrong(read))
    tally.must("flaws in the store", flaws(url))
    tally.must("kiosk check --store says no", [] if (said := checked(url)) == "" else [said])
    tally.add("numbers in the store", len(rows["visits"]))
    return tally


READS = {
    "visits": "SELECT v.business_date, v.prefix, v.origin, v.number, v.label, t.ticket_id FROM visit v"
    " JOIN ticket t ON t.site_id = v.site_id AND t.visit_id = v.visit_id AND t.leg = 1",
    "series": "SELECT business_date, prefix, origin, last FROM number_series",
    "events": "SELECT seq, kind, ticket_id, counter, request_id, label FROM event ORDER BY seq",
    "tickets": "SELECT ticket_id, status FROM ticket",
}


def all_rows(url: str, sql: str) -> list[tuple[Any, ...]]:
    """Read with the driver itself."""
    if url.startswith("sqlite"):
        with closing(sqlite3.connect(url.removeprefix("sqlite:///"))) as file:
            return file.execute(sql).fetchall()
    import psycopg

    with psycopg.connect(url) as server:
        return server.execute(sql.encode()).fetchall()


def _acknowledged(diaries: Iterable[Path], *verbs: str) -> Iterator[dict[str, Any]]:
    for path in diaries:
        yield from (
            line for line in lines(path) if "ack" in line and line["verb"] in verbs and line["ticket"]
        )


def _count(diaries: list[Path], tally: Tally) -> None:
    for path in diaries:
        for line in lines(path):
            for what in _counted(line):
                tally.add(what)
        if unanswered(path):
            tally.add("commands never answered")


def _counted(line: dict[str, Any]) -> Iterator[str]:
    if "away" in line:
        yield f"told {line['away']}"
    if "found_again" in line:
        yield "answers found again after a kill"
    if line.get("again"):
        yield "commands repeated until they were answered"
    if line.get("ticket"):
        yield "numbers acknowledged" if line["verb"] == "issue" else "calls and moves acknowledged"


def longest_wait(diaries: Iterable[Path]) -> float:
    """The longest time, in seconds, after which a command was told that the store is away."""
    return max((line["waited"] for path in diaries for line in lines(path) if "away" in line), default=0.0)


def _lost_numbers(diaries: list[Path], visits: list[tuple[Any, ...]]) -> Iterator[str]:
    kept = {(row[4], row[5]) for row in visits}
    for line in _acknowledged(diaries, "issue"):
        if (line["label"], line["ticket"]) not in kept:
            yield f"{line['label']} ({line['ack']})"


def _twice(diaries: list[Path]) -> list[str]:
    """A label with two tickets. A story lasts less than a day, so no label comes again by right."""
    tickets: dict[str, set[str]] = defaultdict(set)
    for line in _acknowledged(diaries, "issue"):
        tickets[line["label"]].add(line["ticket"])
    return [label for label, ids in tickets.items() if len(ids) > 1]


def _lost_moves(diaries: list[Path], events: list[tuple[Any, ...]]) -> Iterator[str]:
    kept = {(row[4], row[2]) for row in events}
    for line in _acknowledged(diaries, "call_next", "start", "complete", "no_show", "recall"):
        if (line["ack"], line["ticket"]) not in kept:
            yield f"{line['verb']} {line['label']} ({line['ack']})"


def _more_than_once(diaries: list[Path], events: list[tuple[Any, ...]]) -> list[str]:
    asked = {line["ask"] for path in diaries for line in lines(path) if "ask" in line}
    issued = Counter(row[4] for row in events if row[1] == "issued")
    return [str(request) for request, times in issued.items() if times > 1 or request not in asked]


def gaps(visits: list[tuple[Any, ...]], series: list[tuple[Any, ...]]) -> Iterator[str]:
    """Series that are not 1 to their last."""
    numbers: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for row in visits:
        numbers[tuple(map(str, row[:3]))].append(row[3])
    last = {tuple(map(str, row[:3])): row[3] for row in series}
    for key, given in numbers.items():
        if sorted(given) != list(range(1, last.get(key, 0) + 1)):
            yield f"{key}: {len(given)} numbers, last {last.get(key)}"


def _illegal(events: list[tuple[Any, ...]], tickets: list[tuple[Any, ...]]) -> Iterator[str]:
    """Play all events again."""
    stands: dict[str, str] = {}
    at: dict[int, str] = {}
    for seq, kind, ticket, counter, _, label in events:
        if kind in MOVES and ticket is not None:
            before, after = MOVES[kind]
            if stands.get(ticket, "") not in before.split(" "):
                yield f"{label} {kind} while {stands.get(ticket, 'not there')} (event {seq})"
            if kind == "called" and at.get(counter, ticket) != ticket:
                yield f"{label} called to {counter} beside another (event {seq})"
            stands[ticket] = after
            at.pop(counter, None)
            at.update({counter: ticket} if after in AT_COUNTER else {})
    said = ((ticket, status, stands.get(ticket)) for ticket, status in tickets)
    yield from (
        f"{ticket} is {status}, its events say {played}"
        for ticket, status, played in said
        if status != played
    )


def gone_wrong(diaries: Iterable[Path]) -> list[str]:
    """What programs were answered that the Lobby does not promise."""
    return [str(line["fault"]) for path in diaries for line in lines(path) if "fault" in line]


def flaws(url: str) -> list[str]:
    """What the store finds wrong with itself."""
    with opened(url, busy_seconds=30) as (store, lobby):
        return [*store.flaws(), *(f"{flaw.kind} {flaw.where} {flaw.detail}" for flaw in lobby.flaws())]


def checked(url: str) -> str:
    """Ask the program itself, as an operator does; return what it complains of."""
    ran = subprocess.run(
        [sys.executable, "-m", "kiosk", "check", "--store"],
        env={**os.environ, "KIOSK_STORE_URL": url},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    return "" if ran.returncode == 0 else (ran.stdout + ran.stderr).strip()
