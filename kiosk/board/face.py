"""What stands around the calls, and which page is on: decided from the last look and the time. Pure but for its memory."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from itertools import zip_longest
from time import monotonic
from zoneinfo import ZoneInfo

from kiosk.board.calls import Call
from kiosk.board.care import turn
from kiosk.board.reading import Seen
from kiosk.i18n import Words
from kiosk.shared.clock import MovingClock, clock_time
from kiosk.shared.hall_news import hall_news
from kiosk.shared.hall_waits import Line, lines

QUIET = timedelta(seconds=90)
"""So long after the newest call the board shows in turn who waits, and the calls again."""
TEXT_SECONDS = 15
DEAF = 120.0
"""Seconds. The reader tells something every few, also while the store is away."""


class Face:
    """Knows the last look, and how old it is."""

    def __init__(self, seconds: Callable[[], float] = monotonic) -> None:
        """Begin with nothing known; `seconds` counts up and never goes back."""
        self._seconds = seconds
        self._heard_at = seconds()
        self._shown_at: datetime | None = None
        self._seen: Seen | None = None
        self._clock: MovingClock | None = None
        self._texts: tuple[str, ...] = ()
        self.lost_since: datetime | None = None
        """Since when the store does not answer; None while it does."""
        self.unreachable = ""
        """Why it has not answered yet since the start; a sentence."""

    def begin(self, texts: Mapping[str, Sequence[str]]) -> None:
        """Take the lines of text, in turn one of each language."""
        self.unreachable = ""
        mixed = zip_longest(*texts.values(), fillvalue="")
        self._texts = tuple(text for row in mixed for text in row if text)

    def seen(self, seen: Seen) -> None:
        """Take a look that was read just now."""
        self._seen, self.lost_since = seen, None
        self._heard_at = self._seconds()
        if self._clock is None:
            self._clock = MovingClock(seen.at)
        self._clock.set(seen.at)

    def lost(self, since: datetime) -> None:
        """Take the news that the store does not answer since then."""
        self.lost_since = since
        self._heard_at = self._seconds()

    @property
    def is_deaf(self) -> bool:
        """Whether there was no news at all for so long, good or bad, that the reader must have died."""
        return self._clock is not None and self._seconds() - self._heard_at > DEAF

    def now(self) -> datetime | None:
        """The store's moment now, also while it is away; None before the first look."""
        return self._clock.now() if self._clock else None

    def called(self) -> None:
        """Take the news that a call comes onto the board now, however old it may be."""
        self._shown_at = self.now()

    def text(self, now: datetime, words: Words, zone: ZoneInfo) -> str:
        """The line of text that has its turn: the supervisor's own, while there is one, and no other."""
        texts = self.notice(now) or (*self._news(now, words, zone), *self._texts)
        return texts[turn(now, len(texts), TEXT_SECONDS)] if texts else ""

    def _news(self, now: datetime, words: Words, zone: ZoneInfo) -> tuple[str, ...]:
        """Who is on a break, and who left early."""
        if self._seen is None:
            return ()
        lasting = (each for each in self._seen.breaks if each.back_at > now)
        return hall_news(lasting, self._seen.early, words, zone)

    def notice(self, now: datetime) -> tuple[str, ...]:
        """What the supervisor has to say, in each language; it runs out by itself, also while the store is away."""
        notice = self._seen.notice if self._seen else None
        if notice is None or (notice.until is not None and notice.until <= now):
            return ()
        return tuple(notice.texts.values())

    def waits(self, words: Words) -> tuple[Line, ...]:
        """Who waits."""
        return lines(self._seen.agencies, words) if self._seen else ()

    def trouble(self, words: Words, zone: ZoneInfo, heard: str) -> str:
        """What is not as it should be, for the corner; empty when all is well. `heard` ends the voice's key of words."""
        parts = [self.unreachable] if self.unreachable else []
        if self.lost_since is not None:
            parts.append(words("board.data_of", time=clock_time(self.lost_since, zone)))
        if heard:
            parts.append(words(f"voice.trouble_{heard}"))
        return " · ".join(parts)

    def page(self, now: datetime, shown: Sequence[Call]) -> str:
        """`calls`, or `waits` where nobody was called, and every other time when it has become quiet."""
        if not shown:
            return "waits"
        newest = max(shown[0].at, self._shown_at or shown[0].at)
        return "waits" if now - newest > QUIET and turn(now, 2) else "calls"
