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
    """What a spool tells of its paper, in millimetres: printed ever, printed on this roll, and the roll's length if known."""

    meter: float
    used: float
    roll: float | None


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
        "day": day,
        "from": begun["from"] if begun else reading.meter,
        "since": begun["since"] if begun else now.isoformat(),
    }


def left(kept: Mapping[str, Any] | None) -> float | None:
    """Return the millimetres left on the roll; None when its length is not known."""
    if not kept or kept["roll"] is None:
        return None
    return max(0.0, float(kept["roll"]) - float(kept["used"]))


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
