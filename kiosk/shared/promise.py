"""How well the announced waits held, as supervisors read it. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kiosk.i18n import Words
    from queue_core.views import AccuracyView, Overview

AIM = 75
"""Per cent that should hold: the range is made to hold 75 to 85 of a hundred (docs/decisions/0008)."""
ENOUGH = 20
"""Visitors; of fewer nothing can be said."""


@dataclass(frozen=True, slots=True)
class Held:
    """Of `told` visitors who were called, `kept` within the announced range and `sooner` before it."""

    told: int = 0
    kept: int = 0
    sooner: int = 0

    @property
    def percent(self) -> int:
        """How many of a hundred held."""
        return round(100 * self.kept / self.told) if self.told else 0

    @property
    def percent_sooner(self) -> int:
        """How many of a hundred were called before the range began: the worse mistake, since they may be away."""
        return round(100 * self.sooner / self.told) if self.told else 0

    @property
    def tone(self) -> str:
        """`good`, `soon` when fewer hold than should, `muted` where there are too few to say."""
        if self.told < ENOUGH:
            return "muted"
        return "good" if self.percent >= AIM else "soon"


def held(rows: Iterable[AccuracyView]) -> Held:
    """Return the sum."""
    rows = list(rows)
    return Held(sum(row.told for row in rows), sum(row.kept for row in rows), sum(row.sooner for row in rows))


def today(overview: Overview) -> Held:
    """Return the sum of this day."""
    return held(row for row in overview.accuracy if row.business_date == overview.business_date)


def by_service(overview: Overview, day: date) -> dict[str, Held]:
    """Return one day's lines that had somebody called, the busiest first."""
    rows = sorted(overview.accuracy, key=lambda row: (-row.told, row.service))
    return {row.service: held([row]) for row in rows if row.business_date == day}


def sentences(overview: Overview, words: Words) -> list[tuple[str, str]]:
    """Return what to say, each with its tone: of today, and of the last days where there were others."""
    now, whole = today(overview), held(overview.accuracy)
    days = len({row.business_date for row in overview.accuracy})
    said = words("supervisor.promise_none")
    if now.told:
        said = words("supervisor.promise_today", percent=now.percent, kept=now.kept, told=now.told)
    lines = [(said, now.tone)]
    if whole.told > now.told:
        text = words("supervisor.promise_days", days=days, percent=whole.percent, sooner=whole.percent_sooner)
        lines.append((text, whole.tone))
    return lines
