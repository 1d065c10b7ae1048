"""Values as people read them: `12,5`, `37 %`, `+8 %`, and a dash for nothing."""

from __future__ import annotations

from kiosk.report.sheet import Kind, Value

NOTHING = "–"


def said(value: Value, kind: Kind, language: str) -> str:
    """Return a value in the way of the language: decimals after a comma or a point."""
    from babel.numbers import format_decimal

    if value is None:
        return NOTHING
    if isinstance(value, str):
        return value
    if kind == "count" or (kind == "minutes" and isinstance(value, int)):
        return str(format_decimal(value, "#,##0", locale=language))
    if kind == "share":
        return f"{format_decimal(100 * value, '0', locale=language)} %"
    if kind == "growth":
        return f"{format_decimal(100 * value, '+0.0;-0.0', locale=language)} %"
    return str(format_decimal(value, "0.0", locale=language))
