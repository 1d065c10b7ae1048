"""UsualScreen: today beside a usual day: who came, how many waited, and for how long."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from time import monotonic
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical

from kiosk.shared.chart import bars
from kiosk.shared.widgets.painted import Painted, Row
from kiosk.shared.widgets.still_text import StillText
from kiosk.supervisor.keys import USUAL, bindings
from kiosk.supervisor.watching import Question, Seen, WatchingScreen
from queue_core.errors import QueueError

if TYPE_CHECKING:
    from queue_core import Lobby
    from queue_core.views import UsualDay, WaitingCurve

FRESH = 30.0
"""Seconds for which a chart stands: a day is not another one by one more visitor, and it is read from many rows."""


@dataclass(frozen=True, slots=True)
class Day:
    """What the charts show."""

    hours: UsualDay
    waiting: WaitingCurve


class Remembered:
    """Reads a day, and keeps it for a while."""

    def __init__(self) -> None:
        """Nothing was read yet."""
        self._day: Day | None = None
        self._at = 0.0

    def __call__(self, lobby: Lobby) -> Day:
        """Return the day as it was at most FRESH seconds ago."""
        if self._day is None or monotonic() - self._at > FRESH:
            self._day = Day(lobby.usual_day(), lobby.waiting_curve())
            self._at = monotonic()
        return self._day


class Chart(Painted):
    """Bars for today and for a usual day."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"chart--today", "chart--usual", "chart--scale"}

    def __init__(self, name: str) -> None:
        """`name` is its id."""
        super().__init__(id=name)
        self._series: tuple[Mapping[int, float], Mapping[int, float]] = ({}, {})
        self._half_hours = False

    def show(self, today: Mapping[int, float], usual: Mapping[int, float], *, half_hours: bool) -> None:
        """Show two series, by hour or by half hour."""
        self._series, self._half_hours = (today, usual), half_hours
        self.refresh()

    def paint(self, width: int, height: int) -> list[Row]:
        """Return the drawn bars."""
        return bars(*self._series, (width, height), self._slot_name)

    def _slot_name(self, slot: int) -> str:
        if not self._half_hours:
            return f"{slot % 24:02d}"
        return f"{slot // 2 % 24:02d}" if slot % 2 == 0 else ""


class UsualScreen(WatchingScreen):
    """Three charts of one day."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings(USUAL), ("h", "app.pop_screen")]

    def __init__(self) -> None:
        """Ask for the day."""
        super().__init__()
        self.question = Question(Remembered())

    def compose(self) -> ComposeResult:
        """Head, what the bars are, charts, keys."""
        yield from self.head()
        yield StillText(id="legend")
        for name in ("visitors", "lines", "waits"):
            with Vertical(classes="chart"):
                yield StillText(id=f"title-{name}", markup=False)
                yield Chart(f"chart-{name}")
        yield from self.feet()

    def on_mount(self) -> None:
        """Write the words."""
        self.retranslate()

    def retranslate(self) -> None:
        """Write every word again."""
        self.show_keys(USUAL)
        self.show_title(self.words("supervisor.usual_title"))
        for name in ("visitors", "lines", "waits"):
            self.query_one(f"#title-{name}", StillText).update(self.words(f"supervisor.usual_{name}"))

    def show(self, seen: Seen, now: datetime) -> None:
        """Show a look when it is this day's."""
        self.show_clock(now)
        if seen.question is not self.question:
            return
        if isinstance(seen.detail, QueueError):
            self.query_one("#legend", StillText).update(self.staff_app.explain(seen.detail))
        elif isinstance(seen.detail, Day):
            self._show_day(seen.detail)

    def _show_day(self, day: Day) -> None:
        words, hours = self.words, day.hours
        key = "usual_legend" if hours.days else "usual_none"
        self.query_one("#legend", StillText).update(words(f"supervisor.{key}", days=hours.days))
        first = hours.first_hour
        came = {_in_day(hour, first): float(tally.tickets) for hour, tally in hours.today.items()}
        waits = {
            _in_day(hour, first): tally.waited / 60 / tally.called
            for hour, tally in hours.today.items()
            if tally.called
        }
        usual = {_in_day(hour, first): value for hour, value in hours.usual.items()}
        usual_wait = {_in_day(hour, first): value for hour, value in hours.usual_wait.items()}
        self.query_one("#chart-visitors", Chart).show(came, usual, half_hours=False)
        self.query_one("#chart-lines", Chart).show(day.waiting.today, day.waiting.usual, half_hours=True)
        self.query_one("#chart-waits", Chart).show(waits, usual_wait, half_hours=False)


def _in_day(hour: int, first: int) -> int:
    """The hour counted from midnight of the business day: hours of the night after come last."""
    return hour if hour >= first else hour + 24
