"""The sheet as an XLSX workbook: a summary with what each figure means, then a leaf for each table, ready to print."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

from kiosk.report.sheet import Block, Kind, Sheet

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

_NUMBERS: dict[Kind, str] = {
    "text": "General",
    "count": "#,##0",
    "minutes": "0.0",
    "score": "0.00",
    "share": "0%",
    "growth": "+0.0%;-0.0%;0.0%",
}
_FIRST_WIDTH, _WIDTH, _TEXT_WIDTH = 38, 11, 110
_SUMMED_UP = ("site", "growth")
"""Tables that stand on the first leaf."""


def workbook(sheet: Sheet) -> bytes:
    """Return the file. Imports XlsxWriter, which nothing else needs."""
    from xlsxwriter import Workbook

    out = io.BytesIO()
    with Workbook(out, {"in_memory": True}) as book:
        styles = _styles(book)
        _summary(book, styles, sheet)
        for block in sheet.blocks:
            if block.name not in _SUMMED_UP:
                _leaf(book, styles, sheet, block)
    return out.getvalue()


def _styles(book: Workbook) -> dict[str, Any]:
    styles: dict[str, Any] = {kind: book.add_format({"num_format": form}) for kind, form in _NUMBERS.items()}
    head = {"bold": True, "text_wrap": True, "valign": "top", "bottom": 1, "bg_color": "#E8EDF3"}
    styles["head"] = book.add_format(head)
    styles["title"] = book.add_format({"bold": True, "font_size": 14})
    styles["term"] = book.add_format({"bold": True, "valign": "top"})
    styles["wrap"] = book.add_format({"text_wrap": True, "valign": "top"})
    return styles


def _summary(book: Workbook, styles: dict[str, Any], sheet: Sheet) -> None:
    leaf = book.add_worksheet(_leaf_name(sheet.title))
    _for_print(leaf, sheet)
    leaf.set_column(0, 0, _FIRST_WIDTH)
    leaf.set_column(1, 30, _WIDTH)
    leaf.write_string(0, 0, sheet.title, styles["title"])
    row = 1
    for line in sheet.lines:
        leaf.write_string(row, 0, line)
        row += 1
    for block in sheet.blocks:
        if block.name in _SUMMED_UP:
            leaf.write_string(row + 1, 0, block.title, styles["title"])
            row = _table(leaf, styles, block, row + 2) + 1
    leaf.write_string(row + 1, 0, sheet.definitions_title, styles["title"])
    for at, (term, text) in enumerate(sheet.definitions, start=row + 2):
        leaf.write_string(at, 0, term, styles["term"])
        leaf.merge_range(at, 1, at, 14, text, styles["wrap"])
        leaf.set_row(at, 15 * (1 + len(text) // 130))


def _leaf(book: Workbook, styles: dict[str, Any], sheet: Sheet, block: Block) -> None:
    leaf = book.add_worksheet(_leaf_name(block.title))
    _for_print(leaf, sheet)
    leaf.set_column(0, 0, _FIRST_WIDTH)
    leaf.set_column(1, len(block.columns), _WIDTH)
    last = _table(leaf, styles, block, 0)
    leaf.freeze_panes(1, 1)
    leaf.repeat_rows(0)
    leaf.autofilter(0, 0, last, len(block.columns) - 1)
    if block.bars > 0:
        chart = book.add_chart({"type": "column"})
        assert chart is not None
        name = leaf.get_name()
        chart.add_series(
            {
                "name": [name, 0, block.bars],
                "categories": [name, 1, 0, last, 0],
                "values": [name, 1, block.bars, last, block.bars],
            }
        )
        chart.set_legend({"none": True})
        leaf.insert_chart(last + 2, 0, chart, {"x_scale": 1.6})


def _table(leaf: Worksheet, styles: dict[str, Any], block: Block, top: int) -> int:
    """Write a table from row `top` on; return its last row."""
    for at, column in enumerate(block.columns):
        leaf.write_string(top, at, column.head, styles["head"])
    leaf.set_row(top, 48)
    for line, row in enumerate(block.rows, start=top + 1):
        for at, (value, column) in enumerate(zip(row, block.columns, strict=True)):
            if isinstance(value, str):
                leaf.write_string(line, at, value, styles["text"])
            elif value is not None:
                leaf.write_number(line, at, value, styles[column.kind])
    return top + len(block.rows)


def _for_print(leaf: Worksheet, sheet: Sheet) -> None:
    leaf.set_landscape()
    leaf.set_paper(9)  # A4
    leaf.fit_to_pages(1, 0)
    leaf.set_footer(f"&L{sheet.lines[0].replace('&', '&&')}&R&P/&N")


def _leaf_name(title: str) -> str:
    """At most 31 characters, and none of those that a leaf's name may not have."""
    return "".join(" " if each in "[]:*?/\\" else each for each in title)[:31].strip("' ")
