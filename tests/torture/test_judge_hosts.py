"""The judge of the hosts finds what it is there to find: each fault is put in by hand."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

from torture import judge_hosts
from torture.cut_off import Papers
from torture.judge_hosts import Rows

HELD = [("DK 001", "w1"), ("DK K1-001", "w2")]
VISITS: list[tuple[object, ...]] = [
    (0, "DK", "", 1, "DK 001", "v1", None),
    (0, "DK", "K1", 1, "DK K1-001", "v2", None),
]
EVENTS: list[tuple[object, ...]] = [
    ("issued", "DK 001", "w1", "t1"),
    ("issued", "DK K1-001", "w2", "t2"),
    ("called", "DK 001", "c1", "t1"),
]


def rows(**other: list[tuple[object, ...]]) -> Rows:
    return {"visits": [*VISITS], "events": [*EVENTS], "sent": [], **other}


def found(
    folder: Path, kept: Rows, held: Iterable[tuple[str, str]] = HELD, calls: Iterable[str] = ("c1",)
) -> str:
    """Return what the judge says of papers, calls and rows, by the names of its questions."""
    papers = Papers("", folder, ("k1",))
    lines = [{"ack": wish, "verb": "issue", "label": label, "ticket": wish} for label, wish in held]
    papers.diary("k1").write_text("".join(json.dumps(line) + "\n" for line in lines))
    counter = folder / "counter-1.jsonl"
    said = [{"ack": each, "verb": "call", "label": "DK 001", "ticket": "t1"} for each in calls]
    counter.write_text("".join(json.dumps(line) + "\n" for line in said))
    read = list(papers.held())
    asked: dict[str, Iterable[str]] = {
        "twice": judge_hosts._twice(read),
        "lost": judge_hosts._lost(read, kept),
        "withdrawn": judge_hosts._withdrawn(read, kept),
        "wishes": judge_hosts._wishes(read, kept),
        "moves": judge_hosts._lost_moves([counter], kept),
    }
    return " ".join(name for name, broken in asked.items() if list(broken))


def test_a_hall_in_which_all_is_well_is_found_well(tmp_path: Path) -> None:
    assert found(tmp_path, rows()) == ""


FAULTS: dict[str, tuple[str, Callable[[Path], str]]] = {
    "a label on two papers": ("twice wishes", lambda at: found(at, rows(), [*HELD, ("DK 001", "w3")])),
    "a paper that the store does not know": ("lost", lambda at: found(at, rows(visits=[VISITS[0]]))),
    "a paper whose number is there twice": ("lost", lambda at: found(at, rows(visits=[*VISITS, VISITS[1]]))),
    "a paper that was withdrawn for another": (
        "withdrawn",
        lambda at: found(at, rows(sent=[("DK 001", {"replaced_by": "DK K1-001"})])),
    ),
    "a wish that counts twice": (
        "wishes",
        lambda at: found(at, rows(events=[*EVENTS, ("issued", "DK 002", "w2", "t3")])),
    ),
    "a wish that does not count": ("wishes", lambda at: found(at, rows(events=EVENTS[1:]))),
    "a call that left no event": ("moves", lambda at: found(at, rows(), calls=["c1", "c2"])),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_each_fault_is_found(fault: str, tmp_path: Path) -> None:
    expected, look = FAULTS[fault]
    assert set(expected.split()) <= set(look(tmp_path).split())
