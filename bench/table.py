"""Figures and the table they are printed in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Row:
    """One measure. Its floor is what the least program that could do the same takes, in the same run."""

    name: str
    value: float
    unit: str
    floor: float | None = None
    floor_name: str = ""
    target: str = ""
    met: bool | None = None


def quantile(values: Sequence[float], share: float) -> float:
    """Return the value below which `share` of the values lie (nearest rank)."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def median(values: Sequence[float]) -> float:
    return quantile(values, 0.5)


def at_most(name: str, value: float, unit: str, limit: float) -> Row:
    return Row(name, value, unit, target=f"at most {limit:g} {unit}", met=value <= limit)


def against(
    name: str, value: float, unit: str, floor: float, floor_name: str, *, limit: float | None = None
) -> Row:
    """A row with a ratio; `limit` is the most that the ratio may be."""
    target = f"at most {limit:g} x" if limit else ""
    return Row(name, value, unit, floor, floor_name, target, value <= limit * floor if limit else None)


def table(rows: Sequence[Row]) -> str:
    """Return the rows as a Markdown table."""
    head = ("measure", "here", "floor", "ratio", "target", "floor is")
    cells = [head, tuple("---" for _ in head), *(_cells(row) for row in rows)]
    widths = [max(len(row[at]) for row in cells) for at in range(len(head))]
    return "\n".join(
        "| " + " | ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) + " |"
        for row in cells
    )


def _cells(row: Row) -> tuple[str, ...]:
    here = f"{row.value:.4g} {row.unit}"
    floor = f"{row.floor:.4g} {row.unit}" if row.floor is not None else ""
    ratio = f"{row.value / row.floor:.2f}" if row.floor else ""
    verdict = "" if row.met is None else (" (met)" if row.met else " (MISSED)")
    return row.name, here, floor, ratio, row.target + verdict, row.floor_name
