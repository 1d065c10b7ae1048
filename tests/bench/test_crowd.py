"""The crowd's race on a tiny scale: all begin together, all deeds are told, a refusal is counted."""

from __future__ import annotations

import pytest

from bench.crowd import speed
from bench.race import Do, Raced, Ran, race
from bench.soak import toml
from queue_core.errors import StoreBusy


def test_each_process_does_its_deeds_and_tells_how_long_each_took() -> None:
    def opener(who: int) -> Do:
        def do(number: int) -> None:
            if who == 1 and number == 0:
                raise StoreBusy(seconds=1)

        return do

    told = race(opener, workers=3, each=4, warm=1)
    assert sorted(len(ran.times) for ran in told.runs) == [4, 4, 4]
    assert [ran.refused for ran in told.runs if ran.refused] == [["store_busy"]]
    assert told.refused == 1


def test_a_race_ends_when_one_cannot_begin() -> None:
    def opener(who: int) -> Do:
        if who == 1:
            raise StoreBusy(seconds=1)
        return lambda _number: None

    with pytest.raises(RuntimeError, match=r"StoreBusy|BrokenBarrier"):
        race(opener, workers=3, each=1)


def test_deeds_wait_until_they_are_due() -> None:
    told = race(lambda _who: lambda _number: None, workers=2, each=3, due=lambda _who, number: 0.1 * number)
    assert all(
        ended - ran.begun >= 0.1 * number for ran in told.runs for number, ended in enumerate(ran.ends)
    )


def test_a_race_is_judged_while_all_of_them_run() -> None:
    quick, slow = Ran(1.0, [2.0, 3.0], [1000.0, 1000.0], []), Ran(1.0, [2.5, 5.0], [1500.0, 2500.0], [])
    told = Raced([quick, slow])
    assert told.seconds == 2
    assert told.times == [1000, 1000, 1500]
    assert told.each == [1, 0.5]
    assert speed([told]) == 1.5


def test_a_configuration_is_written_as_toml_reads_it() -> None:
    assert toml({"a": [{"b": 'say "x"', "c": True, "d": None}], "e": 1}) == (
        '{a = [{b = "say \\"x\\"", c = true}], e = 1}'
    )
