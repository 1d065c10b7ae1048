"""What the hall is told beside the calls: which counter is on a break until when, and who left early. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from kiosk.shared.clock import clock_time

if TYPE_CHECKING:
    from kiosk.i18n import Words
    from queue_core.views import BreakView, EarlyView


def hall_news(
    breaks: Iterable[BreakView],
    early: Iterable[EarlyView],
    words: Words,
    zone: ZoneInfo,
    agencies: Collection[str] = (),
) -> tuple[str, ...]:
    """Return one line for each; of these agencies only, if any are named."""
    shown = [each for each in breaks if not agencies or each.agency in agencies]
    resting = (
        words("board.on_break", counter=each.counter_number, time=clock_time(each.back_at, zone))
        for each in shown
    )
    gone = (
        words("board.left_early", agency=words.pick(each.names), reason=words.pick(each.reason))
        for each in early
        if not agencies or each.agency in agencies
    )
    return (*gone, *resting)
