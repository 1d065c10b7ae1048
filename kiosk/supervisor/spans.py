"""For how long: so many minutes, until a time that is typed, or until the end of the day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from kiosk.shared.clock import next_time
from kiosk.shared.dialogs.choose import Option

if TYPE_CHECKING:
    from kiosk.supervisor.acting import ActingScreen
    from kiosk.supervisor.watching import Seen

MOST_DIGITS = 3
"""More digits than this are a time of day, `1300`, not minutes."""


@dataclass(frozen=True, slots=True)
class Span:
    """How long something holds; None: until the end of the day."""

    until: datetime | None


async def ask(screen: ActingScreen, seen: Seen, title: str, minutes: Sequence[int]) -> Span | None:
    """Ask for how long; None when it is given up, or was typed in a way that is no time."""
    words = screen.words
    timed = [Option(str(each), words("supervisor.for_minutes", minutes=each)) for each in minutes]
    tonight = Option("", words("supervisor.until_tonight"))
    typed = await screen.choose(f"{title} {words('supervisor.or_time')}", [*timed, tonight], free=True)
    if typed is None or not typed:
        return None if typed is None else Span(None)
    if typed.isdecimal() and len(typed) <= MOST_DIGITS:
        return Span(seen.overview.at + timedelta(minutes=int(typed)))
    try:
        until = next_time(typed, seen.overview.at.astimezone(screen.staff_app.zone))
    except ValueError:
        screen.say(words("supervisor.no_time", typed=typed), good=False)
        return None
    return Span(until.astimezone(UTC))
