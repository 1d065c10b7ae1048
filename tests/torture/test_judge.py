"""What judges the torture finds each kind of lie, and nothing where all is well."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pytest

from torture import judge
from torture.diary import Asked, Diary, unanswered
from torture.tally import Tally, table, verdict

Row = tuple[Any, ...]
VISITS: list[Row] = [("2026-11-24", "DK", "", 1, "DK 001", "t1"), ("2026-11-24", "DK", "", 2, "DK 002", "t2")]
SERIES: list[Row] = [("2026-11-24", "DK", "", 2)]
EVENTS: list[Row] = [
    (1, "issued", "t1", None, "a", "DK 001"),
    (2, "issued", "t2", None, "b", "DK 002"),
    (3, "called", "t1", 1, "c", "DK 001"),
    (4, "started", "t1", 1, "d", "DK 001"),
]
TICKETS: list[Row] = [("t1", "serving"), ("t2", "waiting")]


@pytest.fixture
def diary(tmp_path: Path) -> Path:
    """A kiosk's two numbers, and a call, as they were answered."""
    diary = Diary(tmp_path / "kiosk-1.jsonl")
    for request, verb, label, ticket in (
        ("a", "issue", "DK 001", "t1"),
        ("b", "issue", "DK 002", "t2"),
        ("c", "call_next", "DK 001", "t1"),
    ):
        asked = Asked(request, verb, ())
        diary.ask(asked)
        diary.answered(asked, label, ticket, 0)
    return diary.path


def without(rows: list[Row], at: int) -> list[Row]:
    return rows[:at] + rows[at + 1 :]


def test_where_all_is_well_nothing_is_found(diary: Path) -> None:
    found: list[Iterable[str]] = [
        judge._lost_numbers([diary], VISITS),
        judge._twice([diary]),
        judge._lost_moves([diary], EVENTS),
        judge._more_than_once([diary], EVENTS),
        judge.gaps(VISITS, SERIES),
        judge._illegal(EVENTS, TICKETS),
        judge.gone_wrong([diary]),
    ]
    assert [list(each) for each in found] == [[]] * len(found)


LIES: dict[str, Callable[[Path], Iterable[str]]] = {
    "a number that is not in the store": lambda diary: judge._lost_numbers([diary], without(VISITS, 1)),
    "a number of another ticket": lambda diary: judge._lost_numbers(
        [diary], [*VISITS[:1], (*VISITS[1][:5], "t9")]
    ),
    "a call that left no event": lambda diary: judge._lost_moves([diary], without(EVENTS, 2)),
    "a request that was done twice": lambda diary: judge._more_than_once([diary], [*EVENTS, EVENTS[1]]),
    "a number that nobody asked for": lambda diary: judge._more_than_once(
        [diary], [*EVENTS, (5, "issued", "t3", None, "z", "DK 003")]
    ),
    "a gap": lambda _: judge.gaps(without(VISITS, 0), SERIES),
    "a series that does not know its last": lambda _: judge.gaps(VISITS, [(*SERIES[0][:3], 3)]),
    "a start before the call": lambda _: judge._illegal(without(EVENTS, 2), TICKETS),
    "two at one counter": lambda _: judge._illegal(
        [*EVENTS, (5, "called", "t2", 1, "e", "DK 002")], [("t1", "serving"), ("t2", "called")]
    ),
    "a status without its event": lambda _: judge._illegal(EVENTS, [("t1", "completed"), ("t2", "waiting")]),
}


@pytest.mark.parametrize("lie", LIES)
def test_each_lie_is_found(diary: Path, lie: str) -> None:
    assert len(list(LIES[lie](diary))) == 1


def test_a_label_with_two_tickets_is_found(diary: Path) -> None:
    again = Asked("x", "issue", ())
    Diary(diary).answered(again, "DK 001", "t9", 0)
    assert judge._twice([diary]) == ["DK 001"]


def test_what_was_under_way_at_a_kill_is_asked_again_and_a_line_cut_off_is_none(diary: Path) -> None:
    assert unanswered(diary) is None
    Diary(diary).ask(Asked("e", "start", ("1",)))
    assert unanswered(diary) == Asked("e", "start", ("1",))
    with diary.open("a") as file:
        file.write(json.dumps({"ack": "e"})[:5])
    assert unanswered(diary) == Asked("e", "start", ("1",))


def test_a_broken_promise_is_told_word_for_word_and_counted() -> None:
    tally = Tally("kill sqlite", 7)
    tally.must("numbers lost", [])
    tally.must("numbers twice", ["DK 001"])
    assert "| kill sqlite | 7 | numbers lost | 0 |\n|  |  | numbers twice | 1 |" in table([tally])
    assert verdict([tally]).endswith("kill sqlite (seed 7): numbers twice: DK 001")
    assert verdict([Tally("quiet", 1)]) == "Nothing was broken."
