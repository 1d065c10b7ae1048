"""The Lobby's part for figures: of any days, and of today beside a usual day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from queue_core import spans
from queue_core.errors import UnknownService
from queue_core.lobby.counting import forget_days, keep_day, uncounted
from queue_core.lobby.entrance import Entrance
from queue_core.lobby.reads import figures
from queue_core.lobby.reads.audit import audit

if TYPE_CHECKING:
    from queue_core.views import AuditFilter, EventView, Report, Span, UsualDay

A_TURN = 7
"""Days counted in one turn: a few hundredths of a second each, and nobody at a counter should wait for long."""


class Reporting(Entrance):
    """Figures. What is over is counted first, unless somebody has asked for it before; then it is one look.

    For a chart of today against a usual day ask `usual_day`: `today[hour].tickets` beside `usual[hour]`, and
    `waited / 60 / called` beside `usual_wait[hour]`. It reads today's tickets and a few hundred small rows.
    """

    def report(self, span: Span, *, agency: str = "") -> Report:
        """The figures of a span of days, today's as they stand now. Raises: UnknownService for no agency of this site."""
        code = agency.strip().upper()
        with self.look() as look:
            if code and code not in look.catalogue.agencies:
                raise UnknownService(service=code, nearest=next(iter(look.catalogue.agencies), ""))
            read = (span, spans.before(span), spans.year_ago(span))
            missing = {day for each in read for day in uncounted(look, each.first, each.last)}
        self._count(sorted(missing))
        with self.look() as look:
            return figures.report(look, span, code)

    def usual_day(self, *, weeks: int = 8) -> UsualDay:
        """Today by hour, and the mean of the last so many weekdays of this name on which anybody came."""
        with self.look() as look:
            missing = uncounted(look, spans.earlier(look.today, weeks=figures.MOST_WEEKS), look.today)
            wanted = [day for day in missing if day.weekday() == look.today.weekday()]
        self._count(wanted)
        with self.look() as look:
            return figures.usual_day(look, weeks)

    def audit(self, span: Span, wanted: AuditFilter, *, limit: int = 500) -> tuple[EventView, ...]:
        """Who did what on these business days, where and when: the newest `limit` that fit, oldest first."""
        with self.look() as look:
            return audit(look, span, wanted, limit)

    def count_again(self, span: Span) -> int:
        """Count the days of a span anew from their tickets, though they were counted before; return how many."""
        with self.turn("count_again") as turn:
            turn.quiet = True
            forget_days(turn, span)
        with self.look() as look:
            missing = uncounted(look, span.first, span.last)
        self._count(missing)
        return len(missing)

    def _count(self, days: Sequence[date]) -> None:
        """Count days that are over, a few in one turn; one that another program has counted meanwhile is left alone."""
        for begin in range(0, len(days), A_TURN):
            with self.turn("count_days") as turn:
                turn.quiet = True
                few = set(days[begin : begin + A_TURN])
                for day in few & set(uncounted(turn, min(few), max(few))):
                    keep_day(turn, day)
