"""The sheet as CSV."""

from __future__ import annotations

import csv
import io

from kiosk.report.sheet import Block, Column, Sheet
from kiosk.report.table import csv_text


def test_a_name_is_never_a_formula_and_a_number_stays_one() -> None:
    names = ("=HYPERLINK(1)", "+62", "-2+3", "@SUM(1)", "\t=1", "DK · Dukcapil")
    columns = (Column("Name", "text"), Column("Growth", "growth"), Column("Visits", "count"))
    rows = tuple((name, -0.25, 100) for name in names)
    sheet = Sheet(
        "en", "Report", ("=1+1; Hall",), (Block("agency", "By agency", columns, rows),), "Terms", ()
    )
    read = list(csv.reader(io.StringIO(csv_text(sheet).removeprefix("\ufeff"))))
    assert read[1] == ["'=1+1; Hall"]
    expected = [[f"'{name}", "-0.25", "100"] for name in names[:-1]] + [[names[-1], "-0.25", "100"]]
    assert read[5:11] == expected
