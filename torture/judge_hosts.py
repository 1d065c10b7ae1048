"""What must hold of kiosks that were cut off: what is on paper, against what the site's store says when all have met it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from torture.cut_off import Papers, is_own
from torture.diary import lines
from torture.judge import all_rows, checked, flaws, gaps, gone_wrong
from torture.tally import Tally

LONGEST_PRESS = 20.0
"""Seconds; a press takes two at the worst on a quiet machine, and this one is not."""
READS = {
    "visits": "SELECT business_date, prefix, origin, number, label, visit_id, left_at FROM visit",
    "series": "SELECT business_date, prefix, origin, last FROM number_series",
    "events": "SELECT kind, label, request_id, ticket_id FROM event ORDER BY seq",
    "sent": "SELECT label, data FROM event WHERE kind = 'cancelled'",
}
Rows = dict[str, list[tuple[Any, ...]]]


def judge_hosts(url: str, papers: Papers, counters: Sequence[Path], tally: Tally) -> Tally:
    """Compare the papers with the store, and the store with itself."""
    rows: Rows = {name: all_rows(url, sql) for name, sql in READS.items()}
    held, diaries = list(papers.held()), [*map(papers.diary, papers.kiosks), *counters]
    _count(held, diaries, rows, tally)
    tally.must("labels on two papers", _twice(held))
    tally.must("numbers on paper that are lost", _lost(held, rows))
    tally.must("papers that were withdrawn for another", _withdrawn(held, rows))
    tally.must("wishes that count twice or not at all", _wishes(held, rows))
    tally.must("acknowledged calls and moves lost", _lost_moves(counters, rows))
    tally.must("series with a gap or a double", gaps(rows["visits"], rows["series"]))
    tally.must("answers that nobody promised", gone_wrong(diaries))
    slow = [line for path in diaries for line in lines(path) if line.get("pressed", 0) > LONGEST_PRESS]
    tally.must(f"presses of more than {LONGEST_PRESS:g} s", slow)
    tally.must("flaws in the store", flaws(url))
    tally.must("kiosk check --store says no", [] if (said := checked(url)) == "" else [said])
    tally.add("numbers in the store", len(rows["visits"]))
    return tally


def _count(held: list[dict[str, Any]], diaries: Sequence[Path], rows: Rows, tally: Tally) -> None:
    own = sum(is_own(line["label"]) for line in held)
    tally.add("papers of the site", len(held) - own)
    tally.add("papers of kiosks by themselves", own)
    presses = [line["pressed"] for path in diaries for line in lines(path) if "pressed" in line]
    tally.add("longest press, tenths of a second", round(10 * max(presses, default=0)))
    tally.add("presses of more than 2.5 s", sum(each > 2.5 for each in presses))
    stubs = {row[1] for row in rows["events"] if row[0] == "called"} & {line["label"] for line in held}
    tally.add("papers of kiosks that were called", sum(is_own(each) for each in stubs))
    tally.add("wishes that had two numbers", sum("replaced_by" in str(row[1]) for row in rows["sent"]))


def _twice(held: list[dict[str, Any]]) -> list[str]:
    """A label with two wishes. A story lasts less than a day, so no label comes again by right."""
    wishes: dict[str, set[str]] = defaultdict(set)
    for line in held:
        wishes[line["label"]].add(line["ack"])
    return [label for label, asked in wishes.items() if len(asked) > 1]


def _lost(held: list[dict[str, Any]], rows: Rows) -> Iterator[str]:
    known = Counter(row[4] for row in rows["visits"])
    yield from (
        f"{line['label']} is there {known[line['label']]} times" for line in held if known[line["label"]] != 1
    )


def _withdrawn(held: list[dict[str, Any]], rows: Rows) -> Iterator[str]:
    """The paper counts, unless its visitor was served under the other number."""
    served = {row[1] for row in rows["events"] if row[0] in ("started", "no_show", "completed")}
    for label, data in rows["sent"]:
        by = data.get("replaced_by") if isinstance(data, dict) else None
        if by and by not in served and label in {line["label"] for line in held}:
            yield f"{label} for {by}"


def _wishes(held: list[dict[str, Any]], rows: Rows) -> Iterator[str]:
    counted = Counter(row[2] for row in rows["events"] if row[0] == "issued" and row[2])
    stubs = {row[1] for row in rows["events"] if row[0] == "called" and is_own(row[1])}
    for line in held:
        if counted[line["ack"]] != 1 and line["label"] not in stubs:
            yield f"{line['label']} ({line['ack']}) {counted[line['ack']]} times"
    yield from (f"{wish} {times} times" for wish, times in counted.items() if times > 1)


def _lost_moves(counters: Sequence[Path], rows: Rows) -> Iterator[str]:
    kept = {row[2] for row in rows["events"]}
    for path in counters:
        for line in lines(path):
            if "ack" in line and line["ticket"] and line["ack"] not in kept:
                yield f"{line['verb']} {line['label']} ({line['ack']})"
