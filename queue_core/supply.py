"""How much paper a printer has left, and when it ends at today's pace. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

SETTLING = timedelta(minutes=15)
"""A pace is known after so long; before, one family with six errands would look like a rush."""
HORIZON = timedelta(hours=12)
"""An end further away is not today's worry, and today's pace says nothing about it."""


@dataclass(frozen=True, slots=True)
class PaperReading:
    """What a printer's machine tells of its paper, in millimetres: printed ever, printed on this roll, and what is known.

    `roll` is the roll's length, `left` what is left of it by the meter and by the printer's own sensor; None: not known.
    `able` is what the printer was found to be able to (printers.capabilities).
    """

    meter: float
    used: float
    roll: float | None
    left: float | None
    able: Mapping[str, Any] | None = None


def noted(
    before: Mapping[str, Any] | None, reading: PaperReading, now: datetime, today: date
) -> dict[str, Any]:
    """Return what to keep: the reading, and the meter and the moment at which this business day began."""
    day = today.isoformat()
    begun = before if before and before["day"] == day and before["from"] <= reading.meter else None
    return {
        "meter": reading.meter,
        "used": reading.used,
        "roll": reading.roll,
        "left": reading.left,
        "day": day,
        "from": begun["from"] if begun else reading.meter,
        "since": begun["since"] if begun else now.isoformat(),
    }


def left(kept: Mapping[str, Any] | None) -> float | None:
    """Return the millimetres left on the roll; None when they are not known."""
    known = kept.get("left") if kept else None
    return None if known is None else max(0.0, float(known))


def ends(kept: Mapping[str, Any] | None, now: datetime, today: date) -> datetime | None:
    """Return when the roll ends at today's pace; None when no length or no pace is known, or it outlasts the day."""
    remaining = left(kept)
    if not kept or remaining is None or kept["day"] != today.isoformat():
        return None
    return runs_out(remaining, kept["meter"] - kept["from"], datetime.fromisoformat(kept["since"]), now)


def runs_out(left_mm: float, today_mm: float, since: datetime, now: datetime) -> datetime | None:
    """Return when `left_mm` are used up, if `today_mm` were used between `since` and `now` and it goes on like that.

    None: no pace is known yet, or the paper lasts for more than `HORIZON`.
    """
    if left_mm <= 0:
        return now
    elapsed = now - since
    if today_mm <= 0 or elapsed < SETTLING:
        return None
    lasts = elapsed.total_seconds() * left_mm / today_mm
    return None if lasts > HORIZON.total_seconds() else now + timedelta(seconds=lasts)
