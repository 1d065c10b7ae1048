"""How the store learns about a printer: every change at once, otherwise a slow heartbeat."""

from __future__ import annotations

import pytest

from printers.errors import Trouble
from printers.spool.journal import HEARTBEAT_SECONDS
from printers.spool.reporter import Reporter
from tests.printers.journals import MemoryJournal


class Clock:
    now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


def test_a_change_is_told_at_once_and_sameness_only_as_a_heartbeat(clock: Clock) -> None:
    journal = MemoryJournal()
    reporter = Reporter(journal, "K1", "K1/99", monotonic=clock)
    reporter.tell([])
    reporter.tell([])
    reporter.tell([Trouble.PAPER_OUT])
    reporter.tell([])
    clock.now += HEARTBEAT_SECONDS - 1
    reporter.tell([])
    assert journal.reports == [("ok", ""), ("trouble", "paper_out"), ("ok", "")]
    clock.now += 1
    reporter.tell([])
    assert journal.reports[3:] == [("ok", "")]


@pytest.mark.parametrize(
    ("troubles", "prints", "told"),
    [
        ([], False, ("ok", "")),
        ([Trouble.PAPER_NEAR_END], False, ("warning", "paper_near_end")),
        ([Trouble.PAPER_NEAR_END, Trouble.COVER_OPEN, Trouble.OFFLINE], False, ("trouble", "cover_open")),
        ([Trouble.UNREACHABLE], False, ("silent", "unreachable")),
        ([Trouble.BUSY], False, ("silent", "busy")),
        ([Trouble.MUTE], False, ("silent", "mute")),
        ([Trouble.MUTE], True, ("warning", "mute")),
    ],
)
def test_the_worst_trouble_decides_what_is_told(
    troubles: list[Trouble], prints: bool, told: tuple[str, str]
) -> None:
    journal = MemoryJournal()
    Reporter(journal, "K1", "K1/99").tell(troubles, prints=prints)
    assert journal.reports == [told]
