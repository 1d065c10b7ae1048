"""The sheet as one HTML file for a browser's printer: nothing beside it, nothing from the network."""

from __future__ import annotations

from pathlib import Path

from kiosk.report.said import said
from kiosk.report.sheet import Block, Sheet

TEMPLATES = Path(__file__).parent


def page(sheet: Sheet) -> str:
    """Return the file. Imports jinja2."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    style = (TEMPLATES / "page.css").read_text(encoding="utf-8")
    return environment.get_template("page.html").render(
        sheet=sheet, style=style, said=lambda value, kind: said(value, kind, sheet.language), bars=_bars
    )


def _bars(block: Block) -> list[float]:
    """How long each row's bar is, in per cent of the longest; nothing where none is drawn."""
    if block.bars < 0:
        return []
    values = [value if isinstance(value := row[block.bars], int | float) else 0.0 for row in block.rows]
    longest = max(values, default=0.0) or 1.0
    return [100 * value / longest for value in values]
