"""The sheet as CSV, and as text for a terminal."""

from __future__ import annotations

import csv
import io

from kiosk.report.figures import FIGURES
from kiosk.report.said import said
from kiosk.report.sheet import Block, Sheet, Value

_OF_AGENCIES = ("visits", "served", "no_show", "wait_median", "wait_p90", "promise_share")

BYTE_ORDER_MARK = "\ufeff"
"""Without it spreadsheet programs take UTF-8 for something older."""
FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""What a text must not begin with, lest a spreadsheet reckon or fetch something (OWASP, CSV injection)."""


def csv_text(sheet: Sheet) -> str:
    """Return RFC 4180 lines: title, tables one after the other under their titles, and what each figure means.

    Values are plain numbers for programs: decimals after a point, shares of 1, an empty field for nothing. A name that a
    spreadsheet would take for a formula stands behind an apostrophe.
    """
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerows([[sheet.title], *([_plain(line)] for line in sheet.lines)])
    for block in sheet.blocks:
        writer.writerows([[], [block.title], [column.head for column in block.columns]])
        writer.writerows([[_plain(value) for value in row] for row in block.rows])
    writer.writerows([[], [sheet.definitions_title], *sheet.definitions])
    return BYTE_ORDER_MARK + out.getvalue()


def text_lines(sheet: Sheet) -> list[str]:
    """Return the sheet's summary for a terminal: every figure of each site, and what matters most of each agency."""
    lines = [sheet.title, *sheet.lines]
    for block in sheet.blocks:
        if block.name in {"site", "growth"}:
            lines += ["", block.title, *_on_its_side(block, sheet.language)]
        elif block.name == "agency":
            lines += ["", block.title, *_few_columns(block, sheet.language)]
    return lines


def _few_columns(block: Block, language: str) -> list[str]:
    chosen = [0, *(1 + at for at, (name, _, _) in enumerate(FIGURES) if name in _OF_AGENCIES)]
    rows = [[block.columns[at].head for at in chosen]]
    rows += [[said(row[at], block.columns[at].kind, language) for at in chosen] for row in block.rows]
    return _aligned(rows)


def _on_its_side(block: Block, language: str) -> list[str]:
    cells = [
        [column.head, *(said(row[at], column.kind, language) for row in block.rows)]
        for at, column in enumerate(block.columns)
    ]
    return _aligned(cells)


def _aligned(cells: list[list[str]]) -> list[str]:
    widths = [max(len(row[at]) for row in cells) for at in range(len(cells[0]))]
    return [
        "  ".join(
            cell.ljust(width) if at == 0 else cell.rjust(width)
            for at, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in cells
    ]


def _plain(value: Value) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return f"'{value}" if value.startswith(FORMULA) else value
    return f"{value:.4f}".rstrip("0").rstrip(".")
