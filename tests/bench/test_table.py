"""The benchmark's arithmetic: what a table says is what was measured."""

from __future__ import annotations

from bench.table import against, at_most, median, quantile, table


def test_a_quantile_is_a_value_that_was_measured() -> None:
    values = [float(n) for n in range(1, 101)]
    assert (median(values), quantile(values, 0.99), quantile([3.0], 0.99)) == (51.0, 100.0, 3.0)


def test_a_limit_on_a_ratio_is_met_or_missed() -> None:
    assert against("a", 13.0, "ms", 10.0, "least", limit=1.3).met is True
    assert against("a", 13.1, "ms", 10.0, "least", limit=1.3).met is False
    assert against("a", 99.0, "ms", 10.0, "least").met is None


def test_a_table_shows_ratio_and_verdict() -> None:
    text = table([against("paint", 20.0, "ms", 10.0, "bare"), at_most("help", 600.0, "ms", 500.0)])
    paint, help_row = text.splitlines()[2:]
    assert [cell.strip() for cell in paint.strip("|").split("|")] == [
        "paint",
        "20 ms",
        "10 ms",
        "2.00",
        "",
        "bare",
    ]
    assert "at most 500 ms (MISSED)" in help_row
