"""The one function that says open or closed, why, and when next.

All is done with windows of time: each level's hours, widened by orders to open and cut by orders to close, then what
lies in all of them; of that the end of the day without numbers, and what quotas and a full line take away.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property

from queue_core.hours import (
    WEEKDAYS,
    Window,
    both,
    business_day,
    end_of_day,
    end_of_hour,
    instant,
    joined,
    window_at,
    without,
)
from queue_core.opening.rules import NOTHING_TAKEN, Level, Place, Taken, forced, shut
from queue_core.views import Opening

HORIZONS = (1, 14, 60)
"""Days ahead in which the next opening is looked for: nearly always the first will do."""


def opening(
    now: datetime,
    place: Place,
    levels: Sequence[Level],
    taken: Mapping[str, Taken] = NOTHING_TAKEN,
    *,
    full: bool = False,
) -> Opening:
    """Say whether numbers are given out at `now`.

    Args:
        now: aware.
        place: the site's zone and when its day starts.
        levels: from the widest to the narrowest: the site, then an agency, then a service. All must be open.
        taken: the numbers that are taken already, by the name of the level; for quotas.
        full: the line is longer than the rest of the day can serve; counts where the rules say so.

    Returns:
        The reason is the widest level's, but a break only before an opening of that day. `opens_at` is the next moment at which a number could be had, within 60
        days; nothing is known of how the line will be on another day. Times in UTC.
    """
    answer = Opening(open=True)
    for days in HORIZONS:
        view = _View(now, place, tuple(levels), taken, full, days)
        answer = view.answer()
        if answer.open or answer.opens_at is not None:
            break
    return answer


def standing(now: datetime, place: Place, levels: Sequence[Level]) -> tuple[Opening, datetime]:
    """Say the same where nothing is counted, and until when that will be the answer; `now` itself when it may change."""
    view = _View(now, place, tuple(levels), NOTHING_TAKEN, full=False, days=HORIZONS[0])
    answer = view.answer()
    return (answer, view.lasts_until) if answer.open else (opening(now, place, levels), now)


def serving_windows(begin: datetime, end: datetime, place: Place, levels: Sequence[Level]) -> list[Window]:
    """Return when all levels are open between two moments at most a day apart, cut to these: staff serve then."""
    view = _View(begin, place, tuple(levels), NOTHING_TAKEN, full=False, days=2)
    return both(view.serving, [(begin, end)])


@dataclass(frozen=True)
class _View:
    """The days around one moment."""

    now: datetime
    place: Place
    levels: tuple[Level, ...]
    taken: Mapping[str, Taken]
    full: bool
    days: int

    def answer(self) -> Opening:
        number_windows = [window for window in self.giving if window[1] > self.now]
        here = window_at(number_windows, self.now)
        if here is None:
            known = (
                start for start, _ in number_windows if start < self.known_until
            )  # an order may lie later
            return self._closed(next(known, None))
        last = self.last_number
        return Opening(
            open=True,
            closes_at=self._known(window_at(self.serving, self.now)),
            last_ticket_at=last if last is not None and last > self.now else None,
            left=self._left(),
            until=self._held_open_until(),
        )

    @property
    def lasts_until(self) -> datetime:
        """While open: when the first thing that the answer tells of begins or ends, or the day on the site's wall."""
        held = (edge for window in forced(self.levels, 0) for edge in window)
        given = (edge for window in self.giving for edge in window)
        midnight = instant(self.today + timedelta(days=1), 0, self.place.zone)
        night = end_of_day(self.now, self.place.zone, self.place.day_starts)
        last = () if self.last_number is None else (self.last_number,)
        edges: list[datetime] = [*held, *given, *last, midnight, night]
        return min(edge for edge in edges if edge > self.now)

    # ------------------------------------------------------------------ windows
    @cached_property
    def today(self) -> date:
        return self.now.astimezone(self.place.zone).date()

    @cached_property
    def day(self) -> date:
        """The site's day, which the small hours end."""
        return self._day_of(self.now)

    def _day_of(self, moment: datetime) -> date:
        return business_day(moment, self.place.zone, self.place.day_starts)

    @cached_property
    def dates(self) -> list[date]:
        return [self.today + timedelta(days=offset) for offset in range(-1, self.days + 1)]

    @cached_property
    def known_until(self) -> datetime:
        """What lies later is not looked at, so that a window that reaches it has no known end."""
        return instant(self.dates[-1] + timedelta(days=1), 0, self.place.zone)

    @cached_property
    def serving(self) -> list[Window]:
        """When all levels are open."""
        common = [(instant(self.dates[0], 0, self.place.zone), self.known_until + timedelta(days=1))]
        for at, level in enumerate(self.levels):
            if not level.rules.at_all_hours:
                common = both(common, self._open_hours(at))
        for at in range(len(self.levels)):
            common = without(common, shut(self.levels, at))
        return common

    def _open_hours(self, at: int) -> list[Window]:
        """When a level is open by its calendar, or held open."""
        rules, held = self.levels[at].rules, forced(self.levels, at)
        if rules.at_all_hours:
            return [(instant(self.dates[0], 0, self.place.zone), self.known_until + timedelta(days=1))]
        windows = rules.windows(self.dates, self.place.zone)
        return joined([*windows, *held]) if held else windows

    @cached_property
    def giving(self) -> list[Window]:
        """When numbers are given out."""
        left = without(self.serving, self.last_part)
        for _, block in self._blocks():
            left = without(left, block)
        return left

    @cached_property
    def last_part(self) -> list[Window]:
        """The end of each day in which no numbers are given out any more."""
        at = self._stating("last_ticket_minutes")
        if at is None:
            return []
        before = timedelta(minutes=self.levels[at].rules.last_ticket_minutes or 0)
        ends: dict[date, datetime] = {}
        for start, end in self.serving:
            if end < self.known_until:
                ends[self._day_of(start)] = end
        return without([(end - before, end) for end in ends.values()], forced(self.levels, at))

    @cached_property
    def last_number(self) -> datetime | None:
        """Until when numbers are given out today, if that is before closing time."""
        return next((start for start, _ in self.last_part if self._day_of(start) == self.day), None)

    def _blocks(self) -> list[tuple[str, list[Window]]]:
        """What takes numbers away from now on: a full line and quotas, by reason."""
        zone, day_starts = self.place.zone, self.place.day_starts
        to_night = (self.now, end_of_day(self.now, zone, day_starts))
        to_hour = (self.now, end_of_hour(self.now, zone))
        found: list[tuple[str, list[Window]]] = []
        at = self._stating("stop_when_full")
        if self.full and at is not None and self.levels[at].rules.stop_when_full:
            found.append(("full", without([to_night], forced(self.levels, at))))
        for at, level in enumerate(self.levels):
            rules, taken = level.rules, self.taken.get(level.name, Taken())
            held = forced(self.levels, at)
            if rules.quota is not None and taken.day >= rules.quota:
                found.append(("quota_day", without([to_night], held)))
            if rules.quota_per_hour is not None and taken.hour >= rules.quota_per_hour:
                found.append(("quota_hour", without([to_hour], held)))
        return found

    def _stating(self, key: str) -> int | None:
        """The narrowest level that says something of this."""
        stating = [at for at, level in enumerate(self.levels) if getattr(level.rules, key) is not None]
        return stating[-1] if stating else None

    # ------------------------------------------------------------------ why
    def _closed(self, opens_at: datetime | None) -> Opening:
        """A break is told only where something opens after it today; else a narrower level may know better."""
        again = opens_at is not None and self._day_of(opens_at) == self.day
        a_break: Opening | None = None
        for at, level in enumerate(self.levels):
            order = level.order
            if order is not None and window_at(shut(self.levels, at), self.now):
                return Opening(
                    open=False,
                    reason="by_hand",
                    opens_at=opens_at,
                    name=order.reason,
                    level=level.name,
                    until=order.ends_at,
                )
            hours = self._open_hours(at)
            if window_at(hours, self.now) is None:
                reason, name = self._why(level, hours)
                told = Opening(open=False, reason=reason, opens_at=opens_at, name=name, level=level.name)
                if again or not reason.startswith("break"):
                    return told
                a_break = a_break or told
        return a_break or self._no_numbers(opens_at)

    def _why(self, level: Level, hours: Sequence[Window]) -> tuple[str, Mapping[str, str] | None]:
        """Why a level is closed by its own calendar now."""
        rules = level.rules
        day = rules.days.get(self.day)
        between = self._open_around((self.now, self.now), hours)
        if day is not None:
            over = not between and not self._opens_later(hours)
            if (day.kind == "holiday" and over) or not day.spans:
                return day.kind, day.name
            return ("break_other" if between else "hours"), None
        usual = rules.windows(
            self.dates, self.place.zone
        )  # what was held open within a break cuts none of it off
        for date_ in (self.day, self.today):
            for pause, window in rules.pauses(date_, self.place.zone):
                if window[0] <= self.now < window[1] and self._open_around(window, usual):
                    return f"break_{pause.kind}", pause.name
        if rules.hours is not None and not rules.hours.get(WEEKDAYS[self.day.weekday()]):
            return "day_off", None
        return ("break_other" if between else "hours"), None

    def _opens_later(self, hours: Sequence[Window]) -> bool:
        return any(self.now < start and self._day_of(start) == self.day for start, _ in hours)

    def _open_around(self, gap: Window, hours: Sequence[Window]) -> bool:
        """Whether it was open before and will be open after, on this day of the site."""
        of_day = [window for window in hours if self._day_of(window[0]) == self.day]
        return any(end <= gap[0] for _, end in of_day) and any(start >= gap[1] for start, _ in of_day)

    def _no_numbers(self, opens_at: datetime | None) -> Opening:
        """Open, and yet no number to be had."""
        closes_at = self._known(window_at(self.serving, self.now))
        last = window_at(self.last_part, self.now)
        if last is not None:
            return Opening(
                open=False,
                reason="last_ticket",
                opens_at=opens_at,
                closes_at=closes_at,
                last_ticket_at=last[0],
            )
        reason = next(reason for reason, block in self._blocks() if window_at(block, self.now))
        return Opening(open=False, reason=reason, opens_at=opens_at, closes_at=closes_at, left=0)

    # ------------------------------------------------------------------ figures
    def _known(self, window: Window | None) -> datetime | None:
        return None if window is None or window[1] >= self.known_until else window[1]

    def _left(self) -> int | None:
        """How many numbers are left today, by the quota that leaves least; while held open there is none."""
        left = [
            level.rules.quota - self.taken.get(level.name, Taken()).day
            for at, level in enumerate(self.levels)
            if level.rules.quota is not None and not window_at(forced(self.levels, at), self.now)
        ]
        return min(left) if left else None

    def _held_open_until(self) -> datetime | None:
        """When the order that holds it open ends, if there is one now."""
        held = window_at(forced(self.levels, 0), self.now)
        return held[1] if held else None
