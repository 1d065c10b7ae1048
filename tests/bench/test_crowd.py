"""The crowd's race on a tiny scale: all begin together, all deeds are told, a refusal is counted."""

from __future__ import annotations

from bench.crowd import Do, race, speed
from bench.soak import toml
from queue_core.errors import StoreBusy


def test_each_process_does_its_deeds_and_tells_how_long_each_took() -> None:
    def opener(who: int) -> Do:
        def do(number: int) -> None:
            if who == 1 and number == 0:
                raise StoreBusy(seconds=1)

        return do

    told = race(opener, workers=3, each=4)
    assert sorted(len(ran.times) for ran in told) == [3, 4, 4]
    assert [ran.refused for ran in told if ran.refused] == [["store_busy"]]
    assert speed([told]) > 0


def test_a_configuration_is_written_as_toml_reads_it() -> None:
    assert toml({"a": [{"b": 'say "x"', "c": True, "d": None}], "e": 1}) == (
        '{a = [{b = "say \\"x\\"", c = true}], e = 1}'
    )
